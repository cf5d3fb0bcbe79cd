"""Takings: ways to give out the pieces of a layer that are looked at before, or instead of, all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privlib.policies.pricing.applying import Candidate, Standing
from privlib.policies.pricing.giving_out import Taking, Use, given_out
from privlib.policies.pricing.likely_taking import likely_taking, saving_on, with_cuts
from privlib.policies.pricing.packing import packed
from privlib.policies.pricing.table import Table, pattern_of_taker
from privlib.program.offers import Favour

__all__ = ["cares", "is_paid_for", "likely_ones", "next_bests", "packed_taking"]


def is_paid_for(taking: Taking) -> bool:
    """Whether the budget of each use suffices for all uses that share it."""
    shared = [use for use in taking.uses if use.candidate.purse]
    return all(_spent(use, taking) <= (use.candidate.budget or 0) for use in shared)


def _spent(use: Use, taking: Taking) -> int:
    """What all uses that share the budget of one take off."""
    return sum([each.amount for each in taking.uses if each.candidate.bit & use.candidate.purse])


def likely_ones(table: Table, needed: int) -> list[Taking]:
    """The likely taking of all takers, of all but one, and of one that has to apply."""
    everybody = [*table.sets, *table.cutters]
    some = [everybody, *([one for one in everybody if one is not each] for each in everybody)]
    some += [[each] for each in everybody if each.bit & needed]
    return [likely_taking(_table_of(takers, table)) for takers in some]


def next_bests(taking: Taking, table: Table) -> Iterator[Standing]:
    """Where things would stand were one line given to who saves next to most on it, line by line.

    It is the least that is lost in any other way to give lines to cut takers.
    """
    given, lines = given_out(table.standing, taking), table.cells.lines
    after, pieces = given.standing, table.cells.pieces
    for line in sorted({lines[cell] for use in taking.uses for cell, _, _ in use.pieces}):
        places = list(table.cells.of_line[line])
        able = [cutter for cutter in table.cutters if line in cutter.lines]
        savings = sorted(saving_on(table, cutter, places, pieces) for cutter in able)
        lost = savings[-1] - (savings[-2] if len(savings) > 1 else 0)
        left = list(after.left)
        left[given.parts[places[0]][0]] += lost
        yield Standing(after.cells, left, after.payable + lost, after.after)


def _table_of(takers: Sequence[Candidate], table: Table) -> Table:
    """The same table for these takers."""
    sets = [each for each in takers if each.pattern is not None]
    cutters = [each for each in takers if each.pattern is None]
    return Table(table.standing, sets, cutters, table.limit)


def packed_taking(table: Table) -> Taking | None:
    """The sets that save the most, and then what cut takers save on other lines, where known."""
    if any(taker.budget is not None or taker.has_needs for taker in table.sets):
        return None
    wanted = set().union(*(pool for taker in table.sets for pool in taker.pools))
    if any(not wanted.isdisjoint(cutter.lines) for cutter in table.cutters):
        return None
    if any(pattern_of_taker(taker).favour is Favour.SHOP for taker in table.sets):
        return None
    uses = packed(table, table.cells.pieces)
    if uses is None:
        return None
    taking, is_known = with_cuts(table, uses)
    return taking if is_known else None


def cares(later: Sequence[Candidate], takers: Sequence[Candidate]) -> bool:
    """Whether it matters to what comes later off which lines sets take something.

    Where there are no sets, every line has as little left as it can have, and that is best for all
    that comes later, unless a threshold fails, which is seen when it does.
    """
    lines = set().union(*(taker.lines for taker in takers))
    return any(not lines.isdisjoint(each.lines) for each in later)
