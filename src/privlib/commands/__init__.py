"""What a shop tells privlib or asks of it: one frozen value for each verb.

A fact ("this order was paid") is keyed by its own id, so telling it twice changes nothing. A wish
("issue this coupon") is keyed by the caller's `key`.
"""

from __future__ import annotations

from typing import TypeAlias

import pendulum

from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.commands.coupons import (
    CampaignPause,
    CampaignResumption,
    CouponIssue,
    CouponRedemption,
)
from privlib.commands.important_days import ImportantDayTold
from privlib.commands.members import MemberImport
from privlib.commands.orders import Order, OrderLine, Refund, RefundLine
from privlib.commands.relations import NewFriend, StageMove, StageRemap
from privlib.commands.surveys import GivenAnswer, SurveyAnswer, SurveyAnswers, SurveyStart
from privlib.commands.tender import GiftCard, Tender

__all__ = [
    "Basket",
    "BasketLine",
    "CampaignPause",
    "CampaignResumption",
    "Command",
    "CouponIssue",
    "CouponRedemption",
    "GiftCard",
    "GivenAnswer",
    "ImportantDayTold",
    "MemberImport",
    "NewFriend",
    "Order",
    "OrderLine",
    "Refund",
    "RefundLine",
    "ShippingLine",
    "StageMove",
    "StageRemap",
    "SurveyAnswer",
    "SurveyAnswers",
    "SurveyStart",
    "Tender",
    "happened_at",
]


Command: TypeAlias = (
    Order
    | Refund
    | MemberImport
    | NewFriend
    | StageMove
    | StageRemap
    | CouponIssue
    | CouponRedemption
    | CampaignPause
    | CampaignResumption
    | ImportantDayTold
    | SurveyStart
    | SurveyAnswer
    | SurveyAnswers
)


def happened_at(command: Command) -> pendulum.DateTime | None:
    """When a fact happened, where it says so itself; a wish says nothing."""
    match command:
        case Order():
            return command.paid_at
        case Refund():
            return command.refunded_at
        case NewFriend():
            return command.added_at
        case SurveyAnswer() | SurveyAnswers():
            return command.answered_at
        case _:
            return None
