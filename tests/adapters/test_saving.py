"""What every storage promises of `save`: all of it or none of it, and each key once."""

from datetime import date

import pytest
from attrs import evolve
from tests.adapters.deciding import NOON, PROGRAM, bare, contents, decided

from privlib import (
    CampaignPause,
    CampaignRules,
    CouponIssue,
    CouponRedemption,
    CouponTemplate,
    EntityRef,
    Exhausted,
    KeyConflictError,
    Masked,
    NewFriend,
    Order,
    Refund,
    Reservation,
    StaleDecisionError,
    State,
    StorageBugError,
    decide,
    needs,
    yuan,
)
from privlib.entities import ENTITY_KINDS
from privlib.plugins import Saved
from privlib.program.campaign import budget_key, customer_key
from privlib.refusals import (
    CouponBelowThreshold,
    CouponLimitReached,
    CouponUnknown,
    CustomerUnknown,
    RefundExceedsPaid,
)
from privlib.requests import SendMessage, ShipGift
from privlib.values.money import LARGEST_MINOR

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


def order(id, paid, customer="wei"):
    return Order(id=id, customer=customer, paid=yuan(paid), paid_at=NOON)


def issue(key, customer="wei"):
    return CouponIssue(key=key, customer=customer, campaign="june", coupon="20 off")


def issued(storage, key, customer="wei"):
    return decided(storage, issue(key, customer), program=JUNE_PROGRAM)


def decided_upon_nothing(command):
    blanks = [ENTITY_KINDS[ref.kind](id=ref.id) for ref in needs(command).entities]
    return decide(State(*blanks), command, PROGRAM, at=NOON)


def gift(key):
    return ShipGift(key=key, customer="wei", gift="tea", value=yuan(1))


# Read your writes


def test_what_is_saved_is_read_back(storage):
    decision = decided(storage, order("A-1", 5_000))
    assert storage.save(decision) == Saved((decision,))
    assert storage.get([EntityRef("order", "A-1"), WEI]) == (
        decision.after.order("A-1"),
        decision.after.member("wei"),
    )
    assert decision.after.member("wei").tier == "silver"
    assert contents(storage)["requests"] == list(decision.requests)
    assert [type(request) for request in decision.requests] == [SendMessage, ShipGift]
    assert contents(storage)["timers"] == decision.timers != ()
    assert [entry[0] for entry in contents(storage)["history"]] == list(decision.events)


def test_a_decision_that_was_saved_now_is_no_replay(storage):
    (saved,) = storage.save(decided(storage, order("A-1", 5_000))).decisions
    assert not saved.replayed


def test_an_empty_storage_answers_with_nothing(storage):
    assert storage.get([WEI, EntityRef("order", "A-1")]) == ()
    assert storage.stored("order:A-1:paid") is None
    assert storage.program("no such version") is None
    assert storage.personal([]) == {}
    assert contents(storage, BUDGET) == {
        "entities": [],
        "history": [],
        "timers": (),
        "requests": [],
        "limits": {BUDGET: 0},
    }


def test_saving_no_decision_writes_nothing(storage):
    assert storage.save() == Saved(())
    assert contents(storage)["entities"] == []


def test_entities_come_in_the_order_asked_for_each_once(storage):
    for name in ("wei", "mei", "li"):
        storage.save(decided(storage, order(f"A-{name}", 10, name)))
    wanted = [EntityRef("member", name) for name in ("mei", "nobody", "wei", "mei", "li")]
    assert [member.id for member in storage.get(wanted)] == ["mei", "wei", "li"]


def test_kinds_can_be_asked_for_together(storage):
    storage.save(decided(storage, order("A-1", 10)))
    wanted = [EntityRef("order", "A-1"), EntityRef("customer", "wei"), WEI]
    assert [entity.kind for entity in storage.get(iter(wanted))] == ["order", "customer", "member"]


# Compare and set


def test_a_stale_decision_is_refused_and_writes_nothing(storage):
    storage.save(decided(storage, order("A-1", 100)))
    late = decided(storage, order("A-2", 50_000))
    storage.save(decided(storage, order("A-3", 300)))
    before = contents(storage)
    with pytest.raises(StaleDecisionError, match="has changed since it was read"):
        storage.save(late)
    assert contents(storage) == before
    assert storage.stored(late.key) is None


def test_a_stale_decision_takes_no_room_and_leaves_its_key_free(storage):
    friend = NewFriend(customer="wei", employee="mei", carrier="wecom", added_at=NOON)
    one = Reservation(limit_key=BUDGET, amount=1, limit=10)
    taking = evolve(decided(storage, friend), reservations=(one,))
    storage.save(decided(storage, order("A-1", 100)))
    before = contents(storage, BUDGET)
    with pytest.raises(StaleDecisionError):
        storage.save(taking)
    assert contents(storage, BUDGET) == before
    storage.save(decided(storage, friend))
    assert storage.stored(friend.decision_key) is not None


def test_two_that_create_the_same_cannot_both_be_saved(storage):
    first, second = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
    storage.save(first)
    with pytest.raises(StaleDecisionError):
        storage.save(second)
    assert storage.get([WEI])[0].spent == yuan(10)


def test_what_was_read_and_left_alone_is_guarded_too(storage):
    refused = issued(storage, "k")
    assert refused.refusals == (CustomerUnknown(customer="wei"),)
    storage.save(decided(storage, order("A-1", 10)))
    with pytest.raises(StaleDecisionError):
        storage.save(refused)
    assert storage.stored(refused.key) is None


def test_what_all_share_is_read_without_a_guard(storage):
    storage.save(decided(storage, order("A-1", 10)))
    coupon = issued(storage, "k")
    storage.save(decided(storage, CampaignPause(key="p", campaign="june"), program=JUNE_PROGRAM))
    assert storage.save(coupon) == Saved((coupon,))


def test_a_decision_from_the_future_is_stale_too(storage):
    storage.save(decided(storage, order("A-1", 10)))
    ahead = decided(storage, order("A-2", 20))
    skipping = decide(ahead.after, order("A-3", 30), PROGRAM, at=NOON)
    with pytest.raises(StaleDecisionError):
        storage.save(skipping)


# Several decisions


def test_several_decisions_are_saved_as_one(storage):
    batch = [decided(storage, order(f"A-{name}", 10, name)) for name in ("wei", "mei", "li")]
    assert storage.save(*batch) == Saved(tuple(batch))
    assert [storage.stored(each.key) for each in batch] == batch


def test_a_batch_whose_last_is_stale_writes_none(storage):
    storage.save(decided(storage, order("A-1", 10, "li")))
    batch = [decided(storage, order(f"B-{name}", 10, name)) for name in ("wei", "mei", "li")]
    storage.save(decided(storage, order("A-2", 10, "li")))
    before = contents(storage)
    with pytest.raises(StaleDecisionError):
        storage.save(*batch)
    assert contents(storage) == before
    assert [storage.stored(each.key) for each in batch] == [None, None, None]


def test_a_batch_whose_last_finds_no_room_writes_none(storage):
    storage.save(decided(storage, order("A-1", 10)))
    before = contents(storage, BUDGET)
    chain = [issued(storage, f"k{number}") for number in range(3)]
    assert storage.save(*chain) == Exhausted(
        limit_key=BUDGET, used=4_000, limit=5_000, wanted=2_000
    )
    assert contents(storage, BUDGET) == before
    assert [storage.stored(each.key) for each in chain] == [None, None, None]


def test_a_batch_whose_last_has_a_key_with_other_content_writes_none(storage):
    storage.save(decided(storage, order("A-1", 10)))
    before = contents(storage)
    with pytest.raises(KeyConflictError):
        storage.save(bare("B-1", requests=[gift("g")]), bare("order:A-1:paid", told="else"))
    assert contents(storage) == before
    assert storage.stored("B-1") is None


def test_a_batch_whose_last_fails_inside_writes_none(storage):
    before = contents(storage, "limit")
    with pytest.raises(StorageBugError):
        storage.save(
            decided(storage, order("A-1", 5_000)),
            bare("bad", reservations=[Reservation.give_back("limit", 1)]),
        )
    assert contents(storage, "limit") == before
    assert storage.stored("order:A-1:paid") is None


def test_a_chain_on_one_entity_is_saved_at_once(storage):
    first = decided(storage, order("A-1", 3_000))
    second = decide(first.after, order("A-2", 3_000), PROGRAM, at=NOON)
    third = decide(second.after, order("A-3", 5_000), PROGRAM, at=NOON)
    assert storage.save(first, second, third) == Saved((first, second, third))
    assert storage.get([WEI]) == (third.after.member("wei"),)
    assert [storage.stored(each.key) for each in (first, second, third)] == [first, second, third]
    assert third.after.member("wei").tier == "gold"
    assert [entry[0] for entry in contents(storage)["history"]] == [
        *first.events,
        *second.events,
        *third.events,
    ]


def test_a_chain_goes_on_where_the_storage_stands(storage):
    storage.save(decided(storage, order("A-1", 3_000)))
    second = decided(storage, order("A-2", 3_000))
    third = decide(second.after, order("A-3", 5_000), PROGRAM, at=NOON)
    storage.save(second, third)
    assert storage.get([WEI])[0].spent == yuan(11_000)


def test_a_chain_whose_links_do_not_meet_is_stale(storage):
    first, second = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
    with pytest.raises(StaleDecisionError, match="within the decisions"):
        storage.save(first, second)
    assert contents(storage)["entities"] == []


def test_a_chain_in_the_wrong_order_is_stale(storage):
    first = decided(storage, order("A-1", 10))
    second = decide(first.after, order("A-2", 20), PROGRAM, at=NOON)
    with pytest.raises(StaleDecisionError):
        storage.save(second, first)
    assert contents(storage)["entities"] == []


# Keys


def test_the_same_told_again_is_the_stored_decision(storage):
    decision = decided(storage, order("A-1", 5_000))
    storage.save(decision)
    before = contents(storage)
    (again,) = storage.save(decision).decisions
    assert again == decision
    assert again.replayed
    assert contents(storage) == before


def test_the_same_decided_later_by_somebody_else_is_the_stored_decision(storage):
    decision = decided(storage, order("A-1", 5_000))
    storage.save(decision)
    later = decided(storage, order("A-1", 5_000), at=NOON.add(days=1))
    assert later.events == ()
    (again,) = storage.save(later).decisions
    assert (again, again.at, again.replayed) == (decision, decision.at, True)


def test_a_stored_decision_tells_all_that_was_decided(storage):
    storage.save(decided(storage, order("A-1", 5_000)))
    coupon = issued(storage, "k")
    storage.save(coupon)
    redemption = CouponRedemption(
        coupon=coupon.events[0].coupon, customer="wei", order="A-2", amount=yuan(100)
    )
    redeemed = decided(storage, redemption)
    storage.save(redeemed)
    expiry = decided(storage, coupon.timers[0])
    assert storage.stored(coupon.key) == coupon
    assert storage.stored(redeemed.key) == redeemed
    assert storage.stored(redeemed.key).replayed
    assert (len(coupon.timers), len(coupon.reservations), len(redeemed.cancels)) == (1, 2, 1)
    assert expiry.fires == coupon.timers


def test_the_same_key_with_other_content_is_a_conflict(storage):
    storage.save(decided(storage, order("A-1", 5_000)))
    before = contents(storage)
    for other in (decided(storage, order("A-1", 5_001)), bare("order:A-1:paid", told="else")):
        with pytest.raises(KeyConflictError, match="order:A-1:paid was told before"):
            storage.save(other)
    assert contents(storage) == before
    assert storage.stored("order:A-1:paid").events[-1].gift == "silver-pack"


def test_the_same_key_with_other_content_in_one_batch_is_a_conflict(storage):
    with pytest.raises(KeyConflictError):
        storage.save(bare("k", told="one"), bare("k", told="other"))
    assert storage.stored("k") is None


def test_the_same_content_under_another_secret_is_the_same(storage):
    first = decided(storage, order("A-1", 10), program=PROGRAM.with_secret(b"0123456789abcdef"))
    storage.save(first)
    again = decided(storage, order("A-1", 10), program=PROGRAM.with_secret(b"fedcba9876543210"))
    assert again.input_hash != first.input_hash
    assert storage.save(again) == Saved((first,))


def test_a_refused_decision_is_stored_with_its_numbers(storage):
    storage.save(decided(storage, order("A-1", 100)))
    unknown = decided(
        storage,
        CouponRedemption(coupon="none", customer="wei", order="A-1", amount=yuan(1)),
    )
    refund = decided(
        storage, Refund(id="R-1", order="A-1", customer="wei", amount=yuan(101), refunded_at=NOON)
    )
    storage.save(unknown, refund)
    assert storage.stored(unknown.key).refusals == (CouponUnknown(coupon="none"),)
    assert storage.stored(refund.key).refusals == (
        RefundExceedsPaid(order="A-1", paid=yuan(100), refunded=yuan(0), wanted=yuan(101)),
    )
    assert storage.stored(refund.key) == refund


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


def test_a_batch_passes_over_what_was_stored_before(storage):
    known = decided(storage, order("A-1", 10))
    storage.save(known)
    again, fresh = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
    saved = storage.save(again, fresh)
    assert saved == Saved((known, fresh))
    assert [each.replayed for each in saved.decisions] == [True, False]
    assert storage.get([WEI])[0].spent == yuan(30)


def test_a_batch_that_did_not_know_of_a_stored_key_is_stale(storage):
    known, fresh = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20, "mei"))
    storage.save(known)
    with pytest.raises(StaleDecisionError, match="one by one"):
        storage.save(known, fresh)
    assert storage.stored(fresh.key) is None


def test_the_same_fact_twice_in_one_batch_counts_once(storage):
    first = decided(storage, order("A-1", 10))
    again = decide(first.after, order("A-1", 10), PROGRAM, at=NOON)
    saved = storage.save(first, again)
    assert saved == Saved((first, first))
    assert [each.replayed for each in saved.decisions] == [False, True]


def test_a_name_is_not_kept_with_the_decision(storage):
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked("Wei Li")
    )
    decision = decided(storage, friend, program=PROGRAM.with_secret(b"0123456789abcdef"))
    assert len(decision.personal) == 1
    storage.save(decision)
    assert storage.stored(decision.key) == evolve(decision, personal=())


# Limits


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


def test_the_whole_of_a_limit_can_be_taken_and_no_more(storage):
    storage.save(bare("a", reservations=[Reservation(limit_key="l", amount=99, limit=100)]))
    storage.save(bare("b", reservations=[Reservation(limit_key="l", amount=1, limit=100)]))
    assert storage.save(
        bare("c", reservations=[Reservation(limit_key="l", amount=1, limit=100)])
    ) == Exhausted(limit_key="l", used=100, limit=100, wanted=1)
    assert storage.limits(["l"]) == {"l": 100}


def test_several_reservations_of_one_limit_add_up(storage):
    two = [Reservation(limit_key="l", amount=60, limit=100) for _ in range(2)]
    assert storage.save(bare("a", reservations=two)) == Exhausted(
        limit_key="l", used=60, limit=100, wanted=60
    )
    assert storage.limits(["l"]) == {"l": 0}


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


def test_giving_back_more_than_was_taken_is_a_bug(storage):
    storage.save(bare("a", reservations=[Reservation(limit_key="l", amount=5, limit=10)]))
    with pytest.raises(StorageBugError, match="more is given back"):
        storage.save(bare("b", reservations=[Reservation.give_back("l", 6)]))
    assert storage.limits(["l"]) == {"l": 5}
    assert storage.stored("b") is None


def test_room_can_be_given_back_although_the_limit_was_lowered_since(storage):
    storage.save(bare("a", reservations=[Reservation(limit_key="l", amount=8, limit=10)]))
    storage.save(bare("b", reservations=[Reservation(limit_key="l", amount=-1, limit=5)]))
    storage.save(bare("c", reservations=[Reservation(limit_key="l", amount=0, limit=5)]))
    assert storage.limits(["l"]) == {"l": 7}
    assert storage.save(
        bare("d", reservations=[Reservation(limit_key="l", amount=1, limit=5)])
    ) == Exhausted(limit_key="l", used=7, limit=5, wanted=1)


def test_the_largest_numbers_stay_whole(storage):
    taking = Reservation(limit_key="l", amount=LARGEST_MINOR, limit=LARGEST_MINOR)
    storage.save(bare("a", reservations=[taking]))
    (used,) = storage.limits(["l"]).values()
    assert (used, type(used)) == (2**63 - 1, int)
    full = storage.save(
        bare("b", reservations=[Reservation(limit_key="l", amount=1, limit=LARGEST_MINOR)])
    )
    assert full == Exhausted(limit_key="l", used=2**63 - 1, limit=2**63 - 1, wanted=1)
    assert type(full.used) is int
    storage.save(bare("c", reservations=[Reservation.give_back("l", LARGEST_MINOR - 1)]))
    assert storage.limits(["l"]) == {"l": 1}


def test_more_than_the_whole_limit_finds_no_room(storage):
    asked = Reservation(limit_key="l", amount=LARGEST_MINOR, limit=0)
    assert storage.save(bare("a", reservations=[asked])) == Exhausted(
        limit_key="l", used=0, limit=0, wanted=LARGEST_MINOR
    )


def test_a_thousand_entities_fit_into_one_save(storage):
    names = [f"customer-{number}" for number in range(1_100)]
    storage.save(*(decided_upon_nothing(order(f"A-{name}", 10, name)) for name in names))
    found = storage.get([EntityRef("member", name) for name in reversed(names)])
    assert [member.id for member in found] == names[::-1]
    assert len(storage.limits(names)) == 1_100
