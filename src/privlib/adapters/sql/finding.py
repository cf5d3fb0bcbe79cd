"""Finding: entities by reference, and page by page by what they are found under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, or_, select

from privlib.adapters.sql.chunks import ids_by_kind, in_chunks
from privlib.adapters.sql.prepared import Prepared
from privlib.adapters.sql.tables import ENTITIES, INDEX, keyed
from privlib.decisions import stored
from privlib.entities import Entity
from privlib.entities.query import Query
from privlib.values.ids import EntityRef

__all__ = ["find_entities", "read_entities"]

_READ_ENTITY: Final = Prepared(
    select(ENTITIES.c.id, ENTITIES.c.body).where(*keyed(ENTITIES, "shop", "kind", "id"))
)


def read_entities(
    connection: Connection, shop: str, refs: Iterable[EntityRef]
) -> tuple[Entity, ...]:
    """The entities of these references that there are, in the order asked for."""
    wanted = list(dict.fromkeys(refs))
    found: dict[EntityRef, Entity] = {}
    for kind, ids in ids_by_kind(wanted).items():
        for chunk in in_chunks(ids):
            for id, body in _bodies(connection, shop, kind, chunk):
                found[EntityRef(kind, id)] = stored.ENTITIES.load(body)
    return tuple(found[ref] for ref in wanted if ref in found)


def _bodies(
    connection: Connection, shop: str, kind: str, ids: list[str]
) -> Iterable[Row[*tuple[Any, ...]]]:
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
