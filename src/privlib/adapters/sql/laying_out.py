"""Laying out: our tables on a connection of the host's, SQLAlchemy's or raw."""

from __future__ import annotations

from sqlalchemy import Connection

from privlib.adapters.sql import tables
from privlib.adapters.sql.joining import LentAccess
from privlib.adapters.sql.lending import RawConnection, lend
from privlib.errors import InvalidValueError

__all__ = ["create_tables"]


def create_tables(connection: Connection | RawConnection) -> None:
    """Lay out the tables on this connection, if they are not there; the caller commits.

    It is SQLAlchemy's Connection, or a raw one of sqlite3 or psycopg. A raw connection that
    commits every statement by itself, and is in no transaction, commits this too.

    Raises SchemaVersionError where another release has laid them out, InvalidValueError for what is
    no connection.
    """
    if isinstance(connection, RawConnection):
        with LentAccess(lend(connection)).saving() as lent:
            tables.create_tables(lent)
    elif isinstance(connection, Connection):
        tables.create_tables(connection)
    else:
        raise InvalidValueError(
            "tables are laid out on SQLAlchemy's Connection, or a raw one of sqlite3 or psycopg; "
            f"got {type(connection).__name__}"
        )
