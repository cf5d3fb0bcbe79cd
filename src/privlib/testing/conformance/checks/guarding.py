"""Checks of guards: a decision upon what is no longer so is stale, and leaves no trace."""

from __future__ import annotations

import pytest
from attrs import evolve

from privlib.commands import CampaignPause
from privlib.decisions.decision import EntityVersion
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.errors import StaleDecisionError, StorageBugError
from privlib.events import CampaignPaused, CampaignResumed
from privlib.plugins.storages import Saved
from privlib.reservations import Reservation
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import (
    NOON,
    PROGRAM,
    WEI,
    bare,
    coupon_issued,
    decided,
    follow_up,
    gift,
    order,
    taking,
)
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import CampaignName

__all__ = ["Guarding"]


class Guarding(Supplied):
    """Every entity that a decision was based on is compared, changed or not."""

    def test_a_stale_decision_is_refused_and_writes_nothing(self) -> None:
        """Stale version: refused, nothing written, no room taken, and its key is free."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 100)))
        late = evolve(
            decided(storage, order("A-2", 50_000)), reservations=(taking("l", 1, limit=10),)
        )
        storage.save(decided(storage, order("A-3", 300)))
        before = contents(storage, "l")
        with pytest.raises(StaleDecisionError):
            storage.save(late)
        assert contents(storage, "l") == before
        assert storage.stored(late.key) is None
        storage.save(decided(storage, order("A-2", 50_000)))
        assert storage.stored(late.key) is not None

    def test_a_stale_decision_is_refused_at_every_version(self) -> None:
        """Versions are compared as numbers: 9 is before 10, and 99 before 100."""
        storage = self.new()
        campaign = CampaignName("june")
        state = State()
        for number in range(102):
            happened = CampaignResumed if number % 2 else CampaignPaused
            event = happened(campaign=campaign, at=NOON)
            storage.save(bare(f"d-{number}", before=state, events=[event]))
            with pytest.raises(StaleDecisionError):
                storage.save(bare(f"late {number}", before=state, events=[event]))
            state = state.after([event])
        assert storage.get([event.about]) == state.entities
        assert state.campaign("june").version == 102

    def test_two_that_create_the_same_cannot_both_be_saved(self) -> None:
        """That there is nothing yet is guarded too."""
        storage = self.new()
        first, second = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
        storage.save(first)
        with pytest.raises(StaleDecisionError):
            storage.save(second)
        assert storage.get([WEI]) == (first.after.member("wei"),)

    def test_what_was_read_and_left_alone_is_guarded_too(self) -> None:
        """A decision that changes nothing is stale like any other."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 10)))
        (member,) = storage.get([WEI])
        looking = evolve(bare("look"), before=(EntityVersion(*WEI, member.version),))
        storage.save(decided(storage, order("A-2", 10)))
        with pytest.raises(StaleDecisionError):
            storage.save(looking)
        assert storage.stored("look") is None

    def test_what_all_share_is_read_without_a_guard(self) -> None:
        """Two who change different things upon the same settings do not disturb each other."""
        storage = self.new()
        before = decided(storage, order("A-1", 10))
        storage.save(decided(storage, CampaignPause(key="p", campaign=CampaignName("june"))))
        assert storage.save(before) == Saved((before,))

    def test_a_decision_from_the_future_is_stale_too(self) -> None:
        """A version that the storage has not seen is not the one that it has."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 10)))
        ahead = decided(storage, order("A-2", 20))
        skipping = decide(ahead.after, order("A-3", 30), PROGRAM, at=NOON)
        with pytest.raises(StaleDecisionError):
            storage.save(skipping)
        assert storage.stored(skipping.key) is None

    def test_a_fault_inside_writes_nothing(self) -> None:
        """An exception inside: none of the decision is written, however far it came."""
        faults = {
            StaleDecisionError: bare("fires nothing", fires=[follow_up("nobody")]),
            StorageBugError: bare("gives", reservations=[Reservation.give_back("l", 2)]),
        }
        for kind, bad in faults.items():
            storage = self.new()
            storage.save(bare("first", reservations=[taking("l", 1, limit=10)]))
            before = contents(storage, "l")
            whole = evolve(
                bad,
                before=(EntityVersion("coupon", "c", 0),),
                events=(coupon_issued("c"),),
                requests=(gift("g"),),
                timers=(follow_up("r"),),
                after=State().after([coupon_issued("c")]),
            )
            with pytest.raises(kind):
                storage.save(whole)
            assert contents(storage, "l") == before
            assert storage.stored(whole.key) is None
