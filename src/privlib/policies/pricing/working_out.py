"""Working out: the fields of a quote that are seldom read, from what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from attrs import define

from privlib.encoding.canonical import canonical, digest
from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.candidates import Asked
from privlib.policies.pricing.cells import Cells, shares
from privlib.policies.pricing.choosing import Chosen
from privlib.policies.pricing.effects import Effects, effects_of
from privlib.policies.pricing.left_out import left_out
from privlib.policies.pricing.paying import payments_of
from privlib.policies.pricing.search import Step
from privlib.program.offers import FreeShipping
from privlib.program.program import Program
from privlib.program.promotion import Promotion
from privlib.quotes import (
    Adjustment,
    Applied,
    LeftOut,
    Payment,
    PieceGroup,
    QuotedLine,
    QuotedShipping,
    RunnerUp,
)
from privlib.values.frozen import made_of
from privlib.values.money import Money

__all__ = ["QuoteRecord"]

_line = made_of(QuotedLine)
_pieces = made_of(PieceGroup)
_adjustment = made_of(Adjustment)

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

    def promotion_of(self, source: str) -> Promotion | None:
        """The promotion of a name; None for coupons and codes."""
        position = self.asked.plan.names.get(source)
        return None if position is None else self.asked.plan.promotions[position]

    def money(self, minor: int) -> Money:
        return Money(minor, self.asked.currency)

    def layer_of(self, candidate: Candidate) -> str:
        return self.program.pricing.layers[candidate.rule.layer].name

    def lines(self) -> tuple[QuotedLine, ...]:
        """The ticked lines as priced."""
        final = self.chosen.found.standing
        cells, left, currency = final.cells, final.left, self.asked.currency
        taken = self._taken()
        if not cells.is_split:
            return tuple(
                [
                    _line(
                        line.id,
                        line.sku,
                        line.quantity,
                        cells.lists[row],
                        left[row],
                        taken[row],
                        (),
                        None,
                        currency,
                    )
                    for row, line in enumerate(self.asked.lines)
                ]
            )
        made = []
        for row, line in enumerate(self.asked.lines):
            own = cells.of_line[row]
            whole = sum([cells.lists[cell] for cell in own])
            payable = sum([left[cell] for cell in own])
            split = () if len(own) == 1 else tuple([self._group(row, cell) for cell in own])
            made.append(
                _line(
                    line.id,
                    line.sku,
                    line.quantity,
                    whole,
                    payable,
                    taken[row],
                    split,
                    None,
                    currency,
                )
            )
        return tuple(made)

    def shipping(self) -> tuple[QuotedShipping, ...]:
        """The ways of shipping as priced."""
        final, first = self.chosen.found.standing, len(self.asked.lines)
        taken = self._taken()
        made = []
        for row, way in enumerate(self.asked.basket.shipping, start=first):
            (cell,) = final.cells.of([row])
            made.append(
                QuotedShipping(
                    id=way.id,
                    method=way.method,
                    list_minor=way.price.minor,
                    payable_minor=final.left[cell],
                    adjustments=taken[row] + self._for_free(row),
                    currency=self.asked.currency,
                )
            )
        return tuple(made)

    def _for_free(self, row: int) -> tuple[Adjustment, ...]:
        """Free shipping, recorded where shipping cost nothing already."""
        currency = self.asked.currency
        return tuple(
            _adjustment(candidate.source, self.layer_of(candidate), 0, 0, currency)
            for candidate in self.effects.applied
            if candidate.rule.on_shipping and row in candidate.targets
        )

    def _taken(self) -> list[tuple[Adjustment, ...]]:
        """Everything that was taken off each row of the basket, in order."""
        currency, start = self.asked.currency, self.asked.standing.cells
        rows: list[list[Adjustment]] = [[] for _ in start.lines]
        for row in range(len(self.asked.lines)):
            if start.lists[row] != start.members[row]:
                rows[row].append(self._shelf(start.lists[row], start.members[row]))
        for step in self.path:
            candidate, layer = step.candidate, self.layer_of(step.candidate)
            lines, taken = step.cells.lines, step.taken
            sums: dict[int, tuple[int, int]] = {}
            for place, base, cut in zip(taken.places, taken.bases, taken.cuts, strict=True):
                whole, off = sums.get(lines[place], (0, 0))
                sums[lines[place]] = whole + base, off + cut
            for row, (base, off) in sums.items():
                if off:
                    rows[row].append(_adjustment(candidate.source, layer, base, off, currency))
        return [tuple(row) for row in rows]

    def _shelf(self, whole: int, member: int) -> Adjustment:
        return _adjustment("member price", SHELF, whole, whole - member, self.asked.currency)

    def _group(self, row: int, cell: int) -> PieceGroup:
        """The pieces of one cell, with what was taken off them."""
        final, currency = self.chosen.found.standing, self.asked.currency
        start, count = _span(final.cells, row, cell)
        whole, member = final.cells.lists[cell], final.cells.members[cell]
        made = [self._shelf(whole, member)] if whole != member else []
        for step in self.path:
            cells, taken, layer = step.cells, step.taken, self.layer_of(step.candidate)
            for place, base, cut in zip(taken.places, taken.bases, taken.cuts, strict=True):
                if cells.lines[place] != row:
                    continue
                first, pieces = _span(cells, row, place)
                if first <= start < first + pieces:
                    sizes = [start - first, count, first + pieces - start - count]
                    off = shares(cut, pieces, sizes)[1]
                    if off:
                        part = shares(base, pieces, sizes)[1]
                        made.append(_adjustment(step.candidate.source, layer, part, off, currency))
        return _pieces(count, whole, final.left[cell], tuple(made), currency)

    def applied(self) -> tuple[Applied, ...]:
        """What applies, in order, and what each of them takes off in all."""
        made = [
            Applied(
                source=step.candidate.source,
                promotion=step.candidate.rule.name,
                layer=self.layer_of(step.candidate),
                amount=self.money(step.taken.amount),
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
        missing = wanted - step.taken.amount
        return self.money(missing) if missing > 0 else None

    def left_out(self) -> tuple[LeftOut, ...]:
        """All that does not apply, with the reasons."""
        pricing = self.program.pricing
        return left_out(self.asked, self.candidates, self.chosen, self.effects, pricing)

    def payments(self) -> tuple[Payment, ...]:
        """What pays besides money."""
        asked, final = self.asked, self.chosen.found.standing
        ids = [line.id for line in asked.lines]
        ids += [f"shipping:{way.id}" for way in asked.basket.shipping]
        left = [
            (id, sum([final.left[cell] for cell in final.cells.of([row])]))
            for row, id in enumerate(ids)
        ]
        return payments_of(
            asked.basket.tender,
            self.program.pricing,
            left=left,
            goods=len(asked.lines),
            held=asked.customer.points,
            currency=asked.currency,
        )

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


_WORKED_OUT: Final[dict[str, Callable[[QuoteRecord], object]]] = {
    "lines": QuoteRecord.lines,
    "shipping": QuoteRecord.shipping,
    "applied": QuoteRecord.applied,
    "left_out": QuoteRecord.left_out,
    "gifts": lambda record: record.effects.gifts,
    "next_coupons": lambda record: record.effects.coupons,
    "points_times": lambda record: record.effects.points_times,
    "payments": QuoteRecord.payments,
    "runner_up": QuoteRecord.runner_up,
    "input": QuoteRecord.input,
}
