"""Checks of limits: room is taken whole or not at all, and given back once."""

from __future__ import annotations

import pytest

from privlib.errors import StorageBugError
from privlib.plugins.storages import Saved
from privlib.reservations import Exhausted, Reservation
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import bare, coupon_issued, gift, taking
from privlib.testing.conformance.supplied import Supplied
from privlib.values.money import LARGEST_MINOR

__all__ = ["Limits"]


class Limits(Supplied):
    """`used + amount <= limit`, in the statement itself; no room is an answer, not an error."""

    def test_the_whole_of_a_limit_can_be_taken_and_no_more(self) -> None:
        """The last room is room; beyond it comes the answer with its numbers."""
        storage = self.new()
        storage.save(bare("a", reservations=[taking("l", 99, limit=100)]))
        storage.save(bare("b", reservations=[taking("l", 1, limit=100)]))
        outcome = storage.save(bare("c", reservations=[taking("l", 1, limit=100)]))
        assert outcome == Exhausted(limit_key="l", used=100, limit=100, wanted=1)
        assert storage.limits(["l", "other"]) == {"l": 100, "other": 0}

    def test_a_limit_without_room_leaves_nothing_behind(self) -> None:
        """An exhausted limit is not an error: `save` returns it, and nothing was written."""
        storage = self.new()
        storage.save(bare("a", reservations=[taking("l", 99, limit=100)]))
        before = contents(storage, "l", "k")
        late = bare(
            "late",
            events=[coupon_issued("c")],
            requests=[gift("g")],
            reservations=[taking("k", 1, limit=1), taking("l", 2, limit=100)],
        )
        full = Exhausted(limit_key="l", used=99, limit=100, wanted=2)
        assert storage.save(late) == full
        assert contents(storage, "l", "k") == before
        assert storage.stored("late") is None

    def test_two_limits_of_one_decision_both_hold(self) -> None:
        """Per-customer limit and budget in one decision: both hold, whichever is full first."""
        storage = self.new()
        outcomes = []
        for number, customer in enumerate(["wei", "wei", "wei", "mei", "mei", "li"]):
            both = [taking("budget", 20, limit=80), taking(f"of {customer}", 1, limit=2)]
            outcomes.append(storage.save(bare(f"d-{number}", reservations=both)))
        assert outcomes[2] == Exhausted(limit_key="of wei", used=2, limit=2, wanted=1)
        assert outcomes[5] == Exhausted(limit_key="budget", used=80, limit=80, wanted=20)
        used = storage.limits(["budget", "of wei", "of mei", "of li"])
        assert used == {"budget": 80, "of wei": 2, "of mei": 2, "of li": 0}

    def test_several_reservations_of_one_limit_add_up(self) -> None:
        """A decision cannot take by halves what it may not take as a whole."""
        storage = self.new()
        outcome = storage.save(bare("a", reservations=[taking("l", 60, limit=100)] * 2))
        assert outcome == Exhausted(limit_key="l", used=60, limit=100, wanted=60)
        assert storage.limits(["l"]) == {"l": 0}

    def test_room_that_is_given_back_can_be_taken_again(self) -> None:
        """Released room is usable again exactly once."""
        storage = self.new()
        storage.save(bare("a", reservations=[taking("l", 10, limit=10)]))
        back = bare("b", reservations=[Reservation.give_back("l", 4)])
        for _ in range(2):
            storage.save(back)
            assert storage.limits(["l"]) == {"l": 6}
        storage.save(bare("c", reservations=[taking("l", 4, limit=10)]))
        outcome = storage.save(bare("d", reservations=[taking("l", 1, limit=10)]))
        assert outcome == Exhausted(limit_key="l", used=10, limit=10, wanted=1)

    def test_giving_back_more_than_was_taken_is_a_bug(self) -> None:
        """No limit is ever used by less than nothing."""
        storage = self.new()
        storage.save(bare("a", reservations=[taking("l", 5, limit=10)]))
        with pytest.raises(StorageBugError):
            storage.save(bare("b", reservations=[Reservation.give_back("l", 6)]))
        assert storage.limits(["l"]) == {"l": 5}
        assert storage.stored("b") is None

    def test_room_can_be_given_back_although_the_limit_was_lowered(self) -> None:
        """Who gives back, or takes nothing, is never refused."""
        storage = self.new()
        storage.save(bare("a", reservations=[taking("l", 8, limit=10)]))
        for key, amount in (("b", -1), ("c", 0)):
            outcome = storage.save(bare(key, reservations=[taking("l", amount, limit=5)]))
            assert isinstance(outcome, Saved)
        assert storage.limits(["l"]) == {"l": 7}
        outcome = storage.save(bare("d", reservations=[taking("l", 1, limit=5)]))
        assert outcome == Exhausted(limit_key="l", used=7, limit=5, wanted=1)

    def test_the_largest_limit_stays_a_whole_number(self) -> None:
        """Numbers are signed 64-bit: nothing wraps, and nothing becomes a fraction."""
        storage = self.new()
        largest = LARGEST_MINOR
        storage.save(bare("a", reservations=[taking("l", largest, limit=largest)]))
        (used,) = storage.limits(["l"]).values()
        assert (used, type(used)) == (largest, int)
        full = storage.save(bare("b", reservations=[taking("l", 1, limit=largest)]))
        assert full == Exhausted(limit_key="l", used=largest, limit=largest, wanted=1)
        storage.save(bare("c", reservations=[Reservation.give_back("l", largest - 1)]))
        assert storage.limits(["l"]) == {"l": 1}
        none_left = storage.save(bare("d", reservations=[taking("k", largest, limit=0)]))
        assert none_left == Exhausted(limit_key="k", used=0, limit=0, wanted=largest)
