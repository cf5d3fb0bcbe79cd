"""Priced rows: the lines and ways of shipping of a quote, and what was taken off each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Final

from attrs import define

from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.cells import Cells
from privlib.policies.pricing.found import Step
from privlib.policies.pricing.straight import Reason
from privlib.quotes import Adjustment, PieceGroup, QuotedLine, QuotedShipping, ShelfPrice
from privlib.values.frozen import made_of

__all__ = ["SHELF", "PricedRows"]

_line = made_of(QuotedLine)
_pieces = made_of(PieceGroup)
_adjustment = made_of(Adjustment)

SHELF: Final = "shelf"
"""The layer of what the shelf price differs from the list price."""


@define(eq=False)
class PricedRows:
    """The rows of a basket as they went in the end: their cells, and what is left of each.

    `layers` are the names of the layers, `reasons` what was taken off each row, in order, and
    `path` what applied, where any cell was split.
    """

    asked: Asked
    layers: Sequence[str]
    cells: Cells
    left: Sequence[int]
    reasons: Sequence[Reason]
    path: Sequence[Step]

    def lines(self) -> tuple[QuotedLine, ...]:
        """The ticked lines as priced."""
        cells, left, currency = self.cells, self.left, self.asked.currency
        taken, shelf = self._taken(), self._shelf_prices()
        if not cells.is_split:
            columns, unsplit = self.asked.columns, repeat(())
            return tuple(
                map(
                    _line,
                    columns.ids,
                    columns.skus,
                    columns.pieces,
                    columns.lists,
                    left,
                    taken,
                    unsplit,
                    shelf,
                    repeat(currency),
                )
            )
        made, groups = [], self._groups()
        for row, line in enumerate(self.asked.lines):
            own = cells.of_line[row]
            whole = sum([cells.lists[cell] for cell in own])
            payable = sum([left[cell] for cell in own])
            split = (
                ()
                if len(own) == 1
                else tuple([self._piece_group(cell, groups[cell]) for cell in own])
            )
            made.append(
                _line(
                    line.id,
                    line.sku,
                    line.quantity,
                    whole,
                    payable,
                    taken[row],
                    split,
                    shelf[row],
                    currency,
                )
            )
        return tuple(made)

    def shipping(self, given: Sequence[Candidate]) -> tuple[QuotedShipping, ...]:
        """The ways of shipping as priced; `given` is what applies though it takes nothing off."""
        first = len(self.asked.lines)
        taken = self._taken()
        made = []
        for row, way in enumerate(self.asked.basket.shipping, start=first):
            (cell,) = self.cells.of([row])
            made.append(
                QuotedShipping(
                    id=way.id,
                    method=way.method,
                    list_minor=way.price.minor,
                    payable_minor=self.left[cell],
                    adjustments=taken[row] + self._for_free(row, given),
                    currency=self.asked.currency,
                )
            )
        return tuple(made)

    def _for_free(self, row: int, given: Sequence[Candidate]) -> tuple[Adjustment, ...]:
        """Free shipping, recorded where shipping cost nothing already."""
        currency = self.asked.currency
        return tuple(
            _adjustment(candidate.source, self.layers[candidate.rule.layer], 0, 0, currency)
            for candidate in given
            if candidate.rule.on_shipping and row in candidate.targets
        )

    def _shelf_prices(self) -> list[ShelfPrice | None]:
        """The shelf price of each line, where any rule had a word in it."""
        shelf = self.asked.shelf
        if not shelf:
            return [None] * len(self.asked.lines)
        return [price if price.rule or price.replaced else None for price in shelf]

    def _taken(self) -> list[tuple[Adjustment, ...]]:
        """Everything that was taken off each row of the basket, in order."""
        currency, start = self.asked.currency, self.asked.standing.cells
        rows: list[tuple[Adjustment, ...]] = [()] * len(start.lines)
        for row in range(len(self.asked.lines) if self.asked.shelf else 0):
            if start.lists[row] != start.members[row]:
                rows[row] = (self._shelf(row, start.lists[row], start.members[row]),)
        names = self.layers
        for source, layer, row, base, off in self.reasons:
            rows[row] += (_adjustment(source, names[layer], base, off, currency),)
        return rows

    def _shelf(self, row: int, whole: int, member: int) -> Adjustment:
        rule = self.asked.shelf[row].rule or SHELF
        return _adjustment(rule, SHELF, whole, whole - member, self.asked.currency)

    def _piece_group(self, cell: int, adjustments: Sequence[Adjustment]) -> PieceGroup:
        cells, currency = self.cells, self.asked.currency
        return _pieces(
            cells.pieces[cell], cells.lists[cell], self.left[cell], tuple(adjustments), currency
        )

    def _groups(self) -> list[list[Adjustment]]:
        """What was taken off each of the last cells, in order.

        A cell that was split later has its share of what was left before and after each step.
        """
        final, start = self.cells, self.asked.standing
        currency = self.asked.currency
        made: list[list[Adjustment]] = [[] for _ in final.lines]
        for cell, (whole, member) in enumerate(zip(final.lists, final.members, strict=True)):
            if whole != member:
                made[cell].append(self._shelf(final.lines[cell], whole, member))
        cells, left = start.cells, start.left
        for step in self.path:
            left, cells = cells.carried(left, step.cells), step.cells
            bases, after = [0] * len(left), list(left)
            for place, base, cut in step.taken.rows:
                bases[place] = base
                after[place] -= cut
            layer, source = self.layers[step.candidate.rule.layer], step.candidate.source
            parts = (cells.carried(each, final) for each in (bases, left, after))
            for cell, (base, before, then) in enumerate(zip(*parts, strict=True)):
                if before != then:
                    made[cell].append(_adjustment(source, layer, base, before - then, currency))
            left = after
        return made
