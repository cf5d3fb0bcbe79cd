"""Timers: wake me at this moment about this. Set, cancelled and fired with the decisions."""

from __future__ import annotations

from typing import TypeAlias

import pendulum
from attrs import field

from privlib.values.frozen import frozen
from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    EntityRef,
    RelationId,
    join_key,
)
from privlib.values.moment import moment, to_micros

__all__ = ["CouponEnds", "FollowUpDue", "Timer", "coupon_ends_key", "follow_up_key"]


def follow_up_key(relation: RelationId) -> str:
    """The key of a relation's one follow-up timer."""
    return join_key("follow-up", relation)


def coupon_ends_key(coupon: CouponId) -> str:
    """The key of the timer at which a coupon runs out."""
    return join_key("coupon-ends", coupon)


@frozen(kw_only=True)
class FollowUpDue:
    """An employee should have been in touch by now: the relation still stands in this stage.

    `version` is the relation's own since it stands there, so that no two follow-ups are one.
    """

    relation: RelationId
    customer: CustomerId
    stage: str
    version: int = 0
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return follow_up_key(self.relation)

    @property
    def about(self) -> EntityRef:
        return EntityRef("relation", self.relation)

    @property
    def decision_key(self) -> str:
        return join_key("timer", self.key, str(self.version), str(to_micros(self.due)))


@frozen(kw_only=True)
class CouponEnds:
    """A coupon runs out."""

    coupon: CouponId
    customer: CustomerId
    campaign: CampaignName
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return coupon_ends_key(self.coupon)

    @property
    def about(self) -> EntityRef:
        return EntityRef("coupon", self.coupon)

    @property
    def decision_key(self) -> str:
        return join_key("timer", self.key, str(to_micros(self.due)))


Timer: TypeAlias = FollowUpDue | CouponEnds
