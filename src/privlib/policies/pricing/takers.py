"""Takers: who gets which pieces, where promotions of a layer share none.

Sets choose single pieces. What they leave of a line goes as a whole to one of the cut takers that
apply. Every way to give the pieces out is a `Taking`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, product
from operator import itemgetter
from typing import TypeAlias

from attrs import define, field

from privlib.policies.pricing.applying import Candidate, Cuts, Standing, column, cut_of_taker
from privlib.policies.pricing.cells import Cells, shares
from privlib.policies.pricing.rules import REMAINING
from privlib.policies.pricing.sets import Pattern, Stock, all_sets, best_sets, pieces_of
from privlib.program.offers import Favour

__all__ = [
    "Table",
    "Taking",
    "Use",
    "all_takings",
    "even",
    "given_out",
    "likely_taking",
    "pattern_of_taker",
    "with_cuts",
]


@define(eq=False)
class Use:
    """What one candidate does with its pieces: how often, and what it takes off which of them.

    `pieces` are (cell, how many, what is taken off all of these), of the cells before.
    """

    candidate: Candidate
    times: int
    pieces: tuple[tuple[int, int, int], ...]

    @property
    def amount(self) -> int:
        return sum([cut for _, _, cut in self.pieces])


@define(eq=False)
class Taking:
    """One way to give out the pieces of a standing: the uses, and what they save."""

    uses: tuple[Use, ...]
    saving: int
    is_best: bool = True

    def is_part_of(self, other: Taking) -> bool:
        """Whether all that apply here apply there, and others too."""
        return self.mask != other.mask and not self.mask & ~other.mask

    @property
    def mask(self) -> int:
        """The bits of the candidates that apply."""
        mask = 0
        for use in self.uses:
            mask |= use.candidate.bit
        return mask


def pattern_of_taker(taker: Candidate) -> Pattern:
    """The pattern of what is known to be an offer on sets."""
    if taker.pattern is None:
        raise TypeError(f"{taker.source} is no offer on sets")
    return taker.pattern


def even(standing: Standing) -> Standing:
    """The same standing in cells whose pieces all have one price, on every base."""
    cells = standing.cells
    columns = (standing.left, cells.lists, cells.members, *standing.after)
    parts: dict[int, list[int]] = {}
    for cell, count in enumerate(cells.pieces):
        odd = {whole[cell] % count for whole in columns} - {0}
        if odd:
            parts[cell] = [high - low for low, high in pairwise(sorted({0, *odd, count}))]
    return _split(standing, parts)[0] if parts else standing


def _split(
    standing: Standing, parts: dict[int, list[int]]
) -> tuple[Standing, list[tuple[int, ...]]]:
    cells, places = standing.cells.split(parts)
    counts = standing.cells.pieces
    left, *after = [
        [
            part
            for cell, count in enumerate(counts)
            for part in shares(whole[cell], count, parts.get(cell, [count]))
        ]
        for whole in (standing.left, *standing.after)
    ]
    return Standing(cells, left, standing.payable, tuple(after)), places


Spread: TypeAlias = tuple[Use, Cuts]
"""A use, and what it takes off which of the cells that were split for it."""


def given_out(standing: Standing, taking: Taking) -> tuple[Standing, list[Spread]]:
    """The standing after a taking, in cells split for it, and where each use is."""
    runs: dict[int, list[tuple[int, int, int]]] = {}
    for at, use in enumerate(taking.uses):
        for cell, count, cut in use.pieces:
            runs.setdefault(cell, []).append((count, cut, at))
    counts = standing.cells.pieces
    parts: dict[int, list[int]] = {}
    for cell, taken in runs.items():
        rest = counts[cell] - sum([count for count, _, _ in taken])
        sizes = [count for count, _, _ in taken] + ([rest] if rest else [])
        if len(sizes) > 1:
            parts[cell] = sizes
    places: Sequence[tuple[int, ...]] = [(cell,) for cell in range(len(counts))]
    if parts:
        standing, places = _split(standing, parts)
    left = list(standing.left)
    spread: list[tuple[list[int], list[int]]] = [([], []) for _ in taking.uses]
    for cell, taken in runs.items():
        for place, (_, cut, at) in zip(places[cell], taken, strict=False):
            left[place] -= cut
            spread[at][0].append(place)
            spread[at][1].append(cut)
    after = Standing(standing.cells, left, standing.payable - taking.saving, standing.after)
    uses = [
        (use, Cuts(spots, column(standing, use.candidate.rule.base, spots), cuts, use.amount))
        for use, (spots, cuts) in zip(taking.uses, spread, strict=True)
    ]
    return after, uses


@define(eq=False)
class Table:
    """What is on the table: an even standing, the takers of its layer, and a limit of steps."""

    standing: Standing
    sets: Sequence[Candidate]
    cutters: Sequence[Candidate]
    limit: int
    steps: int = 0
    rooms: list[int] = field(init=False)
    """What can be taken off one piece of each cell."""

    def __attrs_post_init__(self) -> None:
        cells, left = self.cells, self.standing.left
        self.rooms = [
            max(whole - floor, 0) // count
            for whole, floor, count in zip(left, cells.floors, cells.pieces, strict=True)
        ]

    def has_room(self, taker: Candidate) -> bool:
        """Whether all that a taker reckons on can be taken off."""
        return taker.rule.base == REMAINING and not self.cells.has_floors

    @property
    def cells(self) -> Cells:
        return self.standing.cells

    def prices(self, taker: Candidate) -> list[int]:
        """The price of one piece of each cell, on the base of a taker."""
        whole = column(self.standing, taker.rule.base, range(len(self.cells.lines)))
        return [amount // count for amount, count in zip(whole, self.cells.pieces, strict=True)]

    def kinds(self, taker: Candidate) -> list[str]:
        """The product of each cell."""
        return self.cells.kinds(taker.products)

    def stock(self, taker: Candidate, free: Sequence[int]) -> Stock:
        """What a taker finds of pieces that are free."""
        return Stock(self.prices(taker), self.rooms, free, self.kinds(taker))

    def use_of(self, taker: Candidate, times: int, taken: Sequence[tuple[int, int]]) -> Use:
        """A use of sets, from what is taken off each single piece, in the order they are taken."""
        runs = [
            (cell, cut, len(list(pieces)))
            for (cell, cut), pieces in groupby(sorted(taken, key=itemgetter(0)))
        ]
        return Use(taker, times, tuple([(cell, count, cut * count) for cell, cut, count in runs]))

    def meets(self, taker: Candidate, free: Sequence[int]) -> bool:
        """Whether the free pieces of an offer on sets come to what it needs."""
        rule, cells = taker.rule, self.cells
        if not taker.has_needs:
            return True
        places = [cell for cell in cells.of(taker.needed) if free[cell]]
        kinds = self.kinds(taker)
        whole = column(self.standing, rule.needs_base, places)
        amount = sum(
            [
                total // cells.pieces[cell] * free[cell]
                for total, cell in zip(whole, places, strict=True)
            ]
        )
        return (
            amount >= rule.needs_amount
            and sum([free[cell] for cell in places]) >= rule.needs_pieces
            and len({kinds[cell] for cell in places}) >= rule.needs_distinct
        )

    def step(self) -> bool:
        """One more step; False where the limit is reached."""
        self.steps += 1
        return self.steps <= self.limit


def with_cuts(table: Table, sets: Sequence[Use]) -> tuple[Taking, bool]:
    """A taking of these sets and what is likely best of the rest, and if it is known to be so."""
    free = list(table.cells.pieces)
    for use in sets:
        for cell, count, _ in use.pieces:
            free[cell] -= count
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
        if _fits(use):
            uses.append(use)
            for cell, count, _ in use.pieces:
                free[cell] -= count
    rest, is_known = _likely_cuts(table, free)
    is_best = (
        is_best and is_known and all(wanted.isdisjoint(cutter.lines) for cutter in table.cutters)
    )
    uses += rest
    return Taking(tuple(uses), sum([use.amount for use in uses]), is_best)


def _fits(use: Use) -> bool:
    budget = use.candidate.budget
    amount = use.amount
    return amount > 0 and (budget is None or amount <= budget)


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
                (_saving(table, cutter, places, free) if line in cutter.lines else -1, -at)
                for at, cutter in enumerate(cutters)
            ]
            if places:
                saving, at = max(savings)
                if saving >= 0:
                    lots.setdefault(-at, []).append(line)
        uses = {at: _cut_use(table, cutters[at], lines, free) for at, lines in lots.items()}
        if None not in uses.values():
            return [use for _, use in sorted(uses.items()) if use is not None], is_known
        failed = {at for at, use in uses.items() if use is None}
        cutters = [cutter for at, cutter in enumerate(cutters) if at not in failed]
    return [], is_known


def _saving(table: Table, cutter: Candidate, places: Sequence[int], free: Sequence[int]) -> int:
    taken = _cuts(table, cutter, places, free)
    return 0 if taken is None else taken.amount


def _cuts(
    table: Table, cutter: Candidate, places: Sequence[int], free: Sequence[int]
) -> Cuts | None:
    """What a cut taker takes off the free pieces of some cells."""
    counts = table.cells.pieces
    parts = {at: [free[at], counts[at] - free[at]] for at in places if free[at] < counts[at]}
    if not parts:
        return cut_of_taker(cutter, table.standing, places)
    standing, spots = _split(table.standing, parts)
    return cut_of_taker(cutter, standing, [spots[at][0] for at in places])


def _cut_use(
    table: Table, cutter: Candidate, lines: Sequence[int], free: Sequence[int]
) -> Use | None:
    places = [cell for cell in table.cells.of(lines) if free[cell]]
    taken = _cuts(table, cutter, places, free)
    if taken is None:
        return None
    pieces = [(at, free[at], cut) for at, cut in zip(places, taken.cuts, strict=True)]
    return Use(cutter, 1, tuple(pieces))


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
        if _fits(use):
            left = list(free)
            for cell, count, _ in use.pieces:
                left[cell] -= count
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
            _cut_use(
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
