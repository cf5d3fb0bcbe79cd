"""Protocols: what privlib asks of a storage, a channel, an observer. No base class is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol, get_args, runtime_checkable

import pendulum
from attrs import field, frozen

from privlib.decisions.decision import Decision
from privlib.entities import Entity
from privlib.entities.query import Query
from privlib.errors import InvalidValueError
from privlib.events import Event
from privlib.program.program import Program
from privlib.requests import Request
from privlib.reservations import Exhausted
from privlib.timers import Timer
from privlib.values.choice import as_set, choice_field
from privlib.values.ids import CustomerId, EntityRef, plain_text
from privlib.values.moment import moment
from privlib.values.personal import Masked, PersonalRef

__all__ = [
    "Capabilities",
    "Channel",
    "Claimed",
    "Delivery",
    "Keeping",
    "Observer",
    "Outbox",
    "Outcome",
    "Recorded",
    "Saved",
    "SendCheck",
    "Storage",
    "Timers",
    "WholeStorage",
]


_LONGEST_RETRY = 30 * 86_400  # keys are kept for 30 days, and longer than anybody retries


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


class Outcome(StrEnum):
    """What became of a request that was taken from the outbox.

    `expired` and `waiting` are the shell's own: too late to send, or no channel that serves it.
    """

    ACCEPTED = "accepted"
    RETRY = "retry"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    WAITING = "waiting"


@frozen(kw_only=True)
class Delivery:
    """What a channel says of a request: accepted, try again in so many seconds, refused, unknown.

    Accepted is not delivered. A send that timed out is unknown: neither sent nor failed.
    """

    outcome: Outcome = choice_field(Outcome)
    retry_seconds: int = field(default=60)
    reason: str = field(default="", converter=plain_text)

    @retry_seconds.validator
    def _some_seconds(self, _attribute: object, seconds: int) -> None:
        if type(seconds) is not int or not 0 <= seconds <= _LONGEST_RETRY:
            raise InvalidValueError(f"retry_seconds is 0 to 2,592,000; got {seconds!r:.40}")


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


@frozen(kw_only=True)
class Capabilities:
    """What a channel can do, as dated data: which carriers it serves and which kinds of request.

    `deduplicates` says that it sends a request of the same key only once, so that one whose
    outcome is unknown may be handed to it again.
    """

    carriers: frozenset[str] = field(converter=as_set)
    requests: frozenset[type] = field(converter=as_set)
    deduplicates: bool = False
    longest_text: int | None = None
    as_of: date | None = None
    source: str = ""

    @requests.validator
    def _kinds_of_request(self, _attribute: object, requests: frozenset[type]) -> None:
        for each in requests:
            if each not in get_args(Request):
                raise InvalidValueError(f"requests are kinds such as ShipGift; got {each!r:.60}")


@runtime_checkable
class Channel(Protocol):
    """Sends requests. `text` is a message with its variables filled in, else empty."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def send(self, request: Request, text: str) -> Delivery:
        """Do what is asked; the request's key is the same each time it is handed over."""


class Observer(Protocol):
    """Is told of every new decision, after it was committed."""

    def __call__(self, decision: Decision) -> None: ...


class SendCheck(Protocol):
    """Is asked before a request is sent: None is no opinion, a text is a reason not to send.

    `at` is in the zone of the shop: at ten at night its `hour` is 22.
    """

    def __call__(self, request: Request, at: pendulum.DateTime) -> str | None: ...
