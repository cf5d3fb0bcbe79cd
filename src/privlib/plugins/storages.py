"""Storages: what is asked of one, and what it answers. No base class is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, runtime_checkable

import pendulum
from attrs import evolve, field, frozen

from privlib.decisions.decision import Decision
from privlib.entities import Entity
from privlib.entities.query import Query
from privlib.events import Event
from privlib.plugins.deliveries import Delivery
from privlib.program.program import Program
from privlib.requests import Request
from privlib.reservations import Exhausted
from privlib.timers import Timer
from privlib.values.ids import CustomerId, EntityRef
from privlib.values.moment import moment
from privlib.values.personal import Masked, PersonalRef

__all__ = [
    "Claimed",
    "Keeping",
    "Outbox",
    "Recorded",
    "Saved",
    "Storage",
    "Timers",
    "WholeStorage",
    "all_found",
]


@frozen
class Saved:
    """The decisions as they are stored now; those that had been stored before are `replayed`."""

    decisions: tuple[Decision, ...]


@frozen(kw_only=True)
class Recorded:
    """An event as it was written down: by which decision, as its how-manieth, and when."""

    event: Event
    decision: str
    number: int
    decided_at: pendulum.DateTime = field(converter=moment)
    recorded_at: pendulum.DateTime = field(converter=moment)

    @property
    def place(self) -> tuple[pendulum.DateTime, pendulum.DateTime, str, int]:
        """Where it stands in a history: by decision, and within one in the order decided."""
        return self.decided_at, self.recorded_at, self.decision, self.number


class Storage(Protocol):
    """Holds entities and takes decisions, each `save` all or nothing.

    Errors are StaleDecisionError, StorageUnavailableError, OutcomeUnknownError, KeyConflictError
    and StorageBugError, and no others.
    """

    @property
    def joined(self) -> bool:
        """Whether it works inside a transaction of the host, who commits it."""

    def get(self, refs: Iterable[EntityRef]) -> tuple[Entity, ...]:
        """The entities of these references that there are, in the order asked for."""

    def find(self, query: Query) -> tuple[Entity, ...]:
        """One page of the entities that a query describes, in its order."""

    def limits(self, keys: Iterable[str]) -> Mapping[str, int]:
        """How much of each limit is used."""

    def save(self, *decisions: Decision) -> Saved | Exhausted:
        """Write all that the decisions say in one transaction, or say which limit has no room."""

    def stored(self, key: str) -> Decision | None:
        """The decision of this key, if it was stored."""


@frozen
class Claimed:
    """A request taken from the outbox for some time; `attempt` tells late settlements apart."""

    request: Request
    attempt: int


class Outbox(Protocol):
    """Requests that wait to be done outside."""

    def claim(
        self, *, at: pendulum.DateTime, limit: int = 100, lease_seconds: int = 60
    ) -> tuple[Claimed, ...]:
        """Take requests that are due, for as long as the lease runs."""

    def settle(self, claimed: Claimed, delivery: Delivery, *, at: pendulum.DateTime) -> bool:
        """Write down what became of one; False where the lease has passed to somebody else."""


class Timers(Protocol):
    """Timers that wait for their moment."""

    def due(self, at: pendulum.DateTime, *, limit: int = 100) -> tuple[Timer, ...]:
        """The timers whose moment has come, the earliest first."""


class Keeping(Protocol):
    """What is kept beside the entities: histories, programs, personal values."""

    def history(self, refs: Iterable[EntityRef]) -> tuple[Recorded, ...]:
        """All events about these entities, in the order in which they happened."""

    def keep_program(self, program: Program) -> None:
        """Keep the parts of a program, each once."""

    def program(self, version: str) -> Program | None:
        """The program of this version, if it was kept."""

    def personal(self, refs: Iterable[PersonalRef]) -> Mapping[PersonalRef, Masked]:
        """The personal values behind these references, as far as they are not erased."""

    def erase_personal(self, customer: CustomerId) -> int:
        """Erase a customer's personal values; how many there were."""


@runtime_checkable
class WholeStorage(Storage, Outbox, Timers, Keeping, Protocol):
    """All that the shell asks of a storage."""


def all_found(storage: Storage, query: Query) -> Iterator[Entity]:
    """All entities that a query describes from its start on, page by page of its limit."""
    while True:
        page = storage.find(query)
        yield from page
        if len(page) < query.limit:
            return
        query = evolve(query, after=query.position_of(page[-1]))
