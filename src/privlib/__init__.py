"""privlib: the private-domain (私域) rules of a shop, as a library to embed.

Tell it what happened, get back what is now true and what should be done, as plain values.
Everything is imported on first use, so `import privlib` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privlib.adapters.console import ConsoleChannel as ConsoleChannel
    from privlib.adapters.in_memory import InMemory as InMemory
    from privlib.adapters.sql import SqlStorage as SqlStorage
    from privlib.commands import (
        Basket as Basket,
        BasketLine as BasketLine,
        CampaignPause as CampaignPause,
        CampaignResumption as CampaignResumption,
        Command as Command,
        CouponIssue as CouponIssue,
        CouponRedemption as CouponRedemption,
        GiftCard as GiftCard,
        GivenAnswer as GivenAnswer,
        ImportantDayTold as ImportantDayTold,
        MemberImport as MemberImport,
        NewFriend as NewFriend,
        Order as Order,
        OrderLine as OrderLine,
        Refund as Refund,
        RefundLine as RefundLine,
        ShippingLine as ShippingLine,
        StageMove as StageMove,
        StageRemap as StageRemap,
        SurveyAnswer as SurveyAnswer,
        SurveyAnswers as SurveyAnswers,
        SurveyStart as SurveyStart,
        Tender as Tender,
    )
    from privlib.decisions import (
        Decision as Decision,
        Needs as Needs,
        State as State,
        accept_friend as accept_friend,
        answer_survey as answer_survey,
        celebrate_day as celebrate_day,
        check_stages as check_stages,
        close_survey as close_survey,
        decide as decide,
        expire_coupon as expire_coupon,
        import_member as import_member,
        issue_coupon as issue_coupon,
        move_stage as move_stage,
        needs as needs,
        nudge_survey as nudge_survey,
        pause_campaign as pause_campaign,
        record_order as record_order,
        redeem_coupon as redeem_coupon,
        remap_stage as remap_stage,
        remind_employee as remind_employee,
        remind_of_day as remind_of_day,
        resume_campaign as resume_campaign,
        reverse_order as reverse_order,
        start_survey as start_survey,
        tell_important_day as tell_important_day,
    )
    from privlib.decisions.progress import progress as progress
    from privlib.domain import PrivateDomain as PrivateDomain
    from privlib.encoding.canonical import Secret as Secret
    from privlib.entities import (
        Campaign as Campaign,
        Coupon as Coupon,
        CouponState as CouponState,
        Customer as Customer,
        Daybook as Daybook,
        Entity as Entity,
        GiftStanding as GiftStanding,
        KnownDay as KnownDay,
        Member as Member,
        MemberGift as MemberGift,
        OrderRecord as OrderRecord,
        Reached as Reached,
        RefundRecord as RefundRecord,
        Relation as Relation,
        SurveyRecord as SurveyRecord,
    )
    from privlib.entities.customer_state import (
        CouponInHand as CouponInHand,
        CustomerState as CustomerState,
    )
    from privlib.errors import (
        CurrencyMismatchError as CurrencyMismatchError,
        ImpossibleEventError as ImpossibleEventError,
        InvalidIdError as InvalidIdError,
        InvalidValueError as InvalidValueError,
        KeyConflictError as KeyConflictError,
        LawBrokenError as LawBrokenError,
        LunarCalendarMissingError as LunarCalendarMissingError,
        MoneyOverflowError as MoneyOverflowError,
        NaiveMomentError as NaiveMomentError,
        NotCommittedError as NotCommittedError,
        OutcomeUnknownError as OutcomeUnknownError,
        PluginError as PluginError,
        PrivlibError as PrivlibError,
        Problem as Problem,
        ProgramError as ProgramError,
        SchemaVersionError as SchemaVersionError,
        SecretMissingError as SecretMissingError,
        StaleDecisionError as StaleDecisionError,
        StorageBugError as StorageBugError,
        StorageError as StorageError,
        StorageUnavailableError as StorageUnavailableError,
        UnknownSchemaError as UnknownSchemaError,
    )
    from privlib.events import Event as Event
    from privlib.explaining import explain as explain
    from privlib.plugins import hookimpl as hookimpl
    from privlib.policies.answer_reading import read_answer as read_answer
    from privlib.policies.lifecycle import RemapPreview as RemapPreview
    from privlib.policies.pricing import (
        BestUse as BestUse,
        Change as Change,
        best_use as best_use,
        hints as hints,
        quote_basket as quote_basket,
        what_if as what_if,
    )
    from privlib.policies.tier_upgrade import Progress as Progress
    from privlib.policies.voice import voice_faults as voice_faults
    from privlib.program import (
        AroundTheDay as AroundTheDay,
        AutomaticMove as AutomaticMove,
        CampaignRules as CampaignRules,
        ContactLikeIds as ContactLikeIds,
        CouponTemplate as CouponTemplate,
        DayRule as DayRule,
        DayWindow as DayWindow,
        EmojiHabit as EmojiHabit,
        EmojiUse as EmojiUse,
        Enrolment as Enrolment,
        Face as Face,
        Gift as Gift,
        GiftAfterRefund as GiftAfterRefund,
        Holiday as Holiday,
        ImportedMember as ImportedMember,
        Ladder as Ladder,
        Lifecycle as Lifecycle,
        NamedCalendar as NamedCalendar,
        OnTheDay as OnTheDay,
        Persona as Persona,
        Program as Program,
        Service as Service,
        ServiceHours as ServiceHours,
        Shop as Shop,
        Stage as Stage,
        StageRole as StageRole,
        Suggests as Suggests,
        Survey as Survey,
        SurveyOutcome as SurveyOutcome,
        Tier as Tier,
        TierAfterRefund as TierAfterRefund,
        UnknownCustomer as UnknownCustomer,
        Welcome as Welcome,
        WholeMonth as WholeMonth,
    )
    from privlib.program.codes import CodeMatching as CodeMatching
    from privlib.program.lifecycle_examples import example_lifecycle as example_lifecycle
    from privlib.program.loading import (
        default_program as default_program,
        load_program as load_program,
        program_from_toml as program_from_toml,
    )
    from privlib.program.offers import (
        AmountOff as AmountOff,
        Bundle as Bundle,
        BundlePart as BundlePart,
        BuyGet as BuyGet,
        CheapestFree as CheapestFree,
        Favour as Favour,
        FixedPrice as FixedPrice,
        FreeShipping as FreeShipping,
        GiftWithPurchase as GiftWithPurchase,
        NextCoupon as NextCoupon,
        NthItem as NthItem,
        Offer as Offer,
        Packs as Packs,
        PercentOff as PercentOff,
        PointsTimes as PointsTimes,
        SetsFrom as SetsFrom,
        ShippingOff as ShippingOff,
        Spread as Spread,
        Step as Step,
        ThresholdOff as ThresholdOff,
        UnitAmounts as UnitAmounts,
    )
    from privlib.program.paying import PointsAsMoney as PointsAsMoney
    from privlib.program.price_book import (
        Arbitration as Arbitration,
        FloorReach as FloorReach,
        PriceBook as PriceBook,
    )
    from privlib.program.prices.buyers import Buyers as Buyers
    from privlib.program.prices.floor import PriceFloor as PriceFloor
    from privlib.program.prices.places import Places as Places
    from privlib.program.prices.public_price import PublicPrice as PublicPrice
    from privlib.program.prices.rule import PriceKind as PriceKind, PriceRule as PriceRule
    from privlib.program.prices.sold_only import SoldOnly as SoldOnly
    from privlib.program.pricing import (
        Choice as Choice,
        Crossing as Crossing,
        Group as Group,
        Layer as Layer,
        Objective as Objective,
        Pricing as Pricing,
    )
    from privlib.program.promotion import (
        Promotion as Promotion,
        Stacking as Stacking,
        Threshold as Threshold,
        Trigger as Trigger,
        UseLimits as UseLimits,
        customer_uses_key as customer_uses_key,
        spent_key as spent_key,
        uses_key as uses_key,
    )
    from privlib.program.questions import (
        Day as Day,
        FreeText as FreeText,
        MoneyAmount as MoneyAmount,
        OneChoice as OneChoice,
        Option as Option,
        Question as Question,
        SeveralChoices as SeveralChoices,
        WholeNumber as WholeNumber,
        YesNo as YesNo,
    )
    from privlib.program.remapping import StageMap as StageMap
    from privlib.quotes import Hint as Hint, Quote as Quote
    from privlib.refusals import Refusal as Refusal
    from privlib.reports import (
        ProgramWarning as ProgramWarning,
        program_warnings as program_warnings,
    )
    from privlib.requests import Request as Request
    from privlib.reservations import Exhausted as Exhausted, Reservation as Reservation
    from privlib.timers import Timer as Timer
    from privlib.values.actor import SYSTEM as SYSTEM, Actor as Actor, ActorKind as ActorKind
    from privlib.values.allocation import (
        Overflow as Overflow,
        allocate as allocate,
        allocate_money as allocate_money,
    )
    from privlib.values.dates import LeapDay as LeapDay
    from privlib.values.goods import Goods as Goods
    from privlib.values.ids import EntityRef as EntityRef
    from privlib.values.important_day import (
        DayCalendar as DayCalendar,
        LunarCalendar as LunarCalendar,
        LunarMonth as LunarMonth,
        YearlyDay as YearlyDay,
    )
    from privlib.values.moment import moment as moment, parse_moment as parse_moment
    from privlib.values.money import Money as Money, yuan as yuan
    from privlib.values.period import DatePeriod as DatePeriod, Period as Period
    from privlib.values.personal import (
        Masked as Masked,
        PersonalRef as PersonalRef,
        PersonalValue as PersonalValue,
    )
    from privlib.values.rate import (
        Rate as Rate,
        Rounding as Rounding,
        basis_points as basis_points,
        percent as percent,
    )
    from privlib.values.remainder import Remainder as Remainder
    from privlib.values.term import Term as Term, TermUnit as TermUnit
    from privlib.values.window import (
        NaturalUnit as NaturalUnit,
        NaturalWindow as NaturalWindow,
        RollingWindow as RollingWindow,
    )

__version__ = "0.1.0"

_WHERE = {
    "privlib.adapters.console": "ConsoleChannel",
    "privlib.adapters.in_memory": "InMemory",
    "privlib.adapters.sql": "SqlStorage",
    "privlib.commands": (
        "Basket BasketLine CampaignPause CampaignResumption Command CouponIssue CouponRedemption "
        "GiftCard GivenAnswer ImportantDayTold MemberImport NewFriend Order OrderLine Refund "
        "RefundLine ShippingLine StageMove StageRemap SurveyAnswer SurveyAnswers SurveyStart "
        "Tender "
    ),
    "privlib.decisions": (
        "Decision Needs State accept_friend answer_survey celebrate_day check_stages close_survey "
        "decide expire_coupon import_member issue_coupon move_stage needs nudge_survey "
        "pause_campaign record_order redeem_coupon remap_stage remind_employee remind_of_day "
        "resume_campaign reverse_order start_survey tell_important_day "
    ),
    "privlib.decisions.progress": "progress",
    "privlib.domain": "PrivateDomain",
    "privlib.encoding.canonical": "Secret",
    "privlib.entities": (
        "Campaign Coupon CouponState Customer Daybook Entity GiftStanding KnownDay Member "
        "MemberGift OrderRecord Reached RefundRecord Relation SurveyRecord "
    ),
    "privlib.entities.customer_state": "CouponInHand CustomerState",
    "privlib.errors": (
        "CurrencyMismatchError ImpossibleEventError InvalidIdError InvalidValueError "
        "KeyConflictError LawBrokenError LunarCalendarMissingError MoneyOverflowError "
        "NaiveMomentError NotCommittedError OutcomeUnknownError PluginError PrivlibError Problem "
        "ProgramError SchemaVersionError SecretMissingError StaleDecisionError StorageBugError "
        "StorageError StorageUnavailableError UnknownSchemaError"
    ),
    "privlib.events": "Event",
    "privlib.explaining": "explain",
    "privlib.plugins": "hookimpl",
    "privlib.policies.answer_reading": "read_answer",
    "privlib.policies.pricing": "BestUse Change best_use hints quote_basket what_if",
    "privlib.policies.tier_upgrade": "Progress",
    "privlib.policies.voice": "voice_faults",
    "privlib.program": (
        "AroundTheDay AutomaticMove CampaignRules ContactLikeIds CouponTemplate DayRule DayWindow "
        "EmojiHabit EmojiUse Enrolment Face Gift GiftAfterRefund Holiday ImportedMember Ladder "
        "Lifecycle NamedCalendar OnTheDay Persona Program Service ServiceHours Shop Stage "
        "StageRole Suggests Survey SurveyOutcome Tier TierAfterRefund UnknownCustomer Welcome "
        "WholeMonth "
    ),
    "privlib.program.codes": "CodeMatching",
    "privlib.policies.lifecycle": "RemapPreview",
    "privlib.program.lifecycle_examples": "example_lifecycle",
    "privlib.program.remapping": "StageMap",
    "privlib.program.loading": "default_program load_program program_from_toml",
    "privlib.program.offers": (
        "AmountOff Bundle BundlePart BuyGet CheapestFree Favour FixedPrice FreeShipping "
        "GiftWithPurchase NextCoupon NthItem Offer Packs PercentOff PointsTimes SetsFrom "
        "ShippingOff Spread Step ThresholdOff UnitAmounts"
    ),
    "privlib.program.paying": "PointsAsMoney",
    "privlib.program.price_book": "Arbitration FloorReach PriceBook",
    "privlib.program.prices.buyers": "Buyers",
    "privlib.program.prices.floor": "PriceFloor",
    "privlib.program.prices.places": "Places",
    "privlib.program.prices.public_price": "PublicPrice",
    "privlib.program.prices.rule": "PriceKind PriceRule",
    "privlib.program.prices.sold_only": "SoldOnly",
    "privlib.program.pricing": "Choice Crossing Group Layer Objective Pricing",
    "privlib.program.promotion": (
        "Promotion Stacking Threshold Trigger UseLimits customer_uses_key spent_key uses_key"
    ),
    "privlib.program.questions": (
        "Day FreeText MoneyAmount OneChoice Option Question SeveralChoices WholeNumber YesNo"
    ),
    "privlib.quotes": "Hint Quote",
    "privlib.refusals": "Refusal",
    "privlib.requests": "Request",
    "privlib.reservations": "Exhausted Reservation",
    "privlib.timers": "Timer",
    "privlib.reports": "ProgramWarning program_warnings",
    "privlib.values.actor": "Actor ActorKind SYSTEM",
    "privlib.values.allocation": "Overflow allocate allocate_money",
    "privlib.values.dates": "LeapDay",
    "privlib.values.goods": "Goods",
    "privlib.values.ids": "EntityRef",
    "privlib.values.important_day": "DayCalendar LunarCalendar LunarMonth YearlyDay",
    "privlib.values.moment": "moment parse_moment",
    "privlib.values.money": "Money yuan",
    "privlib.values.period": "DatePeriod Period",
    "privlib.values.personal": "Masked PersonalRef PersonalValue",
    "privlib.values.rate": "Rate Rounding basis_points percent",
    "privlib.values.remainder": "Remainder",
    "privlib.values.term": "Term TermUnit",
    "privlib.values.window": "NaturalUnit NaturalWindow RollingWindow",
}
_HOME = {name: module for module, names in _WHERE.items() for name in names.split()}

_MISSING = set() if find_spec("sqlalchemy") else {"SqlStorage"}
"""What `from privlib import *` leaves out, since it has to be installed first."""

__all__ = ["__version__", *sorted(_HOME.keys() - _MISSING)]  # noqa: PLE0604 - they are strings


def __getattr__(name: str) -> object:
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module 'privlib' has no attribute {name!r}")
    try:
        value = getattr(import_module(module), name)
    except ModuleNotFoundError as missing:
        if missing.name != "sqlalchemy":
            raise
        raise ModuleNotFoundError(
            f'{name} needs: pip install "privlib-domain[sql]"', name=missing.name
        ) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
