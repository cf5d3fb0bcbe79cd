"""All takings: every way to give out the pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from privlib.policies.pricing.all_sets import all_sets, pieces_of
from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.giving_out import Taking, Use
from privlib.policies.pricing.sets import best_sets
from privlib.policies.pricing.table import Table, cut_use, pattern_of_taker
from privlib.program.offers import Favour

__all__ = ["all_takings"]


def all_takings(table: Table) -> Iterator[Taking]:
    """Every way to give out the pieces, until the limit of steps is reached."""
    yield from _with_sets(table, 0, list(table.cells.pieces), ())


def _with_sets(table: Table, at: int, free: list[int], uses: tuple[Use, ...]) -> Iterator[Taking]:
    if at == len(table.sets):
        yield from _with_cuts(table, free, uses)
        return
    if not table.step():
        return
    yield from _with_sets(table, at + 1, free, uses)
    taker = table.sets[at]
    if not table.meets(taker, free):
        return
    for use in _set_uses(table, taker, free):
        if use.is_worth_it:
            left = list(free)
            use.take_from(left)
            yield from _with_sets(table, at + 1, left, (*uses, use))


def _set_uses(table: Table, taker: Candidate, free: list[int]) -> Iterator[Use]:
    """Every way in which an offer on sets can use the free pieces."""
    pools = [table.cells.of(pool) for pool in taker.pools]
    stock = table.stock(taker, free)
    if pattern_of_taker(taker).favour is Favour.SHOP:
        times, taken, _ = best_sets(pattern_of_taker(taker), pools, stock)
        yield table.use_of(taker, times, taken)
        return
    options = []
    for choice in all_sets(pattern_of_taker(taker), pools, stock):
        if not table.step():
            return
        taken = pattern_of_taker(taker).discount(pieces_of(choice, stock.prices), stock.rooms)
        if any(cut for _, cut in taken):
            options.append(taken)
    for times, taken in _multisets(table, options, list(free), 0, pattern_of_taker(taker).at_most):
        yield table.use_of(taker, times, taken)


def _multisets(
    table: Table,
    options: Sequence[list[tuple[int, int]]],
    free: list[int],
    start: int,
    at_most: int | None,
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Every number of sets that can be made at once, each combination once."""
    if at_most == 0:
        return
    for at in range(start, len(options)):
        option = options[at]
        if not table.step():
            return
        left = list(free)
        for cell, _ in option:
            left[cell] -= 1
        if min(left) < 0:
            continue
        yield 1, option
        fewer = None if at_most is None else at_most - 1
        for times, taken in _multisets(table, options, left, at, fewer):
            yield times + 1, option + taken


def _with_cuts(table: Table, free: Sequence[int], uses: tuple[Use, ...]) -> Iterator[Taking]:
    """Every way to give each line's free pieces to one of the cut takers that apply."""
    lines = sorted(
        line
        for line in set().union(*(cutter.lines for cutter in table.cutters))
        if any(free[cell] for cell in table.cells.of_line[line])
    )
    wanting = [
        [at for at, cutter in enumerate(table.cutters) if line in cutter.lines] for line in lines
    ]
    for owners in product(*[[None, *able] for able in wanting]):
        if not table.step():
            return
        present = {owner for owner in owners if owner is not None}
        if any(
            owner is None and not present.isdisjoint(able)
            for owner, able in zip(owners, wanting, strict=True)
        ):
            continue
        cuts = [
            cut_use(
                table,
                table.cutters[at],
                [line for line, owner in zip(lines, owners, strict=True) if owner == at],
                free,
            )
            for at in sorted(present)
        ]
        made = [use for use in cuts if use is not None]
        if len(made) == len(cuts):
            everything = (*uses, *made)
            yield Taking(everything, sum([use.amount for use in everything]))
