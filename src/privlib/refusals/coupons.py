"""Refusals: what speaks against giving out or using a coupon, or pausing its campaign."""

from __future__ import annotations

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import CampaignName, CouponId, OrderId
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = [
    "CampaignAlreadyPaused",
    "CampaignExhausted",
    "CampaignIsPaused",
    "CampaignNotPaused",
    "CampaignNotRunning",
    "CampaignUnknown",
    "CouponAlreadyIssued",
    "CouponAlreadyRedeemed",
    "CouponBelowThreshold",
    "CouponHasExpired",
    "CouponLimitReached",
    "CouponOfAnother",
    "CouponUnknown",
]


@frozen(kw_only=True)
class CampaignUnknown:
    """The program has no campaign of this name."""

    campaign: CampaignName


@frozen(kw_only=True)
class CampaignNotRunning:
    """The campaign has not begun yet, or is over."""

    campaign: CampaignName
    starts: pendulum.DateTime = field(converter=moment)
    ends: pendulum.DateTime | None = field(default=None, converter=optional(moment))


@frozen(kw_only=True)
class CampaignIsPaused:
    """The campaign is stopped for now, since the moment given."""

    campaign: CampaignName
    since: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CampaignAlreadyPaused:
    """The campaign was to be paused, and is."""

    campaign: CampaignName
    since: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CampaignNotPaused:
    """The campaign was to run on, and is running."""

    campaign: CampaignName


@frozen(kw_only=True)
class CampaignExhausted:
    """The campaign's budget does not reach for one more coupon."""

    campaign: CampaignName
    used: Money
    budget: Money
    wanted: Money


@frozen(kw_only=True)
class CouponLimitReached:
    """The customer has had as many of this coupon as one customer may have."""

    campaign: CampaignName
    coupon: str
    had: int
    limit: int


@frozen(kw_only=True)
class CouponUnknown:
    """There is no such coupon."""

    coupon: str


@frozen(kw_only=True)
class CouponAlreadyIssued:
    """A coupon was given out under this key before, on another wish; what was given stands."""

    coupon: CouponId
    differs: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class CouponOfAnother:
    """The coupon was given to another customer."""

    coupon: CouponId


@frozen(kw_only=True)
class CouponAlreadyRedeemed:
    """The coupon has been used, on the order and at the moment given."""

    coupon: CouponId
    order: OrderId
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CouponHasExpired:
    """The coupon ran out at the moment given."""

    coupon: CouponId
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CouponBelowThreshold:
    """The order is too small for the coupon."""

    coupon: CouponId
    needs: Money
    has: Money
