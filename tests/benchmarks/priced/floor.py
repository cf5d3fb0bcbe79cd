"""The floor of pricing: plain integers, an index, and the reasons as a list.

A reason is (promotion, number of the line, quantity, amount in fen).
"""

from heapq import heapify, heappop, heappush, merge
from itertools import takewhile
from typing import NamedTuple

from tests.benchmarks.priced.workload import Promotion
from tests.benchmarks.sharing import largest_remainder

__all__ = ["Index", "added", "found_by_place", "indexed", "merged", "priced", "scanned"]


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


def added(index, promotion):
    """An index with one promotion more, the last; the index that was there stays as it is."""
    place, by_sku, by_category = len(index.promotions), dict(index.by_sku), dict(index.by_category)
    for sku in promotion.skus:
        by_sku[sku] = [*by_sku.get(sku, ()), place]
    if promotion.category is not None:
        by_category[promotion.category] = [*by_category.get(promotion.category, ()), place]
    return Index((*index.promotions, promotion), by_sku, by_category)


def priced(lines, index):
    """What is to be paid, and the reasons: all that are about a line are gathered first.

    Most promotions are about one line of a basket, so that way is written out.
    """
    found, worths, pieces = found_by_place(lines, index)
    free, saved, reasons = [True] * len(worths), 0, []
    for place in sorted(found):
        promotion, numbers = index.promotions[place], found[place]
        if len(numbers) > 1:
            wanted = [number for number in numbers if free[number]]
            for reason in _taken(promotion, wanted, worths, pieces, free):
                saved += reason[3]
                reasons.append(reason)
        elif free[number := numbers[0]]:
            id, _, _, needs, threshold, gives, benefit = promotion
            worth = worths[number]
            if (worth if needs == "fen" else pieces[number]) >= threshold:
                amount = worth * benefit // 100 if gives == "percent" else min(benefit, worth)
                free[number] = False
                saved += amount
                reasons.append((id, number, pieces[number], amount))
    return sum(worths) - saved, reasons


def found_by_place(lines, index):
    """The numbers of the lines by the promotions about them, what lines are worth, their pieces."""
    _, by_sku, by_category = index
    found, worths, pieces = {}, [], []
    for number, (sku, category, price, quantity) in enumerate(lines):
        worths.append(price * quantity)
        pieces.append(quantity)
        if sku in by_sku:
            for place in by_sku[sku]:
                found.setdefault(place, []).append(number)
        if category in by_category:
            for place in by_category[category]:
                found.setdefault(place, []).append(number)
    return found, worths, pieces


def merged(lines, index):
    """The same, of many promotions about few lines: no list is read on when its line is used up."""
    worths = [price * quantity for _, _, price, quantity in lines]
    pieces = [quantity for *_, quantity in lines]
    free, reasons, heads = [True] * len(worths), [], _heads(lines, index)
    while heads:
        place, reached = heads[0][0], []
        while heads and heads[0][0] == place:
            reached.append(heappop(heads))
        wanted = [number for _, number, _ in reached]
        reasons += _taken(index.promotions[place], wanted, worths, pieces, free)
        for _, number, places in reached:
            following = next(places, None) if free[number] else None
            if following is not None:
                heappush(heads, (following, number, places))
    return sum(worths) - sum([reason[3] for reason in reasons]), reasons


def _heads(lines, index):
    """The first place of each line, with those that follow."""
    heads = []
    for number, line in enumerate(lines):
        places = merge(index.by_sku.get(line.sku, ()), index.by_category.get(line.category, ()))
        first = next(places, None)
        if first is not None:
            heads.append((first, number, places))
    heapify(heads)
    return heads


def _taken(promotion, wanted, worths, pieces, free):
    """The reasons where the free lines it is about meet a promotion, which uses them up."""
    id, _, _, needs, threshold, gives, benefit = promotion
    met_by = worths if needs == "fen" else pieces
    if sum([met_by[number] for number in wanted]) < threshold:
        return ()
    taken = []
    for number, amount in zip(wanted, _amounts(gives, benefit, wanted, worths), strict=True):
        free[number] = False
        taken.append((id, number, pieces[number], amount))
    return taken


def _amounts(gives, benefit, wanted, worths):
    if gives == "percent":
        return [worths[number] * benefit // 100 for number in wanted]
    if len(wanted) == 1:
        return [min(benefit, worths[wanted[0]])]
    weights = [worths[number] for number in wanted]
    return largest_remainder(min(benefit, sum(weights)), weights)


def scanned(lines, promotions, *, stops_at_used_up=False):
    """The same without an index: every promotion looks at every line.

    With `stops_at_used_up`, a percentage goes through the lines from the cheapest on and leaves
    those behind the first one that is used up as they are, as that of django-oscar does.
    """
    worths = [line.price * line.quantity for line in lines]
    used, reasons = set(), []
    for promotion in promotions:
        covered = [number for number, line in enumerate(lines) if promotion.covers(line)]
        wanted = [number for number in covered if number not in used]
        met_by = sum(
            worths[number] if promotion.needs == "fen" else lines[number].quantity
            for number in wanted
        )
        if not wanted or met_by < promotion.threshold:
            continue
        if stops_at_used_up and promotion.gives == "percent":
            by_price = sorted(covered, key=lambda number: lines[number].price)
            wanted = list(takewhile(lambda number: number not in used, by_price))
        amounts = _amounts(promotion.gives, promotion.benefit, wanted, worths)
        for number, amount in zip(wanted, amounts, strict=True):
            reasons.append((promotion.id, number, lines[number].quantity, amount))
        used.update(wanted)
    return sum(worths) - sum(amount for *_, amount in reasons), reasons
