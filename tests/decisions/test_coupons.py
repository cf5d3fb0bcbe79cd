"""Coupons and campaigns: given out, used, run out, paused."""

from datetime import date

import pendulum
import pytest
from attrs import evolve

from privlib.commands import CampaignPause, CampaignResumption, CouponIssue, CouponRedemption
from privlib.decisions import (
    EntityVersion,
    State,
    expire_coupon,
    issue_coupon,
    pause_campaign,
    redeem_coupon,
    resume_campaign,
)
from privlib.entities import Campaign, Coupon, CouponState, Customer
from privlib.errors import CurrencyMismatchError, InvalidIdError
from privlib.events import (
    CampaignPaused,
    CampaignResumed,
    CouponExpired,
    CouponIssued,
    CouponRedeemed,
)
from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.program.loading import default_program
from privlib.refusals import (
    CampaignAlreadyPaused,
    CampaignExhausted,
    CampaignIsPaused,
    CampaignNotPaused,
    CampaignNotRunning,
    CampaignUnknown,
    CouponAlreadyIssued,
    CouponAlreadyRedeemed,
    CouponBelowThreshold,
    CouponHasExpired,
    CouponLimitReached,
    CouponOfAnother,
    CouponUnknown,
    CustomerUnknown,
)
from privlib.reservations import Reservation
from privlib.timers import CouponEnds
from privlib.values.money import LARGEST_MINOR, Money, yuan

NOON = pendulum.datetime(2026, 6, 10, 4)
BUDGET = "campaign:june:budget"
WEIS = "campaign:june:coupon:20 off:customer:wei"
PROGRAM = evolve(
    default_program(),
    campaigns=[
        CampaignRules(
            name="june",
            starts=date(2026, 6, 1),
            ends=date(2026, 7, 1),
            budget=yuan(100),
            coupons=[
                CouponTemplate(
                    name="20 off",
                    value=yuan(20),
                    threshold=yuan(100),
                    valid_days=30,
                    per_customer=2,
                ),
                CouponTemplate(name="endless", value=yuan(5), threshold=yuan(5)),
            ],
        )
    ],
)
WEI = Customer(id="wei", version=1, known_since=NOON.subtract(days=9))
JUNE = Campaign(id="june")
ENDS = NOON.add(days=30)
ISSUED = Coupon(
    id="issue-coupon:k-1/coupon/1",
    version=1,
    state=CouponState.ISSUED,
    customer="wei",
    campaign="june",
    template="20 off",
    value=yuan(20),
    threshold=yuan(100),
    issued_at=NOON,
    expires_at=ENDS,
)
TIMER = CouponEnds(coupon=ISSUED.id, customer="wei", campaign="june", due=ENDS)


def wish(**others):
    told = {"key": "k-1", "customer": "wei", "campaign": "june", "coupon": "20 off"}
    return CouponIssue(**told | others)


def use(amount="100", **others):
    told = {"coupon": ISSUED.id, "customer": "wei", "order": "A-1"}
    paid = amount if isinstance(amount, Money) else yuan(amount)
    return CouponRedemption(**told | others, amount=paid)


def checked(state, decision):
    assert decision.after == state.after(decision.events)
    return decision


def issued(state, told, at=NOON):
    return checked(state, issue_coupon(state, told, PROGRAM, at=at))


def redeemed(state, told, at=NOON):
    return checked(state, redeem_coupon(state, told, PROGRAM, at=at))


def test_a_coupon_is_given_out_of_the_budget_and_its_end_is_set():
    decision = issued(State(WEI, JUNE), wish())
    assert decision.key == "issue-coupon:k-1"
    assert decision.events == (
        CouponIssued(
            coupon="issue-coupon:k-1/coupon/1",
            customer="wei",
            campaign="june",
            template="20 off",
            value=yuan(20),
            threshold=yuan(100),
            expires_at=ENDS,
            at=NOON,
        ),
    )
    assert decision.timers == (TIMER,)
    assert decision.reservations == (
        Reservation(limit_key=BUDGET, amount=2_000, limit=10_000),
        Reservation(limit_key=WEIS, amount=1, limit=2),
    )
    assert decision.before == (
        EntityVersion("coupon", "issue-coupon:k-1/coupon/1", 0),
        EntityVersion("customer", "wei", 1),
    )
    assert decision.requests == decision.cancels == decision.refusals == ()
    assert decision.after.coupon(ISSUED.id) == ISSUED


def test_a_coupon_without_an_end_or_a_limit_sets_no_timer_and_takes_the_budget_only():
    decision = issued(State(WEI, JUNE), wish(coupon="endless"))
    assert decision.timers == ()
    assert decision.events[0].expires_at is None
    assert decision.reservations == (Reservation(limit_key=BUDGET, amount=500, limit=10_000),)


def test_an_unknown_campaign_or_coupon_is_refused():
    assert issued(State(WEI), wish(campaign="may")).refusals == (CampaignUnknown(campaign="may"),)
    assert issued(State(WEI), wish(coupon="30 off")).refusals == (CouponUnknown(coupon="30 off"),)


def test_all_reasons_against_a_coupon_are_given():
    state = State(evolve(JUNE, version=1, paused_since=NOON), limits={BUDGET: 8_001, WEIS: 2})
    decision = issued(state, wish(), at=pendulum.datetime(2026, 7, 1, tz="Asia/Shanghai"))
    assert decision.refusals == (
        CustomerUnknown(customer="wei"),
        CampaignNotRunning(
            campaign="june",
            starts=pendulum.datetime(2026, 6, 1, tz="Asia/Shanghai"),
            ends=pendulum.datetime(2026, 7, 1, tz="Asia/Shanghai"),
        ),
        CampaignIsPaused(campaign="june", since=NOON),
        CampaignExhausted(campaign="june", used=yuan("80.01"), budget=yuan(100), wanted=yuan(20)),
        CouponLimitReached(campaign="june", coupon="20 off", had=2, limit=2),
    )
    assert decision.changes_nothing


@pytest.mark.parametrize("verb", [issue_coupon, redeem_coupon])
def test_a_customer_id_that_is_personal_is_an_error_and_not_stored_in_a_refusal(verb):
    told = {issue_coupon: wish, redeem_coupon: use}[verb](customer="13800138000")
    with pytest.raises(InvalidIdError) as caught:
        verb(State(WEI, JUNE, ISSUED), told, PROGRAM, at=NOON)
    assert "13800138000" not in str(caught.value)


def test_a_coupon_is_used_and_its_end_cancelled():
    decision = redeemed(State(ISSUED), use())
    assert decision.key == "coupon:issue-coupon%3Ak-1/coupon/1:order:A-1"
    assert decision.events == (
        CouponRedeemed(coupon=ISSUED.id, customer="wei", order="A-1", value=yuan(20), at=NOON),
    )
    assert decision.cancels == (TIMER.key,)
    assert decision.before == (EntityVersion("coupon", ISSUED.id, 1),)
    assert decision.reservations == decision.timers == decision.requests == ()
    assert decision.after.coupon(ISSUED.id) == evolve(
        ISSUED, version=2, state="redeemed", order="A-1", redeemed_at=NOON
    )


def test_a_coupon_stays_good_while_its_campaign_is_paused_or_gone():
    assert redeemed(State(ISSUED, evolve(JUNE, paused_since=NOON)), use()).refusals == ()
    gone = evolve(PROGRAM, campaigns=())
    assert redeem_coupon(State(ISSUED), use(), gone, at=NOON).refusals == ()


def test_all_reasons_against_using_a_coupon_are_given():
    decision = redeemed(State(ISSUED), use("99.99", customer="ana"), at=ENDS)
    assert decision.refusals == (
        CouponOfAnother(coupon=ISSUED.id),
        CouponHasExpired(coupon=ISSUED.id, at=ENDS),
        CouponBelowThreshold(coupon=ISSUED.id, needs=yuan(100), has=yuan("99.99")),
    )
    assert decision.changes_nothing


def test_a_coupon_that_does_not_exist_is_refused():
    assert redeemed(State(), use()).refusals == (CouponUnknown(coupon=ISSUED.id),)


def test_a_used_coupon_is_refused_with_its_order():
    state = redeemed(State(ISSUED), use()).after
    decision = redeemed(state, use(order="A-2"), at=ENDS)
    assert decision.refusals == (CouponAlreadyRedeemed(coupon=ISSUED.id, order="A-1", at=NOON),)


def test_an_order_in_another_currency_is_an_error():
    with pytest.raises(CurrencyMismatchError):
        redeem_coupon(State(ISSUED), use(amount=Money(20_000, "USD")), PROGRAM, at=NOON)


def test_a_coupon_that_runs_out_gives_its_value_back_to_the_budget():
    decision = checked(
        State(ISSUED), expire_coupon(State(ISSUED), TIMER, PROGRAM, at=ENDS.add(hours=1))
    )
    assert decision.key == TIMER.decision_key
    assert decision.fires == (TIMER,)
    assert decision.events == (
        CouponExpired(coupon=ISSUED.id, customer="wei", value=yuan(20), at=ENDS.add(hours=1)),
    )
    assert decision.reservations == (
        Reservation(limit_key=BUDGET, amount=-2_000, limit=LARGEST_MINOR),
    )
    assert decision.before == (EntityVersion("coupon", ISSUED.id, 1),)


@pytest.mark.parametrize("state", [CouponState.BLANK, CouponState.REDEEMED, CouponState.EXPIRED])
def test_a_coupon_that_is_not_open_gives_nothing_back(state):
    loaded = State(evolve(ISSUED, state=state))
    decision = checked(loaded, expire_coupon(loaded, TIMER, PROGRAM, at=ENDS))
    assert decision.fires == (TIMER,)
    assert decision.events == decision.reservations == ()


def test_a_campaign_is_paused_and_runs_on():
    pause = CampaignPause(key="k-1", campaign="june")
    decision = checked(State(JUNE), pause_campaign(State(JUNE), pause, PROGRAM, at=NOON))
    assert decision.key == "pause-campaign:k-1"
    assert decision.events == (CampaignPaused(campaign="june", at=NOON),)
    assert decision.before == (EntityVersion("campaign", "june", 0),)
    paused = decision.after
    assert issued(State(WEI, *paused.entities), wish()).refusals == (
        CampaignIsPaused(campaign="june", since=NOON),
    )
    resume = CampaignResumption(key="k-1", campaign="june")
    decision = checked(paused, resume_campaign(paused, resume, PROGRAM, at=ENDS))
    assert decision.key == "resume-campaign:k-1"
    assert decision.events == (CampaignResumed(campaign="june", at=ENDS),)
    assert decision.before == (EntityVersion("campaign", "june", 1),)
    assert decision.after.campaign("june") == Campaign(id="june", version=2)


def test_a_campaign_that_is_only_read_is_not_guarded():
    """It is shared by all: guarding it would make each coupon wait for every other."""
    for state in (State(WEI, JUNE), State(WEI, evolve(JUNE, version=1, paused_since=NOON))):
        decision = issued(state, wish())
        assert "campaign" not in {entry.kind for entry in decision.before}


def test_pausing_what_is_paused_and_resuming_what_runs_is_refused():
    pause, resume = (
        CampaignPause(key="k-2", campaign="june"),
        CampaignResumption(key="k-2", campaign="june"),
    )
    paused = State(evolve(JUNE, version=1, paused_since=NOON))
    decision = checked(paused, pause_campaign(paused, pause, PROGRAM, at=ENDS))
    assert decision.refusals == (CampaignAlreadyPaused(campaign="june", since=NOON),)
    assert decision.before == ()
    decision = checked(State(JUNE), resume_campaign(State(JUNE), resume, PROGRAM, at=ENDS))
    assert decision.refusals == (CampaignNotPaused(campaign="june"),)


@pytest.mark.parametrize(
    ("verb", "command"),
    [
        (pause_campaign, CampaignPause(key="k", campaign="may")),
        (resume_campaign, CampaignResumption(key="k", campaign="may")),
    ],
)
def test_an_unknown_campaign_is_neither_paused_nor_resumed(verb, command):
    decision = verb(State(), command, PROGRAM, at=NOON)
    assert decision.refusals == (CampaignUnknown(campaign="may"),)
    assert decision.changes_nothing


def test_the_same_wish_decided_upon_what_it_left_behind_gives_nothing_more():
    first = issued(State(WEI, JUNE), wish())
    again = issued(first.after, wish())
    assert first.events
    assert again.changes_nothing
    assert again.refusals == ()


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({"customer": "ana"}, ("customer",)),
        ({"campaign": "may"}, ("campaign",)),
        ({"coupon": "endless"}, ("coupon",)),
        ({"customer": "ana", "coupon": "endless"}, ("customer", "coupon")),
    ],
)
@pytest.mark.parametrize("state", [CouponState.ISSUED, CouponState.REDEEMED, CouponState.EXPIRED])
def test_another_wish_of_the_same_key_is_refused_and_says_in_what_it_differs(other, differs, state):
    ana = Customer(id="ana", version=1, known_since=NOON)
    given = State(WEI, ana, JUNE, evolve(ISSUED, state=state))
    decision = issued(given, wish(**other))
    assert decision.refusals == (CouponAlreadyIssued(coupon=ISSUED.id, differs=differs),)
    assert decision.changes_nothing
