"""Working out: the fields of a quote that are seldom read, from what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from attrs import define

from privlib.encoding.canonical import canonical, digest
from privlib.policies.pricing.applying import Candidate, asked_for
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.cells import Cells
from privlib.policies.pricing.choosing import Chosen, Combination, combination_of
from privlib.policies.pricing.effects import Effects, effects_of
from privlib.policies.pricing.found import Step
from privlib.policies.pricing.left_out import Beside, left_out
from privlib.policies.pricing.paying import payments_of
from privlib.policies.pricing.priced_rows import PricedRows
from privlib.policies.pricing.public_prices import against_public
from privlib.policies.pricing.straight import Reason, Straight
from privlib.program.offers import FreeShipping
from privlib.program.program import Program
from privlib.program.promotion import Promotion
from privlib.quotes import (
    AgainstPublic,
    Applied,
    LeftOut,
    Payment,
    RunnerUp,
    shipping_row,
)
from privlib.values.money import Money

__all__ = ["QuoteRecord"]


@define(eq=False)
class QuoteRecord:
    """What was asked and found, out of which a quote's lines and reasons are worked out."""

    asked: Asked
    program: Program
    out_of_stock: Collection[str]
    straight: Straight | None
    _combination: Combination | None = None
    _effects: Effects | None = None

    def worked_out(self, name: str) -> object:
        """The value of a quote's field."""
        return _WORKED_OUT[name](self)

    @property
    def combination(self) -> Combination:
        """What could apply, and what was chosen of it."""
        if self._combination is None:
            self._combination = combination_of(self.asked, self.program.pricing)
        return self._combination

    @property
    def candidates(self) -> Sequence[Candidate]:
        return self.combination.candidates

    @property
    def chosen(self) -> Chosen:
        return self.combination.chosen

    @property
    def path(self) -> Sequence[Step]:
        return self.chosen.found.path

    @property
    def is_proven(self) -> bool:
        """Whether nothing can be better."""
        return self.straight is not None or self.chosen.proven

    @property
    def cells(self) -> Cells:
        """The pieces as they went in the end."""
        if self.straight is not None:
            return self.asked.standing.cells
        return self.chosen.found.standing.cells

    @property
    def left(self) -> list[int]:
        """What is to be paid for each cell."""
        return self.chosen.found.standing.left if self.straight is None else self.straight.left

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
                facts=self.asked.facts,
                skus=skus,
                out_of_stock=self.out_of_stock,
            )
        return self._effects

    def promotion_of(self, source: str) -> Promotion | None:
        """What a coupon in hand brings, or the promotion of a name; None for codes."""
        plan = self.asked.plan
        for coupon in self.asked.customer.coupons:
            if coupon.id == source:
                entry = plan.entry_of(coupon)
                return None if entry is None else entry.promotion
        position = plan.names.get(source)
        return None if position is None else plan.promotions[position]

    def money(self, minor: int) -> Money:
        return Money(minor, self.asked.currency)

    def layer_of(self, candidate: Candidate) -> str:
        return self.program.pricing.layers[candidate.rule.layer].name

    @property
    def rows(self) -> PricedRows:
        """The rows of the basket, with what was taken off them."""
        if self.straight is not None:
            path: Sequence[Step] = ()
            reasons: Sequence[Reason] = self.straight.reasons
        else:
            path = self.path
            reasons = [reason for step in path for reason in _reasons_of(step)]
        names = [layer.name for layer in self.program.pricing.layers]
        return PricedRows(self.asked, names, self.cells, self.left, reasons, path)

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
        """What would have been taken off too, had there been more to take it off."""
        candidate, taken = step.candidate, step.taken
        if candidate.pattern is not None:
            asked = step.times * (candidate.pattern.off or 0)
        else:
            asked = asked_for(candidate.rule, taken, step.cells)
        missing = asked - taken.amount
        return self.money(missing) if missing > 0 else None

    def left_out(self) -> tuple[LeftOut, ...]:
        """All that does not apply, with the reasons."""
        pricing = self.program.pricing
        beside = Beside(self.asked, self.candidates, self.chosen, self.effects, pricing)
        return left_out(beside)

    def payments(self) -> tuple[Payment, ...]:
        """What pays besides money."""
        asked = self.asked
        ids = [line.id for line in asked.lines]
        ids += [shipping_row(way.id) for way in asked.basket.shipping]
        left = [(id, self._payable(row)) for row, id in enumerate(ids)]
        return payments_of(
            asked.basket.tender,
            self.program.pricing,
            left=left,
            goods=len(asked.lines),
            held=asked.customer.points,
            currency=asked.currency,
        )

    def _payable(self, row: int) -> int:
        """What is to be paid for a row of the basket, all its pieces together."""
        left = self.left
        return sum([left[cell] for cell in self.cells.of([row])])

    def against_public(self) -> tuple[AgainstPublic, ...]:
        """What is saved or lost against buying on each public platform."""
        lines, book = self.asked.lines, self.program.prices
        if not book.public:
            return ()
        payable = [self.money(self._payable(row)) for row in range(len(lines))]
        return against_public(lines, payable, book)

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


def _reasons_of(step: Step) -> Iterator[Reason]:
    """What a step takes off each row, all its cells together."""
    rule, lines = step.candidate.rule, step.cells.lines
    sums: dict[int, tuple[int, int]] = {}
    for place, base, cut in step.taken.rows:
        whole, off = sums.get(lines[place], (0, 0))
        sums[lines[place]] = whole + base, off + cut
    for row, (base, off) in sums.items():
        if off:
            yield step.candidate.source, rule.layer, row, base, off


def _has_effect(candidate: Candidate) -> bool:
    return not candidate.rule.has_money or isinstance(candidate.rule.promotion.offer, FreeShipping)


_WORKED_OUT: Final[dict[str, Callable[[QuoteRecord], object]]] = {
    "lines": lambda record: record.rows.lines(),
    "shipping": lambda record: record.rows.shipping(record.effects.applied),
    "applied": QuoteRecord.applied,
    "left_out": QuoteRecord.left_out,
    "gifts": lambda record: record.effects.gifts,
    "next_coupons": lambda record: record.effects.coupons,
    "points_times": lambda record: record.effects.points_times,
    "not_sold": lambda record: tuple(record.asked.not_sold),
    "payments": QuoteRecord.payments,
    "against_public": QuoteRecord.against_public,
    "runner_up": QuoteRecord.runner_up,
    "input": QuoteRecord.input,
}
