"""Checks of failing: whatever breaks, one of five errors comes out and nothing is half written."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Final

from privlib.errors import (
    KeyConflictError,
    OutcomeUnknownError,
    StorageBugError,
    StorageError,
)
from privlib.plugins.storages import Saved
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import NOON, SECRET_PROGRAM, WEI, decided, friend, order
from privlib.testing.conformance.supplied import Breakdown, Supplied
from privlib.testing.faults import STORAGE_ERRORS

__all__ = ["Failing"]

_CANARY: Final = "Canary 13800138000"


class Failing(Supplied):
    """Clean errors for closed connection, disk full, read-only file, timeout."""

    @Promised("tells_a_lost_connection")
    def test_a_lost_connection_is_a_clean_error(self) -> None:
        """A closed connection: a clean error, nothing written, and afterwards all is well."""
        self._fails_cleanly(Breakdown.LOST_CONNECTION)

    @Promised("tells_a_full_disk")
    def test_a_full_disk_is_a_clean_error(self) -> None:
        """Disk full: a clean error, nothing written, and afterwards all is well."""
        self._fails_cleanly(Breakdown.FULL_DISK)

    @Promised("tells_a_read_only_place")
    def test_a_read_only_place_is_a_clean_error(self) -> None:
        """Read-only file: a clean error, nothing written, and afterwards all is well."""
        self._fails_cleanly(Breakdown.READ_ONLY_PLACE)

    @Promised("tells_a_timeout")
    def test_a_timeout_is_a_clean_error(self) -> None:
        """Timeout: a clean error, nothing written, and afterwards all is well."""
        self._fails_cleanly(Breakdown.TIMEOUT)

    def _fails_cleanly(self, breakdown: Breakdown) -> None:
        storage = self.new()
        storage.save(decided(storage, order("A-0")))
        before = contents(storage)
        decisions = [
            decided(storage, friend(f"c-{number}", name=_CANARY), program=SECRET_PROGRAM)
            for number in range(50)
        ]
        with self.broken(storage, breakdown):
            problem = _problem_of(lambda: storage.save(*decisions))
            _problem_of(lambda: storage.get([WEI]))
            _problem_of(lambda: storage.claim(at=NOON))
        assert problem is not None, f"{breakdown}: a save went through"
        assert not isinstance(problem, KeyConflictError | OutcomeUnknownError | StorageBugError)
        assert contents(storage) == before
        assert [storage.stored(decision.key) for decision in decisions] == [None] * 50
        assert isinstance(storage.save(*decisions), Saved)


def _problem_of(use: Callable[[], object]) -> StorageError | None:
    """The clean error that comes out, if any; another one is not clean."""
    found: StorageError | None = None
    try:
        use()
    except STORAGE_ERRORS as problem:
        found = problem
    words = "".join(traceback.format_exception(found))
    assert not any(part in words for part in _CANARY.split()), "a name shows in the error"
    return found
