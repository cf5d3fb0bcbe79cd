"""Errors: whatever the database says becomes one of the five, without the values it was about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError as PoolTimeoutError,
)

from privlib.errors import (
    OutcomeUnknownError,
    StaleDecisionError,
    StorageBugError,
    StorageError,
    StorageUnavailableError,
)

__all__ = ["DuplicateRowError", "is_locked", "translated"]

# PostgreSQL: serialization failure, deadlock detected, lock not available.
_STALE_STATES = frozenset({"40001", "40P01", "55P03"})
_RUINED = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})
_LOCKED = ("database is locked", "database table is locked", "database is busy")


class DuplicateRowError(StaleDecisionError):
    """Somebody else has written the same row first."""


@contextmanager
def translated(*, committing: bool = False) -> Iterator[None]:
    """Let only the five errors of a storage out of this block."""
    try:
        yield
    except SQLAlchemyError as fault:
        raise _translation(fault, committing=committing) from None
    except UnicodeEncodeError:
        raise StorageBugError("a text that is no Unicode can be neither kept nor found") from None


def _translation(fault: SQLAlchemyError, *, committing: bool) -> StorageError:
    if isinstance(fault, PoolTimeoutError):
        return StorageUnavailableError("no connection came free in time")
    if not isinstance(fault, DBAPIError):
        return StorageBugError(f"SQLAlchemy raised {type(fault).__name__}")
    return _of_the_driver(fault, committing=committing)


def _of_the_driver(fault: DBAPIError, *, committing: bool) -> StorageError:
    state = getattr(fault.orig, "sqlstate", None)
    if state in _STALE_STATES or is_locked(fault.orig):
        return StaleDecisionError("another transaction was in the way")
    if isinstance(fault, IntegrityError):
        return DuplicateRowError("another transaction has written the same row")
    if fault.connection_invalidated and committing:
        return OutcomeUnknownError("the connection broke while committing")
    out_of_order = isinstance(fault, OperationalError | InterfaceError) or _shape(fault) in _RUINED
    if fault.connection_invalidated or out_of_order:
        return StorageUnavailableError(f"the database could not be used: {_shape(fault)}")
    return StorageBugError(f"the database raised {type(fault).__name__} ({state or 'no code'})")


def is_locked(fault: object) -> bool:
    """Whether SQLite says that somebody else is at work on its file."""
    return str(fault).startswith(_LOCKED)


def _shape(fault: DBAPIError) -> str:
    """What kind of failure, without any text that may hold a value."""
    code = getattr(fault.orig, "sqlite_errorname", None) or getattr(fault.orig, "sqlstate", None)
    return code or type(fault.orig).__name__
