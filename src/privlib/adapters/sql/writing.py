"""Writing: one plan, statement by statement, each kind of row in the order of its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Insert,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from privlib.adapters.saving import SavePlan
from privlib.adapters.sql.reading import in_chunks
from privlib.adapters.sql.tables import (
    DECISIONS,
    ENTITIES,
    EVENTS,
    INDEX,
    LIMITS,
    OUTBOX,
    PERSONAL,
    TIMERS,
)
from privlib.decisions import stored
from privlib.encoding.canonical import encode_plain
from privlib.entities import Entity
from privlib.errors import StaleDecisionError, StorageBugError
from privlib.reservations import Exhausted, Reservation
from privlib.values.ids import EntityRef
from privlib.values.moment import to_micros
from privlib.values.money import LARGEST_MINOR

__all__ = ["Row", "insert_ignoring", "write_plan"]

Row = dict[str, Any]
_NO_KEYS = "[]"
_MANY = 20


def insert_ignoring(connection: Connection, table: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 - a table
    """Insert rows that may be there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    if rows:
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _execute_many(
    connection: Connection, statement: Insert | Update | Delete, rows: list[Row]
) -> None:
    """Run one statement for many rows.

    For very many, the driver is given the compiled statement itself: Core would bind each value of
    each row by name, which takes longer than writing it.
    """
    if len(rows) < _MANY:
        if rows:
            connection.execute(statement, rows)
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if compiled.positiontup is None:
        connection.exec_driver_sql(compiled.string, rows)
    else:
        take = itemgetter(*compiled.positiontup)
        connection.exec_driver_sql(compiled.string, [take(row) for row in rows])


def write_plan(connection: Connection, shop: str, plan: SavePlan, *, now: int) -> Exhausted | None:
    """Check all that the plan is based on and write all that it says.

    Says which limit has no room, if one has not; then the caller rolls back.
    """
    _write_decisions(connection, shop, plan, now)
    _write_entities(connection, shop, plan)
    exhausted = _take_room(connection, shop, plan.reservations)
    if exhausted is not None:
        return exhausted
    _write_events(connection, shop, plan, now)
    _write_timers(connection, shop, plan)
    _write_requests(connection, shop, plan, now)
    _write_personal(connection, shop, plan)
    return None


def _write_decisions(connection: Connection, shop: str, plan: SavePlan, now: int) -> None:
    rows = [
        {
            "shop": shop,
            "key": decision.key,
            "input_hash": decision.input_hash,
            "program": decision.program,
            "at": to_micros(decision.at),
            "recorded_at": plan.recorded_at(decision, now),
            "by_kind": decision.by.kind.value,
            "by_id": decision.by.id,
            "body": stored.DecisionRecord.of(decision).dump(),
        }
        for decision in plan.fresh
    ]
    _execute_many(connection, insert(DECISIONS), sorted(rows, key=lambda row: row["key"]))


def _write_entities(connection: Connection, shop: str, plan: SavePlan) -> None:
    """Compare every guarded version with what is there now, under lock, and write what changed."""
    old_keys = _lock_guarded(connection, shop, plan)
    new: list[Row] = []
    changed: list[Row] = []
    moved: list[Entity] = []
    for ref in sorted(plan.entities):
        entity = plan.entities[ref]
        row = _entity_row(shop, entity)
        (new if plan.guards[ref] == 0 else changed).append(row)
        if row["keys"] != old_keys.get(ref, _NO_KEYS):
            moved.append(entity)
    _execute_many(connection, insert(ENTITIES), new)
    _execute_many(connection, _UPDATE_ENTITY, [_prefixed(row) for row in changed])
    _reindex(connection, shop, moved, old_keys)


def _lock_guarded(connection: Connection, shop: str, plan: SavePlan) -> dict[EntityRef, str]:
    keys: dict[EntityRef, str] = {}
    versions: dict[EntityRef, int] = {}
    for kind, refs in groupby(plan.guards, key=lambda ref: ref.kind):
        for ids in in_chunks(ref.id for ref in refs):
            found = connection.execute(_LOCK_ENTITIES, {"shop": shop, "kind": kind, "ids": ids})
            for id, version, indexed in found:
                versions[EntityRef(kind, id)] = version
                keys[EntityRef(kind, id)] = indexed
    for ref, version in plan.guards.items():
        if versions.get(ref, 0) != version:
            raise StaleDecisionError(f"{ref.kind} has changed since it was read")
    return keys


def _entity_row(shop: str, entity: Entity) -> Row:
    return {
        "shop": shop,
        "kind": entity.kind,
        "id": entity.id,
        "version": entity.version,
        "keys": encode_plain(entity.index_keys),
        "body": stored.ENTITIES.dump(entity),
    }


def _prefixed(row: Row) -> Row:
    return {f"the_{name}": value for name, value in row.items()}


def _reindex(
    connection: Connection, shop: str, moved: Sequence[Entity], old_keys: Mapping[EntityRef, str]
) -> None:
    """Write the index keys of entities of which they are others than before."""
    gone = [
        {"the_shop": shop, "the_kind": entity.kind, "the_id": entity.id}
        for entity in moved
        if old_keys.get(entity.ref, _NO_KEYS) != _NO_KEYS
    ]
    rows = [
        {"shop": shop, "kind": entity.kind, "id": entity.id, "name": key.name, "value": key.value}
        for entity in moved
        for key in entity.index_keys
    ]
    _execute_many(connection, _DELETE_INDEX, gone)
    _execute_many(connection, insert(INDEX), rows)


def _take_room(
    connection: Connection, shop: str, reservations: Sequence[Reservation]
) -> Exhausted | None:
    """Take room from each limit in one statement that checks it, in the order of their keys."""
    keys = dict.fromkeys(each.limit_key for each in reservations)
    insert_ignoring(connection, LIMITS, [{"shop": shop, "key": key, "used": 0} for key in keys])
    for each in reservations:
        values = {
            "the_shop": shop,
            "the_key": each.limit_key,
            "amount": each.amount,
            "room": each.limit - each.amount if each.amount > 0 else LARGEST_MINOR,
            "floor": max(0, -each.amount),
        }
        if connection.execute(_TAKE_ROOM, values).rowcount == 1:
            continue
        used = connection.scalar(_USED, {"the_shop": shop, "the_key": each.limit_key})
        if each.amount <= 0:
            raise StorageBugError("more is given back to a limit than was taken from it")
        return Exhausted(
            limit_key=each.limit_key, used=used or 0, limit=each.limit, wanted=each.amount
        )
    return None


def _write_events(connection: Connection, shop: str, plan: SavePlan, now: int) -> None:
    rows = [
        {
            "shop": shop,
            "kind": ref.kind,
            "id": ref.id,
            "version": version,
            "decision": decision.key,
            "number": number,
            "decided_at": to_micros(decision.at),
            "recorded_at": plan.recorded_at(decision, now),
            "body": stored.EVENTS.dump(event),
        }
        for ref, version, decision, number, event in plan.events
    ]
    _execute_many(connection, insert(EVENTS), rows)


def _write_timers(connection: Connection, shop: str, plan: SavePlan) -> None:
    for fired in sorted(plan.fires, key=lambda timer: timer.key):
        values = {
            "the_shop": shop,
            "the_key": fired.key,
            "the_body": stored.TIMERS.dump(fired),
        }
        if connection.execute(_FIRE_TIMER, values).rowcount != 1:
            raise StaleDecisionError("the timer has been moved, cancelled or fired since")
    keys = sorted(plan.timers)
    if keys:
        connection.execute(_DELETE_TIMER, [{"the_shop": shop, "the_key": key} for key in keys])
    rows = [
        {
            "shop": shop,
            "key": key,
            "due": to_micros(timer.due),
            "body": stored.TIMERS.dump(timer),
        }
        for key in keys
        if (timer := plan.timers[key]) is not None
    ]
    _execute_many(connection, insert(TIMERS), rows)


def _write_requests(connection: Connection, shop: str, plan: SavePlan, now: int) -> None:
    rows = [
        {
            "shop": shop,
            "key": request.key,
            "decision": decision.key,
            "number": number,
            "customer": request.customer,
            "state": "pending",
            "due": to_micros(decision.at),
            "recorded_at": plan.recorded_at(decision, now),
            "attempts": 0,
            "reason": "",
            "body": stored.REQUESTS.dump(request),
        }
        for decision, number, request in plan.requests
    ]
    _execute_many(connection, insert(OUTBOX), rows)


def _write_personal(connection: Connection, shop: str, plan: SavePlan) -> None:
    for value in plan.personal:
        keys = {"the_shop": shop, "the_ref": value.ref.id}
        connection.execute(_DELETE_PERSONAL, keys)
        connection.execute(
            insert(PERSONAL),
            {
                "shop": shop,
                "ref": value.ref.id,
                "customer": value.customer,
                "value": value.value.reveal(),
            },
        )


def _is(table: Any, *names: str) -> list[Any]:  # noqa: ANN401 - a table
    return [table.c[name] == bindparam(f"the_{name}") for name in names]


_LOCK_ENTITIES = (
    select(ENTITIES.c.id, ENTITIES.c.version, ENTITIES.c["keys"])
    .where(
        ENTITIES.c.shop == bindparam("shop"),
        ENTITIES.c.kind == bindparam("kind"),
        ENTITIES.c.id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(ENTITIES.c.id)
    .with_for_update()
)
_UPDATE_ENTITY = (
    update(ENTITIES)
    .where(*_is(ENTITIES, "shop", "kind", "id"))
    .values({name: bindparam(f"the_{name}") for name in ("version", "keys", "body")})
)
_DELETE_INDEX = delete(INDEX).where(*_is(INDEX, "shop", "kind", "id"))
_TAKE_ROOM = (
    update(LIMITS)
    .where(
        *_is(LIMITS, "shop", "key"),
        LIMITS.c.used <= bindparam("room"),
        LIMITS.c.used >= bindparam("floor"),
    )
    .values(used=LIMITS.c.used + bindparam("amount"))
)
_USED = select(LIMITS.c.used).where(*_is(LIMITS, "shop", "key"))
_FIRE_TIMER = delete(TIMERS).where(*_is(TIMERS, "shop", "key", "body"))
_DELETE_TIMER = delete(TIMERS).where(*_is(TIMERS, "shop", "key"))
_DELETE_PERSONAL = delete(PERSONAL).where(*_is(PERSONAL, "shop", "ref"))
