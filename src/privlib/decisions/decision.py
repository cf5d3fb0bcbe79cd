"""The decision: one frozen value with everything that follows from a command."""

from __future__ import annotations

from typing import NamedTuple

import pendulum
from attrs import field

from privlib.commands import Command
from privlib.decisions.state import E, State, applied
from privlib.encoding.canonical import canonical, keyed_digest
from privlib.entities import Entity
from privlib.errors import InvalidValueError
from privlib.events import Event
from privlib.program.program import Program
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.reservations import Reservation
from privlib.timers import Timer
from privlib.values.actor import SYSTEM, Actor
from privlib.values.frozen import frozen
from privlib.values.ids import EntityRef
from privlib.values.moment import moment
from privlib.values.personal import PersonalValue

__all__ = ["Decision", "Draft", "EntityVersion"]


class EntityVersion(NamedTuple):
    """An entity as it was read: `save` refuses the decision where it has changed since."""

    kind: str
    id: str
    version: int

    @property
    def ref(self) -> EntityRef:
        return EntityRef(self.kind, self.id)


@frozen(kw_only=True)
class Decision:
    """What follows from a command: facts, things to do, wake-ups, room taken, and noes.

    `before` is what was read and guarded; `after` is the state with all events applied. A
    decision that was stored before comes back with `replayed`, and nothing is done again.
    """

    key: str
    input_hash: str
    program: str
    at: pendulum.DateTime
    by: Actor
    before: tuple[EntityVersion, ...] = ()
    events: tuple[Event, ...] = ()
    requests: tuple[Request, ...] = ()
    timers: tuple[Timer, ...] = ()
    cancels: tuple[str, ...] = ()
    fires: tuple[Timer, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    personal: tuple[PersonalValue, ...] = field(default=(), repr=False)
    after: State = field(factory=State, eq=False, repr=False)
    replayed: bool = field(default=False, eq=False)
    _abouts: tuple[EntityRef, ...] | None = field(default=None, init=False, eq=False, repr=False)

    @property
    def changes_nothing(self) -> bool:
        """Whether saving it would write its key and nothing else."""
        return not (
            self.events
            or self.requests
            or self.timers
            or self.cancels
            or self.fires
            or self.reservations
            or self.personal
        )

    @property
    def abouts(self) -> tuple[EntityRef, ...]:
        """What its events are about, one reference an event."""
        if self._abouts is None:  # asked for several times by whoever saves it
            object.__setattr__(self, "_abouts", tuple([event.about for event in self.events]))
        return self._abouts or ()

    @property
    def changes(self) -> dict[EntityRef, Entity]:
        """The entities that its events are about, as they are afterwards, by reference."""
        found = ((ref, self.after.find(ref)) for ref in dict.fromkeys(self.abouts))
        return {ref: entity for ref, entity in found if entity is not None}

    @property
    def changed(self) -> tuple[Entity, ...]:
        """The entities that its events are about, as they are afterwards."""
        return tuple(self.changes.values())


class Draft:
    """A decision in the making: what is recorded happens to its state at once."""

    def __init__(
        self,
        state: State,
        command: Command | Timer,
        program: Program,
        *,
        at: pendulum.DateTime,
        by: Actor = SYSTEM,
    ) -> None:
        if not isinstance(by, Actor):
            raise InvalidValueError(
                f'by is an Actor, such as Actor("employee", "mei"); got {type(by).__name__}'
            )
        self.key = command.decision_key
        self.at = moment(at)
        self.state = state
        self.program = program
        self._command = command
        self._by = by
        self._entities = state.by_ref()
        self._events: list[Event] = []
        self._abouts: list[EntityRef] = []
        self._requests: list[Request] = []
        self._timers: dict[str, Timer] = {}
        self._cancels: dict[str, None] = {}
        self._fires: list[Timer] = []
        self._reservations: list[Reservation] = []
        self._refusals: list[Refusal] = []
        self._personal: list[PersonalValue] = []

    def record(self, event: Event) -> None:
        """Let it happen."""
        self._abouts.append(applied(self._entities, event))
        self._events.append(event)

    def of(self, kind: type[E], id: str) -> E:
        """The entity of this kind and id after all that was recorded so far, or a blank."""
        found = self._entities.get((kind.kind, id))  # type: ignore[call-overload]  # equals the reference
        return found if isinstance(found, kind) else kind(id=id)

    def derived_id(self, kind: str, number: int) -> str:
        """An id for something that comes with this decision."""
        return f"{self.key}/{kind}/{number}"

    def ask(self, request: Request) -> None:
        """Ask for something to be done outside."""
        self._requests.append(request)

    def set(self, timer: Timer) -> None:
        """Set a timer, in place of any with its key. The last word on a key counts."""
        key = timer.key
        self._cancels.pop(key, None)
        self._timers[key] = timer

    def cancel(self, key: str) -> None:
        """Cancel a timer, if it is set. The last word on a key counts."""
        self._timers.pop(key, None)
        self._cancels[key] = None

    def fire(self, timer: Timer) -> None:
        """Take a timer off, since it is being decided upon."""
        self._fires.append(timer)

    def reserve(self, reservation: Reservation) -> None:
        """Take room from a shared limit, or give it back."""
        self._reservations.append(reservation)

    def keep(self, value: PersonalValue) -> None:
        """Put a personal value into the erasable table."""
        self._personal.append(value)

    def refuse(self, *refusals: Refusal) -> Decision:
        """A business no, with all its reasons: nothing happens."""
        self._refusals.extend(refusals)
        return self.decision()

    def decision(self) -> Decision:
        """The finished decision."""
        decision = Decision(
            key=self.key,
            input_hash=keyed_digest(canonical(self._command), self.program.secret),
            program=self.program.version,
            at=self.at,
            by=self._by,
            before=self._guarded(),
            events=tuple(self._events),
            requests=tuple(self._requests),
            timers=tuple(self._timers.values()),
            cancels=tuple(self._cancels),
            fires=tuple(self._fires),
            reservations=tuple(self._reservations),
            refusals=tuple(self._refusals),
            personal=tuple(self._personal),
            after=State.of_refs(self._entities, self.state.limits) if self._events else self.state,
        )
        object.__setattr__(decision, "_abouts", tuple(self._abouts))
        return decision

    def _guarded(self) -> tuple[EntityVersion, ...]:
        """What was read and must not have changed: all but what is shared and was left alone."""
        state, touched = self.state, dict.fromkeys(self._abouts)
        guarded = [
            EntityVersion(ref.kind, ref.id, entity.version)
            for ref, entity in state.items()
            if not entity.shared or ref in touched
        ]
        guarded += [
            EntityVersion(ref.kind, ref.id, 0) for ref in touched if state.find(ref) is None
        ]
        guarded.sort()
        return tuple(guarded)
