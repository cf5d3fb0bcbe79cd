"""Strategies for events of every kind, each by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pendulum
from hypothesis import strategies as st

from privlib.commands import NewFriend, Refund
from privlib.events import (
    CustomerAdded,
    CustomerNamed,
    Event,
    FollowUpRaised,
    FriendAdded,
    MemberImported,
    MemberJoined,
    MoveCause,
    OrderRecorded,
    Placed,
    RefundApplied,
    RefundExceeded,
    RefundWaited,
    RelationBegun,
    SpendAdded,
    SpendReversed,
    StageMoved,
)
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.command import new_friends
from privlib.testing.strategies.coupon_event import coupon_events
from privlib.testing.strategies.ids import (
    customer_ids,
    order_ids,
    plain_ids,
    refund_ids,
)
from privlib.testing.strategies.important_day import day_events
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.order import orders, refunds
from privlib.testing.strategies.person import personal_refs
from privlib.testing.strategies.standing_event import standing_events
from privlib.testing.strategies.survey_event import survey_events
from privlib.values.money import Money

__all__ = ["events"]


def events(*, kinds: Iterable[type[Event]] | None = None) -> st.SearchStrategy[Event]:
    """Events of all kinds, or of the kinds named, each consistent in itself.

    For an event that fits an entity, see `happenings`.
    """
    return of_kinds(_events(), kinds)


@cache
def _events() -> dict[type[Event], st.SearchStrategy[Event]]:
    of_customers = _of_people() | day_events() | survey_events()
    return of_customers | _of_orders() | standing_events() | coupon_events()


def _of_people() -> dict[type[Event], st.SearchStrategy[Event]]:
    friends, at = new_friends(), moments()
    return {
        CustomerAdded: st.builds(
            CustomerAdded,
            customer=customer_ids(),
            source=plain_ids(),
            name=st.none() | personal_refs(),
            at=at,
        ),
        CustomerNamed: st.builds(
            CustomerNamed, customer=customer_ids(), name=personal_refs(), at=at
        ),
        FriendAdded: st.builds(friend_added, friends, plain_ids()),
        RelationBegun: st.builds(relation_begun, friends),
        StageMoved: st.builds(
            stage_moved, friends, plain_ids(), plain_ids(), at, cause=st.sampled_from(MoveCause)
        ),
        FollowUpRaised: st.builds(follow_up_raised, friends, plain_ids(), at),
        MemberJoined: st.builds(
            MemberJoined, customer=customer_ids(), currency=st.just("CNY"), at=at
        ),
        MemberImported: st.builds(
            MemberImported, customer=customer_ids(), joined_at=at, spent=money(), at=at
        ),
    }


def relation_begun(friend: NewFriend) -> RelationBegun:
    """The event by which a customer has one more tie."""
    return RelationBegun(customer=friend.customer, relation=friend.relation, at=friend.added_at)


def friend_added(friend: NewFriend, *stages: str) -> FriendAdded:
    """The event that makes a relation of a new friend, with its stages in a few lifecycles."""
    return FriendAdded(
        relation=friend.relation,
        customer=friend.customer,
        employee=friend.employee,
        carrier=friend.carrier,
        source=friend.source,
        placed=[Placed(f"lifecycle {place}", stage) for place, stage in enumerate(stages)],
        at=friend.added_at,
    )


def stage_moved(
    friend: NewFriend,
    came_from: str,
    to: str,
    at: pendulum.DateTime,
    *,
    lifecycle: str = "lifecycle 0",
    cause: MoveCause = MoveCause.BY_HAND,
) -> StageMoved:
    """The event that moves a friend's relation on."""
    return StageMoved(
        relation=friend.relation,
        customer=friend.customer,
        lifecycle=lifecycle,
        came_from=came_from,
        to=to,
        cause=cause,
        at=at,
    )


def follow_up_raised(friend: NewFriend, stage: str, at: pendulum.DateTime) -> FollowUpRaised:
    """The event of a friend whom nobody has written to for too long."""
    return FollowUpRaised(
        relation=friend.relation,
        customer=friend.customer,
        employee=friend.employee,
        stage=stage,
        at=at,
    )


def _of_orders() -> dict[type[Event], st.SearchStrategy[Event]]:
    at = moments()
    return {
        OrderRecorded: st.builds(OrderRecorded, order=orders(), at=at),
        RefundApplied: st.builds(_refund_applied, refunds(), money(), at),
        RefundWaited: st.builds(RefundWaited, refund=refunds(), at=at),
        RefundExceeded: st.builds(
            RefundExceeded,
            order=order_ids(),
            customer=customer_ids(),
            refund=refund_ids(),
            excess=money(min_value=Money(1)),
            at=at,
        ),
        SpendAdded: st.builds(
            SpendAdded, customer=customer_ids(), order=order_ids(), amount=money(), at=at
        ),
        SpendReversed: st.builds(
            SpendReversed,
            customer=customer_ids(),
            order=order_ids(),
            refund=refund_ids(),
            amount=money(),
            at=at,
        ),
    }


def _refund_applied(refund: Refund, left: Money, at: pendulum.DateTime) -> RefundApplied:
    amount = left if refund.amount is None else refund.amount
    return RefundApplied(
        order=refund.order,
        customer=refund.customer,
        refund=refund,
        amount=amount,
        lines=refund.lines,
        at=at,
    )
