"""Record an order: the customer is known, the spend counted, tiers reached, gifts granted."""

from __future__ import annotations

import pendulum
from attrs import fields

from privlib.commands import NewFriend, Order
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import befriend, check_currency, check_customer_id
from privlib.decisions.moving import move_all_on
from privlib.decisions.refunding import apply_waiting_refunds
from privlib.decisions.standing import raise_standing
from privlib.decisions.state import State
from privlib.entities import Customer, Member, OrderRecord
from privlib.events import MemberJoined, OrderRecorded, SpendAdded
from privlib.program.enrolment import UnknownCustomer
from privlib.program.program import Program
from privlib.refusals import CustomerUnknown, OrderAlreadyRecorded
from privlib.values.actor import SYSTEM, Actor
from privlib.values.ids import EntityRef

__all__ = ["record_order"]


def record_order(
    state: State, order: Order, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows from a paid order: who he is, what he reached, what he is owed.

    Somebody unknown is enrolled where the program says so. The order may cross several tiers, each
    of them and its gift once. Refunds that came before it are applied first. The same order told
    twice changes nothing; told with other content it is refused.

    >>> import pendulum
    >>> from privlib import Member, default_program, yuan
    >>> noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    >>> wei = Member(id="wei", joined_at=noon, spent=yuan(4_900))
    >>> order = Order(id="A-1001", customer="wei", paid=yuan(200))
    >>> decision = record_order(State(wei), order, default_program(), at=noon)
    >>> decision.after.member("wei").tier
    'silver'

    Raises CurrencyMismatchError for an order in another currency than the shop's, InvalidIdError
    for a customer id that is a phone number or e-mail address.
    """
    check_customer_id(order.customer, program)
    check_currency(order.paid, program)
    draft = Draft(state, order, program, at=at, by=by)
    recorded = state.find(EntityRef("order", order.id))
    known = recorded.order if isinstance(recorded, OrderRecord) else None
    if known is not None:
        return draft.decision() if known == order else draft.refuse(_differing(known, order))
    is_member = state.member(order.customer).joined_at is not None
    if not (is_member or _may_enter(state, order, program)):
        return draft.refuse(CustomerUnknown(customer=order.customer))
    paid_at = order.paid_at or draft.at
    if not is_member:
        _enrol(draft, order, at=paid_at)
    draft.record(OrderRecorded(order=order, at=paid_at))
    draft.record(SpendAdded(customer=order.customer, order=order.id, amount=order.paid, at=paid_at))
    apply_waiting_refunds(draft, order)
    raise_standing(draft, order.customer, at=paid_at, order=order.id)
    move_all_on(draft, order.customer)
    return draft.decision()


def _differing(known: Order, told: Order) -> OrderAlreadyRecorded:
    names = (attribute.name for attribute in fields(Order))
    return OrderAlreadyRecorded(
        order=told.id,
        recorded=known.paid,
        told=told.paid,
        differs=tuple(name for name in names if getattr(known, name) != getattr(told, name)),
    )


def _may_enter(state: State, order: Order, program: Program) -> bool:
    return (
        program.enrolment.unknown_customer is UnknownCustomer.ENROL
        or state.customer(order.customer).known_since is not None
    )


def _enrol(draft: Draft, order: Order, *, at: pendulum.DateTime) -> None:
    """Make a member of whoever ordered; welcome him if the shop did not know him at all."""
    if draft.of(Customer, order.customer).known_since is None:
        enrolment = draft.program.enrolment
        befriend(
            draft,
            NewFriend(
                customer=order.customer,
                employee=enrolment.employee,
                carrier=enrolment.carrier,
                added_at=at,
                source="first order",
            ),
        )
    if draft.of(Member, order.customer).joined_at is None:
        draft.record(MemberJoined(customer=order.customer, currency=draft.program.currency, at=at))
