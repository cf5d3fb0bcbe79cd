"""Working out: the fields of a quote that are seldom read, from what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from attrs import define

from privlib.encoding.canonical import canonical, digest
from privlib.entities.quote import (
    Adjustment,
    Applied,
    PieceGroup,
    QuotedLine,
    QuotedShipping,
    RunnerUp,
)
from privlib.policies.pricing.applying import Candidate, column
from privlib.policies.pricing.candidates import Asked
from privlib.policies.pricing.cells import Cells, shares
from privlib.policies.pricing.choosing import Chosen
from privlib.policies.pricing.effects import Effects, effects_of
from privlib.policies.pricing.left_out import left_out
from privlib.policies.pricing.search import Step
from privlib.program.offers import FreeShipping
from privlib.program.program import Program
from privlib.values.money import Money

__all__ = ["QuoteRecord"]

SHELF: Final = "shelf"
"""The layer of what the shelf price differs from the list price."""


@define(eq=False)
class QuoteRecord:
    """What was asked and found, out of which a quote's lines and reasons are worked out."""

    asked: Asked
    program: Program
    candidates: Sequence[Candidate]
    chosen: Chosen
    out_of_stock: Collection[str]
    _effects: Effects | None = None

    def worked_out(self, name: str) -> object:
        """The value of a quote's field."""
        return _WORKED_OUT[name](self)

    @property
    def path(self) -> Sequence[Step]:
        return self.chosen.found.path

    @property
    def effects(self) -> Effects:
        """What is given besides money."""
        if self._effects is None:
            skus: dict[str, int] = {}
            for line in self.asked.lines:
                skus[line.sku] = skus.get(line.sku, 0) + line.quantity
            self._effects = effects_of(
                [each for each in self.candidates if _has_effect(each)],
                self.chosen.found,
                self.program.pricing,
                skus=skus,
                out_of_stock=self.out_of_stock,
            )
        return self._effects

    def money(self, minor: int) -> Money:
        return Money(minor, self.asked.currency)

    def layer_of(self, candidate: Candidate) -> str:
        return self.program.pricing.layers[candidate.rule.layer].name

    def lines(self) -> tuple[QuotedLine, ...]:
        """The ticked lines as priced."""
        standing = self.chosen.found.standing
        made = []
        for row, line in enumerate(self.asked.lines):
            own = standing.cells.of([row])
            made.append(
                QuotedLine(
                    id=line.id,
                    sku=line.sku,
                    quantity=line.quantity,
                    list=self.money(sum(standing.cells.lists[cell] for cell in own)),
                    adjustments=self._adjustments(row),
                    payable=self.money(sum(standing.left[cell] for cell in own)),
                    groups=tuple(self._group(row, cell) for cell in own),
                )
            )
        return tuple(made)

    def shipping(self) -> tuple[QuotedShipping, ...]:
        """The ways of shipping as priced."""
        standing = self.chosen.found.standing
        made = []
        for at, way in enumerate(self.asked.basket.shipping):
            row = len(self.asked.lines) + at
            (cell,) = standing.cells.of([row])
            made.append(
                QuotedShipping(
                    id=way.id,
                    method=way.method,
                    list=way.price,
                    adjustments=self._adjustments(row) + self._for_free(row),
                    payable=self.money(standing.left[cell]),
                )
            )
        return tuple(made)

    def _for_free(self, row: int) -> tuple[Adjustment, ...]:
        """Free shipping, recorded where shipping cost nothing already."""
        return tuple(
            Adjustment(
                source=candidate.source,
                layer=self.layer_of(candidate),
                base=self.money(0),
                amount=self.money(0),
            )
            for candidate in self.effects.applied
            if candidate.rule.on_shipping and row in candidate.targets
        )

    def _adjustments(self, row: int) -> tuple[Adjustment, ...]:
        """Everything that was taken off one row of the basket, in order."""
        made = [*self._shelf(self.asked.standing.cells, [row])]
        for step in self.path:
            lines = step.standing.cells.lines
            own = [at for at, place in enumerate(step.places) if lines[place] == row]
            if own:
                bases = column(step.standing, step.candidate.rule.base, step.places)
                amount = sum(step.cuts[at] for at in own)
                if amount:
                    made.append(self._adjustment(step, sum(bases[at] for at in own), amount))
        return tuple(made)

    def _adjustment(self, step: Step, base: int, amount: int) -> Adjustment:
        candidate = step.candidate
        return Adjustment(
            source=candidate.source,
            layer=self.layer_of(candidate),
            base=self.money(base),
            amount=self.money(amount),
        )

    def _shelf(self, cells: Cells, places: Sequence[int]) -> Sequence[Adjustment]:
        base = sum(cells.lists[place] for place in places)
        amount = base - sum(cells.members[place] for place in places)
        if not amount:
            return ()
        return (
            Adjustment(
                source="member price",
                layer=SHELF,
                base=self.money(base),
                amount=self.money(amount),
            ),
        )

    def _group(self, row: int, cell: int) -> PieceGroup:
        """The pieces of one cell, with what was taken off them."""
        final = self.chosen.found.standing
        start, count = _span(final.cells, row, cell)
        made = [*self._shelf(final.cells, [cell])]
        for step in self.path:
            cells = step.standing.cells
            for place, cut in zip(step.places, step.cuts, strict=True):
                if cells.lines[place] != row:
                    continue
                first, pieces = _span(cells, row, place)
                if first <= start < first + pieces:
                    sizes = [start - first, count, first + pieces - start - count]
                    whole = column(step.standing, step.candidate.rule.base, [place])[0]
                    amount = _middle(cut, pieces, sizes)
                    if amount:
                        made.append(self._adjustment(step, _middle(whole, pieces, sizes), amount))
        return PieceGroup(
            pieces=count,
            list=self.money(final.cells.lists[cell]),
            adjustments=tuple(made),
            payable=self.money(final.left[cell]),
        )

    def applied(self) -> tuple[Applied, ...]:
        """What applies, in order, and what each of them takes off in all."""
        made = [
            Applied(
                source=step.candidate.source,
                promotion=step.candidate.rule.name,
                layer=self.layer_of(step.candidate),
                amount=self.money(sum(step.cuts)),
                times=step.times,
                coupon=step.candidate.coupon,
                code=step.candidate.code,
                cut=self._cut(step),
            )
            for step in self.path
        ]
        made += [
            Applied(
                source=candidate.source,
                promotion=candidate.rule.name,
                layer=self.layer_of(candidate),
                amount=self.money(0),
                coupon=candidate.coupon,
                code=candidate.code,
            )
            for candidate in self.effects.applied
        ]
        return tuple(made)

    def _cut(self, step: Step) -> Money | None:
        """What a fixed amount would have taken off, had there been more to take it off."""
        wanted = step.candidate.rule.wanted
        if wanted is None:
            return None
        missing = wanted - sum(step.cuts)
        return self.money(missing) if missing > 0 else None

    def runner_up(self) -> RunnerUp | None:
        """The next best combination that was come across."""
        second = self.chosen.second
        if second is None:
            return None
        sources = tuple(step.candidate.source for step in second.path)
        return RunnerUp(sources=sources, payable=self.money(second.payable))

    def input(self) -> str:
        """The digest of all that was asked."""
        asked = self.asked
        return digest(
            canonical(
                [
                    asked.basket,
                    asked.customer,
                    list(asked.codes),
                    sorted(asked.used.items()),
                    sorted(self.out_of_stock),
                    asked.at,
                ]
            )
        )


def _has_effect(candidate: Candidate) -> bool:
    return not candidate.rule.has_money or isinstance(candidate.rule.promotion.offer, FreeShipping)


def _span(cells: Cells, row: int, cell: int) -> tuple[int, int]:
    """Which pieces of its line a cell holds: the first of them, and how many."""
    start = 0
    for each in cells.of([row]):
        if each == cell:
            break
        start += cells.pieces[each]
    return start, cells.pieces[cell]


def _middle(total: int, pieces: int, sizes: Sequence[int]) -> int:
    """The share of the middle one of three parts."""
    return shares(total, pieces, sizes)[1]


_WORKED_OUT: Final[dict[str, Callable[[QuoteRecord], object]]] = {
    "lines": QuoteRecord.lines,
    "shipping": QuoteRecord.shipping,
    "applied": QuoteRecord.applied,
    "left_out": lambda record: left_out(
        record.asked, record.candidates, record.chosen, record.effects, record.program.pricing
    ),
    "gifts": lambda record: record.effects.gifts,
    "next_coupons": lambda record: record.effects.coupons,
    "points_times": lambda record: record.effects.points_times,
    "runner_up": QuoteRecord.runner_up,
    "input": QuoteRecord.input,
}
