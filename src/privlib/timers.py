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
    survey_record_id,
)
from privlib.values.important_day import YearlyDay
from privlib.values.moment import moment, to_micros

__all__ = [
    "CouponEnds",
    "FollowUpDue",
    "ImportantDayDue",
    "ImportantDayNear",
    "StageCheckDue",
    "SurveyCloses",
    "SurveyNudgeDue",
    "Timer",
    "coupon_ends_key",
    "follow_up_key",
    "important_day_key",
    "important_day_near_key",
    "stage_check_key",
    "survey_closes_key",
    "survey_nudge_key",
]


def follow_up_key(relation: RelationId, lifecycle: str) -> str:
    """The key of the one follow-up timer that a relation has in a lifecycle."""
    return join_key("follow-up", relation, lifecycle)


def stage_check_key(relation: RelationId) -> str:
    """The key of the timer at which a relation may move by itself, in any lifecycle."""
    return join_key("stage-check", relation)


def coupon_ends_key(coupon: CouponId) -> str:
    """The key of the timer at which a coupon runs out."""
    return join_key("coupon-ends", coupon)


def important_day_key(customer: CustomerId, name: str) -> str:
    """The key of the timer at which a customer's day is celebrated next."""
    return join_key("important-day", customer, name)


def important_day_near_key(customer: CustomerId, name: str) -> str:
    """The key of the timer at which an employee is reminded of a customer's day."""
    return join_key("important-day-near", customer, name)


def survey_nudge_key(survey: str, customer: CustomerId) -> str:
    """The key of the one timer at which a customer is nudged to go on with a survey."""
    return join_key("survey-nudge", survey, customer)


def survey_closes_key(survey: str, customer: CustomerId) -> str:
    """The key of the timer at which a survey closes for a customer."""
    return join_key("survey-closes", survey, customer)


@frozen(kw_only=True)
class FollowUpDue:
    """An employee should have been in touch by now: the relation still stands in this stage.

    `version` is the relation's own since it stands there, so that no two follow-ups are one.
    """

    relation: RelationId
    customer: CustomerId
    lifecycle: str
    stage: str
    version: int = 0
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return follow_up_key(self.relation, self.lifecycle)

    @property
    def about(self) -> EntityRef:
        return EntityRef("relation", self.relation)

    @property
    def decision_key(self) -> str:
        return join_key("timer", self.key, str(self.version), str(to_micros(self.due)))


@frozen(kw_only=True)
class StageCheckDue:
    """Days have passed, so that a relation may move by itself: see what its lifecycles say.

    `version` counts what had happened to the relation and to the member when it was set, so that
    no two checks are one.
    """

    relation: RelationId
    customer: CustomerId
    version: int = 0
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return stage_check_key(self.relation)

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


class _OfDaybook:
    """What wakes somebody about a customer's day of a year."""

    __slots__ = ()
    customer: CustomerId
    year: int
    version: int
    due: pendulum.DateTime

    @property
    def key(self) -> str:
        raise NotImplementedError

    @property
    def about(self) -> EntityRef:
        return EntityRef("daybook", self.customer)

    @property
    def decision_key(self) -> str:
        stamp = (str(self.version), str(self.year), str(to_micros(self.due)))
        return join_key("timer", self.key, *stamp)


@frozen(kw_only=True)
class ImportantDayDue(_OfDaybook):
    """The day of a customer that comes every year is there, or its window opens.

    It holds what the next year's is reckoned from: the day without the year in which it was.
    `version` is the daybook's own when it was set, so that no two of them are one.
    """

    customer: CustomerId
    name: str
    day: YearlyDay
    year: int
    relation: RelationId | None = None
    version: int = 0
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return important_day_key(self.customer, self.name)


@frozen(kw_only=True)
class ImportantDayNear(_OfDaybook):
    """The day of a customer is near: his employee wants to know."""

    customer: CustomerId
    name: str
    day: YearlyDay
    year: int
    relation: RelationId
    version: int = 0
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return important_day_near_key(self.customer, self.name)


class _OfSurvey:
    """What wakes somebody about a survey that a customer was asked."""

    __slots__ = ()
    survey: str
    customer: CustomerId
    due: pendulum.DateTime

    @property
    def key(self) -> str:
        raise NotImplementedError

    @property
    def record(self) -> str:
        """The id of the survey's record of this customer."""
        return survey_record_id(self.survey, self.customer)

    @property
    def about(self) -> EntityRef:
        return EntityRef("survey", self.record)

    @property
    def decision_key(self) -> str:
        return join_key("timer", self.key, str(to_micros(self.due)))


@frozen(kw_only=True)
class SurveyNudgeDue(_OfSurvey):
    """A customer has left a question of a survey open for as long as the shop waits."""

    survey: str
    customer: CustomerId
    relation: RelationId
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return survey_nudge_key(self.survey, self.customer)


@frozen(kw_only=True)
class SurveyCloses(_OfSurvey):
    """No more answers to a survey are taken from a customer."""

    survey: str
    customer: CustomerId
    relation: RelationId
    due: pendulum.DateTime = field(converter=moment)

    @property
    def key(self) -> str:
        return survey_closes_key(self.survey, self.customer)


Timer: TypeAlias = (
    FollowUpDue
    | StageCheckDue
    | CouponEnds
    | ImportantDayDue
    | ImportantDayNear
    | SurveyNudgeDue
    | SurveyCloses
)
