"""Connecting: an engine of our own, or the host's connection or session to join."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any, Final, TypeAlias

from attrs import define
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from privlib.adapters.sql.errors import is_locked, translated
from privlib.adapters.sql.tables import check_schema, create_tables
from privlib.errors import (
    InvalidValueError,
    NotCommittedError,
    PrivlibError,
    StaleDecisionError,
    StorageBugError,
    StorageUnavailableError,
)

__all__ = ["Access", "JoinedAccess", "OwnAccess", "Source", "access_to"]

Source: TypeAlias = str | URL | Engine | Connection | Session

_WRITES: Final = "privlib_writes"
_PRAGMAS: Final = ("busy_timeout=10000", "journal_mode=WAL", "wal_autocheckpoint=8000")
_EXPECTED: Final = (
    "a storage is named by a URL such as sqlite:///shop.db or postgresql://host/shop, "
    "or is SQLAlchemy's Engine, Connection or Session"
)
_PAUSES: Final = (0.001, 0.002, 0.005, *[0.01] * 100, *[0.1] * 90)
_SYNCHRONOUS: Final = {"full": "FULL", "normal": "NORMAL"}


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
            connection = plain.execution_options(**{_WRITES: True})
            transaction = connection.begin()
            try:
                _begin_for_real(connection)
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
            _begin_for_real(connection)
            with connection.begin_nested():
                yield connection

    @contextmanager
    def working(self) -> Iterator[Connection]:
        """Write in a transaction of our own, which the host's must not be open for."""
        if self.host.in_transaction():
            raise NotCommittedError("the host's transaction is still open: commit it first")
        with self._between() as connection:
            _begin_for_real(connection)
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
        access = OwnAccess(source, opened_here=False)
    else:
        access = OwnAccess(_engine(source, durability), opened_here=True)
    try:
        with _opening(), access.saving() as connection:
            create_tables(connection)
    except BaseException:
        access.close()
        raise
    return access


@contextmanager
def _opening() -> Iterator[None]:
    """Whatever goes wrong with the database while it is opened, it cannot be used."""
    try:
        yield
    except (StorageBugError, StaleDecisionError) as fault:
        raise StorageUnavailableError(f"the database does not open: {fault}") from None


def _join(host: Connection | Session) -> JoinedAccess:
    access = JoinedAccess(host)
    with access.reading() as connection:
        check_schema(connection)
    return access


def _engine(source: str | URL, durability: str) -> Engine:
    url = _url(source)
    if durability not in _SYNCHRONOUS:
        raise InvalidValueError(f"{durability!r:.40} is not one of: {', '.join(_SYNCHRONOUS)}")
    if url.get_backend_name() == "sqlite" and _is_in_memory(url):
        raise InvalidValueError("a database in memory is what InMemory() is for; name a file")
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as fault:
        raise StorageUnavailableError(
            f"the driver {fault.name} is not installed: install privlib-domain[postgres]"
        ) from None
    except (TypeError, ValueError):
        raise InvalidValueError(_EXPECTED) from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, _SYNCHRONOUS[durability])
    _try_out(engine)
    return engine


def _try_out(engine: Engine) -> None:
    """Connect once: only then does a driver look at all that a URL says."""
    try:
        with _opening(), translated(), engine.connect():
            pass
    except PrivlibError:
        engine.dispose()
        raise
    except (TypeError, ValueError):
        raise InvalidValueError(_EXPECTED) from None


def _url(source: str | URL) -> URL:
    try:
        url = make_url(source)
    except (ArgumentError, ValueError):
        raise InvalidValueError(_EXPECTED) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise InvalidValueError(
            f"{url.get_backend_name()!r:.40} is not one of those it works on: SQLite and PostgreSQL"
        )
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        is_async = url.get_dialect().is_async
    except (NoSuchModuleError, ModuleNotFoundError):
        raise StorageUnavailableError(f"there is no driver {url.drivername:.40}") from None
    if is_async:
        raise InvalidValueError(
            f"{url.drivername} is async: join its connection or session through run_sync"
        )
    return url


def _is_in_memory(url: URL) -> bool:
    return ":memory:" in (url.database or ":memory:") or url.query.get("mode") == "memory"


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    """Real transactions, write-ahead log, and as much durability as asked for.

    The driver's own idea of when to begin is switched off; a transaction that will write takes the
    lock at once, so that it cannot fail half way for want of it.
    """

    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, f"synchronous={synchronous}"):
            _set_pragma(connection, pragma)

    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def _set_pragma(connection: Any, pragma: str) -> None:  # noqa: ANN401 - the driver's
    """Set it, and wait for others: the busy timeout does not when a new file becomes WAL."""
    for pause in (*_PAUSES, None):
        try:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        except connection.OperationalError as fault:
            if pause is None or not is_locked(fault):
                raise
            sleep(pause)
        else:
            return


def _begin_for_real(connection: Connection) -> None:
    """Begin on SQLite what its driver puts off: else a savepoint would commit by itself."""
    if connection.dialect.name != "sqlite":
        return
    driver = connection.connection.driver_connection
    if driver is not None and not getattr(driver, "in_transaction", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
