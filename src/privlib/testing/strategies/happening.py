"""Strategies for happenings: an entity, and an event that may happen to it next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from hypothesis import strategies as st

from privlib.commands import Order, OrderLine, Refund
from privlib.entities import ENTITY_KINDS, Entity
from privlib.events import (
    CampaignPaused,
    CampaignResumed,
    CouponExpired,
    CouponIssued,
    CouponRedeemed,
    CustomerAdded,
    CustomerNamed,
    DayCelebrated,
    DayReminderRaised,
    Event,
    FollowUpRaised,
    FriendAdded,
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    ImportantDayLearned,
    MemberJoined,
    OrderRecorded,
    Placed,
    ProfileFieldCleared,
    ProfileFieldSet,
    QuestionAsked,
    RefundApplied,
    RefundExceeded,
    RefundWaited,
    SpendAdded,
    SpendReversed,
    StageMoved,
    SuggestionMade,
    SurveyAnswered,
    SurveyClosed,
    SurveyFinished,
    SurveyNudged,
    SurveyReopened,
    SurveyStarted,
    TagsChanged,
    TierLost,
    TierReached,
)
from privlib.testing.strategies.event import events
from privlib.values.ids import CampaignName, EmployeeId, OrderId, RelationId, TierName
from privlib.values.money import Money
from privlib.values.personal import PersonalRef

__all__ = ["Happening", "happenings"]

Happening: TypeAlias = tuple[Entity, Event]
OfMember: TypeAlias = (
    SpendAdded
    | SpendReversed
    | TierReached
    | TierLost
    | GiftGranted
    | GiftAlreadyGiven
    | GiftReturnable
    | GiftReearned
)


def happenings(*, kinds: Iterable[type[Event]] | None = None) -> st.SearchStrategy[Happening]:
    """Entities, each with an event that may happen to it next, of any kind or of those named.

    `entity.apply(event)` never raises. For entities with a longer history, see `decisions`.
    """
    return events(kinds=kinds).map(_with_its_entity)


def _with_its_entity(event: Event) -> Happening:
    entity: Entity = ENTITY_KINDS[event.about.kind](id=event.about.id)
    for before in _before(event):
        entity = entity.apply(before)
    return entity, event


def _before(event: Event) -> tuple[Event, ...]:  # noqa: PLR0911 - a table, one row an event
    """What must have happened to a blank, so that the event may happen next."""
    match event:
        case CustomerNamed():
            return (CustomerAdded(customer=event.customer, source="import", at=event.at),)
        case StageMoved():
            placed = Placed(event.lifecycle, event.came_from)
            return (_befriended(event, EmployeeId("lin"), placed),)
        case FollowUpRaised():
            return (_befriended(event, event.employee, Placed("customer", event.stage)),)
        case RefundApplied() | RefundExceeded():
            return (_told_before(event),)
        case CouponRedeemed() | CouponExpired():
            return (_issued(event),)
        case CampaignResumed():
            return (CampaignPaused(campaign=event.campaign, at=event.at),)
        case DayCelebrated() | DayReminderRaised():
            return (_day_learned(event),)
        case ProfileFieldSet() | ProfileFieldCleared() | TagsChanged():
            return _told_before_of(event)
        case _:
            return _to_a_survey(event) or _to_a_member(event)


def _told_before_of(
    event: ProfileFieldSet | ProfileFieldCleared | TagsChanged,
) -> tuple[Event, ...]:
    """Whom the shop knows, and of what was said what is taken back."""
    if isinstance(event, TagsChanged):
        return (_befriended(event, EmployeeId("lin"), Placed("customer", "new")),)
    added = CustomerAdded(customer=event.customer, source="import", at=event.at)
    if isinstance(event, ProfileFieldSet):
        return (added,)
    said = ProfileFieldSet(
        customer=event.customer, field=event.field, source=event.source, value="tea", at=event.at
    )
    return added, said


def _to_a_survey(event: Event) -> tuple[Event, ...]:
    """What must have been asked before anything else happens to a survey."""
    match event:
        case (
            QuestionAsked()
            | SurveyAnswered()
            | SurveyNudged()
            | SurveyFinished()
            | SurveyReopened()
            | SurveyClosed()
            | SuggestionMade()
        ):
            asked = SurveyStarted(
                survey=event.survey,
                customer=event.customer,
                relation=RelationId("console:lin:wei"),
                at=event.at,
            )
            return (asked,)
        case _:
            return ()


def _day_learned(event: DayCelebrated | DayReminderRaised) -> ImportantDayLearned:
    return ImportantDayLearned(
        customer=event.customer,
        name=event.name,
        day=PersonalRef("day"),
        mark="mark",
        edits=0,
        edited_in=0,
        at=event.at,
    )


def _befriended(
    event: StageMoved | FollowUpRaised | TagsChanged, employee: EmployeeId, placed: Placed
) -> FriendAdded:
    return FriendAdded(
        relation=event.relation,
        customer=event.customer,
        employee=employee,
        carrier="console",
        source="friend",
        placed=[placed],
        at=event.at,
    )


def _told_before(event: RefundApplied | RefundExceeded) -> OrderRecorded | RefundWaited:
    """The order that bears a refund to the fen, or the refund that waited for it."""
    if isinstance(event, RefundExceeded):
        refund = Refund(
            id=event.refund, order=event.order, customer=event.customer, amount=event.excess
        )
        return RefundWaited(refund=refund, at=event.at)
    lines = [OrderLine(sku=share.line, paid=share.amount) for share in event.lines]
    order = Order(id=event.order, customer=event.customer, paid=event.amount, lines=lines)
    return OrderRecorded(order=order, at=event.at)


def _issued(event: CouponRedeemed | CouponExpired) -> CouponIssued:
    return CouponIssued(
        coupon=event.coupon,
        customer=event.customer,
        campaign=CampaignName("newcomers"),
        template="20 off 100",
        value=event.value,
        threshold=event.value,
        at=event.at,
    )


def _to_a_member(event: Event) -> tuple[Event, ...]:  # noqa: PLR0911 - a table, one row an event
    """What makes a member to whom it may happen; nothing for an event that is a beginning."""
    match event:
        case SpendReversed():
            return (_joined(event, event.amount), _spent(event, event.amount))
        case TierLost():
            return (_joined(event, event.spent), _reached(event))
        case GiftReturnable():
            return (_joined(event, event.value), _granted(event))
        case GiftReearned():
            return (_joined(event, event.value), _granted(event), _returnable(event))
        case SpendAdded():
            return (_joined(event, event.amount),)
        case TierReached():
            return (_joined(event, event.spent), _spent(event, event.spent))
        case GiftGranted() | GiftAlreadyGiven():
            return (_joined(event, event.value),)
        case _:
            return ()


def _joined(event: OfMember, amount: Money) -> MemberJoined:
    return MemberJoined(customer=event.customer, currency=amount.currency, at=event.at)


def _spent(event: OfMember, amount: Money) -> SpendAdded:
    return SpendAdded(customer=event.customer, order=OrderId("A-0"), amount=amount, at=event.at)


def _reached(event: TierLost) -> TierReached:
    return TierReached(
        customer=event.customer,
        tier=event.tier,
        threshold=event.threshold,
        spent=event.threshold,
        at=event.at,
    )


def _granted(event: GiftReturnable | GiftReearned) -> GiftGranted:
    return GiftGranted(
        customer=event.customer,
        gift=event.gift,
        tier=TierName("silver"),
        value=event.value,
        at=event.at,
    )


def _returnable(event: GiftReearned) -> GiftReturnable:
    return GiftReturnable(customer=event.customer, gift=event.gift, value=event.value, at=event.at)
