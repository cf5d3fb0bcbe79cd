"""The table: the pieces of a layer whose promotions share none, and who uses which of them.

Sets choose single pieces. What they leave of a line goes as a whole to one of the cut takers that
apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from attrs import define, field

from privlib.policies.pricing.applying import Candidate, Cuts, Standing, column, cut_of_taker
from privlib.policies.pricing.cells import Cells
from privlib.policies.pricing.patterns import Pattern, Stock
from privlib.policies.pricing.rules import REMAINING
from privlib.policies.pricing.splitting import split

__all__ = ["Table", "Taking", "Use", "cut_use", "cuts_of", "given_out", "pattern_of_taker"]


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

    @property
    def is_worth_it(self) -> bool:
        """Whether it takes anything off, and its budget suffices."""
        budget, amount = self.candidate.budget, self.amount
        return amount > 0 and (budget is None or amount <= budget)

    def take_from(self, free: list[int]) -> None:
        """Uses up the free pieces of the cells."""
        for cell, count, _ in self.pieces:
            free[cell] -= count


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
        standing, places = split(standing, parts)
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


def cuts_of(
    table: Table, cutter: Candidate, places: Sequence[int], free: Sequence[int]
) -> Cuts | None:
    """What a cut taker takes off the free pieces of some cells."""
    counts = table.cells.pieces
    parts = {at: [free[at], counts[at] - free[at]] for at in places if free[at] < counts[at]}
    if not parts:
        return cut_of_taker(cutter, table.standing, places)
    standing, spots = split(table.standing, parts)
    return cut_of_taker(cutter, standing, [spots[at][0] for at in places])


def cut_use(
    table: Table, cutter: Candidate, lines: Sequence[int], free: Sequence[int]
) -> Use | None:
    """What a cut taker does with all free pieces of some lines."""
    places = [cell for cell in table.cells.of(lines) if free[cell]]
    taken = cuts_of(table, cutter, places, free)
    if taken is None:
        return None
    pieces = [(at, free[at], cut) for at, cut in zip(places, taken.cuts, strict=True)]
    return Use(cutter, 1, tuple(pieces))
