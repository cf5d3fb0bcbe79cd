"""Faulty: a storage at which things go wrong as planned, to try out what a shop does then."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import Lock
from typing import TypeVar

import pendulum
from attrs import Factory, define, field

from privlib.decisions.decision import Decision
from privlib.entities import Entity
from privlib.entities.query import Query
from privlib.errors import InvalidValueError
from privlib.plugins.deliveries import Delivery
from privlib.plugins.hookspecs import hookimpl
from privlib.plugins.objections import no_storage
from privlib.plugins.storages import Claimed, Recorded, Saved, WholeStorage
from privlib.program.program import Program
from privlib.reservations import Exhausted
from privlib.testing.faults import Fault, FaultPlan
from privlib.timers import Timer
from privlib.values.choice import kind_of
from privlib.values.ids import CustomerId, EntityRef
from privlib.values.personal import Masked, PersonalRef

__all__ = ["Faulty"]

T = TypeVar("T")


@define(eq=False)
class Faulty:
    """A storage in front of another, that raises or kills the process at the calls of its plan.

    It is a plugin like the storage behind it. Without a plan it only takes down the calls of a
    run, so that each of them can be tried afterwards; `FaultPlan.at_each` plans that.

    >>> from privlib import InMemory, Order, PrivateDomain, default_program, yuan
    >>> order = Order(id="A-1001", customer="wei", paid=yuan(200))
    >>> run = Faulty(InMemory())
    >>> decision = PrivateDomain(default_program(), plugins=[run]).record_order(order)
    >>> run.calls
    ('keep_program', 'get', 'save')

    An acknowledgement that is lost is no loss: told again, the order is known.

    >>> storage = Faulty(InMemory(), FaultPlan([Fault(call=3, mishap="raise after")]))
    >>> domain = PrivateDomain(default_program(), plugins=[storage])
    >>> domain.record_order(order)
    Traceback (most recent call last):
    privlib.errors.OutcomeUnknownError: save, call 3: raise after, as planned
    >>> domain.record_order(order).replayed
    True

    A call that the storage behind it fails by itself raises what that one raised. To kill, it
    sends SIGKILL to its own process, where there are signals.
    """

    storage: WholeStorage = field()
    plan: FaultPlan = field(factory=FaultPlan, validator=kind_of(FaultPlan))
    name: str = field(default="faulty", kw_only=True)
    _calls: list[str] = field(init=False, repr=False, default=Factory(list))
    _counting: Lock = field(init=False, repr=False, factory=Lock)

    @storage.validator
    def _is_a_storage(self, _attribute: object, storage: object) -> None:
        why = no_storage(storage)
        if why is not None:
            raise InvalidValueError(f"got {type(storage).__name__}, {why}")

    @hookimpl
    def privlib_storage(self) -> Faulty:
        return self

    @property
    def calls(self) -> tuple[str, ...]:
        """The calls so far, by name: the first is call 1."""
        return tuple(self._calls)

    @property
    def joined(self) -> bool:
        return self.storage.joined

    def get(self, refs: Iterable[EntityRef]) -> tuple[Entity, ...]:
        return self._through("get", partial(self.storage.get, refs))

    def find(self, query: Query) -> tuple[Entity, ...]:
        return self._through("find", partial(self.storage.find, query))

    def limits(self, keys: Iterable[str]) -> Mapping[str, int]:
        return self._through("limits", partial(self.storage.limits, keys))

    def save(self, *decisions: Decision) -> Saved | Exhausted:
        return self._through("save", partial(self.storage.save, *decisions))

    def stored(self, key: str) -> Decision | None:
        return self._through("stored", partial(self.storage.stored, key))

    def claim(
        self, *, at: pendulum.DateTime, limit: int = 100, lease_seconds: int = 60
    ) -> tuple[Claimed, ...]:
        claim = partial(self.storage.claim, at=at, limit=limit, lease_seconds=lease_seconds)
        return self._through("claim", claim)

    def settle(self, claimed: Claimed, delivery: Delivery, *, at: pendulum.DateTime) -> bool:
        return self._through("settle", partial(self.storage.settle, claimed, delivery, at=at))

    def due(self, at: pendulum.DateTime, *, limit: int = 100) -> tuple[Timer, ...]:
        return self._through("due", partial(self.storage.due, at, limit=limit))

    def history(self, refs: Iterable[EntityRef]) -> tuple[Recorded, ...]:
        return self._through("history", partial(self.storage.history, refs))

    def keep_program(self, program: Program) -> None:
        self._through("keep_program", partial(self.storage.keep_program, program))

    def program(self, version: str) -> Program | None:
        return self._through("program", partial(self.storage.program, version))

    def personal(self, refs: Iterable[PersonalRef]) -> Mapping[PersonalRef, Masked]:
        return self._through("personal", partial(self.storage.personal, refs))

    def erase_personal(self, customer: CustomerId) -> int:
        return self._through("erase_personal", partial(self.storage.erase_personal, customer))

    def _through(self, name: str, work: Callable[[], T]) -> T:
        """Do the work of one call, and before or after it what the plan has for it."""
        with self._counting:
            self._calls.append(name)
            number = len(self._calls)
        fault = self.plan.at(number)
        if fault is not None and fault.mishap.comes_first:
            _strike(fault, f"{name}, call {number}")
        result = work()
        if fault is not None and not fault.mishap.comes_first:
            _strike(fault, f"{name}, call {number}")
        return result


def _strike(fault: Fault, where: str) -> None:
    if fault.mishap.kills:
        os.kill(os.getpid(), signal.SIGKILL)
    raise fault.error(f"{where}: {fault.mishap.value}, as planned")
