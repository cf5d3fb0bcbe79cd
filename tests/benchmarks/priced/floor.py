"""The floor of pricing: plain integers, an index, and the reasons as a list.

A reason is (promotion, number of the line, quantity, amount in fen).
"""

from heapq import heapify, heappop, heapreplace
from typing import NamedTuple

from tests.benchmarks.priced.workload import Promotion
from tests.benchmarks.sharing import largest_remainder

__all__ = ["Index", "indexed", "merged", "priced", "scanned"]


class Index(NamedTuple):
    """Which promotions are about a product or a category, by their places in the order."""

    promotions: tuple[Promotion, ...]
    by_sku: dict[str, list[int]]
    by_category: dict[str, list[int]]


def indexed(promotions):
    """Promotions as they are looked up."""
    by_sku, by_category = {}, {}
    for place, promotion in enumerate(promotions):
        for sku in promotion.skus:
            by_sku.setdefault(sku, []).append(place)
        if promotion.category is not None:
            by_category.setdefault(promotion.category, []).append(place)
    return Index(tuple(promotions), by_sku, by_category)


def priced(lines, index):
    """What is to be paid, and the reasons: all that are about a line are gathered first."""
    promotions, by_sku, by_category = index
    found = {}
    for number, (sku, category, _, _) in enumerate(lines):
        for place in by_sku.get(sku, ()):
            found.setdefault(place, []).append(number)
        for place in by_category.get(category, ()):
            found.setdefault(place, []).append(number)
    free, reasons = [True] * len(lines), []
    for place in sorted(found):
        wanted = [number for number in found[place] if free[number]]
        if wanted:
            _apply(promotions[place], lines, wanted, free, reasons)
    return _to_pay(lines, reasons), reasons


def merged(lines, index):
    """The same, of many promotions about few lines: no list is read on when its line is used up."""
    promotions, by_sku, by_category = index
    heads = [
        (next(places), number, places)
        for number, line in enumerate(lines)
        for places in (
            iter(by_sku.get(line.sku, ())),
            iter(by_category.get(line.category, ())),
        )
        if places.__length_hint__()
    ]
    heapify(heads)
    free, reasons = [True] * len(lines), []
    while heads:
        place, wanted = heads[0][0], []
        while heads and heads[0][0] == place:
            _, number, places = heads[0]
            if free[number]:
                wanted.append(number)
            following = next(places, None) if free[number] else None
            if following is None:
                heappop(heads)
            else:
                heapreplace(heads, (following, number, places))
        if wanted:
            _apply(promotions[place], lines, wanted, free, reasons)
    return _to_pay(lines, reasons), reasons


def scanned(lines, promotions, *, stops_at_used_up=False):
    """The same without an index: every promotion looks at every line.

    With `stops_at_used_up`, a percentage goes through the lines from the cheapest on and leaves
    those behind the first one that is used up as they are, as that of django-oscar does.
    """
    free, reasons = [True] * len(lines), []
    for promotion in promotions:
        covered = [number for number, line in enumerate(lines) if promotion.covers(line)]
        wanted = [number for number in covered if free[number]]
        if not wanted or not _is_met(promotion, lines, wanted):
            continue
        if stops_at_used_up and promotion.gives == "percent":
            wanted = _up_to_used_up(covered, lines, free)
        if wanted:
            _give(promotion, lines, wanted, free, reasons)
    return _to_pay(lines, reasons), reasons


def _up_to_used_up(covered, lines, free):
    by_price = sorted(covered, key=lambda number: lines[number].price)
    used_up = (place for place, number in enumerate(by_price) if not free[number])
    return by_price[: next(used_up, None)]


def _apply(promotion, lines, wanted, free, reasons):
    if _is_met(promotion, lines, wanted):
        _give(promotion, lines, wanted, free, reasons)


def _is_met(promotion, lines, wanted):
    if promotion[3] == "pieces":
        return sum([lines[number][3] for number in wanted]) >= promotion[4]
    return sum([lines[number][2] * lines[number][3] for number in wanted]) >= promotion[4]


def _give(promotion, lines, wanted, free, reasons):
    id, benefit = promotion[0], promotion[6]
    worths = [lines[number][2] * lines[number][3] for number in wanted]
    if promotion[5] == "percent":
        amounts = [worth * benefit // 100 for worth in worths]
    elif len(worths) == 1:
        amounts = [min(benefit, worths[0])]
    else:
        amounts = largest_remainder(min(benefit, sum(worths)), worths)
    for number, amount in zip(wanted, amounts, strict=True):
        free[number] = False
        reasons.append((id, number, lines[number][3], amount))


def _to_pay(lines, reasons):
    return sum([line[2] * line[3] for line in lines]) - sum([reason[3] for reason in reasons])
