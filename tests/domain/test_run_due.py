"""Timers that come due: each decided once, in order, whatever becomes of the others."""

from datetime import date

import pytest
from attrs import evolve
from tests.domain.channels import NOON, Clock, Overtaken

from privlib import (
    CampaignRules,
    CouponIssue,
    CouponRedemption,
    CouponTemplate,
    EntityRef,
    KeyConflictError,
    NewFriend,
    Order,
    PrivateDomain,
    StageMove,
    StorageUnavailableError,
    default_program,
    yuan,
)
from privlib.events import CouponExpired, FollowUpRaised
from privlib.program.campaign import budget_key
from privlib.requests import RemindEmployee
from privlib.testing.conformance.samples import bare

PROGRAM = evolve(
    default_program(),
    campaigns=[
        CampaignRules(
            name="june",
            starts=date(2026, 6, 1),
            budget=yuan(40),
            coupons=[
                CouponTemplate(name="20 off", value=yuan(20), threshold=yuan(100), valid_days=7)
            ],
        )
    ],
)
BUDGET = budget_key("june")


def friend(customer, at=NOON):
    return NewFriend(customer=customer, employee="mei", carrier="wecom", added_at=at)


def issue(key, customer="wei"):
    return CouponIssue(key=key, customer=customer, campaign="june", coupon="20 off")


@pytest.fixture
def domain(storage):
    return PrivateDomain(PROGRAM, plugins=[storage], clock=Clock())


def raised(decisions):
    return [
        event.customer
        for decision in decisions
        for event in decision.events
        if isinstance(event, FollowUpRaised)
    ]


def test_nothing_is_due_before_its_moment(domain):
    domain.accept_friend(friend("wei"))
    assert domain.run_due(at=NOON.add(days=3).subtract(microseconds=1)) == ()
    (decision,) = domain.run_due(at=NOON.add(days=3))
    assert [type(event) for event in decision.events] == [FollowUpRaised]
    assert [type(request) for request in decision.requests] == [RemindEmployee]
    assert decision.at == NOON.add(days=3)


@pytest.mark.parametrize(
    "ways", [["first response"], ["first response", "lost", "won back"]], ids=len
)
def test_two_follow_ups_of_one_relation_on_the_very_same_moment_are_two(domain, ways):
    wei = domain.accept_friend(friend("wei")).after.relation("wecom:mei:wei")
    due = NOON.add(days=3)
    assert raised(domain.run_due(at=due)) == ["wei"]
    for to in ways:  # told late: the fourteen days of this stage end on the same moment
        domain.move_stage(
            StageMove(key=f"{to}-{len(ways)}-{wei.version}", relation=wei.id, to=to),
            at=due.subtract(days=14),
        )
        wei = domain.storage.get([wei.ref])[0]
    (decision,) = domain.run_due(at=due)
    assert [request.stage for request in decision.requests] == [ways[-1]]
    assert domain.storage.due(due) == ()


def test_without_a_moment_it_is_now(storage):
    clock = Clock()
    domain = PrivateDomain(PROGRAM, plugins=[storage], clock=clock)
    domain.accept_friend(friend("wei"))
    assert domain.run_due() == ()
    clock.pass_by(days=3)
    assert raised(domain.run_due()) == ["wei"]


def test_timers_are_decided_the_earliest_first(domain):
    for name, hours in (("late", 2), ("early", 0), ("middle", 1)):
        domain.accept_friend(friend(name, NOON.add(hours=hours)))
    assert raised(domain.run_due(at=NOON.add(days=9))) == ["early", "middle", "late"]


def test_run_twice_nothing_happens_twice(domain):
    domain.accept_friend(friend("wei"))
    assert len(domain.run_due(at=NOON.add(days=3))) == 1
    assert domain.run_due(at=NOON.add(days=3)) == ()
    assert domain.run_due(at=NOON.add(days=30)) == ()


def test_a_new_domain_over_the_same_storage_goes_on_where_the_last_one_stopped(storage):
    PrivateDomain(PROGRAM, plugins=[storage]).accept_friend(friend("wei"))
    second = PrivateDomain(PROGRAM, plugins=[storage])
    assert raised(second.run_due(at=NOON.add(days=3))) == ["wei"]
    assert PrivateDomain(PROGRAM, plugins=[storage]).run_due(at=NOON.add(days=3)) == ()


def test_many_more_than_a_page_are_all_decided_once(domain):
    names = [f"c-{number:03}" for number in range(130)]
    for name in names:
        domain.accept_friend(friend(name))
    assert raised(domain.run_due(at=NOON.add(days=3))) == names
    assert domain.storage.due(NOON.add(days=3)) == ()


def test_a_relation_that_moved_on_is_not_reminded_of(domain):
    domain.accept_friend(friend("wei"))
    relation = friend("wei").relation
    domain.move_stage(
        StageMove(key="m", relation=relation, to="first response"), at=NOON.add(days=1)
    )
    assert domain.run_due(at=NOON.add(days=14)) == ()
    assert raised(domain.run_due(at=NOON.add(days=15))) == ["wei"]


def test_a_coupon_that_runs_out_gives_its_value_back(domain):
    domain.accept_friend(friend("wei"))
    used, unused = domain.issue_coupon(issue("k1")), domain.issue_coupon(issue("k2"))
    domain.redeem_coupon(
        CouponRedemption(
            coupon=used.events[0].coupon, customer="wei", order="A-1", amount=yuan(100)
        )
    )
    assert domain.storage.limits([BUDGET]) == {BUDGET: 4_000}
    expired = [
        event.coupon
        for decision in domain.run_due(at=NOON.add(days=7))
        for event in decision.events
        if isinstance(event, CouponExpired)
    ]
    assert expired == [unused.events[0].coupon]
    assert domain.storage.limits([BUDGET]) == {BUDGET: 2_000}
    domain.run_due(at=NOON.add(days=7))
    assert domain.storage.limits([BUDGET]) == {BUDGET: 2_000}


def test_a_timer_that_somebody_else_takes_is_left_to_him(storage):
    rival = PrivateDomain(PROGRAM, plugins=[storage])
    rival.accept_friend(friend("wei"))
    rival.accept_friend(friend("mei"))
    taken = []
    domain = PrivateDomain(
        PROGRAM,
        plugins=[Overtaken(storage, lambda: taken.extend(rival.run_due(at=NOON.add(days=3))))],
    )
    assert domain.run_due(at=NOON.add(days=3)) == ()
    assert raised(taken) == ["mei", "wei"]


def test_a_timer_that_was_moved_in_the_meantime_is_not_fired(storage):
    rival = PrivateDomain(PROGRAM, plugins=[storage])
    rival.accept_friend(friend("wei"))
    move = StageMove(key="m", relation=friend("wei").relation, to="first response")
    domain = PrivateDomain(
        PROGRAM,
        plugins=[Overtaken(storage, lambda: rival.move_stage(move, at=NOON.add(days=1)))],
    )
    assert domain.run_due(at=NOON.add(days=3)) == ()
    assert [timer.stage for timer in storage.due(NOON.add(days=15))] == ["first response"]


def test_one_timer_that_cannot_be_decided_does_not_hold_up_the_others(storage):
    """Another decision has the key of the first; the rest is decided, and then it is said."""
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    for number, name in enumerate(("poison", "wei", "mei")):
        domain.accept_friend(friend(name, NOON.add(minutes=number)))
    first = storage.due(NOON.add(days=9))[0]
    storage.save(bare(first.decision_key, told="something else"))
    with pytest.raises(KeyConflictError, match="follow-up"):
        domain.run_due(at=NOON.add(days=9))
    assert storage.due(NOON.add(days=9)) == (first,)
    relations = storage.get([timer_about(friend(name)) for name in ("wei", "mei")])
    assert [relation.follow_ups for relation in relations] == [1, 1]


def timer_about(told):
    return EntityRef("relation", told.relation)


def test_a_storage_that_is_gone_is_said_at_once(storage):
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    for name in ("wei", "mei"):
        domain.accept_friend(friend(name))
    tries = []

    def gone():
        tries.append(None)
        raise StorageUnavailableError("gone")

    with pytest.raises(StorageUnavailableError):
        PrivateDomain(PROGRAM, plugins=[Overtaken(storage, gone)]).run_due(at=NOON.add(days=3))
    assert len(tries) == 1
    assert raised(domain.run_due(at=NOON.add(days=3))) == ["mei", "wei"]


def test_in_any_order_of_restarts_no_timer_is_lost_and_none_fires_twice(storage):
    first = PrivateDomain(PROGRAM, plugins=[storage])
    for number in range(12):
        first.accept_friend(friend(f"c-{number:02}", NOON.add(hours=number)))
    fired = []
    for hour in (0, 3, 3, 1, 11, 7, 12):
        restarted = PrivateDomain(PROGRAM, plugins=[storage])
        fired += raised(restarted.run_due(at=NOON.add(days=3, hours=hour)))
    assert fired == [f"c-{number:02}" for number in range(12)]


def test_orders_and_timers_do_not_disturb_each_other(domain):
    domain.record_order(Order(id="A-1", customer="wei", paid=yuan(1), paid_at=NOON))
    (decision,) = domain.run_due(at=NOON.add(days=90))
    assert domain.record_order(Order(id="A-1", customer="wei", paid=yuan(1), paid_at=NOON)).replayed
    assert domain.storage.stored(decision.key) == decision
