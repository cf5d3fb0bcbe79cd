"""The bare shop: the core alone over plain dicts, for laws and stories. No storage, no shell."""

from __future__ import annotations

from typing import Protocol

import pendulum
from attrs import Factory, define

from privlib.commands import Command
from privlib.decisions.decision import Decision
from privlib.decisions.needs import needs
from privlib.decisions.state import State, applied
from privlib.decisions.verbs import decide
from privlib.entities import ENTITY_KINDS, Customer, Entity, Member
from privlib.program.program import Program
from privlib.timers import Timer
from privlib.values.actor import SYSTEM, Actor
from privlib.values.ids import EntityRef

__all__ = ["BareShop", "Decide"]


class Decide(Protocol):
    """What decides a command: `privlib.decisions.decide`, or your own in its place."""

    def __call__(
        self,
        state: State,
        command: Command | Timer,
        program: Program,
        *,
        at: pendulum.DateTime,
        by: Actor = SYSTEM,
    ) -> Decision: ...


@define(eq=False)
class BareShop:
    """A shop that decides upon what it holds, and keeps what follows: entities, limits, timers.

    >>> import pendulum
    >>> from privlib import Order, default_program, yuan
    >>> shop = BareShop(default_program())
    >>> order = Order(id="A-1001", customer="wei", paid=yuan(5_000))
    >>> decision = shop.tell(order, at=pendulum.datetime(2026, 6, 1))
    >>> shop.member("wei").tier
    'silver'
    """

    program: Program
    decide: Decide = decide
    entities: dict[EntityRef, Entity] = Factory(dict)
    limits: dict[str, int] = Factory(dict)
    timers: dict[str, Timer] = Factory(dict)
    decisions: list[Decision] = Factory(list)

    def knows(self, *customers: str, since: pendulum.DateTime) -> None:
        """Let the shop know these customers, whether or not its program enrols unknown ones."""
        for id in customers:
            known = Customer(id=id, version=1, known_since=since, source="friend")
            self.entities[EntityRef("customer", id)] = known

    def tell(self, command: Command | Timer, *, at: pendulum.DateTime) -> Decision:
        """Decide one command, and keep what follows from it."""
        decision = self.decided(command, at=at)
        self.decisions.append(decision)
        for event in decision.events:
            applied(self.entities, event)
        for each in decision.reservations:
            self.limits[each.limit_key] = self.limits.get(each.limit_key, 0) + each.amount
        for key in (*(timer.key for timer in decision.fires), *decision.cancels):
            self.timers.pop(key, None)
        self.timers.update((timer.key, timer) for timer in decision.timers)
        return decision

    def decided(self, command: Command | Timer, *, at: pendulum.DateTime) -> Decision:
        """What would be decided now; nothing is kept."""
        need = needs(command)
        entities = {ref: self._of(ref) for ref in need.entities}
        limits = {key: self.limits.get(key, 0) for key in need.limits}
        state = State.of_refs(entities, limits)
        more = [self._of(ref) for ref in needs(command, state).entities]
        return self.decide(state.with_more(*more), command, self.program, at=at)

    def run_due(self, *, at: pendulum.DateTime) -> list[Decision]:
        """Decide the timers that have come due, the earliest first."""
        due = sorted(
            (timer for timer in self.timers.values() if timer.due <= at),
            key=lambda timer: (timer.due, timer.key),
        )
        return [self.tell(timer, at=at) for timer in due]

    def member(self, customer: str) -> Member:
        """The member of this id, or a blank."""
        found = self.entities.get(EntityRef("member", customer))
        return found if isinstance(found, Member) else Member(id=customer)

    def _of(self, ref: EntityRef) -> Entity:
        return self.entities.get(ref) or ENTITY_KINDS[ref.kind](id=ref.id)
