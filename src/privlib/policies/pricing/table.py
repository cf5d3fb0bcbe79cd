"""The table: the pieces of a layer whose promotions share none, and who uses which of them.

Sets choose single pieces. What they leave of a line goes as a whole to one of the cut takers that
apply.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from privlib.policies.pricing.applying import Candidate, Cuts, Standing, column, cut_of_taker
from privlib.policies.pricing.cells import Cells
from privlib.policies.pricing.giving_out import Use, runs_of
from privlib.policies.pricing.patterns import Pattern, PieceCuts, Stock
from privlib.policies.pricing.rules import REMAINING
from privlib.policies.pricing.splitting import split
from privlib.program.offers import Favour

__all__ = ["Table", "cut_use", "cuts_of", "pattern_of_taker"]


def pattern_of_taker(taker: Candidate) -> Pattern:
    """The pattern of what is known to be an offer on sets."""
    if taker.pattern is None:
        raise TypeError(f"{taker.source} is no offer on sets")
    return taker.pattern


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

    def use_of(self, taker: Candidate, times: int, taken: PieceCuts) -> Use:
        """A use of sets, from what is taken off each single piece, set by set.

        Where the shop is favoured, what is got for less are the last pieces of their cells.
        """
        pattern = pattern_of_taker(taker)
        if pattern.favour is Favour.CUSTOMER or not times:
            return Use(taker, times, runs_of(taken))
        size = len(taken) // times
        paid = size - pattern.rewarded if pattern.rewarded else 0
        sets = [taken[start : start + size] for start in range(0, len(taken), size)]
        first = [piece for each in sets for piece in each[:paid]]
        last = [piece for each in reversed(sets) for piece in each[paid:]]
        return Use(taker, times, runs_of(first), runs_of(last))

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
    return Use(cutter, 1, tuple(pieces), by=taken.by)
