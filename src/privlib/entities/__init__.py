"""Entities: identity and history. Frozen; they change only through `apply(event)`."""

from __future__ import annotations

from typing import TypeAlias

from privlib.entities.campaign import Campaign
from privlib.entities.coupon import Coupon, CouponState
from privlib.entities.customer import Customer, ProfileField
from privlib.entities.daybook import Daybook, KnownDay
from privlib.entities.entity import IndexKey, foreign_event
from privlib.entities.member import GiftStanding, Member, MemberGift, Reached
from privlib.entities.order import OrderRecord, RefundRecord
from privlib.entities.relation import Relation, Standing, Tagged
from privlib.entities.survey_record import RecordedAnswer, SurveyRecord

__all__ = [
    "ENTITY_KINDS",
    "Campaign",
    "Coupon",
    "CouponState",
    "Customer",
    "Daybook",
    "Entity",
    "GiftStanding",
    "IndexKey",
    "KnownDay",
    "Member",
    "MemberGift",
    "OrderRecord",
    "ProfileField",
    "Reached",
    "RecordedAnswer",
    "RefundRecord",
    "Relation",
    "Standing",
    "SurveyRecord",
    "Tagged",
    "foreign_event",
]

Entity: TypeAlias = (
    Customer | Relation | Member | OrderRecord | Coupon | Campaign | Daybook | SurveyRecord
)

ENTITY_KINDS: dict[str, type[Entity]] = {
    kind.kind: kind
    for kind in (Customer, Relation, Member, OrderRecord, Coupon, Campaign, Daybook, SurveyRecord)
}
