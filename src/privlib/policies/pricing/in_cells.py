"""In cells: how a cut lies on the cells of lines whose pieces went different ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from privlib.policies.pricing.sharing import Cut, Sharing

__all__ = ["Columns", "InCells", "by_cell", "by_line", "in_lines", "up_to"]

Columns: TypeAlias = tuple[Sequence[int], Sequence[int], Sequence[int]]
"""What each cell is reckoned on, what there is room to take off it, and how many pieces it has."""

InCells: TypeAlias = Callable[[Cut, Columns, Sequence[int]], list[int]]
"""What a cut takes off each cell, of (the cut, columns, the line of each cell)."""

_within_line = Sharing()


def by_cell(cut: Cut, columns: Columns, _lines: Sequence[int]) -> list[int]:
    """A cut that looks at single pieces, so that it does not care how they lie in lines."""
    return cut(*columns)


def by_line(cut: Cut, columns: Columns, lines: Sequence[int]) -> list[int]:
    """A cut that looks at whole lines, shared over the cells of each line."""
    spans, (base, room, _) = _spans(lines), columns
    sums = [[sum([whole[at] for at in span]) for span in spans] for whole in columns]
    cuts = [0] * len(base)
    for span, amount in zip(spans, cut(*sums), strict=True):
        weights, rooms = [base[at] for at in span], [room[at] for at in span]
        for at, part in zip(span, _within_line(amount, weights, rooms), strict=True):
            cuts[at] = part
    return cuts


def in_lines(own: Cut) -> InCells:
    """A cut that looks at the pieces of one line at a time: its own is for these."""

    def cuts_in(_cut: Cut, columns: Columns, lines: Sequence[int]) -> list[int]:
        cuts = [0] * len(lines)
        for span in _spans(lines):
            parts = own(*[[whole[at] for at in span] for whole in columns])
            for at, part in zip(span, parts, strict=True):
                cuts[at] = part
        return cuts

    return cuts_in


def up_to(ceiling: int, each: Cut, share: Sharing) -> InCells:
    """A cut that looks at single pieces, and shares its ceiling over lines where it is reached."""

    def whole(base: Sequence[int], room: Sequence[int], _pieces: Sequence[int]) -> list[int]:
        return share(ceiling, base, room)

    def cuts_up_to(_cut: Cut, columns: Columns, lines: Sequence[int]) -> list[int]:
        cuts = each(*columns)
        return cuts if sum(cuts) <= ceiling else by_line(whole, columns, lines)

    return cuts_up_to


def _spans(lines: Sequence[int]) -> list[list[int]]:
    """The places of cells by the lines they are of."""
    spans: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        spans.setdefault(line, []).append(at)
    return list(spans.values())
