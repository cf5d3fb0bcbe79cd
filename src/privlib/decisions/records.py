"""Records: how decisions are written, whole or beside their events and requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pendulum

from privlib.decisions.decision import Decision, EntityVersion
from privlib.decisions.stored import EVENTS, REFUSALS, REQUESTS, TIMERS
from privlib.encoding.canonical import encode_plain, parse_canonical
from privlib.errors import InvalidValueError, UnknownSchemaError
from privlib.events import Event
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.reservations import Reservation
from privlib.timers import Timer
from privlib.values.actor import Actor, ActorKind
from privlib.values.choice import chosen
from privlib.values.frozen import frozen
from privlib.values.moment import from_micros, to_micros

__all__ = ["DecisionRecord", "dump_decision", "load_decision"]

_FORMAT = 1
_UNKNOWN = "a stored decision is of a format this release does not know"


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

    def plain(self) -> dict[str, Any]:
        """The record as plain data; what is empty is left out."""
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
        return {"v": _FORMAT, **{name: part for name, part in parts.items() if part}}

    def dump(self) -> str:
        """The record as canonical text."""
        return encode_plain(self.plain())

    @classmethod
    def load(cls, text: str) -> DecisionRecord:
        """The record of which a text was made."""
        return cls.from_plain(parse_canonical(text))

    @classmethod
    def from_plain(cls, data: object) -> DecisionRecord:
        """The record of which plain data was made.

        Raises UnknownSchemaError for data that this release has not made.
        """
        if not isinstance(data, dict) or data.get("v") != _FORMAT:
            raise UnknownSchemaError(_UNKNOWN)
        return cls(
            tuple(map(_entity_version, _part(data, "before"))),
            tuple(map(_entity_version, _part(data, "events"))),
            tuple(map(_text, _part(data, "requests"))),
            tuple(map(TIMERS.from_plain, _part(data, "timers"))),
            tuple(map(_text, _part(data, "cancels"))),
            tuple(map(TIMERS.from_plain, _part(data, "fires"))),
            tuple(map(_reservation, _part(data, "reservations"))),
            tuple(map(REFUSALS.from_plain, _part(data, "refusals"))),
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


def _part(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = data.get(name, ())
    if isinstance(found, list | tuple):
        return found
    raise UnknownSchemaError(f"the {name} of a stored decision are no list")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise UnknownSchemaError("a stored decision has a key that is no text")


def _entity_version(value: object) -> EntityVersion:
    match value:
        case [str(kind), str(id), int(version)]:
            return EntityVersion(kind, id, version)
    raise UnknownSchemaError("a stored decision has an entry that is not [kind, id, version]")


def _reservation(value: object) -> Reservation:
    match value:
        case [str(key), int(amount), int(limit)]:
            try:
                return Reservation(limit_key=key, amount=amount, limit=limit)
            except InvalidValueError as fault:
                raise UnknownSchemaError(f"a stored reservation does not hold: {fault}") from None
    raise UnknownSchemaError("a stored reservation is not [key, amount, limit]")


def dump_decision(decision: Decision) -> str:
    """A whole decision as one canonical text, without its personal values and its state.

    >>> import pendulum
    >>> from privlib import Order, State, default_program, record_order, yuan
    >>> noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    >>> order = Order(id="A-1001", customer="wei", paid=yuan(200))
    >>> decision = record_order(State(), order, default_program(), at=noon)
    >>> load_decision(dump_decision(decision)) == decision
    True
    """
    return encode_plain(
        {
            "v": _FORMAT,
            "key": decision.key,
            "input_hash": decision.input_hash,
            "program": decision.program,
            "at": to_micros(decision.at),
            "by": [decision.by.kind, decision.by.id],
            "events": [EVENTS.plain(event) for event in decision.events],
            "requests": [REQUESTS.plain(request) for request in decision.requests],
            "record": DecisionRecord.of(decision).plain(),
        }
    )


def load_decision(text: str) -> Decision:
    """The decision of which a text was made, marked as replayed.

    Raises UnknownSchemaError for a text that this release has not made.
    """
    data = parse_canonical(text)
    try:
        return _decision(data)
    except InvalidValueError as fault:
        raise UnknownSchemaError(f"a stored decision does not hold: {fault}") from None


def _decision(data: object) -> Decision:
    match data:
        case {
            "v": version,
            "key": str(key),
            "input_hash": str(input_hash),
            "program": str(program),
            "at": int(at),
            "by": [str(kind), str(id)],
            "events": list(events),
            "requests": list(requests),
            "record": record,
        } if version == _FORMAT:
            return DecisionRecord.from_plain(record).decision(
                key=key,
                input_hash=input_hash,
                program=program,
                at=from_micros(at),
                by=Actor(chosen(ActorKind, kind), id),
                events=tuple(map(EVENTS.from_plain, events)),
                requests=tuple(map(REQUESTS.from_plain, requests)),
            )
    raise UnknownSchemaError(_UNKNOWN)
