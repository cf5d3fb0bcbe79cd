"""Who can be considered at all: promotions that run, with their codes and coupons, not used up."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from privlib.program.offers import AmountOff, GiftWithPurchase, NextCoupon, PointsTimes
from privlib.program.promotion import (
    Promotion,
    Stacking,
    Threshold,
    customer_uses_key,
    spent_key,
    uses_key,
)

__all__ = ["Candidate", "Facts", "candidates"]


class Candidate(NamedTuple):
    """A promotion as it could apply, by itself or with a coupon.

    `budget` and `uses` are what is left of its limits, None where there are none.
    """

    source: str
    promotion: Promotion
    budget: int | None = None
    uses: int | None = None

    @property
    def has_money(self):
        return not isinstance(self.promotion.offer, GiftWithPurchase | PointsTimes | NextCoupon)


def candidates(basket, customer, program, *, codes, used, at):
    """All that could apply, whatever the basket holds."""
    told = {_plain(code) for code in codes}
    found = []
    for promotion in program.promotions:
        if not _runs(promotion, program.zone, at):
            continue
        budget = promotion.limits.budget
        left = None if budget is None else budget.minor - used.get(spent_key(promotion.name), 0)
        sources = {
            "automatic": [promotion.name],
            "code": [promotion.name] if told & set(map(_plain, promotion.codes)) else [],
            "coupon": [
                coupon.id
                for coupon in customer.coupons
                if coupon.promotion == promotion.name and _is_good(coupon, at)
            ],
        }[promotion.trigger]
        uses = _uses_left(promotion, customer, used)
        found += [Candidate(source, promotion, left, uses) for source in sources]
    found += [
        Candidate(coupon.id, _worth(coupon, program.pricing))
        for coupon in customer.coupons
        if coupon.value and _is_good(coupon, at)
    ]
    return found


def _plain(code):
    return "".join(letter.lower() if letter.isascii() else letter for letter in code.strip())


def _runs(promotion, zone, at):
    day = at.astimezone(ZoneInfo(zone)).date()
    return (promotion.starts is None or promotion.starts <= day) and (
        promotion.ends is None or day < promotion.ends
    )


def _uses_left(promotion, customer, used):
    """How often it may still be used; None where nothing says."""
    limits, who = promotion.limits, customer.id
    bounds = [(limits.uses, uses_key(promotion.name))]
    if who is not None:
        bounds.append((limits.per_customer, customer_uses_key(promotion.name, who)))
    left = [limit - used.get(key, 0) for limit, key in bounds if limit is not None]
    return min(left, default=None)


def _is_good(coupon, at):
    return (coupon.starts_at is None or coupon.starts_at <= at) and (
        coupon.expires_at is None or at < coupon.expires_at
    )


def _worth(coupon, pricing):
    """A coupon with a value of its own, as the promotion that it is."""
    names = [layer.name for layer in pricing.layers]
    before = names[: names.index("shipping")] if "shipping" in names else names
    layer = "coupon" if "coupon" in names else (before or names)[-1]
    needs = Threshold(amount=coupon.threshold, base="member") if coupon.threshold else None
    return Promotion(
        name="coupon",
        layer=layer,
        offer=AmountOff(amount=coupon.value),
        needs=needs,
        stacking=Stacking(groups=["coupons"]),
    )


class Facts:
    """What conditions ask of: the customer, the clock, and the goods with what is left of them."""

    def __init__(self, basket, customer, *, zone, service, at, amounts, units):
        local = at.astimezone(ZoneInfo(zone))
        self.channel, self.platform = basket.channel, basket.platform
        for name in ("is_member", "tier", "plans", "segments", "stage", "tags", "points", "orders"):
            setattr(self, name, getattr(customer, name))
        last = customer.last_order_at
        self.days_since_last_order = (
            None if last is None else (local.date() - last.astimezone(ZoneInfo(zone)).date()).days
        )
        self.date, self.weekday = local.date(), local.weekday()
        self.time_of_day = local.hour * 60 + local.minute
        kept = [] if self.date in service.working_days else service.holidays
        days = [holiday.name for holiday in kept if holiday.first <= self.date <= holiday.last]
        self.holiday = days[0] if days else None
        self._amounts, self._units = amounts, units

    def amount(self, goods, base):
        return sum(
            amount
            for amount, unit in zip(self._amounts(base), self._units, strict=True)
            if goods.include(unit.thing)
        )

    def pieces(self, goods):
        return sum(goods.include(unit.thing) for unit in self._units)

    def distinct(self, goods):
        return len({unit.thing.product for unit in self._units if goods.include(unit.thing)})
