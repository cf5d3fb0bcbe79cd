"""Checks of processes: what holds between threads holds between processes too."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Final, TypeVar

from privlib.decisions.decision import Decision
from privlib.errors import StaleDecisionError
from privlib.plugins.storages import Saved, WholeStorage
from privlib.testing.conformance.callers import PATIENCE, until_not_stale
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import (
    FAR,
    NOON,
    WEI,
    bare,
    follow_up,
    gift,
    order,
    taking,
)
from privlib.testing.conformance.saving import tell
from privlib.testing.conformance.supplied import Supplied
from privlib.testing.storages import close_storage

__all__ = ["Processes"]

T = TypeVar("T")

_PROCESSES: Final = 3
_CALLERS: Final = 1_000
_ORDERS: Final = 25


class Processes(Supplied):
    """Processes that know of each other by the data only."""

    @Promised("shared_by_processes")
    def test_1000_callers_in_processes_after_a_limit_of_100_get_exactly_100(self) -> None:
        """Reservations: 1,000 callers in several processes, limit 100: exactly 100."""
        with _pool() as pool:
            for storage in self.rounds():
                taken = _in_each(pool, partial(_take, self.opener(storage)))
                assert sum(taken) == 100
                assert storage.limits(["coupons"]) == {"coupons": 100}

    @Promised("shared_by_processes")
    def test_processes_that_tell_the_same_lose_and_double_nothing(self) -> None:
        """Each order counts once, each message is claimed once, each timer fires once."""
        storage = self.new()
        timers = [follow_up(f"r-{number}") for number in range(_ORDERS)]
        requests = [gift(f"g-{number:02}") for number in range(_ORDERS)]
        storage.save(bare("set", timers=timers, requests=requests))
        with _pool() as pool:
            claimed = _in_each(pool, partial(_work, self.opener(storage)))
        (member,) = storage.get([WEI])
        assert getattr(member, "orders", 0) == _ORDERS
        assert sorted(key for keys in claimed for key in keys if key.startswith("g-")) == [
            request.key for request in requests
        ]
        assert [timer for timer in storage.due(FAR) if timer in timers] == []


def _pool() -> ProcessPoolExecutor:
    """Processes that start to work when all of them are there."""
    context = get_context("spawn")
    gate = context.Barrier(_PROCESSES)
    return ProcessPoolExecutor(
        _PROCESSES, mp_context=context, initializer=_wait_at, initargs=(gate,)
    )


def _wait_at(gate: Barrier) -> None:
    gate.wait(PATIENCE)


def _in_each(pool: ProcessPoolExecutor, do: Callable[[int], T]) -> list[T]:
    return list(pool.map(do, range(_PROCESSES)))


def _take(opener: Callable[[], WholeStorage], process: int) -> int:
    """Be so many callers after one coupon each; how many got theirs."""
    storage = opener()
    try:
        decisions = [
            bare(f"d-{number}", reservations=[taking("coupons", 1, limit=100)])
            for number in range(process, _CALLERS, _PROCESSES)
        ]
        outcomes = [until_not_stale(partial(storage.save, each)) for each in decisions]
    finally:
        close_storage(storage)
    return sum(isinstance(outcome, Saved) for outcome in outcomes)


def _work(opener: Callable[[], WholeStorage], process: int) -> list[str]:
    """Tell all orders, fire all timers and claim what there is; the keys of what was claimed."""
    storage = opener()
    keys: list[str] = []
    try:
        for number in range(_ORDERS):
            until_not_stale(partial(tell, storage, order(f"A-{number}", 1)))
            claims = storage.claim(at=NOON, limit=2, lease_seconds=600)
            keys.extend(claimed.request.key for claimed in claims)
            for timer in storage.due(NOON, limit=1):
                _fire(storage, bare(f"{timer.key} by {process}", fires=[timer]))
    finally:
        close_storage(storage)
    return keys


def _fire(storage: WholeStorage, decision: Decision) -> None:
    """Fire a timer, if none of the others has."""
    with suppress(StaleDecisionError):
        storage.save(decision)
