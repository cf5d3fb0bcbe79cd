"""The reference storage: everything in dicts, behind one lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import RLock

import pendulum
from attrs import define, evolve, field

from privlib.adapters.clock import Clock, system_clock
from privlib.decisions.decision import Decision
from privlib.entities import Entity
from privlib.entities.query import Query
from privlib.errors import StaleDecisionError
from privlib.plugins.deliveries import Delivery
from privlib.plugins.hookspecs import hookimpl
from privlib.plugins.outbox_rules import after_delivery
from privlib.plugins.saving import SavePlan, plan_save
from privlib.plugins.storages import Claimed, Recorded, Saved
from privlib.program.program import Program
from privlib.requests import Request
from privlib.reservations import Exhausted
from privlib.timers import Timer
from privlib.values.ids import CustomerId, EntityRef
from privlib.values.moment import from_micros, later, moment, to_micros
from privlib.values.personal import Masked, PersonalRef

__all__ = ["InMemory"]


@define(eq=False)
class _Waiting:
    """A request in the outbox, when it was written, and what became of it so far."""

    request: Request
    due: pendulum.DateTime
    written: tuple[int, str, int]
    attempts: int = 0
    state: str = "pending"


@define(eq=False)
class InMemory:
    """Keeps everything in this process's memory: for tests, for trying things out, for replays.

    It keeps every promise of a storage but the one to survive the process.

    >>> from privlib import EntityRef
    >>> InMemory().get([EntityRef("member", "wei")])
    ()
    """

    clock: Clock = system_clock
    name: str = "in memory"
    _lock: RLock = field(factory=RLock, init=False, repr=False)
    _entities: dict[EntityRef, Entity] = field(factory=dict, init=False, repr=False)
    _history: dict[EntityRef, list[Recorded]] = field(factory=dict, init=False, repr=False)
    _decisions: dict[str, Decision] = field(factory=dict, init=False, repr=False)
    _limits: dict[str, int] = field(factory=dict, init=False, repr=False)
    _timers: dict[str, Timer] = field(factory=dict, init=False, repr=False)
    _outbox: dict[str, _Waiting] = field(factory=dict, init=False, repr=False)
    _programs: dict[str, Program] = field(factory=dict, init=False, repr=False)
    _personal: dict[PersonalRef, tuple[CustomerId, Masked]] = field(
        factory=dict, init=False, repr=False
    )

    @hookimpl
    def privlib_storage(self) -> InMemory:
        return self

    @property
    def joined(self) -> bool:
        return False

    def get(self, refs: Iterable[EntityRef]) -> tuple[Entity, ...]:
        with self._lock:
            wanted = dict.fromkeys(refs)
            return tuple(self._entities[ref] for ref in wanted if ref in self._entities)

    def find(self, query: Query) -> tuple[Entity, ...]:
        with self._lock:
            of_kind = [entity for ref, entity in self._entities.items() if ref.kind == query.kind]
        return query.page_of(of_kind)

    def limits(self, keys: Iterable[str]) -> Mapping[str, int]:
        with self._lock:
            return {key: self._limits.get(key, 0) for key in keys}

    def stored(self, key: str) -> Decision | None:
        with self._lock:
            decision = self._decisions.get(key)
        return None if decision is None else evolve(decision, replayed=True)

    def save(self, *decisions: Decision) -> Saved | Exhausted:
        with self._lock:
            known = {
                decision.key: self._decisions[decision.key].input_hash
                for decision in decisions
                if decision.key in self._decisions
            }
            plan = plan_save(decisions, known)
            plan.check_guards(self._version_of)
            plan.check_fires(self._timers.get)
            self._check_requests(plan)
            limits = plan.limits_after(lambda key: self._limits.get(key, 0))
            if isinstance(limits, Exhausted):
                return limits
            self._write(plan, limits)
            return plan.saved(self._decisions)

    def _version_of(self, ref: EntityRef) -> int:
        entity = self._entities.get(ref)
        return 0 if entity is None else entity.version

    def _check_requests(self, plan: SavePlan) -> None:
        keys = [request.key for _, _, request in plan.requests]
        if len(set(keys)) < len(keys) or not self._outbox.keys().isdisjoint(keys):
            raise StaleDecisionError("another decision has asked for the same request")

    def _write(self, plan: SavePlan, limits: Mapping[str, int]) -> None:
        now = to_micros(moment(self.clock()))
        self._entities.update(plan.entities)
        self._limits.update(limits)
        for ref, _, decision, number, event in plan.events:
            recorded = Recorded(
                event=event,
                decision=decision.key,
                number=number,
                decided_at=decision.at,
                recorded_at=from_micros(plan.recorded_at(decision, now)),
            )
            self._history.setdefault(ref, []).append(recorded)
        for key, timer in plan.timers.items():
            if timer is None:
                self._timers.pop(key, None)
            else:
                self._timers[key] = timer
        for decision, number, request in plan.requests:
            written = (plan.recorded_at(decision, now), decision.key, number)
            self._outbox[request.key] = _Waiting(request, due=decision.at, written=written)
        for value in plan.personal:
            self._personal[value.ref] = (value.customer, value.value)
        for decision in plan.fresh:
            self._decisions[decision.key] = evolve(decision, personal=())

    def claim(
        self, *, at: pendulum.DateTime, limit: int = 100, lease_seconds: int = 60
    ) -> tuple[Claimed, ...]:
        at = moment(at)
        with self._lock:
            due = [
                waiting
                for waiting in self._outbox.values()
                if waiting.state == "pending" and waiting.due <= at
            ]
            due.sort(key=lambda waiting: (waiting.due, waiting.written))
            for waiting in due[:limit]:
                waiting.attempts += 1
                waiting.due = later(at, seconds=lease_seconds)
            return tuple(Claimed(waiting.request, waiting.attempts) for waiting in due[:limit])

    def settle(self, claimed: Claimed, delivery: Delivery, *, at: pendulum.DateTime) -> bool:
        with self._lock:
            waiting = self._outbox.get(claimed.request.key)
            if waiting is None or waiting.attempts != claimed.attempt:
                return False
            if waiting.state != "pending":
                return False
            waiting.state, waiting.due = after_delivery(delivery, claimed.attempt, at=moment(at))
            return True

    def due(self, at: pendulum.DateTime, *, limit: int = 100) -> tuple[Timer, ...]:
        at = moment(at)
        with self._lock:
            ready = [timer for timer in self._timers.values() if timer.due <= at]
        return tuple(sorted(ready, key=lambda timer: (timer.due, timer.key))[:limit])

    def history(self, refs: Iterable[EntityRef]) -> tuple[Recorded, ...]:
        with self._lock:
            found = [recorded for ref in set(refs) for recorded in self._history.get(ref, ())]
        return tuple(sorted(found, key=lambda recorded: recorded.place))

    def keep_program(self, program: Program) -> None:
        with self._lock:
            self._programs.setdefault(program.version, evolve(program, secret=None))

    def program(self, version: str) -> Program | None:
        with self._lock:
            return self._programs.get(version)

    def personal(self, refs: Iterable[PersonalRef]) -> Mapping[PersonalRef, Masked]:
        with self._lock:
            return {ref: self._personal[ref][1] for ref in refs if ref in self._personal}

    def erase_personal(self, customer: CustomerId) -> int:
        with self._lock:
            gone = [ref for ref, (owner, _) in self._personal.items() if owner == customer]
            for ref in gone:
                del self._personal[ref]
            return len(gone)
