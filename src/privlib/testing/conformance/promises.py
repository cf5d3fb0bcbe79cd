"""Promises: what the author of a storage can take back, and the checks that are about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

__all__ = ["PROMISES", "Promised", "promises_of"]

Check = TypeVar("Check", bound=Callable[..., None])

PROMISES: Final = {
    "shared_by_threads": "many threads may use it at once",
    "shared_by_processes": "several processes may use the same data at once",
    "survives_reopening": "another storage opened over the same data finds all of it",
    "joins_a_host": "it works inside the host's transaction, and the host commits",
    "keeps_write_skew_out": "of two that read what the other changes, one is stale",
    "keeps_write_skew_out_of_blanks": "the same holds where both read that there is nothing yet",
    "tells_a_lost_connection": "losing its connection, it fails cleanly and recovers",
    "tells_a_full_disk": "without room on the disk, it fails cleanly and recovers",
    "tells_a_read_only_place": "where it may not write, it fails cleanly and recovers",
    "tells_a_timeout": "kept waiting too long, it fails cleanly and recovers",
}
"""Every promise that can be taken back, and what it says."""

_NEEDED: dict[object, tuple[str, ...]] = {}


class Promised:
    """Marks a check that only concerns storages which promise all of these."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __call__(self, check: Check) -> Check:
        _NEEDED[check] = self.names
        return check


def promises_of(suite: type, check: str) -> tuple[str, ...]:
    """The promises that a check of a suite is about, beyond what every storage promises."""
    return _NEEDED.get(getattr(suite, check), ())
