"""Callers: many at once, and what each of them does who hears that others were faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from time import monotonic, sleep
from typing import Final, TypeVar

from privlib.errors import StaleDecisionError

__all__ = ["PATIENCE", "all_at_once", "in_threads", "until", "until_not_stale"]

T = TypeVar("T")
U = TypeVar("U")

PATIENCE: Final = 60.0
"""Seconds after which nobody waits any longer for what should have happened at once."""

_LONGEST_PAUSE: Final = 0.05


def all_at_once(callers: Sequence[Callable[[], T]]) -> list[T]:
    """Let every caller run in a thread of its own, all from the same moment on."""
    gate = Barrier(len(callers))
    return in_threads(len(callers), partial(_call_behind, gate), callers)


def _call_behind(gate: Barrier, caller: Callable[[], T]) -> T:
    gate.wait()
    return caller()


def in_threads(count: int, do: Callable[[T], U], things: Iterable[T]) -> list[U]:
    """Do something with each thing, in so many threads; the answers are in the things' order."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(do, things))


def until_not_stale(tell: Callable[[], T]) -> T:
    """Tell it again, after a pause that grows, for as long as others are faster."""
    deadline = monotonic() + PATIENCE
    pause = 0.001
    while True:
        try:
            return tell()
        except StaleDecisionError:
            if monotonic() > deadline:
                raise
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def until(happened: Callable[[], bool], *, or_else: Callable[[], bool]) -> None:
    """Wait for something to be seen, or for a reason not to wait any longer."""
    deadline = monotonic() + PATIENCE
    while not happened() and not or_else():
        assert monotonic() < deadline, "nothing happens any more"
        sleep(0.001)
