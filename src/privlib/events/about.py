"""What an event is about: the one entity that it changes, told from one of its fields."""

from __future__ import annotations

from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    EntityRef,
    OrderId,
    RelationId,
    survey_record_id,
)

__all__ = [
    "AboutCampaign",
    "AboutCoupon",
    "AboutCustomer",
    "AboutDaybook",
    "AboutMember",
    "AboutOrder",
    "AboutRelation",
    "AboutSurvey",
]


class AboutCustomer:
    """Something that happened to a customer."""

    __slots__ = ()
    customer: CustomerId

    @property
    def about(self) -> EntityRef:
        return EntityRef("customer", self.customer)


class AboutRelation:
    """Something that happened to a relation."""

    __slots__ = ()
    relation: RelationId

    @property
    def about(self) -> EntityRef:
        return EntityRef("relation", self.relation)


class AboutMember:
    """Something that happened to a customer as a member."""

    __slots__ = ()
    customer: CustomerId

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


class AboutOrder:
    """Something that happened to an order."""

    __slots__ = ()
    order: OrderId

    @property
    def about(self) -> EntityRef:
        return EntityRef("order", self.order)


class AboutCoupon:
    """Something that happened to a coupon."""

    __slots__ = ()
    coupon: CouponId

    @property
    def about(self) -> EntityRef:
        return EntityRef("coupon", self.coupon)


class AboutCampaign:
    """Something that happened to a campaign."""

    __slots__ = ()
    campaign: CampaignName

    @property
    def about(self) -> EntityRef:
        return EntityRef("campaign", self.campaign)


class AboutDaybook:
    """Something that happened to the important days of a customer."""

    __slots__ = ()
    customer: CustomerId

    @property
    def about(self) -> EntityRef:
        return EntityRef("daybook", self.customer)


class AboutSurvey:
    """Something that happened to a survey that a customer was asked."""

    __slots__ = ()
    survey: str
    customer: CustomerId

    @property
    def about(self) -> EntityRef:
        return EntityRef("survey", survey_record_id(self.survey, self.customer))
