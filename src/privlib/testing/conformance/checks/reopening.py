"""Checks of reopening: what was saved outlives the storage that saved it."""

from __future__ import annotations

import pytest
from attrs import evolve

from privlib.commands import Refund
from privlib.errors import StaleDecisionError
from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.storages import Claimed
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import (
    FAR,
    NOON,
    PROGRAM,
    SECRET_PROGRAM,
    bare,
    decided,
    follow_up,
    friend,
    gift,
    order,
    taking,
)
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import CustomerId, OrderId, RefundId

__all__ = ["Reopening"]


class Reopening(Supplied):
    """Reopen keeps all."""

    @Promised("survives_reopening")
    def test_reopening_keeps_all(self) -> None:
        """Entities, histories, decisions, limits, timers, requests, names and programs."""
        storage = self.new()
        storage.keep_program(PROGRAM)
        wei = CustomerId("wei")
        refund = Refund(id=RefundId("R"), order=OrderId("A-1"), customer=wei, refunded_at=NOON)
        waiting = Refund(id=RefundId("Q"), order=OrderId("A-2"), customer=wei, refunded_at=NOON)
        decisions = []
        for told in (friend(name="Wei Li"), order("A-1", 60_000), refund, waiting):
            decisions.append(decided(storage, told, program=SECRET_PROGRAM))
            storage.save(decisions[-1])
        refs = [value.ref for each in decisions for value in each.personal]
        storage.save(bare("limit", reservations=[taking("l", 7, limit=7)]))
        held, names = contents(storage, "l"), storage.personal(refs)
        storage = self.restarted(storage)
        assert contents(storage, "l") == held
        assert [storage.stored(each.key) for each in decisions] == [
            evolve(each, personal=()) for each in decisions
        ]
        assert storage.personal(refs) == names != {}
        assert storage.program(PROGRAM.version) == PROGRAM

    @Promised("survives_reopening")
    def test_the_same_told_after_a_restart_is_a_replay(self) -> None:
        """Blind replay of everything changes nothing."""
        storage = self.new()
        decisions = []
        for number in range(5):
            decisions.append(decided(storage, order(f"A-{number}", 2_000)))
            storage.save(decisions[-1])
        before = contents(storage)
        storage = self.restarted(storage)
        for decision in decisions:
            storage.save(decision)
        assert contents(storage) == before

    @Promised("survives_reopening")
    def test_leases_and_attempts_survive_a_restart(self) -> None:
        """What was claimed before is still claimed, and what was settled is still settled."""
        storage = self.new()
        storage.save(bare("d", requests=[gift("a"), gift("b"), gift("c")]))
        first, second, _ = storage.claim(at=NOON, lease_seconds=60)
        storage.settle(first, Delivery(outcome=Outcome.ACCEPTED), at=NOON)
        storage.settle(second, Delivery(outcome=Outcome.RETRY, retry_seconds=300), at=NOON)
        storage = self.restarted(storage)
        assert storage.claim(at=NOON.add(seconds=59)) == ()
        assert storage.claim(at=NOON.add(seconds=60)) == (Claimed(gift("c"), 2),)
        assert storage.claim(at=NOON.add(seconds=119)) == ()
        assert storage.claim(at=NOON.add(seconds=300)) == (
            Claimed(gift("c"), 3),
            Claimed(gift("b"), 2),
        )

    @Promised("survives_reopening")
    def test_no_timer_is_lost_or_fires_twice_in_any_order_of_restarts(self) -> None:
        """Restarted after every single step, each timer fires exactly once."""
        storage = self.new()
        timers = [follow_up(f"r-{number}", due=NOON.add(hours=number)) for number in range(4)]
        for timer in reversed(timers):
            storage.save(bare(f"set {timer.key}", timers=[timer]))
            storage = self.restarted(storage)
        fired = []
        while due := storage.due(FAR, limit=2):
            firing = bare(f"fire {due[0].decision_key}", fires=due[:1])
            storage.save(firing)
            fired.append(due[0])
            storage = self.restarted(storage)
            storage.save(firing)
            with pytest.raises(StaleDecisionError):
                storage.save(bare(f"twice {due[0].key}", fires=due[:1]))
        assert fired == timers
