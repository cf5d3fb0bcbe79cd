"""Supplied: what the author of a storage hands to the suite, and what checks make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from attrs import frozen

from privlib.plugins.storages import WholeStorage
from privlib.testing.conformance.effort import effort
from privlib.testing.storages import close_storage

__all__ = ["Breakdown", "Host", "Supplied"]


class Breakdown(StrEnum):
    """What can break under a storage: the ground that it stands on."""

    LOST_CONNECTION = "lost connection"
    FULL_DISK = "full disk"
    READ_ONLY_PLACE = "read-only place"
    TIMEOUT = "timeout"


@frozen(kw_only=True)
class Host:
    """A transaction of the host's: a storage that works inside it, and how it ends."""

    storage: WholeStorage
    commit: Callable[[], None]
    roll_back: Callable[[], None]


class Supplied:
    """What the author of a storage supplies: `make`, and what his further promises need.

    Everything is promised until it is taken back by `name = False` in the class.
    """

    shared_by_threads: ClassVar[bool] = True
    shared_by_processes: ClassVar[bool] = True
    survives_reopening: ClassVar[bool] = True
    joins_a_host: ClassVar[bool] = True
    keeps_write_skew_out: ClassVar[bool] = True
    keeps_write_skew_out_of_blanks: ClassVar[bool] = True
    tells_a_lost_connection: ClassVar[bool] = True
    tells_a_full_disk: ClassVar[bool] = True
    tells_a_read_only_place: ClassVar[bool] = True
    tells_a_timeout: ClassVar[bool] = True

    _opened: list[WholeStorage]
    _folders: ExitStack

    def make(self) -> WholeStorage:
        """A storage with nothing in it; a check may ask for several, which share nothing."""
        raise NotImplementedError("say in make() how an empty storage is made")

    def reopen(self, storage: WholeStorage) -> WholeStorage:
        """Another storage over the same data; by `opener`, if nothing else is said."""
        return self.opener(storage)()

    def opener(self, storage: WholeStorage) -> Callable[[], WholeStorage]:
        """What anybody calls to open the same data, another process too.

        For a process it is pickled: let it be a `functools.partial` of what can be imported.
        """
        raise NotImplementedError(
            "give back from opener(storage) what opens the same data once more, or take back "
            "what needs it: survives_reopening = shared_by_processes = False"
        )

    def host(self, storage: WholeStorage) -> AbstractContextManager[Host]:
        """A transaction that a host has open on the same data, for as long as the block runs."""
        raise NotImplementedError(
            "open in host(storage) a transaction of a host on the same data, "
            "or take it back: joins_a_host = False"
        )

    def broken(self, storage: WholeStorage, breakdown: Breakdown) -> AbstractContextManager[None]:
        """Break the ground that a storage stands on, for as long as the block runs."""
        raise NotImplementedError(
            f"let a {breakdown} happen in broken(storage, breakdown), "
            f"or take it back: tells_a_{breakdown.name.lower()} = False"
        )

    def close(self, storage: WholeStorage) -> None:
        """Give back what a storage holds: by its `close()`, if it has one."""
        close_storage(storage)

    def folder(self) -> Path:
        """An empty folder for a storage to live in; it is gone after the check."""
        return Path(self._folders.enter_context(TemporaryDirectory(prefix="privlib-")))

    def begin(self) -> None:
        """Before each check: nothing is open."""
        self._opened = []
        self._folders = ExitStack()

    def end(self) -> None:
        """After each check: everything that it opened is closed."""
        while self._opened:
            self.close(self._opened.pop())
        self._folders.close()

    def new(self) -> WholeStorage:
        """An empty storage, closed after the check."""
        self._opened.append(self.make())
        return self._opened[-1]

    def rounds(self) -> Iterator[WholeStorage]:
        """An empty storage for each round of a race; what a round has opened is closed after it."""
        for _ in range(effort().rounds):
            yield self.new()
            self.end()

    def again(self, storage: WholeStorage) -> WholeStorage:
        """Another storage over the same data, closed after the check."""
        self._opened.append(self.reopen(storage))
        return self._opened[-1]

    def restarted(self, storage: WholeStorage) -> WholeStorage:
        """Another storage over the same data, after the first one was closed."""
        self._opened.remove(storage)
        self.close(storage)
        return self.again(storage)

    def seats(self, storage: WholeStorage, count: int) -> tuple[WholeStorage, ...]:
        """A storage for each of so many callers: four openings in turn, if several may be open."""
        openings = [storage]
        if self.shared_by_processes and self.survives_reopening:
            openings.extend(self.again(storage) for _ in range(3))
        return tuple(openings[number % len(openings)] for number in range(count))
