"""Opening: an engine made from a URL, or an error that says what is wrong and no password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from privlib.adapters.sql.errors import translated
from privlib.adapters.sql.sqlite import is_in_memory, prepare_sqlite
from privlib.errors import (
    InvalidValueError,
    PrivlibError,
    StaleDecisionError,
    StorageBugError,
    StorageUnavailableError,
)

__all__ = ["check_backend", "open_engine", "opening"]

_SYNCHRONOUS: Final = {"full": "FULL", "normal": "NORMAL"}
_EXPECTED: Final = (
    "a storage is named by a URL such as sqlite:///shop.db or postgresql://host/shop, "
    "or is SQLAlchemy's Engine, Connection or Session, or a connection of sqlite3 or psycopg"
)


def check_backend(name: str) -> None:
    """Refuse a kind of database that nobody has tried."""
    if name not in {"sqlite", "postgresql"}:
        raise InvalidValueError(
            f"{name!r:.40} is none of the databases that this works on: SQLite and PostgreSQL"
        )


@contextmanager
def opening() -> Iterator[None]:
    """Whatever goes wrong with a database while it is opened, it cannot be used."""
    try:
        yield
    except (StorageBugError, StaleDecisionError) as fault:
        raise StorageUnavailableError(f"the database does not open: {fault}") from None


def open_engine(source: str | URL, *, durability: str) -> Engine:
    """An engine of our own that has been connected once."""
    url = _url(source)
    if durability not in _SYNCHRONOUS:
        raise InvalidValueError(f"{durability!r:.40} is not one of: {', '.join(_SYNCHRONOUS)}")
    if url.get_backend_name() == "sqlite" and is_in_memory(url):
        raise InvalidValueError(
            "this names a database in memory, which InMemory() is for; "
            "a file has three slashes: sqlite:///shop.db"
        )
    try:
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            prepare_sqlite(engine, _SYNCHRONOUS[durability])
        _try_out(engine)
    except PrivlibError:
        raise
    except ModuleNotFoundError as fault:
        raise StorageUnavailableError(
            f"the driver {fault.name} is not installed: install privlib-domain[postgres]"
        ) from None
    except (TypeError, ValueError):
        raise InvalidValueError(_EXPECTED) from None
    return engine


def _try_out(engine: Engine) -> None:
    """Connect once: only then does a driver look at all that a URL says."""
    try:
        with opening(), translated(), engine.connect():
            pass
    except BaseException:
        engine.dispose()
        raise


def _url(source: str | URL) -> URL:
    try:
        url = make_url(source)
    except (ArgumentError, ValueError):
        raise InvalidValueError(_EXPECTED) from None
    check_backend(url.get_backend_name())
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
