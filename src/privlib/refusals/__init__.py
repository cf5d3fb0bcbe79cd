"""Refusals: a business "no", with the numbers that explain it. Values, never raised."""

from __future__ import annotations

from typing import TypeAlias

from privlib.refusals.conditions import (
    AlternativesUnmet,
    ConditionUnmet,
    MetByNobody,
    NotOpenYet,
    Unmet,
)
from privlib.refusals.coupons import (
    CampaignAlreadyPaused,
    CampaignExhausted,
    CampaignIsPaused,
    CampaignNotPaused,
    CampaignNotRunning,
    CampaignUnknown,
    CouponAlreadyIssued,
    CouponAlreadyRedeemed,
    CouponBelowThreshold,
    CouponHasExpired,
    CouponLimitReached,
    CouponOfAnother,
    CouponUnknown,
)
from privlib.refusals.members import (
    AlreadyMember,
    CustomerUnknown,
)
from privlib.refusals.orders import (
    LineRefundExceedsPaid,
    OrderAlreadyRecorded,
    OrderOfAnother,
    RefundAlreadyRecorded,
    RefundExceedsPaid,
    RefundLineUnknown,
)
from privlib.refusals.relations import (
    AlreadyFriends,
    RelationUnknown,
    StageMoveNotAllowed,
    StageUnknown,
)

__all__ = [
    "AlreadyFriends",
    "AlreadyMember",
    "AlternativesUnmet",
    "CampaignAlreadyPaused",
    "CampaignExhausted",
    "CampaignIsPaused",
    "CampaignNotPaused",
    "CampaignNotRunning",
    "CampaignUnknown",
    "ConditionUnmet",
    "CouponAlreadyIssued",
    "CouponAlreadyRedeemed",
    "CouponBelowThreshold",
    "CouponHasExpired",
    "CouponLimitReached",
    "CouponOfAnother",
    "CouponUnknown",
    "CustomerUnknown",
    "LineRefundExceedsPaid",
    "MetByNobody",
    "NotOpenYet",
    "OrderAlreadyRecorded",
    "OrderOfAnother",
    "RefundAlreadyRecorded",
    "RefundExceedsPaid",
    "RefundLineUnknown",
    "Refusal",
    "RelationUnknown",
    "StageMoveNotAllowed",
    "StageUnknown",
    "Unmet",
]

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
    | CouponAlreadyIssued
    | CouponOfAnother
    | CouponAlreadyRedeemed
    | CouponHasExpired
    | CouponBelowThreshold
    | ConditionUnmet
    | AlternativesUnmet
    | NotOpenYet
    | MetByNobody
)
