"""Commands: coupons to be given and used, campaigns to be paused and resumed."""

from __future__ import annotations

from attrs import field

from privlib.values.amount import check_amount
from privlib.values.frozen import frozen
from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    OrderId,
    campaign_name,
    coupon_id,
    customer_id,
    join_key,
    order_id,
    plain_id,
)
from privlib.values.money import Money

__all__ = ["CampaignPause", "CampaignResumption", "CouponIssue", "CouponRedemption"]


@frozen(kw_only=True)
class CouponIssue:
    """A wish to give a customer a coupon of a campaign."""

    key: str = field(converter=plain_id)
    customer: CustomerId = field(converter=customer_id)
    campaign: CampaignName = field(converter=campaign_name)
    coupon: str = field(converter=plain_id)

    @property
    def decision_key(self) -> str:
        return join_key("issue-coupon", self.key)

    @property
    def coupon_id(self) -> CouponId:
        """The id of the coupon that is given, if one is."""
        return CouponId(f"{self.decision_key}/coupon/1")


@frozen(kw_only=True)
class CouponRedemption:
    """A wish to use a coupon on an order of this amount."""

    coupon: CouponId = field(converter=coupon_id)
    customer: CustomerId = field(converter=customer_id)
    order: OrderId = field(converter=order_id)
    amount: Money = field(validator=check_amount)

    @property
    def decision_key(self) -> str:
        return join_key("coupon", self.coupon, "order", self.order)


@frozen(kw_only=True)
class CampaignPause:
    """A wish to stop a campaign for now."""

    key: str = field(converter=plain_id)
    campaign: CampaignName = field(converter=campaign_name)

    @property
    def decision_key(self) -> str:
        return join_key("pause-campaign", self.key)


@frozen(kw_only=True)
class CampaignResumption:
    """A wish to let a paused campaign run on."""

    key: str = field(converter=plain_id)
    campaign: CampaignName = field(converter=campaign_name)

    @property
    def decision_key(self) -> str:
        return join_key("resume-campaign", self.key)
