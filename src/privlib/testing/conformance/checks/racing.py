"""Checks of races: many callers at once; each key once, each limit kept, nothing lost."""

from __future__ import annotations

from collections import Counter
from functools import partial

from privlib.decisions.decision import Decision
from privlib.decisions.records import DecisionRecord
from privlib.errors import StaleDecisionError
from privlib.plugins.storages import Saved, WholeStorage
from privlib.reservations import Exhausted, Reservation
from privlib.testing.conformance.callers import all_at_once, in_threads, until_not_stale
from privlib.testing.conformance.effort import effort
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import (
    NOON,
    WEI,
    bare,
    decided,
    follow_up,
    gift,
    order,
    taking,
)
from privlib.testing.conformance.saving import saved, tell
from privlib.testing.conformance.supplied import Supplied
from privlib.values.money import yuan

__all__ = ["Racing"]

_INCREMENTS = 25


class Racing(Supplied):
    """Threads that use one storage, or several openings of the same data."""

    @Promised("shared_by_threads")
    def test_32_callers_of_one_key_save_it_once(self) -> None:
        """Same key, 32 callers at once: one fresh, 31 replays with equal bytes."""
        for storage in self.rounds():
            seats = self.seats(storage, 32)
            for decision in (
                bare("d", requests=[gift("g")], reservations=[taking("l", 1, limit=32)]),
                decided(storage, order("A-1", 6_000)),
            ):
                saves = all_at_once([partial(saved, seat, decision) for seat in seats])
                outcomes = [stored for (stored,) in saves]
                assert sorted(each.replayed for each in outcomes) == [False] + [True] * 31
                assert {_bytes_of(each) for each in outcomes} == {_bytes_of(decision)}
                assert outcomes == [decision] * 32
            assert storage.limits(["l"]) == {"l": 1}
            assert len(storage.claim(at=NOON)) == 3

    @Promised("shared_by_threads")
    def test_no_update_is_lost(self) -> None:
        """Lost update: 40 workers x 25 increments = 1,000 (`ci`: 8 x 25 = 200)."""
        workers = effort().workers
        storage = self.new()
        tasks = list(enumerate(self.seats(storage, workers)))
        in_threads(workers, lambda task: _spend(task[1], str(task[0])), tasks)
        (member,) = storage.get([WEI])
        assert getattr(member, "orders", 0) == workers * _INCREMENTS
        assert getattr(member, "spent", None) == yuan(workers * _INCREMENTS)
        assert len(storage.history([WEI])) == member.version

    @Promised("shared_by_threads")
    def test_1000_callers_after_a_limit_of_100_get_exactly_100(self) -> None:
        """Reservations: 1,000 callers, limit 100: exactly 100."""
        for storage in self.rounds():
            wishes = [
                partial(seat.save, bare(f"d-{number}", reservations=[taking("l", 1, limit=100)]))
                for number, seat in enumerate(self.seats(storage, 1_000))
            ]
            outcomes = in_threads(16, until_not_stale, wishes)
            full = Exhausted(limit_key="l", used=100, limit=100, wanted=1)
            assert sum(isinstance(outcome, Saved) for outcome in outcomes) == 100
            assert outcomes.count(full) == 900
            assert storage.limits(["l"]) == {"l": 100}

    @Promised("shared_by_threads")
    def test_room_that_does_not_divide_is_not_overdrawn(self) -> None:
        """24 callers who want 7 of 100 each: 14 get them, and 2 are left."""
        for storage in self.rounds():
            decisions = [
                bare(f"d-{number}", reservations=[taking("l", 7, limit=100)])
                for number in range(24)
            ]
            seats = self.seats(storage, 24)
            outcomes = all_at_once(
                [partial(seat.save, each) for seat, each in zip(seats, decisions, strict=True)]
            )
            assert sum(isinstance(outcome, Saved) for outcome in outcomes) == 14
            assert storage.limits(["l"]) == {"l": 98}

    @Promised("shared_by_threads")
    def test_two_limits_taken_in_either_order_do_not_block_each_other(self) -> None:
        """Per-customer limit and budget in one decision: both hold, no deadlock, none stale."""
        for storage in self.rounds():
            seats = self.seats(storage, 2)
            for number in range(10):
                both = [taking("budget", 2, limit=30), taking("of wei", 1, limit=100)]
                tries = [
                    partial(seats[0].save, bare(f"a-{number}", reservations=both)),
                    partial(seats[1].save, bare(f"b-{number}", reservations=both[::-1])),
                ]
                assert len(all_at_once(tries)) == 2
            assert storage.limits(["budget", "of wei"]) == {"budget": 30, "of wei": 15}

    @Promised("shared_by_threads")
    def test_released_room_is_usable_again_exactly_once(self) -> None:
        """Who takes and gives back, many at once, leaves a limit as it was."""
        for storage in self.rounds():
            tasks = list(enumerate(self.seats(storage, 8)))
            in_threads(8, lambda task: _take_and_give_back(task[1], str(task[0])), tasks)
            assert storage.limits(["l"]) == {"l": 0}

    @Promised("shared_by_threads")
    def test_a_timer_is_fired_by_one_of_many(self) -> None:
        """Timers: none twice, however many wake for them at once."""
        storage = self.new()
        timers = [follow_up(f"r-{number}") for number in range(5 * effort().rounds)]
        storage.save(bare("set", timers=timers))
        seats = self.seats(storage, 4)
        for timer in timers:
            tries = [
                partial(_fires, seat, bare(f"{timer.key} by {number}", fires=[timer]))
                for number, seat in enumerate(seats)
            ]
            assert Counter(all_at_once(tries)) == {True: 1, False: 3}
        assert storage.due(NOON) == ()


def _bytes_of(decision: Decision) -> tuple[str, str]:
    return decision.input_hash, DecisionRecord.of(decision).dump()


def _spend(storage: WholeStorage, worker: str) -> None:
    for number in range(_INCREMENTS):
        until_not_stale(partial(tell, storage, order(f"{worker}-{number}", 1)))


def _take_and_give_back(storage: WholeStorage, worker: str) -> None:
    for turn in range(5):
        taken = bare(f"take {worker} {turn}", reservations=[taking("l", 3, limit=24)])
        back = bare(f"back {worker} {turn}", reservations=[Reservation.give_back("l", 3)])
        for decision in (taken, back):
            assert isinstance(until_not_stale(partial(storage.save, decision)), Saved)


def _fires(storage: WholeStorage, decision: Decision) -> bool:
    try:
        return isinstance(storage.save(decision), Saved)
    except StaleDecisionError:
        return False
