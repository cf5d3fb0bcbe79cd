"""Offers that give something else than a lower price of goods."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from privlib.errors import InvalidValueError
from privlib.program.offers.checks import (
    as_percent,
    check_count,
    check_optional_count,
    check_part,
    check_price,
)
from privlib.values.choice import as_tuple, kind_of
from privlib.values.goods import names
from privlib.values.ids import CampaignName, campaign_name, plain_id
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = [
    "FreeShipping",
    "GiftWithPurchase",
    "NextCoupon",
    "OffNoGoods",
    "PointsTimes",
    "ShippingOff",
]


@frozen(kw_only=True)
class ShippingOff:
    """So much, or so many percent, off each way of shipping, or off those that are named."""

    tag: ClassVar[str] = "shipping_off"

    amount: Money | None = field(default=None, validator=check_price)
    percent: Rate | None = field(default=None, converter=optional(as_percent), validator=check_part)
    methods: tuple[str, ...] = field(default=(), converter=names)

    def __attrs_post_init__(self) -> None:
        if (self.amount is None) == (self.percent is None):
            raise InvalidValueError("shipping takes an amount off or a percentage: give one")


@frozen(kw_only=True)
class FreeShipping:
    """Shipping for nothing; it is recorded where shipping costs nothing already."""

    tag: ClassVar[str] = "free_shipping"

    methods: tuple[str, ...] = field(default=(), converter=names)


@frozen(kw_only=True)
class GiftWithPurchase:
    """A gift: so many pieces of a sku, or of the first replacement that is not out.

    Without `every` it is given once. With it, once for every so many pieces of the promotion's
    goods. `fill` gives only as many as the basket does not hold already. Where there is nothing to
    give, it does not apply.
    """

    tag: ClassVar[str] = "gift"

    sku: str = field(converter=plain_id)
    pieces: int = field(default=1, validator=check_count)
    every: int | None = field(default=None, validator=check_optional_count)
    at_most: int | None = field(default=None, validator=check_optional_count)
    fill: bool = field(default=False, validator=kind_of(bool))
    replacements: tuple[str, ...] = field(default=(), converter=as_tuple)


def _times(value: object) -> Rate:
    if isinstance(value, Rate):
        return value
    hundredths = as_percent(value)
    return Rate(hundredths.numerator * 100, hundredths.denominator)


@frozen(kw_only=True)
class PointsTimes:
    """The order earns so many times the points: 2, or "1.5". Several multiply each other."""

    tag: ClassVar[str] = "points_times"

    times: Rate = field(converter=_times)

    @times.validator
    def _above_zero(self, _attribute: object, times: Rate) -> None:
        if not 0 < times.numerator <= 1_000 * times.denominator:
            raise InvalidValueError("points are multiplied by more than 0 and at most 1,000")


@frozen(kw_only=True)
class NextCoupon:
    """A coupon of a campaign, for the next order."""

    tag: ClassVar[str] = "next_coupon"

    campaign: CampaignName = field(converter=campaign_name)
    coupon: str = field(converter=plain_id)


OffNoGoods: TypeAlias = ShippingOff | FreeShipping | GiftWithPurchase | PointsTimes | NextCoupon
"""Offers that touch no pieces."""
