"""Lending: a host's raw connection, over which SQLAlchemy runs statements and ends nothing."""

from __future__ import annotations

import sqlite3
import sys
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, TypeAlias, runtime_checkable

from attrs import define
from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.engine import URL, make_url

from privlib.errors import InvalidValueError

if TYPE_CHECKING:
    import psycopg

__all__ = ["Lent", "RawConnection", "engine_over", "lend"]


@runtime_checkable
class RawConnection(Protocol):
    """A host's own connection as drivers give it (PEP 249): that of sqlite3 or of psycopg."""

    def cursor(self) -> object: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


class _EndsNothing:
    """What SQLAlchemy is given in place of the host's connection.

    It may run statements, through cursors that know nothing of the host's row factories. Whenever
    it would commit, roll back or close, nothing happens: that is the host's to do.
    """

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


@define(eq=False)
class LentSqlite(_EndsNothing):
    """A connection of sqlite3, whichever way of beginning transactions it is set to."""

    host: sqlite3.Connection
    url: ClassVar[URL] = make_url("sqlite+pysqlite://")

    @property
    def in_transaction(self) -> bool:
        """Whether the host's transaction is open."""
        return self._set_to("in_transaction") is True

    @property
    def commits_by_itself(self) -> bool:
        """Whether each statement is committed at once where nobody has begun a transaction."""
        return self._set_to("isolation_level") is None or self._set_to("autocommit") is True

    @property
    def never_idle(self) -> bool:
        """Whether a transaction is open at any time: from Python 3.12 on, if the host wants it."""
        return self._set_to("autocommit") is False

    def _set_to(self, name: str) -> object:
        """How the connection is set; a closed one refuses to say, as its next statement tells."""
        try:
            return getattr(self.host, name, None)
        except sqlite3.ProgrammingError:
            return None

    def begin(self, *, writing: bool) -> str:
        """Begin for real: the driver puts it off, and a savepoint would commit by itself."""
        return "BEGIN IMMEDIATE" if writing else "BEGIN"

    def cursor(self) -> sqlite3.Cursor:
        return sqlite3.Cursor(self.host)


@define(eq=False)
class LentPsycopg(_EndsNothing):
    """A connection of psycopg, in autocommit or not."""

    host: psycopg.Connection[object]
    url: ClassVar[URL] = make_url("postgresql+psycopg://")
    never_idle: ClassVar[bool] = False

    @property
    def in_transaction(self) -> bool:
        """Whether the host's transaction is open; a closed connection, status UNKNOWN, has none."""
        return self.host.info.transaction_status.name not in {"IDLE", "UNKNOWN"}

    @property
    def commits_by_itself(self) -> bool:
        """Whether each statement is committed at once where nobody has begun a transaction."""
        return self.host.autocommit

    @property
    def closed(self) -> bool:
        return self.host.closed

    @property
    def broken(self) -> bool:
        return self.host.broken

    def begin(self, *, writing: bool) -> str | None:  # noqa: ARG002 - what sqlite3 is asked too
        """Begin, unless the driver does so by itself before the first statement."""
        return "BEGIN" if self.host.autocommit else None

    def cursor(self) -> psycopg.Cursor[tuple[object, ...]]:
        from psycopg import Cursor  # noqa: PLC0415 - only there where the host has it
        from psycopg.rows import tuple_row  # noqa: PLC0415

        return Cursor(self.host, row_factory=tuple_row)


Lent: TypeAlias = LentSqlite | LentPsycopg


def lend(raw: RawConnection) -> Lent:
    """The host's raw connection, made ready to be lent to SQLAlchemy; it is not changed."""
    if isinstance(raw, sqlite3.Connection):
        if raw.text_factory is bytes:
            raise InvalidValueError("a sqlite3 connection that gives bytes for text is no storage")
        return LentSqlite(raw)
    if "psycopg" in sys.modules:
        from psycopg import Connection  # noqa: PLC0415 - only there where the host has it

        if isinstance(raw, Connection):
            return LentPsycopg(raw)
    raise InvalidValueError(
        "a raw connection is joined where it is of sqlite3 or of psycopg 3 and not async; "
        f"this is {type(raw).__module__}.{type(raw).__name__}"[:200]
    )


def engine_over(lent: Lent) -> Engine:
    """An engine whose every connection is the one that is lent.

    It is put together by hand, since `create_engine` would ask a new connection about its server,
    roll it back, and add functions and handlers to it. The dialect and the compiled statements are
    shared by all engines over one driver, so that another costs next to nothing.
    """
    dialect = _never_connected(lent.url).dialect
    pool = NullPool(lambda: lent, dialect=dialect, reset_on_return=None)  # type: ignore[arg-type]  # whose protocol has any attribute at all
    return Engine(pool, dialect, lent.url, execution_options={"compiled_cache": _COMPILED})


@cache
def _never_connected(url: URL) -> Engine:
    return create_engine(url)


_COMPILED: Final[dict[object, object]] = {}
