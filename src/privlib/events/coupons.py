"""Events: what happened to coupons and the campaigns they belong to."""

from __future__ import annotations

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.events.about import AboutCampaign, AboutCoupon
from privlib.values.frozen import frozen
from privlib.values.ids import CampaignName, CouponId, CustomerId, OrderId
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = [
    "CampaignPaused",
    "CampaignResumed",
    "CouponExpired",
    "CouponIssued",
    "CouponRedeemed",
]


@frozen(kw_only=True)
class CouponIssued(AboutCoupon):
    """A customer was given a coupon of a campaign."""

    coupon: CouponId
    customer: CustomerId
    campaign: CampaignName
    template: str
    value: Money
    threshold: Money
    expires_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CouponRedeemed(AboutCoupon):
    """A coupon was used on an order."""

    coupon: CouponId
    customer: CustomerId
    order: OrderId
    value: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CouponExpired(AboutCoupon):
    """A coupon ran out unused; its room in the campaign's budget is free again."""

    coupon: CouponId
    customer: CustomerId
    value: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CampaignPaused(AboutCampaign):
    """A campaign was stopped for now."""

    campaign: CampaignName
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CampaignResumed(AboutCampaign):
    """A paused campaign runs on."""

    campaign: CampaignName
    at: pendulum.DateTime = field(converter=moment)
