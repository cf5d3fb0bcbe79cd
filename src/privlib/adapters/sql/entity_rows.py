"""Entity rows: compared with what was read, under lock, and written with their index keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, text, update

from privlib.adapters.sql.chunks import in_chunks
from privlib.adapters.sql.prepared import Prepared, inserting
from privlib.adapters.sql.tables import ENTITIES, INDEX, keyed
from privlib.decisions import stored
from privlib.encoding.canonical import encode_plain
from privlib.entities import Entity
from privlib.plugins.saving import SavePlan
from privlib.values.ids import EntityRef

__all__ = ["write_entities"]

_NO_KEYS: Final = "[]"

_LOCKED: Final = select(ENTITIES.c.id, ENTITIES.c.version, ENTITIES.c["keys"]).with_for_update()
_LOCK_ONE: Final = Prepared(_LOCKED.where(*keyed(ENTITIES, "shop", "kind", "id")))
_LOCK_MANY: Final = _LOCKED.where(
    *keyed(ENTITIES, "shop", "kind"), ENTITIES.c.id.in_(bindparam("ids", expanding=True))
).order_by(ENTITIES.c.id)
# Rows that are not there cannot be locked. A thousand locks serve them all, since a large save
# would run out of its own.
_HOLD_BLANKS: Final = text(
    "SELECT pg_advisory_xact_lock(lock) FROM ("
    "SELECT DISTINCT hashtextextended(blank, 0) % 1024 AS lock "
    "FROM unnest(CAST(:blanks AS text[])) AS blank ORDER BY lock) AS locks"
)
_INSERT_ENTITY: Final = inserting(ENTITIES)
_UPDATE_ENTITY: Final = Prepared(
    update(ENTITIES)
    .where(*keyed(ENTITIES, "shop", "kind", "id"))
    .values({name: bindparam(f"the_{name}") for name in ("version", "keys", "body")})
)
_DELETE_INDEX: Final = Prepared(delete(INDEX).where(*keyed(INDEX, "shop", "kind", "id")))
_INSERT_INDEX: Final = inserting(INDEX)


def write_entities(connection: Connection, shop: str, plan: SavePlan) -> None:
    """Compare every guarded version with what is there now, and write what changed.

    Raises StaleDecisionError where something has changed since it was read.
    """
    old_keys = _lock_guarded(connection, shop, plan)
    new: list[dict[str, object]] = []
    changed: list[dict[str, object]] = []
    moved: list[Entity] = []
    for ref in sorted(plan.entities):
        entity = plan.entities[ref]
        row = _entity_row(shop, entity)
        (new if plan.guards[ref] == 0 else changed).append(row)
        if row["keys"] != old_keys.get(ref, _NO_KEYS):
            moved.append(entity)
    _INSERT_ENTITY.execute_many(connection, new)
    _UPDATE_ENTITY.execute_many(
        connection, [{f"the_{name}": value for name, value in row.items()} for row in changed]
    )
    _reindex(connection, shop, moved, old_keys)


def _lock_guarded(connection: Connection, shop: str, plan: SavePlan) -> dict[EntityRef, str]:
    """The index keys of all that is guarded, once its versions are known to be those read."""
    keys: dict[EntityRef, str] = {}
    versions: dict[EntityRef, int] = {}
    _hold_blanks(connection, shop, plan)
    for ref, version, indexed in _locked(connection, shop, plan):
        versions[ref] = version
        keys[ref] = indexed
    plan.check_guards(lambda ref: versions.get(ref, 0))
    return keys


def _hold_blanks(connection: Connection, shop: str, plan: SavePlan) -> None:
    """Let nobody create, until the end, what was read as not being there. SQLite has one writer."""
    if connection.dialect.name != "postgresql":
        return
    blanks = [encode_plain([shop, *ref]) for ref, version in plan.guards.items() if version == 0]
    if blanks:
        connection.execute(_HOLD_BLANKS, {"blanks": blanks})


def _locked(
    connection: Connection, shop: str, plan: SavePlan
) -> Iterator[tuple[EntityRef, int, str]]:
    """Lock the rows that are there, in the order of their keys."""
    for kind, refs in groupby(plan.guards, key=lambda ref: ref.kind):
        for ids in in_chunks(ref.id for ref in refs):
            values = {"the_shop": shop, "the_kind": kind}
            found = (
                _LOCK_ONE.execute(connection, {**values, "the_id": ids[0]})
                if len(ids) == 1
                else connection.execute(_LOCK_MANY, {**values, "ids": ids})
            )
            for id, version, indexed in found:
                yield EntityRef(kind, id), version, indexed


def _entity_row(shop: str, entity: Entity) -> dict[str, object]:
    return {
        "shop": shop,
        "kind": entity.kind,
        "id": entity.id,
        "version": entity.version,
        "keys": encode_plain(entity.index_keys),
        "body": stored.ENTITIES.dump(entity),
    }


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
    _DELETE_INDEX.execute_many(connection, gone)
    _INSERT_INDEX.execute_many(connection, rows)
