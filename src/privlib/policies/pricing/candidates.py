"""Candidates: what could apply to a basket by itself, and why the rest could not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pendulum
from attrs import define

from privlib.commands.baskets import Basket, BasketColumns, BasketLine
from privlib.conditions import SHOPPING, unmet
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.policies.pricing.applying import Candidate, Standing, column
from privlib.policies.pricing.entry import Entry
from privlib.policies.pricing.facts import BasketFacts
from privlib.policies.pricing.patterns import Fill, Pattern
from privlib.policies.pricing.plan import Plan
from privlib.policies.pricing.rules import MEMBER
from privlib.program.offers import BuyGet, FreeShipping, ShippingOff, ThresholdOff
from privlib.program.promotion import customer_uses_key, spent_key, uses_key
from privlib.quotes import LeftOut, ShelfPrice
from privlib.refusals import (
    AmountNotReached,
    CouponNotYetGood,
    CouponRanOut,
    NothingToTouch,
    PiecesNotReached,
    ProductsNotReached,
    PromotionNotRunning,
    Refusal,
    TooFewForSet,
    UsesSpent,
    WaitsForCustomer,
)
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["Asked", "Presented", "candidates_of", "objections", "presented_of"]


@define(eq=False)
class Asked:
    """What a quote is asked for, and how things stand before any promotion."""

    plan: Plan
    basket: Basket
    columns: BasketColumns
    customer: CustomerState
    codes: Sequence[str]
    used: Mapping[str, int]
    at: pendulum.DateTime
    currency: str
    zone: str
    standing: Standing
    shelf: Sequence[ShelfPrice]
    not_sold: Sequence[LeftOut]
    _facts: BasketFacts | None = None

    @property
    def facts(self) -> BasketFacts:
        """What conditions ask."""
        if self._facts is None:
            self._facts = BasketFacts(
                self.lines,
                self.customer,
                standing=self.standing,
                layers=self.plan.layers,
                where=(self.basket.channel, self.basket.platform),
                at=self.at,
                zone=self.zone,
            )
        return self._facts

    @property
    def lines(self) -> Sequence[BasketLine]:
        return self.columns.lines

    def lines_among(self, goods: Goods) -> tuple[int, ...]:
        """The lines of some goods that may be discounted."""
        lines, open_rows = self.columns.lines, self.columns.open_rows
        if goods.is_all:
            return tuple(open_rows)
        return tuple([row for row in open_rows if goods.include(lines[row])])

    def pieces(self, rows: Iterable[int]) -> int:
        """How many pieces some lines have."""
        return sum([self.columns.pieces[row] for row in rows])

    def distinct(self, rows: Iterable[int]) -> int:
        """Of how many different products some lines are."""
        return len({self.columns.products[row] for row in rows})


@define(eq=False)
class Presented:
    """A promotion that speaks for a basket: by itself, by a code, or by a coupon."""

    entry: Entry
    source: str
    found: Sequence[int] | None = None
    code: str | None = None
    coupon: CouponInHand | None = None


def presented_of(asked: Asked) -> list[Presented]:
    """Whatever has a word in the price of this basket, each once."""
    plan = asked.plan
    made = []
    for position, found in plan.concerned(asked.columns.named).items():
        entry = plan.entry(position)
        made.append(Presented(entry, entry.rule.name, found))
    for position in plan.everywhere:
        entry = plan.entry(position)
        made.append(Presented(entry, entry.rule.name))
    by_code: dict[int, str] = {}
    for code in asked.codes:
        position = plan.codes.get(plan.code(code), -1)
        if position >= 0:
            by_code.setdefault(position, code)
    for position, code in by_code.items():
        entry = plan.entry(position)
        made.append(Presented(entry, entry.rule.name, code=code))
    for coupon in asked.customer.coupons:
        coupon_entry = plan.entry_of(coupon)
        if coupon_entry is not None:
            made.append(Presented(coupon_entry, coupon.id, coupon=coupon))
    return made


def candidates_of(asked: Asked) -> list[Candidate]:
    """Those that could apply, were it not for the others."""
    made = []
    for presented in presented_of(asked):
        lines = touched(presented, asked)
        if next(objections(presented, lines, asked), None) is None:
            made.append(_candidate(presented, lines, asked))
    return made


def touched(presented: Presented, asked: Asked) -> tuple[int, ...]:
    """The lines that its offer may touch."""
    entry = presented.entry
    if entry.pattern is not None and any(part.goods is not None for part in entry.pattern.parts):
        pools = pools_of(entry.pattern, entry.promotion.goods, asked)
        return tuple(sorted(set().union(*pools)))
    if presented.found is not None and entry.goods is None:
        return tuple(presented.found)
    return asked.lines_among(entry.promotion.goods)


def needed(presented: Presented, lines: tuple[int, ...], asked: Asked) -> tuple[int, ...]:
    """The lines that must come to what it needs: those of its goods, a bundle's of its parts."""
    promotion = presented.entry.promotion
    if isinstance(promotion.offer, BuyGet) and promotion.offer.get_goods is not None:
        return asked.lines_among(promotion.goods)
    return lines


def pools_of(pattern: Pattern, goods: Goods, asked: Asked) -> tuple[tuple[int, ...], ...]:
    """The lines of each part of a set."""
    return tuple(
        asked.lines_among(goods if part.goods is None else part.goods) for part in pattern.parts
    )


def _candidate(presented: Presented, lines: tuple[int, ...], asked: Asked) -> Candidate:
    entry, coupon = presented.entry, presented.coupon
    rule = entry.rule
    targets = lines if not rule.on_shipping else _ways(presented, asked)
    limits = entry.promotion.limits
    budget = None
    if limits.budget is not None:
        budget = max(limits.budget.minor - asked.used.get(spent_key(rule.name), 0), 0)
    return Candidate(
        rule,
        presented.source,
        lines,
        targets,
        None if coupon is None else coupon.id,
        presented.code,
        budget,
        _uses_left(presented, asked),
        products=asked.columns.products,
        turn=(*rule.turn, presented.source),
        pattern=entry.pattern,
        pools=()
        if entry.pattern is None
        else pools_of(entry.pattern, entry.promotion.goods, asked),
        needed=needed(presented, lines, asked),
    )


def _ways(presented: Presented, asked: Asked) -> tuple[int, ...]:
    """The rows of the ways of shipping that an offer is about."""
    offer = presented.entry.promotion.offer
    methods = offer.methods if isinstance(offer, ShippingOff | FreeShipping) else ()
    first = len(asked.lines)
    return tuple(
        first + at
        for at, way in enumerate(asked.basket.shipping)
        if not methods or way.method in methods
    )


def objections(presented: Presented, lines: Sequence[int], asked: Asked) -> Iterator[Refusal]:
    """All that speaks against a promotion before others are looked at, the cheap checks first."""
    entry, rule = presented.entry, presented.entry.rule
    name, at = presented.source, asked.at
    if (entry.starts is not None and at < entry.starts) or (
        entry.ends is not None and at >= entry.ends
    ):
        yield PromotionNotRunning(promotion=name, starts=entry.starts, ends=entry.ends)
    if presented.coupon is not None:
        yield from _against_coupon(presented.coupon, at)
    touches_goods = rule.has_money and not rule.on_shipping
    if (not lines and (touches_goods or not entry.promotion.goods.is_all)) or (
        rule.on_shipping and not _ways(presented, asked)
    ):
        yield NothingToTouch(promotion=name)
    if entry.promotion.limits.is_bounded:
        yield from _spent(presented, asked)
    if rule.needs_pieces or rule.needs_distinct or rule.needs_amount or rule.steps is not None:
        yield from _not_reached(presented, needed(presented, tuple(lines), asked), asked)
    if entry.pattern is not None:
        yield from _too_few(presented, asked)
    if rule.holds is not None and not rule.holds_by_layer and not rule.holds(asked.facts):
        yield from unmet(entry.promotion.when, asked.facts, SHOPPING)


def _against_coupon(coupon: CouponInHand, at: pendulum.DateTime) -> Iterator[Refusal]:
    if coupon.starts_at is not None and at < coupon.starts_at:
        yield CouponNotYetGood(coupon=coupon.id, at=coupon.starts_at)
    if coupon.expires_at is not None and at >= coupon.expires_at:
        yield CouponRanOut(coupon=coupon.id, at=coupon.expires_at)


def _spent(presented: Presented, asked: Asked) -> Iterator[Refusal]:
    limits, customer = presented.entry.promotion.limits, asked.customer.id
    if limits.per_customer is not None and customer is None:
        yield WaitsForCustomer(promotion=presented.source)
    for limit, used, by_customer in _uses(presented, asked):
        if used >= limit:
            yield UsesSpent(
                promotion=presented.source, limit=limit, used=used, by_customer=by_customer
            )


def _uses(presented: Presented, asked: Asked) -> Iterator[tuple[int, int, bool]]:
    """The limits of how often it is used: how often it may be, how often it was, by him alone."""
    limits, name = presented.entry.promotion.limits, presented.entry.rule.name
    if limits.uses is not None:
        yield limits.uses, asked.used.get(uses_key(name), 0), False
    if limits.per_customer is not None and asked.customer.id is not None:
        used = asked.used.get(customer_uses_key(name, asked.customer.id), 0)
        yield limits.per_customer, used, True


def _uses_left(presented: Presented, asked: Asked) -> int | None:
    """How often it may still be used, where it speaks more than once: by several coupons."""
    if presented.coupon is None or not presented.entry.promotion.limits.is_bounded:
        return None
    return min([limit - used for limit, used, _ in _uses(presented, asked)], default=None)


def _not_reached(presented: Presented, lines: Sequence[int], asked: Asked) -> Iterator[Refusal]:
    """What the goods lack, as far as it does not hang on what others take off.

    What is counted before any promotion is the most there can be.
    """
    rule, name = presented.entry.rule, presented.source
    offer = presented.entry.promotion.offer
    needs_amount, needs_pieces = rule.needs_amount, rule.needs_pieces
    if isinstance(offer, ThresholdOff):
        start = offer.steps[0].start
        if rule.steps_by_money:
            needs_amount = max(needs_amount, start)
        else:
            needs_pieces = max(needs_pieces, start)
    if needs_amount:
        base = min(rule.needs_base, MEMBER) if rule.needs_base <= MEMBER else MEMBER
        has = sum(column(asked.standing, base, lines))
        if has < needs_amount:
            needs = presented.entry.promotion.needs
            yield AmountNotReached(
                promotion=name,
                needs=Money(needs_amount, asked.currency),
                has=Money(has, asked.currency),
                base=needs.base if needs is not None else "remaining",
            )
    if needs_pieces:
        count = asked.pieces(lines)
        if count < needs_pieces:
            yield PiecesNotReached(promotion=name, needs=needs_pieces, has=count)
    if rule.needs_distinct:
        products = asked.distinct(lines)
        if products < rule.needs_distinct:
            yield ProductsNotReached(promotion=name, needs=rule.needs_distinct, has=products)


def _too_few(presented: Presented, asked: Asked) -> Iterator[Refusal]:
    pattern = presented.entry.pattern
    if pattern is None:
        return
    pools = pools_of(pattern, presented.entry.promotion.goods, asked)
    if pattern.fill is not None:
        yield from _not_filled(presented, pattern.fill, pools[0], asked)
        return
    for part, pool in zip(pattern.parts, pools, strict=True):
        count = asked.pieces(pool)
        if count < part.pieces:
            yield TooFewForSet(promotion=presented.source, needs=part.pieces, has=count)


def _not_filled(
    presented: Presented, fill: Fill, pool: Sequence[int], asked: Asked
) -> Iterator[Refusal]:
    """What one set lacks, were all pieces in it."""
    name = presented.source
    amount = sum(column(asked.standing, min(presented.entry.rule.base, MEMBER), pool))
    count, products = asked.pieces(pool), asked.distinct(pool)
    if amount < fill.amount:
        needs, has = Money(fill.amount, asked.currency), Money(amount, asked.currency)
        yield AmountNotReached(promotion=name, needs=needs, has=has)
    if count < fill.pieces:
        yield PiecesNotReached(promotion=name, needs=fill.pieces, has=count)
    if products < fill.distinct:
        yield ProductsNotReached(promotion=name, needs=fill.distinct, has=products)
