"""Picking: which single pieces an action may touch, where it says how many and in what order."""

from tests.peers.cases import MissingError
from tests.peers.goods import tagged
from tests.peers.profile import Picked

__all__ = ["picked"]

_IN_ORDER = (None, "in_line_order", "first_unit")
_CHEAPEST = ("cheap", "lowest")
_DEAREST = ("dear", "expensive", "highest")
_BY_LINE = ("subtotal", "total", "amount")


def picked(action, goods, shopping, tag):
    """The goods that an action may touch; None where no piece of them is picked."""
    lines = shopping.open_lines(goods)
    counts = [shopping.pieces(line) for line in lines]
    whole = sum(counts)
    if action.get("each_line"):
        most = int(action["max_units_per_line"])
        parts = {str(line["id"]): most for line in lines}
        return _named(shopping, tag, parts) if any(count > most for count in counts) else goods
    wanted = whole
    if action.get("max_units") is not None:
        wanted = min(wanted, int(action["max_units"]))
    if action.get("group_size") is not None:
        wanted -= wanted % int(action["group_size"])
    if wanted == whole:
        return goods
    if not wanted:
        return None
    return _named(shopping, tag, _first(wanted, lines, counts, action, shopping))


def _named(shopping, tag, parts):
    shopping.pick(tag, parts)
    return tagged(tag)


def _first(wanted, lines, counts, action, shopping):
    """How many pieces of each line are the first so many in the order of the action."""
    parts = {}
    for line, count in _as_picked(list(zip(lines, counts, strict=True)), action, shopping):
        parts[str(line["id"])] = min(count, wanted)
        wanted -= min(count, wanted)
    return {id: count for id, count in parts.items() if count}


def _as_picked(rows, action, shopping):
    """Lines with their counts, those first whose pieces are picked first."""
    select = action.get("select")
    by_itself = "group_size" not in action and shopping.case.profile.picked is Picked.CHEAPEST
    cheapest, dearest = _says(select, _CHEAPEST), _says(select, _DEAREST)
    if not (cheapest or dearest or select in _IN_ORDER):
        raise MissingError(f"no offer of ours picks pieces by {select}")
    if not dearest and not cheapest and not by_itself:
        return rows
    by_line = _says(select, _BY_LINE)
    return sorted(
        rows,
        key=lambda row: shopping.price(row[0]) * (row[1] if by_line else 1),
        reverse=dearest,
    )


def _says(select, words):
    return any(word in str(select or "") for word in words)
