"""S11, campaigns (营销活动), and S17, coupons that differ by domain (差异化优惠券).

S11: a campaign with a period, a budget and results. S17: the shop's own coupons with their own
value and threshold, within budget. (Audiences, external link coupons, claims by tier and for
points are not there yet.)
"""

import io
from datetime import date

import pendulum
import pytest
from attrs import evolve

from privlib import (
    CampaignPause,
    CampaignResumption,
    CampaignRules,
    ConsoleChannel,
    CouponIssue,
    CouponRedemption,
    CouponState,
    CouponTemplate,
    InMemory,
    Lifecycle,
    NewFriend,
    PrivateDomain,
    Stage,
    default_program,
    explain,
    yuan,
)
from privlib.events import CouponExpired, CouponIssued, CouponRedeemed
from privlib.refusals import (
    CampaignAlreadyPaused,
    CampaignExhausted,
    CampaignIsPaused,
    CampaignNotPaused,
    CampaignNotRunning,
    CampaignUnknown,
    CouponAlreadyRedeemed,
    CouponBelowThreshold,
    CouponHasExpired,
    CouponLimitReached,
    CouponOfAnother,
    CouponUnknown,
    CustomerUnknown,
)

BEFORE = pendulum.datetime(2026, 5, 1, 12, tz="Asia/Shanghai")
NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
FIRST_MOMENT = pendulum.datetime(2026, 6, 1, tz="Asia/Shanghai")
LAST_MOMENT = pendulum.datetime(2026, 6, 30, 23, 59, 59, 999_999, tz="Asia/Shanghai")
OVER = pendulum.datetime(2026, 7, 1, tz="Asia/Shanghai")

TWENTY_OFF = CouponTemplate(
    name="20 off 100", value=yuan(20), threshold=yuan(100), valid_days=30, per_customer=1
)


def opened(*coupons, budget="50"):
    """A shop with a campaign in June, in which wei, lan and bo are known."""
    june = CampaignRules(
        name="june",
        starts=date(2026, 6, 1),
        ends=date(2026, 7, 1),
        budget=yuan(budget),
        coupons=coupons or [TWENTY_OFF],
    )
    no_follow_up = [Lifecycle(name="customer", stages=[Stage(name="friend")])]
    program = evolve(default_program(), campaigns=[june], lifecycles=no_follow_up)
    plugins = [InMemory(), ConsoleChannel(stream=io.StringIO())]
    domain = PrivateDomain(program, plugins=plugins, clock=lambda: NOON)
    for customer in ("wei", "lan", "bo"):
        domain.accept_friend(
            NewFriend(customer=customer, employee="mei", carrier="console", added_at=BEFORE)
        )
    return domain


def issued(domain, customer, *, key=None, coupon="20 off 100", at=NOON, campaign="june"):
    wish = CouponIssue(
        key=key or f"for-{customer}", customer=customer, campaign=campaign, coupon=coupon
    )
    return domain.issue_coupon(wish, at=at)


def coupon_of(decision):
    return next(event.coupon for event in decision.events if isinstance(event, CouponIssued))


def used(domain, coupon, *, amount="100", by="wei", order="A-1", at=NOON):
    told = CouponRedemption(coupon=coupon, customer=by, order=order, amount=yuan(amount))
    return domain.redeem_coupon(told, at=at)


@pytest.mark.system("S17")
def test_a_coupon_is_given_out_and_used_once():
    domain = opened()
    decision = issued(domain, "wei")
    coupon = coupon_of(decision)
    assert decision.events == (
        CouponIssued(
            coupon=coupon,
            customer="wei",
            campaign="june",
            template="20 off 100",
            value=yuan(20),
            threshold=yuan(100),
            expires_at=NOON.add(days=30),
            at=NOON,
        ),
    )
    later = NOON.add(days=1)
    redeemed = used(domain, coupon, at=later)
    assert redeemed.events == (
        CouponRedeemed(coupon=coupon, customer="wei", order="A-1", value=yuan(20), at=later),
    )
    assert redeemed.after.coupon(coupon).state is CouponState.REDEEMED
    again = used(domain, coupon, order="A-2", at=later)
    assert again.refusals == (CouponAlreadyRedeemed(coupon=coupon, order="A-1", at=later),)


@pytest.mark.system("S11")
@pytest.mark.parametrize(
    ("at", "runs"),
    [
        (FIRST_MOMENT.subtract(microseconds=1), False),
        (FIRST_MOMENT, True),
        (LAST_MOMENT, True),
        (OVER, False),
    ],
)
def test_a_campaign_runs_from_its_first_day_until_the_day_after_its_last(at, runs):
    decision = issued(opened(), "wei", at=at)
    not_running = CampaignNotRunning(campaign="june", starts=FIRST_MOMENT, ends=OVER)
    assert decision.refusals == (() if runs else (not_running,))
    assert bool(decision.events) is runs


@pytest.mark.system("S11")
def test_coupons_are_given_out_as_far_as_the_budget_reaches():
    domain = opened(budget="59.99")
    assert issued(domain, "wei").events
    assert issued(domain, "lan").events
    third = issued(domain, "bo")
    assert third.refusals == (
        CampaignExhausted(campaign="june", used=yuan(40), budget=yuan("59.99"), wanted=yuan(20)),
    )
    assert third.changes_nothing
    assert explain(third.refusals[0]) == (
        "Campaign june has used 40 yuan of its budget of 59.99 yuan: 20 yuan more does not fit."
    )


@pytest.mark.system("S11")
def test_a_budget_may_be_used_to_the_last_fen():
    domain = opened(budget="60")
    assert all(issued(domain, customer).events for customer in ("wei", "lan", "bo"))


@pytest.mark.system("S11")
def test_a_campaign_without_budget_gives_out_nothing():
    [refusal] = issued(opened(budget="0"), "wei").refusals
    assert refusal == CampaignExhausted(
        campaign="june", used=yuan(0), budget=yuan(0), wanted=yuan(20)
    )


@pytest.mark.system("S11")
def test_coupons_of_one_campaign_share_its_budget():
    thirty = CouponTemplate(name="30 off 200", value=yuan(30), threshold=yuan(200))
    domain = opened(TWENTY_OFF, thirty, budget="50")
    assert issued(domain, "wei").events
    assert issued(domain, "lan", coupon="30 off 200").events
    [refusal] = issued(domain, "bo").refusals
    assert refusal.used == yuan(50)


@pytest.mark.system("S11")
def test_when_a_coupon_runs_out_unused_its_room_goes_to_somebody_else():
    domain = opened(CouponTemplate(name="c", value=yuan(20), threshold=yuan(20), valid_days=7))
    first, second = (coupon_of(issued(domain, who, coupon="c")) for who in ("wei", "lan"))
    assert issued(domain, "bo", coupon="c").refusals
    used(domain, second, amount="20", by="lan")
    end = NOON.add(days=7)
    assert domain.run_due(at=end.subtract(microseconds=1)) == ()
    [decision] = domain.run_due(at=end)
    assert decision.events == (CouponExpired(coupon=first, customer="wei", value=yuan(20), at=end),)
    assert issued(domain, "bo", coupon="c", key="once more", at=end).events
    assert issued(domain, "wei", coupon="c", key="and more", at=end).refusals


@pytest.mark.system("S11")
def test_room_comes_back_once_however_often_the_clock_is_asked():
    domain = opened(CouponTemplate(name="c", value=yuan(50), threshold=yuan(50), valid_days=7))
    issued(domain, "wei", coupon="c")
    for day in (7, 8, 9):
        domain.run_due(at=NOON.add(days=day))
    late = NOON.add(days=9)
    assert issued(domain, "lan", coupon="c", at=late).events
    assert issued(domain, "bo", coupon="c", at=late).refusals


@pytest.mark.system("S11")
def test_a_coupon_that_was_used_gives_no_room_back():
    domain = opened(CouponTemplate(name="c", value=yuan(50), threshold=yuan(50), valid_days=7))
    coupon = coupon_of(issued(domain, "wei", coupon="c"))
    used(domain, coupon, amount="50")
    late = NOON.add(days=8)
    assert domain.run_due(at=late) == ()
    [refusal] = issued(domain, "lan", coupon="c", at=late).refusals
    assert refusal == CampaignExhausted(
        campaign="june", used=yuan(50), budget=yuan(50), wanted=yuan(50)
    )


@pytest.mark.system("S11")
def test_the_same_wish_told_twice_takes_room_once():
    domain = opened(budget="40")
    first = issued(domain, "wei")
    again = issued(domain, "wei")
    assert again.replayed
    assert coupon_of(again) == coupon_of(first)
    assert issued(domain, "lan").events


@pytest.mark.system("S11")
def test_a_refused_wish_stays_refused_and_a_new_one_may_succeed():
    domain = opened()
    domain.pause_campaign(CampaignPause(key="p-1", campaign="june"), at=NOON)
    refused = issued(domain, "wei", key="w-1")
    domain.resume_campaign(CampaignResumption(key="r-1", campaign="june"), at=NOON)
    again = issued(domain, "wei", key="w-1")
    assert again.replayed
    assert again.refusals == refused.refusals
    assert issued(domain, "wei", key="w-2").events


@pytest.mark.system("S11")
def test_a_paused_campaign_gives_out_nothing_but_its_coupons_stay_good():
    domain = opened()
    coupon = coupon_of(issued(domain, "wei"))
    stopped = NOON.add(hours=1)
    domain.pause_campaign(CampaignPause(key="p-1", campaign="june"), at=stopped)
    later = NOON.add(hours=2)
    assert issued(domain, "lan", at=later).refusals == (
        CampaignIsPaused(campaign="june", since=stopped),
    )
    assert used(domain, coupon, at=later).events
    domain.resume_campaign(CampaignResumption(key="r-1", campaign="june"), at=later)
    assert issued(domain, "lan", key="again", at=later).events


@pytest.mark.system("S11")
def test_pausing_and_resuming_twice_is_refused_with_the_reason():
    domain = opened()
    running = domain.resume_campaign(CampaignResumption(key="r-1", campaign="june"), at=NOON)
    assert running.refusals == (CampaignNotPaused(campaign="june"),)
    domain.pause_campaign(CampaignPause(key="p-1", campaign="june"), at=NOON)
    twice = domain.pause_campaign(CampaignPause(key="p-2", campaign="june"), at=NOON.add(hours=1))
    assert twice.refusals == (CampaignAlreadyPaused(campaign="june", since=NOON),)
    unknown = domain.pause_campaign(CampaignPause(key="p-3", campaign="july"), at=NOON)
    assert unknown.refusals == (CampaignUnknown(campaign="july"),)
    again = domain.resume_campaign(CampaignResumption(key="r-2", campaign="july"), at=NOON)
    assert again.refusals == (CampaignUnknown(campaign="july"),)


@pytest.mark.system("S17")
def test_all_reasons_against_giving_out_a_coupon_come_at_once():
    domain = opened(budget="10")
    domain.pause_campaign(CampaignPause(key="p-1", campaign="june"), at=NOON)
    assert issued(domain, "stranger", at=OVER).refusals == (
        CustomerUnknown(customer="stranger"),
        CampaignNotRunning(campaign="june", starts=FIRST_MOMENT, ends=OVER),
        CampaignIsPaused(campaign="june", since=NOON),
        CampaignExhausted(campaign="june", used=yuan(0), budget=yuan(10), wanted=yuan(20)),
    )


@pytest.mark.system("S17")
def test_a_campaign_or_coupon_that_is_not_there_is_refused():
    domain = opened()
    assert issued(domain, "wei", key="a", campaign="july").refusals == (
        CampaignUnknown(campaign="july"),
    )
    assert issued(domain, "wei", key="b", coupon="99 off").refusals == (
        CouponUnknown(coupon="99 off"),
    )
    assert used(domain, "no-such").refusals == (CouponUnknown(coupon="no-such"),)


@pytest.mark.system("S17")
def test_a_customer_gets_a_coupon_as_often_as_its_rule_says():
    domain = opened(budget="1000")
    assert issued(domain, "wei", key="first").events
    assert issued(domain, "wei", key="second").refusals == (
        CouponLimitReached(campaign="june", coupon="20 off 100", had=1, limit=1),
    )
    assert issued(domain, "lan").events


@pytest.mark.system("S17")
def test_a_coupon_that_ran_out_still_counts_for_its_customer():
    domain = opened(evolve(TWENTY_OFF, valid_days=1))
    issued(domain, "wei", key="first")
    domain.run_due(at=NOON.add(days=1))
    assert issued(domain, "wei", key="second", at=NOON.add(days=1)).refusals == (
        CouponLimitReached(campaign="june", coupon="20 off 100", had=1, limit=1),
    )


@pytest.mark.system("S17")
@pytest.mark.parametrize(("amount", "good"), [("99.99", False), ("100", True), ("100.01", True)])
def test_a_coupon_needs_an_order_of_its_threshold(amount, good):
    domain = opened()
    coupon = coupon_of(issued(domain, "wei"))
    below = CouponBelowThreshold(coupon=coupon, needs=yuan(100), has=yuan(amount))
    assert used(domain, coupon, amount=amount).refusals == (() if good else (below,))


@pytest.mark.system("S17")
def test_a_coupon_is_good_until_the_moment_it_runs_out():
    domain = opened()
    coupon = coupon_of(issued(domain, "wei"))
    end = NOON.add(days=30)
    late = used(domain, coupon, order="A-1", at=end)
    assert late.refusals == (CouponHasExpired(coupon=coupon, at=end),)
    assert used(domain, coupon, order="A-2", at=end.subtract(microseconds=1)).events


@pytest.mark.system("S17")
def test_all_reasons_against_using_a_coupon_come_at_once():
    domain = opened()
    coupon = coupon_of(issued(domain, "wei"))
    end = NOON.add(days=30)
    assert used(domain, coupon, by="lan", amount="5", at=end).refusals == (
        CouponOfAnother(coupon=coupon),
        CouponHasExpired(coupon=coupon, at=end),
        CouponBelowThreshold(coupon=coupon, needs=yuan(100), has=yuan(5)),
    )
