"""All sets: every choice of pieces that makes up one set of an offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from privlib.policies.pricing.patterns import Fill, Part, Pattern, Piece, Stock

__all__ = ["Choice", "all_sets", "pieces_of"]

Choice: TypeAlias = tuple[tuple[int, int], ...]
"""Pieces of one part: (cell, how many) pairs."""


def pieces_of(parts: Sequence[Choice], prices: Sequence[int]) -> list[list[Piece]]:
    """The single pieces of each part of a set."""
    return [[(prices[cell], cell) for cell, count in part for _ in range(count)] for part in parts]


def all_sets(
    pattern: Pattern, pools: Sequence[Sequence[int]], stock: Stock
) -> Iterator[tuple[Choice, ...]]:
    """Every choice of pieces for one set, part by part."""
    if pattern.fill is None:
        yield from _parts_from(pattern.parts, pools, list(stock.free), 0)
        return
    pool = sorted(pools[0], key=lambda cell: (-stock.prices[cell], cell))
    yield from ((choice,) for choice in _fillings(pattern.fill, pool, stock))


def _fillings(fill: Fill, pool: Sequence[int], stock: Stock) -> Iterator[Choice]:
    """Every choice of pieces, the dearest first, that comes to enough.

    Where more pieces would do nothing, a choice ends as soon as it is enough.
    """
    open_choices: list[tuple[int, Choice]] = [(0, ())]
    while open_choices:
        start, choice = open_choices.pop()
        if _is_enough(fill, choice, stock):
            if fill.takes_more or not _has_more(fill, choice, stock):
                yield choice
            if not fill.takes_more:
                continue
        for at in range(start, len(pool)):
            cell = pool[at]
            for count in range(1, stock.free[cell] + 1):
                grown = (*choice, (cell, count))
                open_choices.append((at + 1, grown))
                if not fill.takes_more and _is_enough(fill, grown, stock):
                    break


def _has_more(fill: Fill, choice: Choice, stock: Stock) -> bool:
    """Whether a choice would be enough without some piece, too."""
    return any(
        _is_enough(fill, [*choice[:at], (cell, count - 1), *choice[at + 1 :]], stock)
        for at, (cell, count) in enumerate(choice)
    )


def _is_enough(fill: Fill, choice: Sequence[tuple[int, int]], stock: Stock) -> bool:
    amount = sum([stock.prices[cell] * count for cell, count in choice])
    pieces = sum([count for _, count in choice])
    products = {stock.kinds[cell] for cell, count in choice if count}
    return fill.is_met(amount, pieces, len(products))


def _parts_from(
    parts: Sequence[Part], pools: Sequence[Sequence[int]], free: list[int], at: int
) -> Iterator[tuple[Choice, ...]]:
    if at == len(parts):
        yield ()
        return
    for chosen in _chosen(pools[at], parts[at].pieces, free, 0):
        for cell, count in chosen:
            free[cell] -= count
        for rest in _parts_from(parts, pools, free, at + 1):
            yield (chosen, *rest)
        for cell, count in chosen:
            free[cell] += count


def _chosen(pool: Sequence[int], wanted: int, free: Sequence[int], start: int) -> Iterator[Choice]:
    """Every way to take so many pieces out of some cells."""
    if not wanted:
        yield ()
        return
    if start == len(pool):
        return
    cell = pool[start]
    for count in range(min(wanted, free[cell]), -1, -1):
        for rest in _chosen(pool, wanted - count, free, start + 1):
            yield ((cell, count), *rest) if count else rest
