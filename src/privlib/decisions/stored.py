"""Stored forms: how entities, events and decisions are written, each with its format version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import pendulum

from privlib.decisions.decision import Decision, EntityVersion
from privlib.encoding.canonical import encode_plain, parse_canonical
from privlib.encoding.documents import Documents
from privlib.entities import ENTITY_KINDS, Entity
from privlib.errors import UnknownSchemaError
from privlib.events import Event
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.reservations import Reservation
from privlib.timers import Timer
from privlib.values.actor import Actor
from privlib.values.frozen import frozen

__all__ = ["ENTITIES", "EVENTS", "REFUSALS", "REQUESTS", "TIMERS", "DecisionRecord"]

ENTITIES: Documents[Entity] = Documents(*ENTITY_KINDS.values())
EVENTS: Documents[Event] = Documents(*get_args(Event))
REQUESTS: Documents[Request] = Documents(*get_args(Request))
TIMERS: Documents[Timer] = Documents(*get_args(Timer))
REFUSALS: Documents[Refusal] = Documents(*get_args(Refusal))

_FORMAT = 1


@frozen
class DecisionRecord:
    """A decision without its events and requests, which are stored once, in their own places."""

    before: tuple[EntityVersion, ...]
    events: tuple[EntityVersion, ...]
    requests: tuple[str, ...]
    timers: tuple[Timer, ...]
    cancels: tuple[str, ...]
    fires: tuple[Timer, ...]
    reservations: tuple[Reservation, ...]
    refusals: tuple[Refusal, ...]

    @classmethod
    def of(cls, decision: Decision) -> DecisionRecord:
        """What to store of a decision; an event is named by its entity's version after it."""
        versions = {entry.ref: entry.version for entry in decision.before}
        events: list[EntityVersion] = []
        for about in decision.abouts:
            versions[about] = versions.get(about, 0) + 1
            events.append(EntityVersion(*about, versions[about]))
        return cls(
            decision.before,
            tuple(events),
            tuple(request.key for request in decision.requests),
            decision.timers,
            decision.cancels,
            decision.fires,
            decision.reservations,
            decision.refusals,
        )

    def dump(self) -> str:
        """The record as canonical text; what is empty is left out."""
        parts: dict[str, Any] = {
            "before": self.before,
            "events": self.events,
            "requests": self.requests,
            "timers": [TIMERS.plain(timer) for timer in self.timers],
            "cancels": self.cancels,
            "fires": [TIMERS.plain(timer) for timer in self.fires],
            "reservations": [
                [each.limit_key, each.amount, each.limit] for each in self.reservations
            ],
            "refusals": [REFUSALS.plain(refusal) for refusal in self.refusals],
        }
        return encode_plain({"v": _FORMAT, **{name: part for name, part in parts.items() if part}})

    @classmethod
    def load(cls, text: str) -> DecisionRecord:
        """The record of which a text was made."""
        data = parse_canonical(text)
        if not isinstance(data, dict) or data.get("v") != _FORMAT:
            raise UnknownSchemaError("a stored decision is of a format this release does not know")

        def part(name: str) -> Sequence[Any]:
            found = data.get(name, ())
            return found if isinstance(found, list | tuple) else ()

        return cls(
            tuple(EntityVersion(*entry) for entry in part("before")),
            tuple(EntityVersion(*entry) for entry in part("events")),
            tuple(part("requests")),
            tuple(TIMERS.from_plain(timer) for timer in part("timers")),
            tuple(part("cancels")),
            tuple(TIMERS.from_plain(timer) for timer in part("fires")),
            tuple(
                Reservation(limit_key=key, amount=amount, limit=limit)
                for key, amount, limit in part("reservations")
            ),
            tuple(REFUSALS.from_plain(refusal) for refusal in part("refusals")),
        )

    def decision(
        self,
        *,
        key: str,
        input_hash: str,
        program: str,
        at: pendulum.DateTime,
        by: Actor,
        events: tuple[Event, ...],
        requests: tuple[Request, ...],
    ) -> Decision:
        """The decision as it was stored, marked as replayed."""
        return Decision(
            key=key,
            input_hash=input_hash,
            program=program,
            at=at,
            by=by,
            before=self.before,
            events=events,
            requests=requests,
            timers=self.timers,
            cancels=self.cancels,
            fires=self.fires,
            reservations=self.reservations,
            refusals=self.refusals,
            replayed=True,
        )
