"""What verbs guard, take and give back, in every storage."""

from datetime import date

import pytest
from attrs import evolve

from privlib import (
    CampaignRules,
    CouponIssue,
    CouponRedemption,
    CouponTemplate,
    EntityRef,
    Exhausted,
    NewFriend,
    Reservation,
    StageMove,
    StaleDecisionError,
    yuan,
)
from privlib.plugins import Saved
from privlib.program.campaign import budget_key, customer_key
from privlib.refusals import (
    CouponBelowThreshold,
    CouponLimitReached,
    CustomerUnknown,
)
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import NOON, PROGRAM, bare, decided, order

WEI = EntityRef("member", "wei")
JUNE = CampaignRules(
    name="june",
    starts=date(2026, 6, 1),
    budget=yuan(50),
    coupons=[
        CouponTemplate(
            name="20 off", value=yuan(20), threshold=yuan(100), valid_days=7, per_customer=2
        )
    ],
)
JUNE_PROGRAM = evolve(PROGRAM, campaigns=(JUNE,))
BUDGET = budget_key("june")


def issue(key, customer="wei"):
    return CouponIssue(key=key, customer=customer, campaign="june", coupon="20 off")


def issued(storage, key, customer="wei"):
    return decided(storage, issue(key, customer), program=JUNE_PROGRAM)


def test_what_was_read_and_left_alone_is_guarded_too(storage):
    refused = issued(storage, "k")
    assert refused.refusals == (CustomerUnknown(customer="wei"),)
    storage.save(decided(storage, order("A-1", 10)))
    with pytest.raises(StaleDecisionError):
        storage.save(refused)
    assert storage.stored(refused.key) is None


def test_a_refused_decision_stays_refused_although_it_would_pass_by_now(storage):
    storage.save(decided(storage, order("A-1", 10)))
    coupon = issued(storage, "k")
    storage.save(coupon)
    id = coupon.events[0].coupon
    ask = CouponRedemption(coupon=id, customer="wei", order="A-2", amount=yuan(99))
    refused = decided(storage, ask)
    storage.save(refused)
    allowed = evolve(decided(storage, evolve(ask, amount=yuan(100))), input_hash=refused.input_hash)
    assert allowed.events != ()
    assert storage.save(allowed).decisions[0].refusals == (
        CouponBelowThreshold(coupon=id, needs=yuan(100), has=yuan(99)),
    )


def test_room_is_taken_from_every_limit_of_a_decision(storage):
    storage.save(decided(storage, order("A-1", 10)))
    storage.save(issued(storage, "k"))
    of_wei = customer_key("june", "20 off", "wei")
    assert storage.limits([BUDGET, of_wei, "other"]) == {BUDGET: 2_000, of_wei: 1, "other": 0}


def test_a_limit_without_room_is_an_answer_and_nothing_is_written(storage):
    storage.save(decided(storage, order("A-1", 10)))
    late = issued(storage, "late")
    storage.save(issued(storage, "k1"))
    storage.save(issued(storage, "k2"))
    before = contents(storage, BUDGET, customer_key("june", "20 off", "wei"))
    assert storage.save(late) == Exhausted(limit_key=BUDGET, used=4_000, limit=5_000, wanted=2_000)
    assert contents(storage, BUDGET, customer_key("june", "20 off", "wei")) == before
    assert storage.stored(late.key) is None


def test_a_decision_that_knows_of_the_exhausted_limit_is_a_refusal(storage):
    storage.save(decided(storage, order("A-1", 10)))
    for key in ("k1", "k2"):
        storage.save(issued(storage, key))
    refused = issued(storage, "k3")
    storage.save(refused)
    assert [type(each).__name__ for each in storage.stored(refused.key).refusals] == [
        "CampaignExhausted",
        CouponLimitReached.__name__,
    ]


def test_room_that_is_given_back_can_be_taken_again(storage):
    storage.save(decided(storage, order("A-1", 10)))
    first = issued(storage, "k1")
    storage.save(first)
    storage.save(issued(storage, "k2"))
    storage.save(decided(storage, first.timers[0], at=NOON.add(days=7)))
    assert storage.limits([BUDGET]) == {BUDGET: 2_000}
    again = [Reservation(limit_key=BUDGET, amount=2_000, limit=4_000)]
    assert isinstance(storage.save(bare("again", reservations=again)), Saved)
    assert storage.limits([BUDGET]) == {BUDGET: 4_000}


def test_a_move_between_stages_moves_or_cancels_the_follow_up(storage):
    friend = NewFriend(customer="wei", employee="mei", carrier="wecom", added_at=NOON)
    storage.save(decided(storage, friend))
    (first,) = storage.due(NOON.add(days=3))
    assert first.due == NOON.add(days=3)
    move = StageMove(key="m-1", relation=friend.relation, to="first response")
    storage.save(decided(storage, move, at=NOON.add(days=1)))
    assert storage.due(NOON.add(days=14)) == ()
    assert [each.stage for each in storage.due(NOON.add(days=15))] == ["first response"]
    storage.save(decided(storage, evolve(move, key="m-2", to="lost"), at=NOON.add(days=2)))
    assert storage.due(NOON.add(years=9)) == ()
