"""S2, spend milestones and tiers (消费满赠 / 会员等级).

Cumulative net spend of 5,000 / 10,000 / 50,000 / 100,000 yuan reaches the tier and grants its gift
pack once; one order may cross several; refunds are handled by a named rule; "how far to the next".
"""

import io

import pendulum
import pytest
from attrs import evolve

from privlib import (
    ConsoleChannel,
    GiftStanding,
    InMemory,
    MemberImport,
    Order,
    PrivateDomain,
    Refund,
    default_program,
    explain,
    yuan,
)
from privlib.events import (
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    MemberImported,
    SpendAdded,
    SpendReversed,
    TierLost,
    TierReached,
)
from privlib.refusals import AlreadyMember, RefundExceedsPaid

pytestmark = pytest.mark.system("S2")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
ONE_ON = pendulum.datetime(2026, 6, 1, 13, tz="Asia/Shanghai")
NEXT_DAY = pendulum.datetime(2026, 6, 2, 12, tz="Asia/Shanghai")


def opened(**rules):
    """A shop with the default program, these rules of its ladder, and what its console shows."""
    program = default_program()
    program = evolve(program, ladder=evolve(program.ladder, **rules))
    console = io.StringIO()
    channel = ConsoleChannel(stream=console, zone="Asia/Shanghai")
    return PrivateDomain(program, plugins=[InMemory(), channel], clock=lambda: NOON), console


def bought(domain, order, amount, *, at=NOON, by="wei"):
    return domain.record_order(Order(id=order, customer=by, paid=yuan(amount), paid_at=at))


def kinds(decision, *wanted):
    return [event for event in decision.events if isinstance(event, wanted)]


def gifts_shipped(console):
    return [line for line in console.getvalue().splitlines() if " the gift " in line]


def test_four_milestones_are_reached_one_after_the_other_each_with_its_gift():
    domain, console = opened()
    steps = [
        ("A-1", "4999.99", None, None),
        ("A-2", "0.01", "silver", "silver-pack"),
        ("A-3", "4999.99", "silver", None),
        ("A-4", "0.01", "gold", "gold-pack"),
        ("A-5", 39_999, "gold", None),
        ("A-6", 1, "platinum", "platinum-pack"),
        ("A-7", "49999.99", "platinum", None),
        ("A-8", "0.01", "diamond", "diamond-pack"),
        ("A-9", 500_000, "diamond", None),
    ]
    for order, amount, tier, gift in steps:
        decision = bought(domain, order, amount)
        assert decision.after.member("wei").tier == tier
        assert [event.gift for event in kinds(decision, GiftGranted)] == ([gift] if gift else [])
        assert [event.order for event in kinds(decision, TierReached)] == ([order] if gift else [])
    assert decision.after.member("wei").spent == yuan(600_000)
    domain.deliver(at=NOON)
    assert gifts_shipped(console) == [
        "Send wei the gift silver-pack, worth 300 yuan: tea sampler, thermos.",
        "Send wei the gift gold-pack, worth 800 yuan: tea set.",
        "Send wei the gift platinum-pack, worth 5,000 yuan: tea set, weekend at the tea hills.",
        (
            "Send wei the gift diamond-pack, worth 12,000 yuan: "
            "own adviser for a year, autumn journey."
        ),
    ]


@pytest.mark.parametrize(
    ("amount", "tiers"),
    [
        ("4999.99", []),
        (5_000, ["silver"]),
        ("5000.01", ["silver"]),
        ("9999.99", ["silver"]),
        (10_000, ["silver", "gold"]),
        (50_000, ["silver", "gold", "platinum"]),
        ("99999.99", ["silver", "gold", "platinum"]),
        (100_000, ["silver", "gold", "platinum", "diamond"]),
    ],
)
def test_one_order_may_cross_several_tiers_in_ascending_order(amount, tiers):
    domain, console = opened()
    decision = bought(domain, "A-1", amount)
    assert [event.tier for event in kinds(decision, TierReached)] == tiers
    assert [event.gift for event in kinds(decision, GiftGranted)] == [f"{t}-pack" for t in tiers]
    assert decision.after.member("wei").tier == (tiers[-1] if tiers else None)
    domain.deliver(at=NOON)
    assert len(gifts_shipped(console)) == len(tiers)


def test_how_far_the_next_tier_is_at_every_rung():
    domain, _ = opened()
    ways = [
        (0, None, "silver", 5_000, "silver-pack"),
        (4_680, None, "silver", 320, "silver-pack"),
        (320, "silver", "gold", 5_000, "gold-pack"),
        (4_680, "silver", "gold", 320, "gold-pack"),
        (320, "gold", "platinum", 40_000, "platinum-pack"),
        (40_000, "platinum", "diamond", 50_000, "diamond-pack"),
    ]
    for number, (amount, tier, ahead, missing, gift) in enumerate(ways):
        bought(domain, f"A-{number}", amount)
        progress = domain.progress("wei")
        assert (progress.tier, progress.next_tier, progress.missing, progress.gift.id) == (
            tier,
            ahead,
            yuan(missing),
            gift,
        )
    bought(domain, "A-9", 50_000)
    progress = domain.progress("wei")
    assert (progress.tier, progress.next_tier, progress.missing) == ("diamond", None, None)
    assert explain(progress) == "wei is at the top of the ladder; spent so far: 100,000 yuan."


def test_a_member_is_told_how_far_he_is_in_a_sentence():
    domain, _ = opened()
    bought(domain, "A-1", 9_680)
    assert explain(domain.progress("wei")) == (
        "320 yuan more brings wei to gold, with the gift gold-pack; spent so far: 9,680 yuan."
    )


def test_the_same_order_told_twice_ships_one_gift():
    domain, console = opened()
    first = bought(domain, "A-1", 5_000)
    domain.deliver(at=NOON)
    again = bought(domain, "A-1", 5_000)
    assert not first.replayed
    assert again.replayed
    assert again.after.member("wei").spent == yuan(5_000)
    domain.deliver(at=ONE_ON)
    assert gifts_shipped(console) == [
        "Send wei the gift silver-pack, worth 300 yuan: tea sampler, thermos."
    ]


def test_by_default_a_refund_recomputes_the_tier_and_marks_the_gift_as_returnable():
    domain, _ = opened()
    bought(domain, "A-1", 4_000)
    bought(domain, "A-2", 6_000)
    refund = Refund(id="R-1", order="A-2", customer="wei", amount=yuan("0.01"), refunded_at=ONE_ON)
    decision = domain.reverse_order(refund)
    assert kinds(decision, SpendReversed, TierLost, GiftReturnable) == [
        SpendReversed(customer="wei", order="A-2", refund="R-1", amount=yuan("0.01"), at=ONE_ON),
        TierLost(
            customer="wei",
            tier="gold",
            to="silver",
            threshold=yuan(10_000),
            spent=yuan("9999.99"),
            at=ONE_ON,
        ),
        GiftReturnable(customer="wei", gift="gold-pack", value=yuan(800), at=ONE_ON),
    ]
    member = decision.after.member("wei")
    assert (member.tier, member.spent) == ("silver", yuan("9999.99"))
    assert {gift.id: gift.standing for gift in member.gifts} == {
        "silver-pack": GiftStanding.EARNED,
        "gold-pack": GiftStanding.RETURNABLE,
    }
    assert domain.progress("wei").missing == yuan("0.01")


def test_a_refund_that_leaves_the_threshold_takes_nothing():
    domain, _ = opened()
    bought(domain, "A-1", "5000.01")
    refund = Refund(id="R-1", order="A-1", customer="wei", amount=yuan("0.01"))
    decision = domain.reverse_order(refund)
    assert not kinds(decision, TierLost, GiftReturnable)
    assert decision.after.member("wei").tier == "silver"


def test_a_refund_of_everything_falls_through_all_tiers_at_once():
    domain, _ = opened()
    bought(domain, "A-1", 100_000)
    decision = domain.reverse_order(Refund(id="R-1", order="A-1", customer="wei"))
    [lost] = kinds(decision, TierLost)
    assert (lost.tier, lost.to, lost.spent) == ("diamond", None, yuan(0))
    assert [event.gift for event in kinds(decision, GiftReturnable)] == [
        "silver-pack",
        "gold-pack",
        "platinum-pack",
        "diamond-pack",
    ]
    assert decision.after.member("wei").tier is None
    assert domain.progress("wei").next_tier == "silver"


def test_new_spend_takes_the_mark_off_and_ships_no_second_gift():
    domain, console = opened()
    bought(domain, "A-1", 5_000)
    domain.reverse_order(Refund(id="R-1", order="A-1", customer="wei"))
    decision = bought(domain, "A-2", 5_000, at=ONE_ON)
    assert kinds(decision, GiftReearned, TierReached, GiftGranted) == [
        GiftReearned(customer="wei", gift="silver-pack", value=yuan(300), at=ONE_ON),
        TierReached(
            customer="wei",
            tier="silver",
            threshold=yuan(5_000),
            spent=yuan(5_000),
            order="A-2",
            at=ONE_ON,
        ),
    ]
    [gift] = decision.after.member("wei").gifts
    assert gift.standing is GiftStanding.EARNED
    domain.deliver(at=NEXT_DAY)
    assert len(gifts_shipped(console)) == 1


def test_a_shop_may_let_its_members_keep_their_tier():
    domain, _ = opened(tier_after_refund="keep")
    bought(domain, "A-1", 10_000)
    decision = domain.reverse_order(Refund(id="R-1", order="A-1", customer="wei"))
    assert not kinds(decision, TierLost)
    assert [event.gift for event in kinds(decision, GiftReturnable)] == [
        "silver-pack",
        "gold-pack",
    ]
    assert decision.after.member("wei").tier == "gold"
    progress = domain.progress("wei")
    assert (progress.next_tier, progress.missing) == ("platinum", yuan(50_000))


def test_a_shop_may_let_its_members_keep_their_gifts_unmarked():
    domain, _ = opened(gift_after_refund="keep")
    bought(domain, "A-1", 10_000)
    decision = domain.reverse_order(Refund(id="R-1", order="A-1", customer="wei"))
    assert [event.tier for event in kinds(decision, TierLost)] == ["gold"]
    assert not kinds(decision, GiftReturnable)
    assert {gift.standing for gift in decision.after.member("wei").gifts} == {GiftStanding.EARNED}


def test_a_refund_above_what_is_left_is_refused_with_the_numbers_and_changes_nothing():
    domain, _ = opened()
    bought(domain, "A-1", 5_000)
    domain.reverse_order(Refund(id="R-1", order="A-1", customer="wei", amount=yuan(1_000)))
    too_much = Refund(id="R-2", order="A-1", customer="wei", amount=yuan("4000.01"))
    decision = domain.reverse_order(too_much)
    assert decision.refusals == (
        RefundExceedsPaid(
            order="A-1", paid=yuan(5_000), refunded=yuan(1_000), wanted=yuan("4000.01")
        ),
    )
    assert decision.changes_nothing
    assert domain.progress("wei").spent == yuan(4_000)


def test_a_refund_that_comes_before_its_order_waits_for_it():
    domain, console = opened()
    domain.reverse_order(Refund(id="R-1", order="A-1", customer="wei", amount=yuan(1)))
    decision = bought(domain, "A-1", 5_000, at=ONE_ON)
    assert kinds(decision, SpendAdded, SpendReversed, TierReached) == [
        SpendAdded(customer="wei", order="A-1", amount=yuan(5_000), at=ONE_ON),
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=yuan(1), at=ONE_ON),
    ]
    domain.deliver(at=NEXT_DAY)
    assert gifts_shipped(console) == []
    assert domain.progress("wei").missing == yuan(1)


def test_a_member_from_before_stands_in_his_tier_and_is_not_owed_its_gifts_again():
    domain, console = opened()
    since = pendulum.datetime(2020, 1, 1, tz="Asia/Shanghai")
    told = MemberImport(customer="wei", joined_at=since, spent=yuan(12_000))
    decision = domain.import_member(told, at=NOON)
    assert kinds(decision, MemberImported)[0].spent == yuan(12_000)
    assert [event.gift for event in kinds(decision, GiftAlreadyGiven)] == [
        "silver-pack",
        "gold-pack",
    ]
    assert not decision.requests
    decision = bought(domain, "A-1", 38_000)
    assert [event.gift for event in kinds(decision, GiftGranted)] == ["platinum-pack"]
    domain.deliver(at=NOON)
    assert len(gifts_shipped(console)) == 1


def test_a_member_from_before_catches_up_where_the_program_says_so():
    program = default_program()
    program = evolve(program, enrolment=evolve(program.enrolment, imported_member="catch_up"))
    console = io.StringIO()
    domain = PrivateDomain(program, plugins=[InMemory(), ConsoleChannel(stream=console)])
    told = MemberImport(customer="wei", joined_at=NOON, spent=yuan(12_000))
    domain.import_member(told, at=NOON)
    domain.deliver(at=NOON)
    assert gifts_shipped(console) == [
        "Send wei the gift silver-pack, worth 300 yuan: tea sampler, thermos.",
        "Send wei the gift gold-pack, worth 800 yuan: tea set.",
    ]


def test_who_is_a_member_cannot_be_imported():
    domain, _ = opened()
    bought(domain, "A-1", 5_000)
    told = MemberImport(customer="wei", joined_at=NOON, spent=yuan(100_000))
    decision = domain.import_member(told, at=ONE_ON)
    assert decision.refusals == (AlreadyMember(customer="wei", since=NOON),)
    assert domain.progress("wei").spent == yuan(5_000)


def test_two_members_do_not_share_their_spend():
    domain, console = opened()
    bought(domain, "A-1", 4_000, by="wei")
    bought(domain, "A-2", 4_000, by="lan")
    assert [domain.progress(each).missing for each in ("wei", "lan", "nobody")] == [
        yuan(1_000),
        yuan(1_000),
        yuan(5_000),
    ]
    domain.deliver(at=NOON)
    assert gifts_shipped(console) == []
