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
)

from privlib.errors import (
    OutcomeUnknownError,
    StaleDecisionError,
    StorageBugError,
    StorageError,
    StorageUnavailableError,
)

__all__ = ["DuplicateRowError", "translated"]

# PostgreSQL: serialization failure, deadlock detected, lock not available.
_STALE_STATES = frozenset({"40001", "40P01", "55P03"})
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


def _translation(fault: SQLAlchemyError, *, committing: bool) -> StorageError:
    name = type(fault).__name__
    if not isinstance(fault, DBAPIError):
        return StorageBugError(f"SQLAlchemy raised {name}")
    state = getattr(fault.orig, "sqlstate", None)
    said = str(fault.orig)
    if state in _STALE_STATES or said.startswith(_LOCKED):
        return StaleDecisionError("another transaction was in the way")
    if isinstance(fault, IntegrityError):
        return DuplicateRowError("another transaction has written the same row")
    if fault.connection_invalidated and committing:
        return OutcomeUnknownError("the connection broke while committing")
    if fault.connection_invalidated or isinstance(fault, OperationalError | InterfaceError):
        return StorageUnavailableError(f"the database could not be used: {_shape(fault)}")
    return StorageBugError(f"the database raised {name} ({state or 'no code'})")


def _shape(fault: DBAPIError) -> str:
    """What kind of failure, without any text that may hold a value."""
    code = getattr(fault.orig, "sqlite_errorname", None) or getattr(fault.orig, "sqlstate", None)
    return code or type(fault.orig).__name__
