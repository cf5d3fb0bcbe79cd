"""The plan: a program's promotions made ready, and found by the goods they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pendulum
from attrs import define, field

from privlib.commands.baskets import BasketLine
from privlib.conditions import SHOPPING, unmet
from privlib.entities.customer_state import CouponInHand
from privlib.policies.pricing.facts import BasketFacts
from privlib.policies.pricing.rules import Rule, rule_of
from privlib.policies.pricing.sets import Pattern, pattern_of
from privlib.program.offers import AmountOff, Bundle, BuyGet, SetOffer
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, Trigger
from privlib.refusals.conditions import Unmet
from privlib.values.choice import expected
from privlib.values.dates import start_of_day
from privlib.values.goods import Goods
from privlib.values.ids import PromotionName
from privlib.values.money import Money

__all__ = ["Plan", "plain_code", "plan_of"]


def plain_code(code: str) -> str:
    """A code as it is compared: without blanks at its ends, ASCII letters in lower case.

    >>> plain_code(" SPRING-26 ")
    'spring-26'
    """
    stripped = code.strip()
    return (
        stripped.lower()
        if stripped.isascii()
        else "".join(letter.lower() if letter.isascii() else letter for letter in stripped)
    )


@define(eq=False)
class Entry:
    """A promotion in the plan, with what is worked out of it when it is first needed."""

    promotion: Promotion
    rule: Rule
    pattern: Pattern | None
    starts: pendulum.DateTime | None
    ends: pendulum.DateTime | None
    goods: Goods | None
    """What lines have to be looked at for; None where being found is enough."""


Index = dict[str, tuple[int, ...]]


@define(eq=False)
class Plan:
    """Promotions by their position, and where to find those that a line concerns.

    Those that want a code or coupon are found by these.
    """

    promotions: list[Promotion]
    pricing: Pricing
    zone: str
    layers: dict[str, int]
    by_sku: Index = field(factory=dict)
    by_product: Index = field(factory=dict)
    by_category: Index = field(factory=dict)
    by_brand: Index = field(factory=dict)
    by_tag: Index = field(factory=dict)
    everywhere: tuple[int, ...] = ()
    codes: dict[str, int] = field(factory=dict)
    names: dict[str, int] = field(factory=dict)
    _entries: list[Entry | None] = field(factory=list)
    _own_coupons: dict[object, Entry] = field(factory=dict)

    def entry(self, position: int) -> Entry:
        """The promotion at a position, made ready."""
        found = self._entries[position]
        if found is None:
            found = self._entries[position] = self._made(self.promotions[position])
        return found

    def _made(self, promotion: Promotion) -> Entry:
        offer = promotion.offer
        starts, ends = promotion.starts, promotion.ends
        return Entry(
            promotion,
            rule_of(promotion, self.pricing, self.layers),
            pattern_of(offer, self.pricing) if isinstance(offer, SetOffer) else None,
            None if starts is None else start_of_day(starts, self.zone),
            None if ends is None else start_of_day(ends, self.zone),
            None if _is_found_whole(promotion) else promotion.goods,
        )

    def entry_of(self, coupon: CouponInHand) -> Entry | None:
        """What a coupon brings: its promotion, or so much off from so much."""
        if coupon.promotion is not None:
            position = self.names.get(coupon.promotion)
            return None if position is None else self.entry(position)
        key = coupon.value, coupon.threshold
        found = self._own_coupons.get(key)
        if found is None:
            found = self._own_coupons[key] = self._made(_of_own_value(coupon, self.layers))
        return found

    def unmet(self, entry: Entry, facts: BasketFacts) -> tuple[Unmet, ...]:
        """What the condition of a promotion misses."""
        return unmet(entry.promotion.when, facts, SHOPPING)

    def concerned(self, lines: Sequence[BasketLine]) -> dict[int, list[int]]:
        """The automatic promotions that lines may concern, with these lines."""
        found: dict[int, list[int]] = {}
        for at, line in enumerate(lines):
            if self.by_sku:
                _note(found, self.by_sku.get(line.sku), at)
            if self.by_product:
                _note(found, self.by_product.get(line.product), at)
            if self.by_category:
                for path in line.paths:
                    _note(found, self.by_category.get(path), at)
            if self.by_brand and line.brand is not None:
                _note(found, self.by_brand.get(line.brand), at)
            if self.by_tag:
                for tag in line.tags:
                    _note(found, self.by_tag.get(tag), at)
        return found

    def with_promotion(self, promotion: Promotion) -> Plan:
        """The same plan with one promotion more; what is there is not made again."""
        plan = Plan(
            [*self.promotions],
            self.pricing,
            self.zone,
            self.layers,
            dict(self.by_sku),
            dict(self.by_product),
            dict(self.by_category),
            dict(self.by_brand),
            dict(self.by_tag),
            self.everywhere,
            dict(self.codes),
            dict(self.names),
            [*self._entries],
        )
        plan.add(promotion)
        return plan

    def add(self, promotion: Promotion) -> None:
        """Puts a promotion where it is found."""
        position = len(self.promotions)
        self.promotions.append(promotion)
        self._entries.append(None)
        self.names[promotion.name] = position
        for code in promotion.codes:
            self.codes[plain_code(code)] = position
        if promotion.trigger is not Trigger.AUTOMATIC:
            return
        place = self._place(_looked_for(promotion))
        if place is None:
            self.everywhere = (*self.everywhere, position)
            return
        index, keys = place
        for key in keys:
            index[key] = (*index.get(key, ()), position)

    def _place(self, goods: Goods) -> tuple[Index, tuple[str, ...]] | None:
        """The index in which goods are found by fewest lines, and the keys there."""
        for index, keys in (
            (self.by_sku, goods.skus),
            (self.by_product, goods.products),
            (self.by_category, goods.categories),
            (self.by_brand, goods.brands),
            (self.by_tag, goods.tags),
        ):
            if keys:
                return index, keys
        return None


def plan_of(promotions: Iterable[Promotion], pricing: Pricing, zone: str) -> Plan:
    """A plan of these promotions."""
    layers: Mapping[str, int] = {layer.name: at for at, layer in enumerate(pricing.layers)}
    plan = Plan([], pricing, zone, dict(layers))
    for promotion in promotions:
        plan.add(promotion)
    return plan


def _of_own_value(coupon: CouponInHand, layers: Mapping[str, int]) -> Promotion:
    """A coupon that is worth so much from so much, as a promotion."""
    threshold = coupon.threshold
    return Promotion(
        name=PromotionName("coupon"),
        layer="coupon" if "coupon" in layers else list(layers)[-1],
        offer=AmountOff(amount=expected(Money, coupon.value)),
        needs=Threshold(amount=threshold, base="member") if threshold else None,
        trigger=Trigger.COUPON,
        stacking=Stacking(groups=("coupons",)),
    )


def _note(found: dict[int, list[int]], positions: tuple[int, ...] | None, line: int) -> None:
    if positions is None:
        return
    for position in positions:
        lines = found.get(position)
        if lines is None:
            found[position] = [line]
        elif lines[-1] != line:
            lines.append(line)


def _looked_for(promotion: Promotion) -> Goods:
    """The goods without which a promotion can do nothing."""
    offer = promotion.offer
    if isinstance(offer, Bundle):
        return offer.parts[0].goods
    return promotion.goods


def _is_found_whole(promotion: Promotion) -> bool:
    """Whether its goods are just those that one index finds."""
    goods = promotion.goods
    if promotion.trigger is not Trigger.AUTOMATIC or isinstance(promotion.offer, Bundle):
        return False
    if isinstance(promotion.offer, BuyGet) and promotion.offer.get_goods is not None:
        return False
    named = [goods.skus, goods.products, goods.categories, goods.brands, goods.tags]
    bounds = (goods.price_from, goods.price_below, goods.without)
    return sum(map(bool, named)) <= 1 and not any(bounds)
