"""Checks of batches: several decisions are saved as one, or none of them is."""

from __future__ import annotations

import pytest
from attrs import evolve

from privlib.decisions.verbs import decide
from privlib.errors import KeyConflictError, StaleDecisionError, StorageBugError
from privlib.plugins.storages import Saved
from privlib.reservations import Exhausted, Reservation
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import (
    NOON,
    PROGRAM,
    WEI,
    bare,
    decided,
    gift,
    order,
    taking,
)
from privlib.testing.conformance.supplied import Supplied
from privlib.values.money import yuan

__all__ = ["Batches"]


class Batches(Supplied):
    """A batch of three with the last bad: none."""

    def test_several_decisions_are_saved_as_one(self) -> None:
        """What can be saved one by one can be saved together."""
        storage = self.new()
        batch = [decided(storage, order(f"A-{name}", 10, name)) for name in ("wei", "mei", "li")]
        assert storage.save(*batch) == Saved(tuple(batch))
        assert [storage.stored(each.key) for each in batch] == batch

    def test_a_batch_whose_last_is_stale_writes_none(self) -> None:
        """A batch of three with the last stale: none."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 10, "li")))
        batch = [decided(storage, order(f"B-{name}", 10, name)) for name in ("wei", "mei", "li")]
        storage.save(decided(storage, order("A-2", 10, "li")))
        before = contents(storage)
        with pytest.raises(StaleDecisionError):
            storage.save(*batch)
        assert contents(storage) == before
        assert [storage.stored(each.key) for each in batch] == [None, None, None]

    def test_a_batch_whose_last_finds_no_room_writes_none(self) -> None:
        """A batch of three with the last without room: none, and no room is taken."""
        storage = self.new()
        before = contents(storage, "l")
        batch = [
            evolve(
                decided(storage, order(f"A-{name}", 5_000, name)),
                reservations=(taking("l", 20, limit=50),),
            )
            for name in ("wei", "mei", "li")
        ]
        full = Exhausted(limit_key="l", used=40, limit=50, wanted=20)
        assert storage.save(*batch) == full
        assert contents(storage, "l") == before
        assert [storage.stored(each.key) for each in batch] == [None, None, None]

    def test_a_batch_whose_last_has_other_content_writes_none(self) -> None:
        """A batch with the last in conflict with a key that is known: none."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 10)))
        before = contents(storage)
        with pytest.raises(KeyConflictError):
            storage.save(bare("B-1", requests=[gift("g")]), bare("order:A-1:paid", told="else"))
        assert contents(storage) == before
        assert storage.stored("B-1") is None

    def test_a_batch_whose_last_fails_inside_writes_none(self) -> None:
        """A batch with the last impossible: none."""
        storage = self.new()
        before = contents(storage, "l")
        with pytest.raises(StorageBugError):
            storage.save(
                decided(storage, order("A-1", 5_000)),
                bare("bad", reservations=[Reservation.give_back("l", 1)]),
            )
        assert contents(storage, "l") == before
        assert storage.stored("order:A-1:paid") is None

    def test_a_chain_on_one_entity_is_saved_at_once(self) -> None:
        """Decisions upon one another are saved together, and go on where the storage stands."""
        storage = self.new()
        storage.save(decided(storage, order("A-0", 1_000)))
        first = decided(storage, order("A-1", 2_000))
        second = decide(first.after, order("A-2", 3_000), PROGRAM, at=NOON)
        third = decide(second.after, order("A-3", 5_000), PROGRAM, at=NOON)
        assert storage.save(first, second, third) == Saved((first, second, third))
        assert storage.get([WEI]) == (third.after.member("wei"),)
        chain = (first, second, third)
        assert [storage.stored(each.key) for each in chain] == list(chain)
        told = [event for each in chain for event in each.events if event.about == WEI]
        assert [recorded.event for recorded in storage.history([WEI])][-len(told) :] == told

    def test_a_chain_whose_links_do_not_meet_is_stale(self) -> None:
        """Decisions that contradict each other, or come in the wrong order: none."""
        storage = self.new()
        first, second = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
        upon_it = decide(first.after, order("A-3", 20), PROGRAM, at=NOON)
        for chain in ((first, second), (upon_it, first)):
            with pytest.raises(StaleDecisionError):
                storage.save(*chain)
        assert contents(storage)["entities"] == []

    def test_a_batch_passes_over_what_was_stored_before(self) -> None:
        """What was known when the batch was decided comes back as it was stored."""
        storage = self.new()
        known = decided(storage, order("A-1", 10))
        storage.save(known)
        again, fresh = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
        saved = storage.save(again, fresh)
        assert saved == Saved((known, fresh))
        assert [each.replayed for each in saved.decisions] == [True, False]
        assert storage.get([WEI]) == (fresh.after.member("wei"),)

    def test_a_batch_that_did_not_know_of_a_stored_key_is_stale(self) -> None:
        """What was stored meanwhile means that the rest was decided upon nothing."""
        storage = self.new()
        known, fresh = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20, "mei"))
        storage.save(known)
        with pytest.raises(StaleDecisionError):
            storage.save(known, fresh)
        assert storage.stored(fresh.key) is None

    def test_the_same_fact_twice_in_one_batch_counts_once(self) -> None:
        """A batch may tell a thing twice."""
        storage = self.new()
        first = decided(storage, order("A-1", 10))
        again = decide(first.after, order("A-1", 10), PROGRAM, at=NOON)
        saved = storage.save(first, again)
        assert saved == Saved((first, first))
        assert [each.replayed for each in saved.decisions] == [False, True]
        assert first.after.member("wei").spent == yuan(10)
        assert storage.get([WEI]) == (first.after.member("wei"),)
