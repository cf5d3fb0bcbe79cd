"""Refusals: a business "no", with the numbers that explain it. Values, never raised."""

from __future__ import annotations

from typing import TypeAlias

from privlib.refusals.assortment import (
    MembersOnly,
    NotSoldHere,
)
from privlib.refusals.conditions import (
    AlternativesUnmet,
    ConditionUnmet,
    MetByNobody,
    NotOpenYet,
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
from privlib.refusals.important_days import (
    DayAlreadyKnown,
    DayEditsUsedUp,
    DayToldLater,
    ImportantDayUnknown,
    LunarCalendarMissing,
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
from privlib.refusals.pricing import (
    AmountNotReached,
    Beaten,
    BudgetTooSmall,
    CodeUnknown,
    CouponNotYetGood,
    CouponOfNoPromotion,
    CouponRanOut,
    Excluded,
    Exclusion,
    GiftInBasket,
    GiftOutOfStock,
    NothingLeft,
    NothingToTouch,
    PartnerMissing,
    PiecesNotReached,
    ProductsNotReached,
    PromotionNotRunning,
    SearchCutShort,
    TooFewForSet,
    UsesSpent,
    WaitsForCode,
    WaitsForCoupon,
    WaitsForCustomer,
)
from privlib.refusals.relations import (
    AlreadyFriends,
    LifecycleUnknown,
    RelationUnknown,
    StageMoveNotAllowed,
    StageUnknown,
)
from privlib.refusals.surveys import (
    AnswerOfWrongKind,
    AnswerOutOfRange,
    AnswerTooLong,
    ChoicesOutOfRange,
    ChoiceUnknown,
    QuestionUnknown,
    SurveyAlreadyAsked,
    SurveyAskedElsewhere,
    SurveyHasClosed,
    SurveyNotAsked,
    SurveyUnknown,
)
from privlib.refusals.voice import (
    ForbiddenPhrase,
    ForeignEmoji,
    TooLongForVoice,
    TooManyEmoji,
)

__all__ = [
    "AlreadyFriends",
    "AlreadyMember",
    "AlternativesUnmet",
    "AmountNotReached",
    "AnswerOfWrongKind",
    "AnswerOutOfRange",
    "AnswerTooLong",
    "Beaten",
    "BudgetTooSmall",
    "CampaignAlreadyPaused",
    "CampaignExhausted",
    "CampaignIsPaused",
    "CampaignNotPaused",
    "CampaignNotRunning",
    "CampaignUnknown",
    "ChoiceUnknown",
    "ChoicesOutOfRange",
    "CodeUnknown",
    "ConditionUnmet",
    "CouponAlreadyIssued",
    "CouponAlreadyRedeemed",
    "CouponBelowThreshold",
    "CouponHasExpired",
    "CouponLimitReached",
    "CouponNotYetGood",
    "CouponOfAnother",
    "CouponOfNoPromotion",
    "CouponRanOut",
    "CouponUnknown",
    "CustomerUnknown",
    "DayAlreadyKnown",
    "DayEditsUsedUp",
    "DayToldLater",
    "Excluded",
    "Exclusion",
    "ForbiddenPhrase",
    "ForeignEmoji",
    "GiftInBasket",
    "GiftOutOfStock",
    "ImportantDayUnknown",
    "LifecycleUnknown",
    "LineRefundExceedsPaid",
    "LunarCalendarMissing",
    "MembersOnly",
    "MetByNobody",
    "NotOpenYet",
    "NotSoldHere",
    "NothingLeft",
    "NothingToTouch",
    "OrderAlreadyRecorded",
    "OrderOfAnother",
    "PartnerMissing",
    "PiecesNotReached",
    "ProductsNotReached",
    "PromotionNotRunning",
    "QuestionUnknown",
    "RefundAlreadyRecorded",
    "RefundExceedsPaid",
    "RefundLineUnknown",
    "Refusal",
    "RelationUnknown",
    "SearchCutShort",
    "StageMoveNotAllowed",
    "StageUnknown",
    "SurveyAlreadyAsked",
    "SurveyAskedElsewhere",
    "SurveyHasClosed",
    "SurveyNotAsked",
    "SurveyUnknown",
    "TooFewForSet",
    "TooLongForVoice",
    "TooManyEmoji",
    "UsesSpent",
    "WaitsForCode",
    "WaitsForCoupon",
    "WaitsForCustomer",
]

Refusal: TypeAlias = (
    AlreadyMember
    | CustomerUnknown
    | AlreadyFriends
    | RelationUnknown
    | LifecycleUnknown
    | StageMoveNotAllowed
    | StageUnknown
    | LineRefundExceedsPaid
    | OrderAlreadyRecorded
    | OrderOfAnother
    | RefundAlreadyRecorded
    | RefundExceedsPaid
    | RefundLineUnknown
    | CampaignAlreadyPaused
    | CampaignExhausted
    | CampaignIsPaused
    | CampaignNotPaused
    | CampaignNotRunning
    | CampaignUnknown
    | CouponAlreadyIssued
    | CouponAlreadyRedeemed
    | CouponBelowThreshold
    | CouponHasExpired
    | CouponLimitReached
    | CouponOfAnother
    | CouponUnknown
    | AlternativesUnmet
    | ConditionUnmet
    | MetByNobody
    | MembersOnly
    | NotSoldHere
    | NotOpenYet
    | AmountNotReached
    | Beaten
    | BudgetTooSmall
    | CodeUnknown
    | CouponNotYetGood
    | CouponOfNoPromotion
    | CouponRanOut
    | Excluded
    | NothingLeft
    | NothingToTouch
    | PartnerMissing
    | PiecesNotReached
    | ProductsNotReached
    | PromotionNotRunning
    | GiftInBasket
    | GiftOutOfStock
    | SearchCutShort
    | TooFewForSet
    | UsesSpent
    | WaitsForCode
    | WaitsForCoupon
    | WaitsForCustomer
    | ForbiddenPhrase
    | ForeignEmoji
    | TooLongForVoice
    | TooManyEmoji
    | DayAlreadyKnown
    | DayEditsUsedUp
    | DayToldLater
    | ImportantDayUnknown
    | LunarCalendarMissing
    | AnswerOfWrongKind
    | AnswerOutOfRange
    | AnswerTooLong
    | ChoiceUnknown
    | ChoicesOutOfRange
    | QuestionUnknown
    | SurveyAlreadyAsked
    | SurveyAskedElsewhere
    | SurveyHasClosed
    | SurveyNotAsked
    | SurveyUnknown
)
