"""Connecting: an engine of our own, or the host's connection or session to join."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from attrs import define
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from privlib.adapters.sql.errors import translated
from privlib.adapters.sql.opening import check_backend, open_engine, opening
from privlib.adapters.sql.sqlite import WRITES, begin_for_real
from privlib.adapters.sql.tables import check_schema, create_tables
from privlib.errors import NotCommittedError

__all__ = ["Access", "JoinedAccess", "OwnAccess", "Source", "access_to"]

Source: TypeAlias = str | URL | Engine | Connection | Session


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


@define(eq=False)
class JoinedAccess:
    """Savepoints in the host's transaction, which the host commits."""

    host: Connection | Session
    joined: bool = True

    def close(self) -> None:
        """Leave it alone: the host closes what he has opened."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in the host's transaction; where he has none open, leave none open behind."""
        if self.host.in_transaction():
            with translated():
                yield self._connection()
        else:
            with self._between() as connection:
                yield connection

    @contextmanager
    def saving(self) -> Iterator[Connection]:
        with translated():
            connection = self._connection()
            begin_for_real(connection)
            with connection.begin_nested():
                yield connection

    @contextmanager
    def working(self) -> Iterator[Connection]:
        """Write in a transaction of our own, which the host's must not be open for."""
        if self.host.in_transaction():
            raise NotCommittedError("the host's transaction is still open: commit it first")
        with self._between() as connection:
            begin_for_real(connection)
            yield connection

    @contextmanager
    def _between(self) -> Iterator[Connection]:
        """A transaction of our own on the host's connection, between two of the host's."""
        with translated():
            connection = self._connection()
            try:
                yield connection
            except BaseException:
                self.host.rollback()
                raise
            with translated(committing=True):
                self.host.commit()

    def _connection(self) -> Connection:
        return self.host.connection() if isinstance(self.host, Session) else self.host


Access: TypeAlias = OwnAccess | JoinedAccess


def access_to(source: Source, *, durability: str) -> Access:
    """The way to a database: opened by URL, or over what the host has open already.

    By URL, and over an engine, missing tables are laid out. Raises StorageUnavailableError where
    the database cannot be opened, SchemaVersionError where another release has laid it out.
    """
    if isinstance(source, Connection | Session):
        return _join(source)
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


def _join(host: Connection | Session) -> JoinedAccess:
    access = JoinedAccess(host)
    with access.reading() as connection:
        check_backend(connection.dialect.name)
        check_schema(connection)
    return access
