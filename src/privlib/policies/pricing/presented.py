"""Presented: what has a word in the price of a basket, and the lines it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define

from privlib.entities.customer_state import CouponInHand
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.entry import Entry
from privlib.policies.pricing.patterns import Pattern
from privlib.program.offers import BuyGet, FreeShipping, ShippingOff
from privlib.program.promotion import customer_uses_key, uses_key
from privlib.values.goods import Goods

__all__ = ["Presented", "needed", "pools_of", "presented_of", "touched", "uses", "ways"]


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


def ways(presented: Presented, asked: Asked) -> tuple[int, ...]:
    """The rows of the ways of shipping that an offer is about."""
    offer = presented.entry.promotion.offer
    methods = offer.methods if isinstance(offer, ShippingOff | FreeShipping) else ()
    first = len(asked.lines)
    return tuple(
        first + at
        for at, way in enumerate(asked.basket.shipping)
        if not methods or way.method in methods
    )


def uses(presented: Presented, asked: Asked) -> Iterator[tuple[int, int, bool]]:
    """The limits of how often it is used: how often it may be, how often it was, by him alone."""
    limits, name = presented.entry.promotion.limits, presented.entry.rule.name
    if limits.uses is not None:
        yield limits.uses, asked.used.get(uses_key(name), 0), False
    if limits.per_customer is not None and asked.customer.id is not None:
        used = asked.used.get(customer_uses_key(name, asked.customer.id), 0)
        yield limits.per_customer, used, True
