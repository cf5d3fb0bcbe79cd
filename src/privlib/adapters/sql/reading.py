"""Reading: decisions and events out of their rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, RowMapping, select

from privlib.adapters.sql.chunks import ids_by_kind, in_chunks
from privlib.adapters.sql.prepared import Prepared
from privlib.adapters.sql.tables import DECISIONS, EVENTS, OUTBOX, keyed
from privlib.decisions import stored
from privlib.decisions.decision import Decision, EntityVersion
from privlib.decisions.records import DecisionRecord
from privlib.events import Event
from privlib.plugins.storages import Recorded
from privlib.requests import Request
from privlib.values.actor import Actor
from privlib.values.ids import EntityRef
from privlib.values.moment import from_micros

__all__ = ["read_decisions", "read_events", "read_input_hashes"]

_READ_HASH: Final = Prepared(
    select(DECISIONS.c["key"], DECISIONS.c.input_hash).where(*keyed(DECISIONS, "shop", "key"))
)


def read_input_hashes(connection: Connection, shop: str, keys: Iterable[str]) -> dict[str, str]:
    """Of the decisions that were stored under these keys, the hashes of what was told."""
    known: dict[str, str] = {}
    for chunk in in_chunks(keys):
        if len(chunk) == 1:
            found = _READ_HASH.execute(connection, {"the_shop": shop, "the_key": chunk[0]})
        else:
            statement = select(DECISIONS.c["key"], DECISIONS.c.input_hash).where(
                DECISIONS.c.shop == shop, DECISIONS.c["key"].in_(chunk)
            )
            found = connection.execute(statement)
        known.update((key, hashed) for key, hashed in found)
    return known


def read_decisions(connection: Connection, shop: str, keys: Iterable[str]) -> dict[str, Decision]:
    """The decisions that were stored under these keys, put together from their rows."""
    rows: list[RowMapping] = []
    for chunk in in_chunks(keys):
        statement = select(DECISIONS).where(DECISIONS.c.shop == shop, DECISIONS.c["key"].in_(chunk))
        rows.extend(connection.execute(statement).mappings())
    records = {row["key"]: DecisionRecord.load(row["body"]) for row in rows}
    events = _events_of(connection, shop, records.values())
    requests = _requests_of(connection, shop, records.values())
    return {
        row["key"]: records[row["key"]].decision(
            key=row["key"],
            input_hash=row["input_hash"],
            program=row["program"],
            at=from_micros(row["at"]),
            by=Actor(row["by_kind"], row["by_id"]),
            events=tuple(events[entry] for entry in records[row["key"]].events),
            requests=tuple(
                requests[key] for key in records[row["key"]].requests if key in requests
            ),
        )
        for row in rows
    }


def _events_of(
    connection: Connection, shop: str, records: Iterable[DecisionRecord]
) -> dict[EntityVersion, Event]:
    wanted = [entry for record in records for entry in record.events]
    found: dict[EntityVersion, Event] = {}
    needed = set(wanted)
    for (kind, low, high), ids in _by_range(wanted).items():
        for chunk in in_chunks(ids):
            statement = select(EVENTS.c.id, EVENTS.c.version, EVENTS.c.body).where(
                EVENTS.c.shop == shop,
                EVENTS.c.kind == kind,
                EVENTS.c.id.in_(chunk),
                EVENTS.c.version.between(low, high),
            )
            for id, version, body in connection.execute(statement):
                entry = EntityVersion(kind, id, version)
                if entry in needed:
                    found[entry] = stored.EVENTS.load(body)
    return found


def _by_range(entries: Iterable[EntityVersion]) -> dict[tuple[str, int, int], list[str]]:
    """The entities of these entries, by kind and by the range of versions wanted of each.

    A range is one seek in the key; pairs of id and version would be a scan on SQLite.
    """
    ranges: dict[tuple[str, int, int], list[str]] = {}
    for (kind, id), group in groupby(sorted(entries), key=lambda entry: (entry.kind, entry.id)):
        versions = [entry.version for entry in group]
        ranges.setdefault((kind, versions[0], versions[-1]), []).append(id)
    return ranges


def _requests_of(
    connection: Connection, shop: str, records: Iterable[DecisionRecord]
) -> dict[str, Request]:
    found: dict[str, Request] = {}
    for chunk in in_chunks(key for record in records for key in record.requests):
        statement = select(OUTBOX.c["key"], OUTBOX.c.body).where(
            OUTBOX.c.shop == shop, OUTBOX.c["key"].in_(chunk)
        )
        for key, body in connection.execute(statement):
            found[key] = stored.REQUESTS.load(body)
    return found


def read_events(
    connection: Connection, shop: str, refs: Iterable[EntityRef]
) -> tuple[Recorded, ...]:
    """All events about these entities, in the order in which they were decided."""
    found: list[Recorded] = []
    for kind, ids in ids_by_kind(refs).items():
        for chunk in in_chunks(ids):
            statement = select(
                EVENTS.c.decision,
                EVENTS.c.number,
                EVENTS.c.decided_at,
                EVENTS.c.recorded_at,
                EVENTS.c.body,
            ).where(EVENTS.c.shop == shop, EVENTS.c.kind == kind, EVENTS.c.id.in_(chunk))
            found.extend(
                Recorded(
                    event=stored.EVENTS.load(body),
                    decision=decision,
                    number=number,
                    decided_at=from_micros(decided_at),
                    recorded_at=from_micros(recorded_at),
                )
                for decision, number, decided_at, recorded_at, body in connection.execute(statement)
            )
    return tuple(sorted(found, key=lambda recorded: recorded.place))
