"""Straight: a basket priced in declared order, where no promotion hangs on another.

Nothing has to be chosen then, and nearly every promotion finds a single line of a basket: this is
the way of most quotes, over columns of whole numbers. What is more than that goes the way of
`choosing`, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush, merge
from typing import TypeAlias

from attrs import define

from privlib.policies.pricing.applying import Standing, cut_by_rule
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.entry import Plain
from privlib.policies.pricing.plan import MANY, Plan, Turn
from privlib.policies.pricing.rules import Rule

__all__ = ["Reason", "Straight", "straight"]

Reason: TypeAlias = tuple[str, int, int, int, int]
"""(source, number of its layer, row, what it was reckoned on, what is taken off)"""


@define(eq=False)
class Straight:
    """What is left of each row, and what was taken off, in order."""

    left: list[int]
    reasons: list[Reason]


def straight(asked: Asked) -> Straight | None:
    """The basket priced one promotion after the other; None where there is more to look at."""
    plan, cells = asked.plan, asked.standing.cells
    if not plan.is_in_order or asked.codes or asked.customer.coupons or cells.has_floors:
        return None
    left, pieces = list(cells.members), cells.pieces
    on = (cells.lists, cells.members, left)  # by LIST, MEMBER and REMAINING, counted from the end
    entries, free, at = plan.entries, [True] * len(left), 0
    taken: list[Reason] = []
    for position, rows in _in_turn(plan, asked, free):
        entry = entries[position] or plan.entry(position)
        plain = entry.plain
        if plain is None:
            if entry.rule.has_money:
                return None
            continue
        layer, takes_units, needs, needs_base, needs_pieces, base, of_one, one, two, goods = plain
        if layer != at:
            free[:], at = [True] * len(left), layer
        if goods is not None or of_one is None or len(rows) != 1:
            wanted = _wanted(plain, rows, free, asked)
            taken += _of_several(entry.rule, wanted, asked, left, free)
            continue
        row = rows[0]
        is_free = free[row] or not takes_units
        if is_free and pieces[row] >= needs_pieces and on[needs_base][row] >= needs:
            reckoned = on[base][row]
            off = of_one(reckoned, left[row], pieces[row], one, two)
            if off:
                left[row] -= off
                taken.append((entry.rule.name, layer, row, reckoned, off))
                if takes_units:
                    free[row] = False
    return Straight(left, taken)


def _wanted(plain: Plain, rows: Sequence[int], free: Sequence[bool], asked: Asked) -> Sequence[int]:
    """The rows of its goods that are not used up for it."""
    goods, lines = plain.goods, asked.columns.lines
    if goods is not None:
        rows = [row for row in rows if goods.include(lines[row])]
    return [row for row in rows if free[row]] if plain.takes_units else rows


def _of_several(
    rule: Rule, rows: Sequence[int], asked: Asked, left: list[int], free: list[bool]
) -> Iterable[Reason]:
    """What it takes off several rows, or where more than one amount has to be looked at."""
    standing = Standing(asked.standing.cells, left, 0)
    cuts = cut_by_rule(rule, standing, rows, asked.columns.products) if rows else None
    if cuts is None or not cuts.amount:
        return ()
    for row, off in zip(rows, cuts.cuts, strict=True):
        left[row] -= off
        if rule.takes_units:
            free[row] = False
    name, layer = rule.name, rule.layer
    return [(name, layer, row, base, off) for row, base, off in cuts.rows if off]


def _in_turn(plan: Plan, asked: Asked, free: Sequence[bool]) -> Iterable[tuple[int, Sequence[int]]]:
    """The promotions that are about any rows, in their turn, with these rows."""
    if plan.longest > MANY and plan.is_exclusive:
        return _merged(plan, asked, free)
    found: dict[int, list[int]] = plan.concerned(asked.columns.named)
    for position in plan.everywhere:
        found[position] = asked.columns.open_rows
    in_turn = plan.in_turn(found)
    return zip(in_turn, map(found.__getitem__, in_turn), strict=True)


def _merged(plan: Plan, asked: Asked, free: Sequence[bool]) -> Iterator[tuple[int, Sequence[int]]]:
    """The same of many promotions about few rows: no list is read on when its row is used up."""
    heads = _heads(plan, asked)
    while heads:
        turn, position, reached = heads[0][0], heads[0][2], list[_Head]()
        while heads and heads[0][0] == turn:
            reached.append(heappop(heads))
        yield position, [row for _, row, _, _ in reached]
        for _, row, _, following in reached:
            if free[row]:
                after = next((each for each in following if each != position), None)
                if after is not None:
                    heappush(heads, (plan.turn(after), row, after, following))


_Head: TypeAlias = tuple[Turn, int, int, Iterator[int]]
"""The next promotion about a row: (its turn, row, its position, those that follow)."""


def _heads(plan: Plan, asked: Asked) -> list[_Head]:
    """The first promotion about each row."""
    lists: dict[int, list[list[int]]] = {}
    for index, names in zip(plan.indexes, asked.columns.named, strict=True):
        for name, row in names:
            if name in index:
                lists.setdefault(row, []).append(index[name])
    key, heads = plan.turn, list[_Head]()
    for row, each in lists.items():
        following = merge(*each, key=key) if len(each) > 1 else iter(each[0])
        first = next(following)
        heads.append((key(first), row, first, following))
    heapify(heads)
    return heads
