"""Connecting: an engine of our own, or what the host has open already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from attrs import define
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from privlib.adapters.sql.errors import translated
from privlib.adapters.sql.joining import JoinedAccess, LentAccess
from privlib.adapters.sql.lending import RawConnection, lend
from privlib.adapters.sql.opening import check_backend, open_engine, opening
from privlib.adapters.sql.sqlite import WRITES, begin_for_real
from privlib.adapters.sql.tables import check_schema, create_tables

__all__ = ["Access", "OwnAccess", "Source", "access_to"]

Source: TypeAlias = str | URL | Engine | Connection | Session | RawConnection


@define(eq=False)
class OwnAccess:
    """Transactions on an engine of our own: each begins, commits or rolls back by itself."""

    engine: Engine
    opened_here: bool
    joined: bool = False

    def close(self) -> None:
        if self.opened_here:
            self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def saving(self) -> Iterator[Connection]:
        with translated(), self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            transaction = connection.begin()
            try:
                begin_for_real(connection)
                yield connection
            except BaseException:
                transaction.rollback()
                raise
            with translated(committing=True):
                transaction.commit()

    working = saving


Access: TypeAlias = OwnAccess | JoinedAccess | LentAccess


def access_to(source: Source, *, durability: str) -> Access:
    """The way to a database: opened by URL, or over what the host has open already.

    By URL, and over an engine, missing tables are laid out. Raises StorageUnavailableError where
    the database cannot be opened, SchemaVersionError where another release has laid it out.
    """
    if isinstance(source, Connection | Session):
        return _checked(JoinedAccess(source))
    if isinstance(source, RawConnection):
        return _checked(LentAccess(lend(source)))
    if isinstance(source, Engine):
        check_backend(source.dialect.name)
        access = OwnAccess(source, opened_here=False)
    else:
        access = OwnAccess(open_engine(source, durability=durability), opened_here=True)
    try:
        with opening(), access.saving() as connection:
            create_tables(connection)
    except BaseException:
        access.close()
        raise
    return access


def _checked(access: JoinedAccess | LentAccess) -> JoinedAccess | LentAccess:
    """Refuse a host's connection on which our tables are not, or not those of this release."""
    with access.reading() as connection:
        check_backend(connection.dialect.name)
        check_schema(connection)
    return access
