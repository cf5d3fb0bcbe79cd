"""Objections: all that speaks against a promotion before others are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pendulum

from privlib.conditions import SHOPPING, unmet
from privlib.entities.customer_state import CouponInHand
from privlib.policies.pricing.applying import column
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.patterns import Fill
from privlib.policies.pricing.presented import Presented, needed, pools_of, uses, ways
from privlib.policies.pricing.rules import MEMBER
from privlib.program.offers import ThresholdOff
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
from privlib.values.money import Money

__all__ = ["objections"]


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
        rule.on_shipping and not ways(presented, asked)
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
    for limit, used, by_customer in uses(presented, asked):
        if used >= limit:
            yield UsesSpent(
                promotion=presented.source, limit=limit, used=used, by_customer=by_customer
            )


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
