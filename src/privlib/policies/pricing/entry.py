"""Entries: promotions of a plan, with what is worked out of each when it is first needed."""

from __future__ import annotations

from typing import NamedTuple

import pendulum
from attrs import define

from privlib.policies.pricing.of_one import OfOne, Terms, of_one
from privlib.policies.pricing.patterns import Pattern, pattern_of
from privlib.policies.pricing.rules import REMAINING, Rule, rule_of
from privlib.program.offers import Bundle, BuyGet, SetOffer
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, Trigger
from privlib.values.dates import start_of_day
from privlib.values.goods import Goods

__all__ = ["Entry", "Plain", "entry_of"]


class Plain(NamedTuple):
    """A cut that asks for nothing but its goods and a threshold, and has its turn in any case.

    `of_one` says what it takes off a single line, by two numbers; None where more has to be looked
    at.
    """

    layer: int
    takes_units: bool
    needs_amount: int
    needs_base: int
    needs_pieces: int
    base: int
    of_one: OfOne | None
    first: int
    second: int
    goods: Goods | None


@define(eq=False)
class Entry:
    """A promotion made ready.

    `goods` are what lines have to be looked at for, None where being found is enough. `plain` is
    None where there is more to it.
    """

    promotion: Promotion
    rule: Rule
    pattern: Pattern | None
    starts: pendulum.DateTime | None
    ends: pendulum.DateTime | None
    goods: Goods | None
    plain: Plain | None


def entry_of(promotion: Promotion, pricing: Pricing, *, layers: dict[str, int], zone: str) -> Entry:
    """A promotion made ready for a shop's layers and days."""
    offer, starts, ends = promotion.offer, promotion.starts, promotion.ends
    rule = rule_of(promotion, pricing, layers)
    goods = None if _is_found_whole(promotion) else promotion.goods
    return Entry(
        promotion,
        rule,
        pattern_of(offer, pricing) if isinstance(offer, SetOffer) else None,
        None if starts is None else start_of_day(starts, zone),
        None if ends is None else start_of_day(ends, zone),
        goods,
        _plain(rule, goods, pricing) if _is_plain(rule) else None,
    )


def _is_plain(rule: Rule) -> bool:
    """Whether it hangs on nothing but its goods, and on no other promotion."""
    promotion = rule.promotion
    return (
        rule.in_order
        and (rule.cut is not None or rule.steps is not None)
        and max(rule.base, rule.needs_base) <= REMAINING
        and rule.holds is None
        and not rule.on_shipping
        and promotion.trigger is Trigger.AUTOMATIC
        and promotion.starts is None
        and promotion.ends is None
        and not promotion.stacking.is_bound
        and not promotion.limits.is_bounded
    )


def _plain(rule: Rule, goods: Goods | None, pricing: Pricing) -> Plain:
    terms = Terms(None)
    if rule.cut is not None and rule.needs_distinct <= 1:
        terms = of_one(rule.promotion.offer, rule.cut, pricing)
    return Plain(
        rule.layer,
        rule.takes_units,
        rule.needs_amount,
        rule.needs_base,
        rule.needs_pieces,
        rule.base,
        terms.of_one,
        terms.first,
        terms.second,
        goods,
    )


def _is_found_whole(promotion: Promotion) -> bool:
    """Whether its goods are just those that one index finds."""
    if promotion.trigger is not Trigger.AUTOMATIC or isinstance(promotion.offer, Bundle):
        return False
    if isinstance(promotion.offer, BuyGet) and promotion.offer.get_goods is not None:
        return False
    return promotion.goods.are_found_by_name
