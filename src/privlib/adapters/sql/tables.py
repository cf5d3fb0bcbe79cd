"""Tables: how everything is laid out, with text, whole numbers and nothing else.

The shop is the first column of every key. SQLite's tables are STRICT and need no row ids; on
PostgreSQL, text is compared by code point and whole numbers have 64 bits, as in SQLite.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    func,
    insert,
    inspect,
    select,
)

from privlib.adapters.sql.sqlite import begin_for_real
from privlib.errors import SchemaVersionError

__all__ = [
    "DECISIONS",
    "ENTITIES",
    "EVENTS",
    "INDEX",
    "LIMITS",
    "METADATA",
    "OUTBOX",
    "PARTS",
    "PERSONAL",
    "PROGRAMS",
    "SCHEMA_VERSION",
    "TIMERS",
    "check_schema",
    "create_tables",
    "keyed",
]

SCHEMA_VERSION: Final = 1

METADATA: Final = MetaData()
_LAYING_OUT: Final = 0x7072_6976_6C69_62
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
_WHOLE = Integer().with_variant(BigInteger(), "postgresql")


def _text(name: str, *, key: bool = False, optional: bool = False) -> Column[Any]:
    return Column(name, _TEXT, primary_key=key, nullable=optional)


def _whole(name: str, *, key: bool = False, optional: bool = False) -> Column[Any]:
    return Column(name, _WHOLE, primary_key=key, nullable=optional, autoincrement=False)


def _table(name: str, *columns: Column[Any] | Index) -> Table:
    return Table(f"privlib_{name}", METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=False)


META = _table("meta", _text("name", key=True), _text("value"))

ENTITIES = _table(
    "entities",
    _text("shop", key=True),
    _text("kind", key=True),
    _text("id", key=True),
    _whole("version"),
    _text("keys"),
    _text("body"),
)
INDEX = _table(
    "entity_index",
    _text("shop", key=True),
    _text("kind", key=True),
    _text("name", key=True),
    _text("value", key=True),
    _text("id", key=True),
)
DECISIONS = _table(
    "decisions",
    _text("shop", key=True),
    _text("key", key=True),
    _text("input_hash"),
    _text("program"),
    _whole("at"),
    _whole("recorded_at"),
    _text("by_kind"),
    _text("by_id"),
    _text("body"),
)
EVENTS = _table(
    "events",
    _text("shop", key=True),
    _text("kind", key=True),
    _text("id", key=True),
    _whole("version", key=True),
    _text("decision"),
    _whole("number"),
    _whole("decided_at"),
    _whole("recorded_at"),
    _text("body"),
)
OUTBOX = _table(
    "outbox",
    _text("shop", key=True),
    _text("key", key=True),
    _text("decision"),
    _whole("number"),
    _text("customer"),
    _text("state"),
    _whole("due"),
    _whole("recorded_at"),
    _whole("attempts"),
    _text("reason"),
    _text("body"),
    Index("privlib_outbox_due", "shop", "state", "due"),
)
TIMERS = _table(
    "timers",
    _text("shop", key=True),
    _text("key", key=True),
    _whole("due"),
    _text("body"),
    Index("privlib_timers_due", "shop", "due", "key"),
)
LIMITS = _table(
    "limits",
    _text("shop", key=True),
    _text("key", key=True),
    _whole("used"),
)
PROGRAMS = _table(
    "programs",
    _text("shop", key=True),
    _text("version", key=True),
    _text("name", key=True),
    _text("digest"),
)
PARTS = _table(
    "program_parts",
    _text("shop", key=True),
    _text("digest", key=True),
    _text("body"),
)
PERSONAL = _table(
    "personal",
    _text("shop", key=True),
    _text("ref", key=True),
    _text("customer"),
    _text("value"),
    Index("privlib_personal_customer", "shop", "customer"),
)


def keyed(table: Table, *names: str) -> list[ColumnElement[bool]]:
    """What picks out a row: these columns, each as its parameter `the_…` says."""
    return [table.c[name] == bindparam(f"the_{name}") for name in names]


def create_tables(connection: Connection) -> None:
    """Lay out the tables on this connection, if they are not there; the caller commits.

    Raises SchemaVersionError where another release has laid them out.
    """
    begin_for_real(connection)
    if connection.dialect.name == "postgresql":
        # Two processes may open an empty database at once: the second waits for the first.
        connection.execute(select(func.pg_advisory_xact_lock(_LAYING_OUT)))
    if inspect(connection).has_table(META.name):
        check_schema(connection)
        return
    METADATA.create_all(connection, checkfirst=True)
    connection.execute(insert(META).values(name="schema", value=str(SCHEMA_VERSION)))


def check_schema(connection: Connection) -> None:
    """Refuse tables that are not of this release."""
    if not inspect(connection).has_table(META.name):
        raise SchemaVersionError(
            "there are no privlib tables on this connection: run create_tables(connection) first"
        )
    found = connection.scalar(select(META.c.value).where(META.c.name == "schema"))
    if found != str(SCHEMA_VERSION):
        raise SchemaVersionError(
            f"the storage is laid out in version {found!r:.20}; this release knows "
            f"version {SCHEMA_VERSION}"
        )
