"""Events: what happened, as facts. Each is about one entity, which changes by nothing else.

`at` is when it happened in the shop's world; when it was written down is the storage's to say.
"""

from __future__ import annotations

from typing import TypeAlias

from privlib.events.coupons import (
    CampaignPaused,
    CampaignResumed,
    CouponExpired,
    CouponIssued,
    CouponRedeemed,
)
from privlib.events.important_days import (
    DayCelebrated,
    DayReminderRaised,
    ImportantDayLearned,
)
from privlib.events.members import (
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    MemberImported,
    MemberJoined,
    SpendAdded,
    SpendReversed,
    TierLost,
    TierReached,
)
from privlib.events.orders import (
    OrderRecorded,
    RefundApplied,
    RefundExceeded,
    RefundWaited,
)
from privlib.events.relations import (
    CustomerAdded,
    CustomerNamed,
    FollowUpRaised,
    FriendAdded,
    MoveCause,
    Placed,
    RelationBegun,
    StageMoved,
)
from privlib.events.surveys import (
    ProfileFieldCleared,
    ProfileFieldSet,
    QuestionAsked,
    SuggestionMade,
    SurveyAnswered,
    SurveyClosed,
    SurveyFinished,
    SurveyNudged,
    SurveyReopened,
    SurveyStarted,
    TagsChanged,
)

__all__ = [
    "CampaignPaused",
    "CampaignResumed",
    "CouponExpired",
    "CouponIssued",
    "CouponRedeemed",
    "CustomerAdded",
    "CustomerNamed",
    "DayCelebrated",
    "DayReminderRaised",
    "Event",
    "FollowUpRaised",
    "FriendAdded",
    "GiftAlreadyGiven",
    "GiftGranted",
    "GiftReearned",
    "GiftReturnable",
    "ImportantDayLearned",
    "MemberImported",
    "MemberJoined",
    "MoveCause",
    "OrderRecorded",
    "Placed",
    "ProfileFieldCleared",
    "ProfileFieldSet",
    "QuestionAsked",
    "RefundApplied",
    "RefundExceeded",
    "RefundWaited",
    "RelationBegun",
    "SpendAdded",
    "SpendReversed",
    "StageMoved",
    "SuggestionMade",
    "SurveyAnswered",
    "SurveyClosed",
    "SurveyFinished",
    "SurveyNudged",
    "SurveyReopened",
    "SurveyStarted",
    "TagsChanged",
    "TierLost",
    "TierReached",
]

Event: TypeAlias = (
    CustomerAdded
    | CustomerNamed
    | FriendAdded
    | RelationBegun
    | StageMoved
    | FollowUpRaised
    | MemberJoined
    | MemberImported
    | OrderRecorded
    | RefundApplied
    | RefundWaited
    | RefundExceeded
    | SpendAdded
    | SpendReversed
    | TierReached
    | TierLost
    | GiftGranted
    | GiftAlreadyGiven
    | GiftReturnable
    | GiftReearned
    | CouponIssued
    | CouponRedeemed
    | CouponExpired
    | CampaignPaused
    | CampaignResumed
    | ImportantDayLearned
    | DayCelebrated
    | DayReminderRaised
    | SurveyStarted
    | QuestionAsked
    | SurveyAnswered
    | SurveyNudged
    | SurveyFinished
    | SurveyReopened
    | SurveyClosed
    | SuggestionMade
    | ProfileFieldSet
    | ProfileFieldCleared
    | TagsChanged
)
