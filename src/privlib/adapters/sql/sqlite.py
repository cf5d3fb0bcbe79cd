"""SQLite: what its driver has to be told before transactions are what they are elsewhere."""

from __future__ import annotations

from time import sleep
from typing import Any, Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL

from privlib.adapters.sql.errors import is_locked

__all__ = ["WRITES", "begin_for_real", "is_in_memory", "prepare_sqlite"]

WRITES: Final = "privlib_writes"
"""The execution option of a connection that is going to write."""

_PRAGMAS: Final = ("busy_timeout=10000", "journal_mode=WAL", "wal_autocheckpoint=8000")
_PAUSES: Final = (0.001, 0.002, 0.005, *[0.01] * 100, *[0.1] * 90)


def is_in_memory(url: URL) -> bool:
    """Whether a URL names a database that is gone with its connection."""
    return ":memory:" in (url.database or ":memory:") or url.query.get("mode") == "memory"


def prepare_sqlite(engine: Engine, synchronous: str) -> None:
    """Real transactions, write-ahead log, and as much durability as asked for.

    The driver's own idea of when to begin is switched off; a transaction that will write takes the
    lock at once, so that it cannot fail half way for want of it.
    """

    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, f"synchronous={synchronous}"):
            _set_pragma(connection, pragma)

    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
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


def begin_for_real(connection: Connection) -> None:
    """Begin on SQLite what its driver puts off: else a savepoint or table commits by itself."""
    if connection.dialect.name != "sqlite":
        return
    driver = connection.connection.driver_connection
    if driver is not None and not getattr(driver, "in_transaction", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
