"""Joining: the host's open transaction, over SQLAlchemy or over his raw connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from attrs import define, field, frozen
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from privlib.adapters.sql.errors import translated
from privlib.adapters.sql.lending import Lent, engine_over
from privlib.adapters.sql.sqlite import begin_for_real
from privlib.errors import NotCommittedError

__all__ = ["JoinedAccess", "LentAccess"]


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
            raise NotCommittedError(_STILL_OPEN)
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


@frozen
class _Bracket:
    """The statements around a piece of work: before it, after it, and if it fails."""

    begin: str | None
    keep: str | None
    undo: tuple[str, ...]


@define(eq=False)
class LentAccess:
    """Savepoints in the transaction of the host's raw connection, which the host commits.

    Where the connection commits every statement by itself and the host has begun nothing, a save
    is such a statement: it begins and commits a transaction of its own.
    """

    lent: Lent
    joined: bool = True
    _engine: Engine = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._engine = engine_over(self.lent)

    def close(self) -> None:
        """Leave it alone: the host closes what he has opened."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in the host's transaction; where he has none open, leave none open behind."""
        if self.lent.in_transaction:
            with translated(), self._engine.connect() as connection:
                yield connection
        else:
            with self._within(self._between(writing=False)) as connection:
                yield connection

    @contextmanager
    def saving(self) -> Iterator[Connection]:
        with self._within(self._joining()) as connection:
            yield connection

    @contextmanager
    def working(self) -> Iterator[Connection]:
        """Write in a transaction of our own, which the host's must not be open for."""
        if self.lent.in_transaction:
            raise NotCommittedError(_NEVER_IDLE if self.lent.never_idle else _STILL_OPEN)
        with self._within(self._between(writing=True)) as connection:
            yield connection

    def _joining(self) -> _Bracket:
        """What a save stands in, so that the host's work outlives its failure."""
        if self.lent.in_transaction:
            return _SAVEPOINT
        if self.lent.commits_by_itself:
            return self._between(writing=True)
        return _Bracket(self.lent.begin(writing=True), None, (_ROLLBACK,))

    def _between(self, *, writing: bool) -> _Bracket:
        """A transaction of our own on the host's connection, between two of the host's."""
        return _Bracket(self.lent.begin(writing=writing), _COMMIT, (_ROLLBACK,))

    @contextmanager
    def _within(self, bracket: _Bracket) -> Iterator[Connection]:
        with translated(), self._engine.connect() as connection:
            _run(connection, bracket.begin)
            try:
                yield connection
                with translated(committing=bracket.keep == _COMMIT):
                    _run(connection, bracket.keep)
            except BaseException:
                self._undo(bracket)
                raise

    def _undo(self, bracket: _Bracket) -> None:
        """Undo over a fresh face of the same connection: SQLAlchemy may have given the other up."""
        if self.lent.in_transaction:
            with self._engine.connect() as connection:
                for statement in bracket.undo:
                    _run(connection, statement)


def _run(connection: Connection, statement: str | None) -> None:
    if statement is not None:
        connection.exec_driver_sql(statement)


_STILL_OPEN: Final = "the host's transaction is still open: commit it first"
_NEVER_IDLE: Final = (
    "on a sqlite3 connection with autocommit=False a transaction is always open: "
    "deliver over a storage of its own"
)
_COMMIT: Final = "COMMIT"
_ROLLBACK: Final = "ROLLBACK"
_SAVEPOINT: Final = _Bracket(
    "SAVEPOINT privlib",
    "RELEASE SAVEPOINT privlib",
    ("ROLLBACK TO SAVEPOINT privlib", "RELEASE SAVEPOINT privlib"),
)
