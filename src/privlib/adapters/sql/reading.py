"""Reading: entities, decisions and events out of their rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, RowMapping, and_, or_, select

from privlib.adapters.sql.prepared import Prepared
from privlib.adapters.sql.tables import DECISIONS, ENTITIES, EVENTS, INDEX, OUTBOX, keyed
from privlib.decisions import stored
from privlib.decisions.decision import Decision, EntityVersion
from privlib.entities import Entity
from privlib.entities.query import Query
from privlib.events import Event
from privlib.plugins.protocols import Recorded
from privlib.requests import Request
from privlib.values.actor import Actor
from privlib.values.ids import EntityRef
from privlib.values.moment import from_micros

__all__ = [
    "find_entities",
    "in_chunks",
    "read_decisions",
    "read_entities",
    "read_events",
    "read_input_hashes",
]

T = TypeVar("T")
_CHUNK: Final = 500
_READ_ENTITY: Final = Prepared(
    select(ENTITIES.c.id, ENTITIES.c.body).where(*keyed(ENTITIES, "shop", "kind", "id"))
)
_READ_HASH: Final = Prepared(
    select(DECISIONS.c["key"], DECISIONS.c.input_hash).where(*keyed(DECISIONS, "shop", "key"))
)


def in_chunks(items: Iterable[T]) -> Iterable[list[T]]:
    """The items, so many at a time as one statement takes."""
    listed = list(dict.fromkeys(items))
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))


def _by_kind(refs: Iterable[EntityRef]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for ref in refs:
        kinds.setdefault(ref.kind, []).append(ref.id)
    return kinds


def read_entities(
    connection: Connection, shop: str, refs: Iterable[EntityRef]
) -> tuple[Entity, ...]:
    """The entities of these references that there are, in the order asked for."""
    wanted = list(dict.fromkeys(refs))
    found: dict[EntityRef, Entity] = {}
    for kind, ids in _by_kind(wanted).items():
        for chunk in in_chunks(ids):
            for id, body in _bodies(connection, shop, kind, chunk):
                found[EntityRef(kind, id)] = stored.ENTITIES.load(body)
    return tuple(found[ref] for ref in wanted if ref in found)


def _bodies(
    connection: Connection, shop: str, kind: str, ids: list[str]
) -> Iterable[Row[tuple[str, str]]]:
    if len(ids) == 1:
        values = {"the_shop": shop, "the_kind": kind, "the_id": ids[0]}
        return _READ_ENTITY.execute(connection, values)
    statement = select(ENTITIES.c.id, ENTITIES.c.body).where(
        ENTITIES.c.shop == shop, ENTITIES.c.kind == kind, ENTITIES.c.id.in_(ids)
    )
    return connection.execute(statement)


def find_entities(connection: Connection, shop: str, query: Query) -> tuple[Entity, ...]:
    """One page of the entities that a query describes."""
    statement = _by_id(shop, query) if query.index is None else _by_index(shop, query)
    rows = connection.execute(statement.limit(query.limit))
    return tuple(stored.ENTITIES.load(body) for (body,) in rows)


def _by_id(shop: str, query: Query) -> Any:  # noqa: ANN401 - a statement
    statement = select(ENTITIES.c.body).where(
        ENTITIES.c.shop == shop, ENTITIES.c.kind == query.kind
    )
    if query.after is not None:
        statement = statement.where(ENTITIES.c.id > query.after.id)
    return statement.order_by(ENTITIES.c.id)


def _by_index(shop: str, query: Query) -> Any:  # noqa: ANN401 - a statement
    same_entity = and_(
        ENTITIES.c.shop == INDEX.c.shop,
        ENTITIES.c.kind == INDEX.c.kind,
        ENTITIES.c.id == INDEX.c.id,
    )
    statement = (
        select(ENTITIES.c.body)
        .select_from(INDEX.join(ENTITIES, same_entity))
        .where(INDEX.c.shop == shop, INDEX.c.kind == query.kind, INDEX.c.name == query.index)
    )
    if query.low is not None:
        statement = statement.where(INDEX.c.value >= query.low)
    if query.high is not None:
        statement = statement.where(INDEX.c.value <= query.high)
    if query.after is not None:
        later_id = and_(INDEX.c.value == query.after.value, INDEX.c.id > query.after.id)
        statement = statement.where(or_(INDEX.c.value > query.after.value, later_id))
    return statement.order_by(INDEX.c.value, INDEX.c.id)


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
    records = {row["key"]: stored.DecisionRecord.load(row["body"]) for row in rows}
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
    connection: Connection, shop: str, records: Iterable[stored.DecisionRecord]
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
    connection: Connection, shop: str, records: Iterable[stored.DecisionRecord]
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
    for kind, ids in _by_kind(refs).items():
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
