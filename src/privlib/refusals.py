"""Refusals: a business "no", with the numbers that explain it. Values, never raised."""

from __future__ import annotations

from typing import TypeAlias

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    OrderId,
    RefundId,
    RelationId,
)
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = [
    "AlreadyFriends",
    "AlreadyMember",
    "CampaignAlreadyPaused",
    "CampaignExhausted",
    "CampaignIsPaused",
    "CampaignNotPaused",
    "CampaignNotRunning",
    "CampaignUnknown",
    "CouponAlreadyRedeemed",
    "CouponBelowThreshold",
    "CouponHasExpired",
    "CouponLimitReached",
    "CouponOfAnother",
    "CouponUnknown",
    "CustomerUnknown",
    "LineRefundExceedsPaid",
    "OrderAlreadyRecorded",
    "OrderOfAnother",
    "RefundAlreadyRecorded",
    "RefundExceedsPaid",
    "RefundLineUnknown",
    "Refusal",
    "RelationUnknown",
    "StageMoveNotAllowed",
    "StageUnknown",
]


@frozen(kw_only=True)
class CustomerUnknown:
    """The shop does not know this customer, and its program does not enrol him unasked."""

    customer: CustomerId


@frozen(kw_only=True)
class AlreadyMember:
    """The customer is a member since the moment given, so he cannot be imported."""

    customer: CustomerId
    since: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class AlreadyFriends:
    """The customer and the employee are friends on this carrier since the moment given."""

    relation: RelationId
    since: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class OrderAlreadyRecorded:
    """The order was recorded before with other content; what was recorded stands."""

    order: OrderId
    recorded: Money
    told: Money
    differs: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class OrderOfAnother:
    """The order belongs to another customer than the one named."""

    order: OrderId
    customer: CustomerId


@frozen(kw_only=True)
class RefundAlreadyRecorded:
    """The refund was recorded before with other content; what was recorded stands."""

    order: OrderId
    refund: RefundId


@frozen(kw_only=True)
class RefundExceedsPaid:
    """More was to be refunded than is left of what was paid."""

    order: OrderId
    paid: Money
    refunded: Money
    wanted: Money


@frozen(kw_only=True)
class RefundLineUnknown:
    """A refund names a line that its order does not have."""

    order: OrderId
    line: str


@frozen(kw_only=True)
class LineRefundExceedsPaid:
    """More was to be refunded for a line than is left of what was paid for it."""

    order: OrderId
    line: str
    left: Money
    wanted: Money


@frozen(kw_only=True)
class RelationUnknown:
    """There is no such tie between an employee and a customer."""

    relation: RelationId


@frozen(kw_only=True)
class StageUnknown:
    """The program has no stage of this name."""

    stage: str
    known: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class StageMoveNotAllowed:
    """The lifecycle has no way from the one stage to the other."""

    stage: str
    to: str
    allowed: tuple[str, ...] = field(converter=as_tuple)


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


Refusal: TypeAlias = (
    CustomerUnknown
    | AlreadyMember
    | AlreadyFriends
    | OrderAlreadyRecorded
    | OrderOfAnother
    | RefundAlreadyRecorded
    | RefundExceedsPaid
    | RefundLineUnknown
    | LineRefundExceedsPaid
    | RelationUnknown
    | StageUnknown
    | StageMoveNotAllowed
    | CampaignUnknown
    | CampaignNotRunning
    | CampaignIsPaused
    | CampaignAlreadyPaused
    | CampaignNotPaused
    | CampaignExhausted
    | CouponLimitReached
    | CouponUnknown
    | CouponOfAnother
    | CouponAlreadyRedeemed
    | CouponHasExpired
    | CouponBelowThreshold
)
