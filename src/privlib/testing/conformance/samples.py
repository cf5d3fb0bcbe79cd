"""Samples: decisions made as a shell makes them, or by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pendulum

from privlib.commands import Command, NewFriend, Order
from privlib.decisions.decision import Decision, EntityVersion
from privlib.decisions.needs import needs
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.entities import ENTITY_KINDS
from privlib.events import CouponIssued, Event
from privlib.plugins.storages import WholeStorage
from privlib.program.loading import default_program
from privlib.program.program import Program
from privlib.requests import Request, ShipGift
from privlib.reservations import Reservation
from privlib.timers import FollowUpDue, Timer
from privlib.values.actor import SYSTEM
from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    EmployeeId,
    EntityRef,
    GiftId,
    RelationId,
)
from privlib.values.moment import moment
from privlib.values.money import Money, yuan
from privlib.values.personal import Masked, PersonalValue

__all__ = [
    "FAR",
    "NOON",
    "PROGRAM",
    "SECRET_PROGRAM",
    "WEI",
    "bare",
    "coupon_issued",
    "decided",
    "follow_up",
    "friend",
    "gift",
    "order",
    "taking",
]

NOON: Final = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
FAR: Final = pendulum.datetime(9000, 1, 1)
PROGRAM: Final = default_program()
SECRET_PROGRAM: Final = PROGRAM.with_secret(b"0123456789abcdef")
WEI: Final = EntityRef("member", "wei")


def decided(
    storage: WholeStorage,
    command: Command | Timer,
    *,
    at: pendulum.DateTime = NOON,
    program: Program = PROGRAM,
) -> Decision:
    """What follows from a command as things stand in a storage; nothing is saved."""
    need = needs(command)
    found = {EntityRef(entity.kind, entity.id): entity for entity in storage.get(need.entities)}
    entities = {ref: found.get(ref) or ENTITY_KINDS[ref.kind](id=ref.id) for ref in need.entities}
    state = State.of_refs(entities, storage.limits(need.limits))
    state = state.with_more(*storage.get(needs(command, state).entities))
    return decide(state, command, program, at=at)


def bare(
    key: str,
    *,
    told: str = "",
    at: pendulum.DateTime = NOON,
    before: State | None = None,
    events: Iterable[Event] = (),
    requests: Iterable[Request] = (),
    timers: Iterable[Timer] = (),
    cancels: Iterable[str] = (),
    fires: Iterable[Timer] = (),
    reservations: Iterable[Reservation] = (),
    personal: Iterable[PersonalValue] = (),
) -> Decision:
    """A decision made by hand, for parts that no verb makes by itself.

    It guards what its events are about, as that is in `before`.
    """
    state, events = before or State(), tuple(events)
    guarded = {event.about: state.find(event.about) for event in events}
    return Decision(
        key=key,
        input_hash=f"none:{told or key}",
        program=PROGRAM.version,
        at=moment(at),
        by=SYSTEM,
        before=tuple(
            sorted(
                EntityVersion(*ref, entity.version if entity else 0)
                for ref, entity in guarded.items()
            )
        ),
        events=events,
        requests=tuple(requests),
        timers=tuple(timers),
        cancels=tuple(cancels),
        fires=tuple(fires),
        reservations=tuple(reservations),
        personal=tuple(personal),
        after=state.after(events),
    )


def order(id: str, paid: int = 10, customer: str = "wei") -> Order:
    """An order of so many yuan."""
    return Order(id=id, customer=customer, paid=yuan(paid), paid_at=NOON)


def friend(customer: str = "wei", *, name: str | None = None) -> NewFriend:
    """A customer who becomes a friend, by name or not."""
    return NewFriend(
        customer=CustomerId(customer),
        employee=EmployeeId("mei"),
        carrier="wecom",
        added_at=NOON,
        name=None if name is None else Masked(name),
    )


def gift(key: str, *, customer: str = "wei", value: Money | None = None) -> ShipGift:
    """A request."""
    worth = yuan(1) if value is None else value
    return ShipGift(key=key, customer=CustomerId(customer), gift=GiftId("tea"), value=worth)


def follow_up(
    relation: str, *, due: pendulum.DateTime = NOON, stage: str = "new friend"
) -> FollowUpDue:
    """A timer."""
    return FollowUpDue(
        relation=RelationId(relation),
        customer=CustomerId("wei"),
        lifecycle="customer",
        stage=stage,
        due=due,
    )


def taking(limit_key: str, amount: int, *, limit: int) -> Reservation:
    """A reservation."""
    return Reservation(limit_key=limit_key, amount=amount, limit=limit)


def coupon_issued(
    id: str,
    *,
    customer: str = "wei",
    campaign: str = "june",
    at: pendulum.DateTime = NOON,
    expires_at: pendulum.DateTime | None = None,
) -> CouponIssued:
    """An event by which an entity comes to be."""
    return CouponIssued(
        coupon=CouponId(id),
        customer=CustomerId(customer),
        campaign=CampaignName(campaign),
        template="20 off",
        value=yuan(20),
        threshold=yuan(100),
        expires_at=expires_at,
        at=at,
    )
