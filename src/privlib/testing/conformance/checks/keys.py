"""Checks of keys: each is stored once, with what was told under it."""

from __future__ import annotations

import pytest
from attrs import evolve

from privlib.commands import CouponRedemption, Refund
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.errors import KeyConflictError
from privlib.plugins.storages import Saved
from privlib.refusals import CouponUnknown, RefundExceedsPaid
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import (
    NOON,
    PROGRAM,
    SECRET_PROGRAM,
    bare,
    coupon_issued,
    decided,
    follow_up,
    friend,
    gift,
    order,
    taking,
)
from privlib.testing.conformance.saving import saved
from privlib.testing.conformance.supplied import Supplied
from privlib.values.actor import Actor, ActorKind
from privlib.values.ids import CouponId, CustomerId, OrderId, RefundId
from privlib.values.money import yuan

__all__ = ["Keys"]


class Keys(Supplied):
    """The same told again is answered with what was stored; other content is a conflict."""

    def test_the_same_told_again_is_the_stored_decision(self) -> None:
        """Same key, same input: the stored decision comes back, marked as replayed."""
        storage = self.new()
        decision = decided(storage, order("A-1", 5_000))
        (first,) = saved(storage, decision)
        assert not first.replayed
        before = contents(storage)
        (again,) = saved(storage, decision)
        assert (again, again.replayed) == (decision, True)
        assert contents(storage) == before

    def test_the_same_decided_later_is_the_stored_decision(self) -> None:
        """What came of it first holds, whatever would come of it now."""
        storage = self.new()
        decision = decided(storage, order("A-1", 5_000))
        storage.save(decision)
        later = decided(storage, order("A-1", 5_000), at=NOON.add(days=1))
        assert later.events == ()
        (again,) = saved(storage, later)
        assert (again, again.at, again.replayed) == (decision, decision.at, True)

    def test_other_content_under_a_key_is_a_conflict(self) -> None:
        """Other input: conflict, no change."""
        storage = self.new()
        decision = decided(storage, order("A-1", 5_000))
        storage.save(decision)
        before = contents(storage)
        for other in (decided(storage, order("A-1", 5_001)), bare(decision.key, told="else")):
            with pytest.raises(KeyConflictError):
                storage.save(other)
        assert contents(storage) == before
        assert storage.stored(decision.key) == decision

    def test_other_content_under_a_key_of_the_same_batch_is_a_conflict(self) -> None:
        """Other input within one batch: conflict, no change."""
        storage = self.new()
        with pytest.raises(KeyConflictError):
            storage.save(bare("k", told="one"), bare("k", told="other"))
        assert storage.stored("k") is None

    def test_the_same_content_under_another_secret_is_the_same(self) -> None:
        """Hashes that were keyed by different secrets say nothing of each other."""
        storage = self.new()
        first = decided(storage, order("A-1", 10), program=SECRET_PROGRAM)
        storage.save(first)
        other = PROGRAM.with_secret(b"fedcba9876543210")
        again = decided(storage, order("A-1", 10), program=other)
        assert again.input_hash != first.input_hash
        assert storage.save(again) == Saved((first,))

    def test_keys_of_different_verbs_about_one_id_are_different_keys(self) -> None:
        """A key is scoped by what was told: order A-1 and refund A-1 are two things."""
        storage = self.new()
        keys = ["order:A-1:paid", "order:A-1:refund:A-1", "move-stage:A-1", "issue-coupon:A-1"]
        keys += ["A-1", "a-1", "order:A%3A1:paid", "order:A:1:paid"]
        decisions = [bare(key, requests=[gift(f"for {key}")]) for key in keys]
        for decision in decisions:
            assert storage.save(decision) == Saved((decision,))
        assert [storage.stored(key) for key in keys] == decisions

    def test_a_stored_decision_tells_all_that_was_decided(self) -> None:
        """Every part of a decision is stored, but for its personal values."""
        storage = self.new()
        storage.save(bare("first", timers=[follow_up("fired"), follow_up("cancelled")]))
        mei = Actor(ActorKind.EMPLOYEE, "mei")
        told = decide(State(), friend(name="Wei Li"), SECRET_PROGRAM, at=NOON, by=mei)
        decision = evolve(
            told,
            cancels=(follow_up("cancelled").key,),
            fires=(follow_up("fired"),),
            reservations=(taking("l", 2, limit=3), taking("k", 0, limit=0)),
        )
        assert decision.events
        assert decision.requests
        assert decision.timers
        assert decision.personal
        storage.save(decision)
        stored = storage.stored(decision.key)
        assert stored == evolve(decision, personal=())
        assert stored is not None
        assert stored.replayed

    def test_a_refusal_is_stored_with_its_numbers(self) -> None:
        """A refused business result is stored too."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 100)))
        coupon = CouponRedemption(
            coupon=CouponId("none"),
            customer=CustomerId("wei"),
            order=OrderId("A-1"),
            amount=yuan(1),
        )
        refund = Refund(
            id=RefundId("R-1"),
            order=OrderId("A-1"),
            customer=CustomerId("wei"),
            amount=yuan(101),
            refunded_at=NOON,
        )
        refused = [decided(storage, told) for told in (coupon, refund)]
        storage.save(*refused)
        assert [storage.stored(each.key) for each in refused] == refused
        assert [each.refusals for each in refused] == [
            (CouponUnknown(coupon=CouponId("none")),),
            (
                RefundExceedsPaid(
                    order=OrderId("A-1"), paid=yuan(100), refunded=yuan(0), wanted=yuan(101)
                ),
            ),
        ]

    def test_what_was_refused_stays_refused(self) -> None:
        """A no holds under its key, although it would be a yes by now."""
        storage = self.new()
        refused = bare("k")
        storage.save(refused)
        allowed = bare("k", events=[coupon_issued("c")], requests=[gift("g")])
        assert saved(storage, allowed) == (refused,)
        assert contents(storage)["entities"] == []
