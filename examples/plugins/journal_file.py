"""A journal: a file that is only ever appended to, by one line at a time, under a lock.

A line counts when its end is written. Whoever dies half way leaves a line without an end, which
nobody reads and the next one writes over.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import BinaryIO

from attrs import define, field

from privlib import OutcomeUnknownError, StorageUnavailableError

__all__ = ["JournalFile"]


@define(eq=False)
class JournalFile:
    """Tells `on_line` every line once, in order, whoever has written it."""

    path: Path
    on_line: Callable[[dict[str, object]], None]
    _read_to: int = field(default=0, init=False)
    _lock: RLock = field(factory=RLock, init=False, repr=False)

    @contextmanager
    def held(self) -> Iterator[BinaryIO]:
        """Keep all others out, threads and processes, having read what they have written."""
        with self._lock:
            try:
                file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
            except OSError as fault:
                raise _unavailable(fault) from None
            with file:
                fcntl.flock(file, fcntl.LOCK_EX)
                self._catch_up(file)
                yield file

    def append(self, file: BinaryIO, line: dict[str, object]) -> None:
        """Write one more line, for good before this returns."""
        text = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        try:
            file.truncate(self._read_to)
            file.seek(0, os.SEEK_END)
            file.write(text)
            file.flush()
        except OSError as fault:
            raise _unavailable(fault) from None
        try:
            os.fsync(file.fileno())
        except OSError:
            raise OutcomeUnknownError("the disk does not say whether it has the line") from None
        self._catch_up(file)

    def _catch_up(self, file: BinaryIO) -> None:
        file.seek(self._read_to)
        for line in file:
            if line.endswith(b"\n"):
                self.on_line(json.loads(line))
                self._read_to += len(line)


def _unavailable(fault: OSError) -> StorageUnavailableError:
    return StorageUnavailableError(f"the journal cannot be used: {os.strerror(fault.errno or 0)}")
