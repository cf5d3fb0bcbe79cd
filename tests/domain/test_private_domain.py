"""The shell, end to end: it loads, decides and saves, and tries again where others were faster."""

from datetime import date
from itertools import count

import pytest
from attrs import evolve
from tests.domain.channels import NOON, Clock, Listener, Overtaken

from privlib import (
    Actor,
    CampaignPause,
    CampaignResumption,
    CampaignRules,
    CouponIssue,
    CouponRedemption,
    CouponTemplate,
    Enrolment,
    EntityRef,
    InvalidIdError,
    InvalidValueError,
    KeyConflictError,
    Masked,
    MemberImport,
    NaiveMomentError,
    NewFriend,
    Order,
    PrivateDomain,
    ProgramError,
    Refund,
    SecretMissingError,
    StageMove,
    StaleDecisionError,
    default_program,
    record_order,
    yuan,
)
from privlib.events import TierReached
from privlib.program.campaign import budget_key
from privlib.refusals import (
    AlreadyFriends,
    AlreadyMember,
    CampaignExhausted,
    CampaignIsPaused,
    CustomerUnknown,
)

SECRET = b"0123456789abcdef"
PROGRAM = evolve(
    default_program(),
    campaigns=[
        CampaignRules(
            name="june",
            starts=date(2026, 6, 1),
            budget=yuan(20),
            coupons=[CouponTemplate(name="20 off", value=yuan(20), threshold=yuan(100))],
        )
    ],
)


def order(id="A-1", paid=200, customer="wei", at=NOON):
    return Order(id=id, customer=customer, paid=yuan(paid), paid_at=at)


def issue(key, customer="wei"):
    return CouponIssue(key=key, customer=customer, campaign="june", coupon="20 off")


@pytest.fixture
def domain(storage):
    return PrivateDomain(PROGRAM, plugins=[storage], secret=SECRET, clock=Clock())


def test_an_order_is_recorded_once(domain):
    first = domain.record_order(order(paid=5_000))
    again = domain.record_order(order(paid=5_000))
    assert (first.replayed, again.replayed) == (False, True)
    assert again == first
    assert first.after.member("wei").tier == "silver"
    assert again.after.member("wei") == first.after.member("wei")
    assert domain.storage.get([EntityRef("member", "wei")]) == (first.after.member("wei"),)


def test_the_shell_decides_what_the_core_decides(domain):
    told = domain.record_order(order(paid=60_000))
    alone = record_order(type(told.after)(), order(paid=60_000), domain.program, at=NOON)
    assert (told.events, told.requests, told.timers) == (
        alone.events,
        alone.requests,
        alone.timers,
    )
    assert told.input_hash == alone.input_hash


def test_an_order_with_other_content_is_a_conflict_and_changes_nothing(domain):
    domain.record_order(order(paid=200))
    with pytest.raises(KeyConflictError):
        domain.record_order(order(paid=201))
    assert domain.progress("wei").spent == yuan(200)


def test_a_whole_story(domain):
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked("Wei Li")
    )
    assert [type(e).__name__ for e in domain.accept_friend(friend).events] == [
        "CustomerAdded",
        "FriendAdded",
        "RelationBegun",
    ]
    assert domain.accept_friend(friend).replayed
    later = evolve(friend, added_at=NOON.add(days=1))
    assert domain.accept_friend(later).refusals == (
        AlreadyFriends(relation=friend.relation, since=NOON),
    )
    moved = domain.move_stage(StageMove(key="m", relation=friend.relation, to="first response"))
    assert moved.after.relation(friend.relation).standings[0].stage == "first response"
    issued = domain.issue_coupon(issue("k"))
    coupon = issued.events[0].coupon
    redeemed = domain.redeem_coupon(
        CouponRedemption(coupon=coupon, customer="wei", order="A-1", amount=yuan(100))
    )
    assert redeemed.after.coupon(coupon).state == "redeemed"
    domain.record_order(order(paid=5_000))
    assert domain.progress("wei").tier == "silver"
    refund = domain.reverse_order(
        Refund(id="R-1", order="A-1", customer="wei", amount=yuan(1), refunded_at=NOON)
    )
    assert refund.after.member("wei").tier is None
    assert domain.progress("wei").missing == yuan(1)


def test_a_paused_campaign_gives_nothing_until_it_runs_on(domain):
    domain.record_order(order())
    domain.pause_campaign(CampaignPause(key="p", campaign="june"))
    assert domain.issue_coupon(issue("k1")).refusals == (
        CampaignIsPaused(campaign="june", since=NOON),
    )
    domain.resume_campaign(CampaignResumption(key="r", campaign="june"))
    assert domain.issue_coupon(issue("k2")).refusals == ()
    assert domain.issue_coupon(issue("k1")).refusals != ()


def test_an_imported_member_is_there_at_once_and_only_once(domain):
    joined = NOON.subtract(years=1)
    imported = MemberImport(customer="wei", joined_at=joined, spent=yuan(9_000))
    assert domain.import_member(imported, at=NOON).after.member("wei").tier == "silver"
    assert domain.import_member(imported, at=NOON.add(days=1)).replayed
    domain.record_order(order("A-2", 10, "mei"))
    assert domain.import_member(evolve(imported, customer="mei")).refusals == (
        AlreadyMember(customer="mei", since=NOON),
    )


def test_the_moment_and_the_actor_are_written_down(domain):
    mei = Actor("employee", "mei")
    decision = domain.record_order(order(), at=NOON.add(hours=3), by=mei)
    stored = domain.storage.stored(decision.key)
    assert (stored.at, stored.by) == (NOON.add(hours=3), mei)
    assert domain.record_order(order("A-2")).at == NOON


def test_without_a_moment_of_its_own_a_command_is_decided_now(storage):
    clock = Clock(NOON.add(days=9))
    domain = PrivateDomain(PROGRAM, plugins=[storage], clock=clock)
    told = Order(id="A-1", customer="wei", paid=yuan(1))
    assert domain.record_order(told).at == NOON.add(days=9)
    clock.pass_by(days=1)
    assert domain.record_order(told).at == NOON.add(days=9)


def test_a_moment_without_a_zone_is_refused_and_nothing_is_written(domain):
    with pytest.raises(NaiveMomentError):
        domain.record_order(order(), at=NOON.naive())
    assert domain.storage.stored("order:A-1:paid") is None


def test_an_id_that_cannot_be_is_refused_alike_by_every_storage(domain):
    for id in ("", "\ud800", "a\0b", "x" * 129):
        with pytest.raises(InvalidIdError):
            domain.progress(id)


def test_nobody_has_made_no_progress(domain):
    ahead = domain.progress("nobody")
    assert (ahead.spent, ahead.next_tier, ahead.missing) == (yuan(0), "silver", yuan(5_000))


def test_a_name_needs_a_secret_and_without_one_nothing_is_written(storage):
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked("Wei Li")
    )
    with pytest.raises(SecretMissingError):
        domain.accept_friend(friend)
    assert storage.get([EntityRef("customer", "wei")]) == ()


def test_the_program_is_kept_with_the_first_decision(domain):
    assert domain.storage.program(domain.program.version) is None
    decision = domain.record_order(order())
    assert domain.storage.program(decision.program) == PROGRAM


def test_a_refused_order_is_a_decision_and_stays_one(storage):
    program = evolve(PROGRAM, enrolment=Enrolment(unknown_customer="refuse"))
    domain = PrivateDomain(program, plugins=[storage])
    refused = domain.record_order(order())
    assert refused.refusals == (CustomerUnknown(customer="wei"),)
    domain.import_member(MemberImport(customer="wei", joined_at=NOON, spent=yuan(0)))
    assert domain.record_order(order()).refusals == refused.refusals
    assert domain.progress("wei").spent == yuan(0)


def test_a_program_that_does_not_hold_is_no_program():
    with pytest.raises(ProgramError):
        PrivateDomain(evolve(PROGRAM, campaigns=[PROGRAM.campaigns[0]] * 2))


# Others are faster


def test_a_stale_decision_is_decided_again_on_what_is_there_now(storage):
    rival = PrivateDomain(PROGRAM, plugins=[storage])
    told = iter([order("B-1", 4_900)])

    def write_once():
        for theirs in told:
            rival.record_order(theirs)

    domain = PrivateDomain(PROGRAM, plugins=[Overtaken(storage, write_once)])
    decision = domain.record_order(order("A-1", 200))
    assert [e.tier for e in decision.events if isinstance(e, TierReached)] == ["silver"]
    (wei,) = storage.get([EntityRef("member", "wei")])
    assert (wei.spent, wei.orders) == (yuan(5_100), 2)
    assert decision.after.member("wei") == wei


def test_who_was_overtaken_by_the_same_order_gets_it_with_the_state_as_it_is(storage):
    rival = PrivateDomain(PROGRAM, plugins=[storage])
    domain = PrivateDomain(
        PROGRAM, plugins=[Overtaken(storage, lambda: rival.record_order(order(paid=5_000)))]
    )
    decision = domain.record_order(order(paid=5_000))
    assert decision.replayed
    assert decision.after.member("wei").tier == "silver"
    assert decision.after.member("wei").orders == 1


def test_who_is_overtaken_each_time_is_told_so_in_the_end(storage):
    rival = PrivateDomain(PROGRAM, plugins=[storage])
    numbers = count()
    domain = PrivateDomain(
        PROGRAM,
        plugins=[Overtaken(storage, lambda: rival.record_order(order(f"B-{next(numbers)}", 1)))],
    )
    with pytest.raises(StaleDecisionError):
        domain.record_order(order("A-1", 10_000))
    (wei,) = storage.get([EntityRef("member", "wei")])
    assert wei.orders == next(numbers) > 1
    assert storage.stored("order:A-1:paid") is None


def test_who_finds_the_last_room_taken_is_refused_with_the_numbers(storage):
    rival = PrivateDomain(PROGRAM, plugins=[storage])
    for name in ("wei", "mei"):
        rival.record_order(order(f"A-{name}", 10, name))
    domain = PrivateDomain(
        PROGRAM,
        plugins=[Overtaken(storage, lambda: rival.issue_coupon(issue("k-mei", "mei"), at=NOON))],
    )
    decision = domain.issue_coupon(issue("k-wei"), at=NOON)
    assert decision.refusals == (
        CampaignExhausted(campaign="june", used=yuan(20), budget=yuan(20), wanted=yuan(20)),
    )
    assert storage.limits([budget_key("june")]) == {budget_key("june"): 2_000}
    assert storage.stored(decision.key) == decision


# Observers


def test_observers_hear_of_every_new_decision_and_of_no_replay(storage):
    listener = Listener()
    domain = PrivateDomain(PROGRAM, plugins=[storage, listener])
    told = [domain.record_order(order()), domain.record_order(order("A-2"))]
    domain.record_order(order())
    refused = domain.issue_coupon(issue("k", "nobody"), at=NOON)
    assert listener.heard == [*told, refused]
    assert listener.heard[1].after.member("wei").orders == 2


def test_observers_hear_of_it_after_it_was_saved(storage):
    seen = []

    class Looking(Listener):
        def hear(self, decision):
            seen.append(storage.stored(decision.key) == decision)

    domain = PrivateDomain(PROGRAM, plugins=[storage, Looking()])
    domain.record_order(order())
    domain.record_orders([order("A-2"), order("A-3")])
    assert seen == [True, True, True]


def test_an_observer_that_raises_stops_nobody_and_is_named(storage):
    broken, sound = Listener(RuntimeError("13800138000"), name="broken"), Listener(name="sound")
    domain = PrivateDomain(PROGRAM, plugins=[storage, broken, sound])
    decision = domain.record_order(order())
    assert (broken.heard, sound.heard) == ([decision], [decision])
    (fault,) = domain.faults
    assert (fault.plugin, fault.hook, fault.fault) == (
        "broken",
        "privlib_observers",
        "raised RuntimeError",
    )
    assert "13800138000" not in repr(fault)


def test_a_program_is_no_path_of_one():
    with pytest.raises(InvalidValueError, match="Program is expected; got str"):
        PrivateDomain("shop.toml")


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [
        ("record_order", "Order"),
        ("import_member", "MemberImport"),
        ("accept_friend", "NewFriend"),
        ("move_stage", "StageMove"),
        ("remap_stage", "StageRemap"),
        ("issue_coupon", "CouponIssue"),
        ("redeem_coupon", "CouponRedemption"),
        ("pause_campaign", "CampaignPause"),
        ("resume_campaign", "CampaignResumption"),
        ("tell_important_day", "ImportantDayTold"),
    ],
)
def test_a_verb_takes_no_other_verb_s_command(domain, verb, wanted):
    with pytest.raises(InvalidValueError, match=f"^{wanted} is expected; got Refund$"):
        getattr(domain, verb)(Refund(id="R-1", order="A-1", customer="wei"))
    with pytest.raises(InvalidValueError, match="Refund is expected; got Order"):
        domain.reverse_order(order())


def test_who_told_it_is_an_actor_for_every_storage(domain):
    with pytest.raises(InvalidValueError, match="by is an Actor"):
        domain.record_order(order(), by="mei")
