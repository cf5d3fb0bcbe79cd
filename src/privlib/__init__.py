"""privlib: the private-domain (私域) rules of a shop, as a library to embed.

Tell it what happened, get back what is now true and what should be done, as plain values.
Everything is imported on first use, so `import privlib` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privlib.adapters.console import ConsoleChannel as ConsoleChannel
    from privlib.adapters.in_memory import InMemory as InMemory
    from privlib.adapters.sql import SqlStorage as SqlStorage
    from privlib.commands import (
        CampaignPause as CampaignPause,
    )
    from privlib.commands import (
        CampaignResumption as CampaignResumption,
    )
    from privlib.commands import (
        Command as Command,
    )
    from privlib.commands import (
        CouponIssue as CouponIssue,
    )
    from privlib.commands import (
        CouponRedemption as CouponRedemption,
    )
    from privlib.commands import (
        MemberImport as MemberImport,
    )
    from privlib.commands import (
        NewFriend as NewFriend,
    )
    from privlib.commands import (
        Order as Order,
    )
    from privlib.commands import (
        OrderLine as OrderLine,
    )
    from privlib.commands import (
        Refund as Refund,
    )
    from privlib.commands import (
        RefundLine as RefundLine,
    )
    from privlib.commands import (
        StageMove as StageMove,
    )
    from privlib.decisions import (
        Decision as Decision,
    )
    from privlib.decisions import (
        Needs as Needs,
    )
    from privlib.decisions import (
        State as State,
    )
    from privlib.decisions import (
        accept_friend as accept_friend,
    )
    from privlib.decisions import (
        decide as decide,
    )
    from privlib.decisions import (
        expire_coupon as expire_coupon,
    )
    from privlib.decisions import (
        import_member as import_member,
    )
    from privlib.decisions import (
        issue_coupon as issue_coupon,
    )
    from privlib.decisions import (
        move_stage as move_stage,
    )
    from privlib.decisions import (
        needs as needs,
    )
    from privlib.decisions import (
        pause_campaign as pause_campaign,
    )
    from privlib.decisions import (
        record_order as record_order,
    )
    from privlib.decisions import (
        redeem_coupon as redeem_coupon,
    )
    from privlib.decisions import (
        remind_employee as remind_employee,
    )
    from privlib.decisions import (
        resume_campaign as resume_campaign,
    )
    from privlib.decisions import (
        reverse_order as reverse_order,
    )
    from privlib.decisions.progress import progress as progress
    from privlib.domain import PrivateDomain as PrivateDomain
    from privlib.encoding.canonical import Secret as Secret
    from privlib.entities import (
        Campaign as Campaign,
    )
    from privlib.entities import (
        Coupon as Coupon,
    )
    from privlib.entities import (
        CouponState as CouponState,
    )
    from privlib.entities import (
        Customer as Customer,
    )
    from privlib.entities import (
        Entity as Entity,
    )
    from privlib.entities import (
        GiftStanding as GiftStanding,
    )
    from privlib.entities import (
        Member as Member,
    )
    from privlib.entities import (
        MemberGift as MemberGift,
    )
    from privlib.entities import (
        OrderRecord as OrderRecord,
    )
    from privlib.entities import (
        Reached as Reached,
    )
    from privlib.entities import (
        RefundRecord as RefundRecord,
    )
    from privlib.entities import (
        Relation as Relation,
    )
    from privlib.errors import (
        CurrencyMismatchError as CurrencyMismatchError,
    )
    from privlib.errors import (
        ImpossibleEventError as ImpossibleEventError,
    )
    from privlib.errors import (
        InvalidIdError as InvalidIdError,
    )
    from privlib.errors import (
        InvalidValueError as InvalidValueError,
    )
    from privlib.errors import (
        KeyConflictError as KeyConflictError,
    )
    from privlib.errors import (
        MoneyOverflowError as MoneyOverflowError,
    )
    from privlib.errors import (
        NaiveMomentError as NaiveMomentError,
    )
    from privlib.errors import (
        NotCommittedError as NotCommittedError,
    )
    from privlib.errors import (
        OutcomeUnknownError as OutcomeUnknownError,
    )
    from privlib.errors import (
        PluginError as PluginError,
    )
    from privlib.errors import (
        PrivlibError as PrivlibError,
    )
    from privlib.errors import (
        Problem as Problem,
    )
    from privlib.errors import (
        ProgramError as ProgramError,
    )
    from privlib.errors import (
        SchemaVersionError as SchemaVersionError,
    )
    from privlib.errors import (
        SecretMissingError as SecretMissingError,
    )
    from privlib.errors import (
        StaleDecisionError as StaleDecisionError,
    )
    from privlib.errors import (
        StorageBugError as StorageBugError,
    )
    from privlib.errors import (
        StorageError as StorageError,
    )
    from privlib.errors import (
        StorageUnavailableError as StorageUnavailableError,
    )
    from privlib.errors import (
        UnknownSchemaError as UnknownSchemaError,
    )
    from privlib.events import Event as Event
    from privlib.explaining import explain as explain
    from privlib.plugins import hookimpl as hookimpl
    from privlib.policies.tier_upgrade import Progress as Progress
    from privlib.program import (
        CampaignRules as CampaignRules,
    )
    from privlib.program import (
        ContactLikeIds as ContactLikeIds,
    )
    from privlib.program import (
        CouponTemplate as CouponTemplate,
    )
    from privlib.program import (
        Enrolment as Enrolment,
    )
    from privlib.program import (
        Gift as Gift,
    )
    from privlib.program import (
        GiftAfterRefund as GiftAfterRefund,
    )
    from privlib.program import (
        ImportedMember as ImportedMember,
    )
    from privlib.program import (
        Ladder as Ladder,
    )
    from privlib.program import (
        Program as Program,
    )
    from privlib.program import (
        Shop as Shop,
    )
    from privlib.program import (
        Stage as Stage,
    )
    from privlib.program import (
        Stages as Stages,
    )
    from privlib.program import (
        Tier as Tier,
    )
    from privlib.program import (
        TierAfterRefund as TierAfterRefund,
    )
    from privlib.program import (
        UnknownCustomer as UnknownCustomer,
    )
    from privlib.program import (
        Welcome as Welcome,
    )
    from privlib.program.loading import (
        default_program as default_program,
    )
    from privlib.program.loading import (
        load_program as load_program,
    )
    from privlib.program.loading import (
        program_from_toml as program_from_toml,
    )
    from privlib.refusals import Refusal as Refusal
    from privlib.requests import Request as Request
    from privlib.reservations import Exhausted as Exhausted
    from privlib.reservations import Reservation as Reservation
    from privlib.timers import Timer as Timer
    from privlib.values.actor import SYSTEM as SYSTEM
    from privlib.values.actor import Actor as Actor
    from privlib.values.actor import ActorKind as ActorKind
    from privlib.values.allocation import allocate as allocate
    from privlib.values.allocation import allocate_money as allocate_money
    from privlib.values.dates import LeapDay as LeapDay
    from privlib.values.ids import EntityRef as EntityRef
    from privlib.values.moment import moment as moment
    from privlib.values.moment import parse_moment as parse_moment
    from privlib.values.money import Money as Money
    from privlib.values.money import yuan as yuan
    from privlib.values.period import DatePeriod as DatePeriod
    from privlib.values.period import Period as Period
    from privlib.values.personal import (
        Masked as Masked,
    )
    from privlib.values.personal import (
        PersonalRef as PersonalRef,
    )
    from privlib.values.personal import (
        PersonalValue as PersonalValue,
    )
    from privlib.values.rate import (
        Rate as Rate,
    )
    from privlib.values.rate import (
        Rounding as Rounding,
    )
    from privlib.values.rate import (
        basis_points as basis_points,
    )
    from privlib.values.rate import (
        percent as percent,
    )
    from privlib.values.term import Term as Term
    from privlib.values.term import TermUnit as TermUnit
    from privlib.values.window import (
        NaturalUnit as NaturalUnit,
    )
    from privlib.values.window import (
        NaturalWindow as NaturalWindow,
    )
    from privlib.values.window import (
        RollingWindow as RollingWindow,
    )

__version__ = "0.1.0"

_WHERE = {
    "privlib.adapters.console": "ConsoleChannel",
    "privlib.adapters.in_memory": "InMemory",
    "privlib.adapters.sql": "SqlStorage",
    "privlib.commands": (
        "CampaignPause CampaignResumption Command CouponIssue CouponRedemption MemberImport "
        "NewFriend Order OrderLine Refund RefundLine StageMove"
    ),
    "privlib.decisions": (
        "Decision Needs State accept_friend decide expire_coupon import_member issue_coupon "
        "move_stage needs pause_campaign record_order redeem_coupon remind_employee "
        "resume_campaign reverse_order"
    ),
    "privlib.decisions.progress": "progress",
    "privlib.domain": "PrivateDomain",
    "privlib.encoding.canonical": "Secret",
    "privlib.entities": (
        "Campaign Coupon CouponState Customer Entity GiftStanding Member MemberGift "
        "OrderRecord Reached RefundRecord Relation"
    ),
    "privlib.errors": (
        "CurrencyMismatchError ImpossibleEventError InvalidIdError InvalidValueError "
        "KeyConflictError MoneyOverflowError NaiveMomentError NotCommittedError "
        "OutcomeUnknownError PluginError PrivlibError Problem ProgramError SchemaVersionError "
        "SecretMissingError StaleDecisionError StorageBugError StorageError "
        "StorageUnavailableError UnknownSchemaError"
    ),
    "privlib.events": "Event",
    "privlib.explaining": "explain",
    "privlib.plugins": "hookimpl",
    "privlib.policies.tier_upgrade": "Progress",
    "privlib.program": (
        "CampaignRules ContactLikeIds CouponTemplate Enrolment Gift GiftAfterRefund "
        "ImportedMember Ladder Program Shop Stage Stages Tier TierAfterRefund UnknownCustomer "
        "Welcome"
    ),
    "privlib.program.loading": "default_program load_program program_from_toml",
    "privlib.refusals": "Refusal",
    "privlib.requests": "Request",
    "privlib.reservations": "Exhausted Reservation",
    "privlib.timers": "Timer",
    "privlib.values.actor": "Actor ActorKind SYSTEM",
    "privlib.values.allocation": "allocate allocate_money",
    "privlib.values.dates": "LeapDay",
    "privlib.values.ids": "EntityRef",
    "privlib.values.moment": "moment parse_moment",
    "privlib.values.money": "Money yuan",
    "privlib.values.period": "DatePeriod Period",
    "privlib.values.personal": "Masked PersonalRef PersonalValue",
    "privlib.values.rate": "Rate Rounding basis_points percent",
    "privlib.values.term": "Term TermUnit",
    "privlib.values.window": "NaturalUnit NaturalWindow RollingWindow",
}
_HOME = {name: module for module, names in _WHERE.items() for name in names.split()}

__all__ = ["__version__", *sorted(_HOME)]  # noqa: PLE0604 - they are strings


def __getattr__(name: str) -> object:
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module 'privlib' has no attribute {name!r}")
    value = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
