"""Coupon eligibility: all that speaks against giving out a coupon, or against using it."""

from datetime import date

import pendulum
import pytest

from privlib.commands import CouponRedemption
from privlib.entities import Campaign, Coupon, CouponState
from privlib.policies.coupon_eligibility import campaign_objections, redemption_objections
from privlib.program.campaign import CampaignRules
from privlib.refusals import (
    CampaignIsPaused,
    CampaignNotRunning,
    CouponAlreadyRedeemed,
    CouponBelowThreshold,
    CouponHasExpired,
    CouponOfAnother,
    CouponUnknown,
)
from privlib.values.money import yuan

ENDS = pendulum.datetime(2026, 7, 1, 4)
USED = pendulum.datetime(2026, 6, 20, 4)
ISSUED = Coupon(
    id="c-1",
    state=CouponState.ISSUED,
    customer="wei",
    campaign="june",
    value=yuan(20),
    threshold=yuan(100),
    expires_at=ENDS,
)
JUNE = CampaignRules(
    name="june", starts=date(2026, 6, 1), ends=date(2026, 7, 1), budget=yuan(1_000)
)
STARTS = pendulum.datetime(2026, 6, 1, tz="Asia/Shanghai")
IS_OVER = pendulum.datetime(2026, 7, 1, tz="Asia/Shanghai")
NOT_RUNNING = CampaignNotRunning(campaign="june", starts=STARTS, ends=IS_OVER)


def use(amount="100", customer="wei"):
    return CouponRedemption(coupon="c-1", customer=customer, order="A-1", amount=yuan(amount))


@pytest.mark.parametrize(
    ("at", "objections"),
    [
        (STARTS.subtract(microseconds=1), (NOT_RUNNING,)),
        (STARTS, ()),
        (IS_OVER.subtract(microseconds=1), ()),
        (IS_OVER, (NOT_RUNNING,)),
    ],
)
def test_a_campaign_runs_from_local_midnight_to_local_midnight(at, objections):
    found = campaign_objections(Campaign(id="june"), JUNE, at=at, zone="Asia/Shanghai")
    assert found == objections


def test_the_days_of_a_campaign_are_those_of_the_shops_zone():
    at = pendulum.datetime(2026, 6, 1, 0, tz="Asia/Shanghai")
    assert campaign_objections(Campaign(id="june"), JUNE, at=at, zone="Asia/Shanghai") == ()
    assert campaign_objections(Campaign(id="june"), JUNE, at=at, zone="America/New_York") == (
        CampaignNotRunning(
            campaign="june",
            starts=pendulum.datetime(2026, 6, 1, tz="America/New_York"),
            ends=pendulum.datetime(2026, 7, 1, tz="America/New_York"),
        ),
    )


def test_a_campaign_without_an_end_runs_on():
    rules = CampaignRules(name="june", starts=date(2026, 6, 1), budget=yuan(1))
    far = pendulum.datetime(2999, 1, 1)
    assert campaign_objections(Campaign(id="june"), rules, at=far, zone="UTC") == ()


def test_a_paused_campaign_that_is_over_has_both_against_it():
    paused = Campaign(id="june", paused_since=USED)
    assert campaign_objections(paused, JUNE, at=IS_OVER, zone="Asia/Shanghai") == (
        NOT_RUNNING,
        CampaignIsPaused(campaign="june", since=USED),
    )


@pytest.mark.law("C3")
@pytest.mark.parametrize("amount", ["100", "100.01", "9999999"])
def test_a_coupon_counts_from_its_threshold_on(amount):
    """The threshold exactly met is enough."""
    assert redemption_objections(ISSUED, use(amount), at=USED) == ()


@pytest.mark.law("C3")
@pytest.mark.parametrize("amount", ["0", "99.99"])
def test_one_fen_below_the_threshold_is_too_little(amount):
    """One fen below, and the coupon counts nothing."""
    assert redemption_objections(ISSUED, use(amount), at=USED) == (
        CouponBelowThreshold(coupon="c-1", needs=yuan(100), has=yuan(amount)),
    )


@pytest.mark.law("C6")
def test_a_coupon_is_good_until_the_moment_it_expires_which_is_no_longer_in_it():
    """Expiry is half-open: refused at the very instant."""
    expired = (CouponHasExpired(coupon="c-1", at=ENDS),)
    assert redemption_objections(ISSUED, use(), at=ENDS.subtract(microseconds=1)) == ()
    assert redemption_objections(ISSUED, use(), at=ENDS) == expired
    assert redemption_objections(ISSUED, use(), at=ENDS.add(microseconds=1)) == expired


def test_a_coupon_without_an_end_does_not_expire():
    endless = Coupon(id="c-1", state=CouponState.ISSUED, customer="wei")
    assert redemption_objections(endless, use(), at=pendulum.datetime(2999, 1, 1)) == ()


@pytest.mark.law("C1")
def test_a_coupon_that_ran_out_stays_so_for_an_order_of_the_day_before():
    """No way leads back from expired, whatever moment is told."""
    gone = Coupon(
        id="c-1", state=CouponState.EXPIRED, customer="wei", expires_at=ENDS, threshold=yuan(100)
    )
    assert redemption_objections(gone, use(), at=USED) == (CouponHasExpired(coupon="c-1", at=ENDS),)


def test_a_used_coupon_names_its_order_and_not_its_end():
    used = Coupon(
        id="c-1",
        state=CouponState.REDEEMED,
        customer="wei",
        expires_at=ENDS,
        order="A-0",
        redeemed_at=USED,
    )
    assert redemption_objections(used, use(), at=ENDS) == (
        CouponAlreadyRedeemed(coupon="c-1", order="A-0", at=USED),
    )


def test_all_reasons_against_a_coupon_are_given():
    assert redemption_objections(ISSUED, use("99.99", customer="ana"), at=ENDS) == (
        CouponOfAnother(coupon="c-1"),
        CouponHasExpired(coupon="c-1", at=ENDS),
        CouponBelowThreshold(coupon="c-1", needs=yuan(100), has=yuan("99.99")),
    )


def test_of_a_coupon_that_does_not_exist_that_is_all_there_is_to_say():
    assert redemption_objections(Coupon(id="c-1"), use("0", customer="ana"), at=ENDS) == (
        CouponUnknown(coupon="c-1"),
    )
