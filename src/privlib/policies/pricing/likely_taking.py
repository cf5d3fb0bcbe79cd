"""The likely taking: pieces given out in a way that is mostly the best."""

from __future__ import annotations

from collections.abc import Sequence

from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.giving_out import Taking, Use
from privlib.policies.pricing.sets import best_sets
from privlib.policies.pricing.table import Table, cut_use, cuts_of, pattern_of_taker

__all__ = ["likely_taking", "saving_on", "with_cuts"]


def with_cuts(table: Table, sets: Sequence[Use]) -> tuple[Taking, bool]:
    """A taking of these sets and what is likely best of the rest, and if it is known to be so."""
    free = list(table.cells.pieces)
    for use in sets:
        use.take_from(free)
    cuts, is_known = _likely_cuts(table, free)
    uses = (*sets, *cuts)
    return Taking(uses, sum([use.amount for use in uses])), is_known


def likely_taking(table: Table, free: Sequence[int] | None = None) -> Taking:
    """What is best most of the time: sets in their order, then each line to whom saves most on it.

    It says whether it is known to save the most: so it is where at most one offer on sets wants any
    piece, and cut takers look at each line by itself.
    """
    free = list(table.cells.pieces if free is None else free)
    uses: list[Use] = []
    is_best = True
    wanted: set[int] = set()
    for taker in table.sets:
        if not table.meets(taker, free):
            is_best = is_best and not table.meets(taker, table.cells.pieces)
            continue
        lines = set().union(*taker.pools)
        pools = [table.cells.of(pool) for pool in taker.pools]
        times, taken, is_known = best_sets(pattern_of_taker(taker), pools, table.stock(taker, free))
        is_best = is_best and is_known and wanted.isdisjoint(lines) and table.has_room(taker)
        wanted |= lines
        use = table.use_of(taker, times, taken)
        if use.is_worth_it:
            uses.append(use)
            use.take_from(free)
        else:
            is_best = is_best and not use.amount
    rest, is_known = _likely_cuts(table, free)
    is_best = (
        is_best and is_known and all(wanted.isdisjoint(cutter.lines) for cutter in table.cutters)
    )
    uses += rest
    return Taking(tuple(uses), sum([use.amount for use in uses]), is_best)


def _likely_cuts(table: Table, free: Sequence[int]) -> tuple[list[Use], bool]:
    """Each line's free pieces to the cut taker that saves most on this line alone.

    Then those that cannot apply to what they got leave it to the others.
    """
    cutters = list(table.cutters)
    is_known = all(cutter.rule.is_additive and cutter.budget is None for cutter in cutters)
    while cutters:
        lots: dict[int, list[int]] = {}
        for line in sorted(set().union(*(cutter.lines for cutter in cutters))):
            places = [cell for cell in table.cells.of_line[line] if free[cell]]
            savings = [
                (saving_on(table, cutter, places, free) if line in cutter.lines else -1, -at)
                for at, cutter in enumerate(cutters)
            ]
            if places:
                saving, at = max(savings)
                if saving >= 0:
                    lots.setdefault(-at, []).append(line)
        uses = {at: cut_use(table, cutters[at], lines, free) for at, lines in lots.items()}
        if None not in uses.values():
            return [use for _, use in sorted(uses.items()) if use is not None], is_known
        failed = {at for at, use in uses.items() if use is None}
        cutters = [cutter for at, cutter in enumerate(cutters) if at not in failed]
    return [], is_known


def saving_on(table: Table, cutter: Candidate, places: Sequence[int], free: Sequence[int]) -> int:
    """What a cut taker takes off the free pieces of some cells."""
    taken = cuts_of(table, cutter, places, free)
    return 0 if taken is None else taken.amount
