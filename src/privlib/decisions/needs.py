"""Needs: what has to be loaded before a command can be decided, the same for every host."""

from __future__ import annotations

from typing import Final, Never

from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    Command,
    CouponIssue,
    CouponRedemption,
    ImportantDayTold,
    MemberImport,
    NewFriend,
    Order,
    Refund,
    StageMove,
    StageRemap,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
)
from privlib.decisions.state import State
from privlib.entities import Customer
from privlib.errors import InvalidValueError
from privlib.program.campaign import budget_key, customer_key
from privlib.timers import (
    CouponEnds,
    FollowUpDue,
    ImportantDayDue,
    ImportantDayNear,
    StageCheckDue,
    SurveyCloses,
    SurveyNudgeDue,
    Timer,
)
from privlib.values.frozen import frozen
from privlib.values.ids import EntityRef

__all__ = ["Needs", "needs", "no_command"]


@frozen
class Needs:
    """The entities and limits that a decision reads."""

    entities: tuple[EntityRef, ...]
    limits: tuple[str, ...] = ()


_NOTHING: Final = State()
_NO_MORE: Final = Needs(())


def needs(command: Command | Timer, known: State = _NOTHING) -> Needs:
    """What to load for a command, before it is decided.

    It is asked twice: what is known of a customer says which of his ties are needed besides. With
    what was loaded first as `known` it names only what is missing then, mostly nothing.

    >>> from privlib import Customer, Order, yuan
    >>> order = Order(id="A-1001", customer="wei", paid=yuan(200))
    >>> needs(order).entities[2]
    EntityRef(kind='order', id='A-1001')
    >>> needs(order, State(Customer(id="wei", relations=["wecom:mei:wei"]))).entities
    (EntityRef(kind='relation', id='wecom:mei:wei'),)

    Raises InvalidValueError for what is no command.
    """
    if known is _NOTHING:
        return _at_first(command)
    besides = _besides(command, known)
    if not besides:
        return _NO_MORE
    missing = tuple([ref for ref in besides if known.find(ref) is None])
    return Needs(missing) if missing else _NO_MORE


def _besides(command: Command | Timer, known: State) -> list[EntityRef]:
    """What is needed because of what is known: a customer's ties, or the customer of a tie."""
    match command:
        case Order() | Refund() | MemberImport():
            customer = known.find(EntityRef("customer", command.customer))
            if not isinstance(customer, Customer) or not customer.relations:
                return []
            return [EntityRef("relation", relation) for relation in customer.relations]
        case StageMove() | StageRemap():
            whose = known.relation(command.relation).customer
            return [] if whose is None else [EntityRef("member", whose)]
    return []


def _at_first(command: Command | Timer) -> Needs:  # noqa: C901, PLR0911, PLR0912 - one row a command
    match command:
        case Order():
            return Needs((*_person(command.customer), EntityRef("order", command.id)))
        case Refund():
            return Needs((*_person(command.customer), EntityRef("order", command.order)))
        case MemberImport():
            return Needs(_person(command.customer))
        case NewFriend():
            relation = EntityRef("relation", command.relation)
            return Needs((*_person(command.customer), relation))
        case StageMove() | StageRemap() | FollowUpDue():
            return Needs((EntityRef("relation", command.relation),))
        case StageCheckDue():
            relation = EntityRef("relation", command.relation)
            return Needs((EntityRef("member", command.customer), relation))
        case CouponIssue():
            return Needs(
                (
                    EntityRef("customer", command.customer),
                    EntityRef("campaign", command.campaign),
                    EntityRef("coupon", command.coupon_id),
                ),
                (
                    budget_key(command.campaign),
                    customer_key(command.campaign, command.coupon, command.customer),
                ),
            )
        case CouponRedemption() | CouponEnds():
            return Needs((EntityRef("coupon", command.coupon),))
        case CampaignPause() | CampaignResumption():
            return Needs((EntityRef("campaign", command.campaign),))
        case ImportantDayTold():
            customer = EntityRef("customer", command.customer)
            return Needs((customer, *_daybook(command.customer, command.relation)))
        case ImportantDayDue() | ImportantDayNear():
            daybook = _daybook(command.customer, command.relation)
            return Needs((*_person(command.customer), *daybook))
        case SurveyStart() | SurveyAnswer() | SurveyAnswers() | SurveyNudgeDue() | SurveyCloses():
            relation = EntityRef("relation", command.relation)
            record = EntityRef("survey", command.record)
            return Needs((*_person(command.customer), relation, record))
        case _:
            raise no_command(command)


def no_command(thing: Never) -> InvalidValueError:
    """The error for what nobody can decide; type checkers see that every command is decided."""
    return InvalidValueError(f"a command is expected, such as Order; got {type(thing).__name__}")


def _person(customer: str) -> tuple[EntityRef, EntityRef]:
    return EntityRef("customer", customer), EntityRef("member", customer)


def _daybook(customer: str, relation: str | None) -> tuple[EntityRef, ...]:
    """A customer's daybook, and the relation over which he is greeted."""
    daybook = EntityRef("daybook", customer)
    return (daybook,) if relation is None else (daybook, EntityRef("relation", relation))
