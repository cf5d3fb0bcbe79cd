"""The laws of coupons (family C) and of the budgets they are taken from (K3)."""

from datetime import date

import pendulum
import pytest
from attrs import evolve
from hypothesis import example, given, strategies as st

from privlib import InMemory, PrivateDomain, default_program
from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    CouponIssue,
    CouponRedemption,
    Order,
)
from privlib.decisions import State, expire_coupon, issue_coupon, redeem_coupon
from privlib.entities import Campaign, Coupon, CouponState, Customer
from privlib.entities.query import Query
from privlib.errors import CurrencyMismatchError, ImpossibleEventError
from privlib.events import CouponExpired, CouponIssued, CouponRedeemed
from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.refusals import (
    CampaignExhausted,
    CampaignIsPaused,
    CampaignNotRunning,
    CouponAlreadyRedeemed,
    CouponBelowThreshold,
    CouponHasExpired,
    CouponLimitReached,
    CouponOfAnother,
    CouponUnknown,
    CustomerUnknown,
)
from privlib.reservations import Reservation
from privlib.testing.laws import (
    check_budgets_are_kept,
    check_coupons_are_used_once,
    check_coupons_count_from_their_threshold,
    check_coupons_end_at_their_moment,
)
from privlib.timers import CouponEnds
from privlib.values.money import Money, yuan

AT = pendulum.datetime(2026, 6, 10, 4)
ENDS = AT.add(days=30)
BUDGET = "campaign:june:budget"
WEIS = "campaign:june:coupon:20 off:customer:wei"


def program(budget="100", per_customer=2):
    offer = CouponTemplate(
        name="20 off",
        value=yuan(20),
        threshold=yuan(100),
        valid_days=30,
        per_customer=per_customer,
    )
    june = CampaignRules(name="june", starts=date(2026, 6, 1), budget=yuan(budget), coupons=[offer])
    return evolve(default_program(), campaigns=[june])


PROGRAM = program()
WEI = Customer(id="wei", version=1, known_since=AT)
BLANK = Coupon(id="c-1")
ISSUED = Coupon(
    id="c-1",
    version=1,
    state=CouponState.ISSUED,
    customer="wei",
    campaign="june",
    template="20 off",
    value=yuan(20),
    threshold=yuan(100),
    issued_at=AT,
    expires_at=ENDS,
)
REDEEMED = evolve(ISSUED, version=2, state=CouponState.REDEEMED, order="A-0", redeemed_at=AT)
EXPIRED = evolve(ISSUED, version=2, state=CouponState.EXPIRED)
STATES = {
    CouponState.BLANK: BLANK,
    CouponState.ISSUED: ISSUED,
    CouponState.REDEEMED: REDEEMED,
    CouponState.EXPIRED: EXPIRED,
}
EVENTS = {
    CouponIssued: CouponIssued(
        coupon="c-1",
        customer="wei",
        campaign="june",
        template="20 off",
        value=yuan(20),
        threshold=yuan(100),
        at=AT,
    ),
    CouponRedeemed: CouponRedeemed(
        coupon="c-1", customer="wei", order="A-1", value=yuan(20), at=AT
    ),
    CouponExpired: CouponExpired(coupon="c-1", customer="wei", value=yuan(20), at=AT),
}
EDGES = {
    (CouponState.BLANK, CouponIssued): CouponState.ISSUED,
    (CouponState.ISSUED, CouponRedeemed): CouponState.REDEEMED,
    (CouponState.ISSUED, CouponExpired): CouponState.EXPIRED,
}
TIMER = CouponEnds(coupon="c-1", customer="wei", campaign="june", due=ENDS)


def use(amount="100", customer="wei", coupon="c-1", order="A-1"):
    return CouponRedemption(coupon=coupon, customer=customer, order=order, amount=yuan(amount))


def wish(key="k-1", customer="wei"):
    return CouponIssue(key=key, customer=customer, campaign="june", coupon="20 off")


@pytest.mark.law("C1")
def test_the_table_of_states_has_them_all():
    """Blank, issued, redeemed, expired: the states there are by now."""
    assert list(STATES) == list(CouponState)
    assert all(coupon.state is state for state, coupon in STATES.items())


@pytest.mark.law("C1")
@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("state", STATES)
def test_every_edge_but_three_is_impossible(state, kind):
    """Blank to issued, issued to redeemed, issued to expired; no other edge is there."""
    coupon, event = STATES[state], EVENTS[kind]
    if (state, kind) in EDGES:
        after = coupon.apply(event)
        assert after.state is EDGES[state, kind]
        assert after.version == coupon.version + 1
    else:
        with pytest.raises(
            ImpossibleEventError, match=f"cannot happen to this Coupon: it is {state}"
        ):
            coupon.apply(event)


# What using a coupon does in each state, before, at and after its end; None is: it is used.
GONE = CouponHasExpired(coupon="c-1", at=ENDS)
USED = CouponAlreadyRedeemed(coupon="c-1", order="A-0", at=AT)
USING = [
    (CouponState.BLANK, AT, CouponUnknown(coupon="c-1")),
    (CouponState.BLANK, ENDS, CouponUnknown(coupon="c-1")),
    (CouponState.ISSUED, AT, None),
    (CouponState.ISSUED, ENDS, GONE),
    (CouponState.REDEEMED, AT, USED),
    (CouponState.REDEEMED, ENDS, USED),
    (CouponState.EXPIRED, AT, GONE),
    (CouponState.EXPIRED, ENDS, GONE),
]


@pytest.mark.law("C1")
@pytest.mark.parametrize(("state", "at", "refusal"), USING)
def test_only_an_open_coupon_is_used_and_all_else_is_refused_and_changes_nothing(
    state, at, refusal
):
    """Issued to redeemed; any other state refuses, at whatever moment it is told."""
    loaded = State(STATES[state])
    decision = redeem_coupon(loaded, use(), PROGRAM, at=at)
    if refusal is None:
        assert [type(event) for event in decision.events] == [CouponRedeemed]
        assert decision.after.coupon("c-1").state is CouponState.REDEEMED
    else:
        assert decision.refusals == (refusal,)
        assert decision.changes_nothing
        assert decision.after == loaded


@pytest.mark.law("C1")
@pytest.mark.parametrize("state", STATES)
def test_only_an_open_coupon_runs_out(state):
    """Issued to expired; in any other state the timer is taken off, and nothing else happens."""
    loaded = State(STATES[state])
    decision = expire_coupon(loaded, TIMER, PROGRAM, at=ENDS)
    assert decision.fires == (TIMER,)
    if state is CouponState.ISSUED:
        assert decision.after.coupon("c-1").state is CouponState.EXPIRED
        assert decision.reservations == (Reservation.give_back(BUDGET, 2_000),)
    else:
        assert decision.events == decision.reservations == decision.requests == ()
        assert decision.after == loaded


@pytest.mark.law("C1")
@pytest.mark.parametrize("follows", ["nothing", "use", "end"])
def test_a_coupon_is_issued_once_whatever_became_of_it(follows):
    """Told again, the wish that issued a coupon leaves it where it stands."""
    domain = shop(PROGRAM)
    decision = domain.issue_coupon(wish(), at=AT)
    coupon = decision.events[0].coupon
    if follows == "use":
        domain.redeem_coupon(use(coupon=coupon), at=AT)
    if follows == "end":
        domain.run_due(at=ENDS)
    before = coupons(domain)
    assert domain.issue_coupon(wish(), at=AT).replayed
    assert coupons(domain) == before
    expected = {"nothing": "issued", "use": "redeemed", "end": "expired"}[follows]
    assert [coupon.state.value for coupon in before] == [expected]


@pytest.mark.law("C3")
@pytest.mark.parametrize(
    ("amount", "refusals"),
    [
        ("0", 1),
        ("99.99", 1),
        ("100", 0),
        ("100.01", 0),
    ],
)
def test_a_coupon_counts_from_its_threshold_exactly(amount, refusals):
    """The threshold exactly met is enough; one fen below is refused with both numbers."""
    decision = redeem_coupon(State(ISSUED), use(amount), PROGRAM, at=AT)
    below = CouponBelowThreshold(coupon="c-1", needs=yuan(100), has=yuan(amount))
    assert decision.refusals == (below,) * refusals


@pytest.mark.law("C3")
@given(
    threshold=st.integers(2_000, 10**12),
    short=st.integers(-3, 3) | st.integers(-(10**12), 2_000),
)
@example(threshold=10_000, short=0)
@example(threshold=10_000, short=1)
def test_a_coupon_is_used_iff_its_threshold_is_met(threshold, short):
    """The threshold is met on the amount told, or the coupon reduces nothing."""
    coupon = evolve(ISSUED, threshold=Money(threshold))
    redemption = CouponRedemption(
        coupon="c-1", customer="wei", order="A-1", amount=Money(threshold - short)
    )
    decision = redeem_coupon(State(coupon), redemption, PROGRAM, at=AT)
    assert bool(decision.events) == (short <= 0)
    assert bool(decision.refusals) == (short > 0)


@pytest.mark.law("C3")
def test_a_coupon_reduces_an_order_of_its_own_currency_only():
    """Another currency is an error, never a discount of nothing."""
    redemption = CouponRedemption(
        coupon="c-1", customer="wei", order="A-1", amount=Money(20_000, "USD")
    )
    with pytest.raises(CurrencyMismatchError):
        redeem_coupon(State(ISSUED), redemption, PROGRAM, at=AT)


@pytest.mark.law("C6")
@given(micros=st.integers(-5, 5) | st.integers(-(10**12), 10**12))
@example(micros=-1)
@example(micros=0)
def test_expiry_is_half_open(micros):
    """A redemption at the expiry instant is refused; a microsecond before, it is good."""
    decision = redeem_coupon(
        State(ISSUED), use(), PROGRAM, at=ENDS.add(seconds=0, microseconds=micros)
    )
    assert decision.refusals == (() if micros < 0 else (GONE,))


@pytest.mark.law("C6")
@pytest.mark.parametrize(
    ("issued", "ends"),
    [
        ((2026, 2, 10, 12), (2026, 3, 12, 12)),
        ((2026, 10, 10, 0), (2026, 11, 9, 0)),
        ((2026, 2, 6, 2, 30), (2026, 3, 8, 3)),
    ],
)
def test_a_coupon_ends_at_the_same_local_time_though_the_clock_was_changed(issued, ends):
    """Days are the shop's days: 30 of them later it is the same time on its wall."""
    zone = "America/New_York"
    rules = evolve(PROGRAM, shop=evolve(PROGRAM.shop, zone=zone))
    rules = evolve(rules, campaigns=[evolve(rules.campaigns[0], starts=date(2026, 1, 1))])
    decision = issue_coupon(State(WEI), wish(), rules, at=pendulum.datetime(*issued, tz=zone))
    assert decision.events[0].expires_at == pendulum.datetime(*ends, tz=zone)
    assert decision.timers[0].due == decision.events[0].expires_at


@pytest.mark.law("K3")
@pytest.mark.parametrize(
    ("used", "exhausted"), [(0, False), (7_999, False), (8_000, False), (8_001, True)]
)
def test_the_budget_reaches_to_its_last_fen(used, exhausted):
    """Spent and reserved stay within the budget, and no coupon is given in part."""
    decision = issue_coupon(State(WEI, limits={BUDGET: used}), wish(), PROGRAM, at=AT)
    if exhausted:
        assert decision.refusals == (
            CampaignExhausted(campaign="june", used=Money(used), budget=yuan(100), wanted=yuan(20)),
        )
        assert decision.changes_nothing
    else:
        assert decision.reservations[0] == Reservation(limit_key=BUDGET, amount=2_000, limit=10_000)


@pytest.mark.law("K3")
@pytest.mark.parametrize(("had", "full"), [(0, False), (1, False), (2, True), (3, True)])
def test_one_customer_has_a_coupon_as_often_as_the_offer_says(had, full):
    """The limit of one customer holds exactly."""
    decision = issue_coupon(State(WEI, limits={WEIS: had}), wish(), PROGRAM, at=AT)
    reached = CouponLimitReached(campaign="june", coupon="20 off", had=had, limit=2)
    assert decision.refusals == ((reached,) if full else ())
    assert len(decision.reservations) == (0 if full else 2)


@pytest.mark.law("C3")
@given(
    unknown=st.booleans(),
    early=st.booleans(),
    paused=st.booleans(),
    exhausted=st.booleans(),
    full=st.booleans(),
)
def test_all_reasons_against_a_coupon_come_at_once(unknown, early, paused, exhausted, full):
    """Each reason is there iff it holds, in one fixed order."""
    state = State(
        Customer(id="wei", known_since=None if unknown else AT),
        Campaign(id="june", paused_since=AT if paused else None),
        limits={BUDGET: 10_000 if exhausted else 0, WEIS: 2 if full else 0},
    )
    at = pendulum.datetime(2026, 5, 31) if early else AT
    decision = issue_coupon(state, wish(), PROGRAM, at=at)
    holds = [
        (unknown, CustomerUnknown),
        (early, CampaignNotRunning),
        (paused, CampaignIsPaused),
        (exhausted, CampaignExhausted),
        (full, CouponLimitReached),
    ]
    reasons = [kind for wanted, kind in holds if wanted]
    assert [type(refusal) for refusal in decision.refusals] == reasons
    assert bool(decision.events) == (not reasons)
    assert decision.changes_nothing == bool(reasons)


@pytest.mark.law("C3")
@given(foreign=st.booleans(), late=st.booleans(), small=st.booleans())
def test_all_reasons_against_using_a_coupon_come_at_once(foreign, late, small):
    """Each reason is there iff it holds, in one fixed order."""
    redemption = use("99.99" if small else "100", customer="ana" if foreign else "wei")
    decision = redeem_coupon(State(ISSUED), redemption, PROGRAM, at=ENDS if late else AT)
    holds = [(foreign, CouponOfAnother), (late, CouponHasExpired), (small, CouponBelowThreshold)]
    reasons = [kind for wanted, kind in holds if wanted]
    assert [type(refusal) for refusal in decision.refusals] == reasons
    assert bool(decision.events) == (not reasons)


def shop(rules):
    """A shop that knows wei and ana."""
    domain = PrivateDomain(rules, plugins=[InMemory(clock=lambda: AT)], clock=lambda: AT)
    for customer in ("wei", "ana"):
        domain.record_order(Order(id=f"A-{customer}", customer=customer, paid=yuan(1)), at=AT)
    return domain


def coupons(domain):
    return domain.storage.find(Query("coupon"))


def used_up(domain, key):
    return domain.storage.limits([key])[key]


STEPS = st.tuples(
    st.sampled_from(["issue", "use", "use of another", "end", "pause", "resume"]),
    st.integers(0, 7),
    st.integers(0, 45),
)


def step(domain, verb, which, *, key, at):
    """One step: a coupon for somebody, or something that happens to one of those that are there."""
    there = coupons(domain)
    if verb == "issue":
        domain.issue_coupon(wish(f"k-{key}", ("wei", "ana")[which % 2]), at=at)
    elif verb.startswith("use") and there:
        coupon = there[which % len(there)]
        customer = coupon.customer if verb == "use" else "nobody"
        told = use(customer=customer, coupon=coupon.id, order=f"A-{key}")
        domain.redeem_coupon(told, at=at)
    elif verb == "end":
        domain.run_due(at=at)
    elif verb == "pause":
        domain.pause_campaign(CampaignPause(key=f"k-{key}", campaign="june"), at=at)
    elif verb == "resume":
        domain.resume_campaign(CampaignResumption(key=f"k-{key}", campaign="june"), at=at)


@pytest.mark.law("K3")
@given(
    steps=st.lists(STEPS, max_size=30),
    budget=st.sampled_from(["1000", "60", "59.99", "20", "19.99", "0"]),
    per_customer=st.integers(1, 3),
)
@example(
    steps=[("issue", 0, 0), ("issue", 0, 9), ("end", 0, 30), ("use", 0, 5), ("use", 1, 5)],
    budget="60",
    per_customer=2,
)
@example(
    steps=[("issue", 0, 0), ("use", 0, 30), ("use", 0, 29), ("use", 0, 28), ("end", 0, 45)],
    budget="20",
    per_customer=1,
)
def test_what_is_out_never_exceeds_the_budget_and_what_runs_out_comes_back_whole(
    steps, budget, per_customer
):
    """Spent + reserved <= budget always; release returns the exact amount; C1 for every coupon.

    Steps come at any moment, also at an earlier one than the step before.
    """
    domain, seen = shop(program(budget, per_customer)), {}
    for key, (verb, which, days) in enumerate(steps):
        step(domain, verb, which, key=key, at=AT.add(days=days))
        there = coupons(domain)
        out = [coupon.value.minor for coupon in there if coupon.state is not CouponState.EXPIRED]
        assert used_up(domain, BUDGET) == sum(out) <= yuan(budget).minor
        for name in ("wei", "ana"):
            had = sum(coupon.customer == name for coupon in there)
            limit = f"campaign:june:coupon:20 off:customer:{name}"
            assert used_up(domain, limit) == had <= per_customer
        for coupon in there:
            before = seen.get(coupon.id, CouponState.ISSUED)
            assert before in (coupon.state, CouponState.ISSUED)
            seen[coupon.id] = coupon.state
        assert set(seen) == {coupon.id for coupon in there}


@pytest.mark.law("K3")
def test_room_that_came_back_is_used_again_exactly_once():
    """60 yuan are three coupons of 20; one that runs out makes room for one, not for two."""
    domain = shop(program(budget="60", per_customer=None))
    for number in range(3):
        assert domain.issue_coupon(wish(f"k-{number}"), at=AT.add(days=number)).refusals == ()
    exhausted = domain.issue_coupon(wish("k-3"), at=AT.add(days=3))
    assert exhausted.refusals == (
        CampaignExhausted(campaign="june", used=yuan(60), budget=yuan(60), wanted=yuan(20)),
    )
    assert len(domain.run_due(at=ENDS)) == 1
    assert used_up(domain, BUDGET) == 4_000
    assert domain.issue_coupon(wish("k-4"), at=ENDS).refusals == ()
    assert [type(no) for no in domain.issue_coupon(wish("k-5"), at=ENDS).refusals] == [
        CampaignExhausted
    ]


# Any coupons, told at any moments

ANY_COUPONS = st.builds(
    program,
    budget=st.sampled_from(["1000", "60", "59.99", "20", "19.99", "0"]),
    per_customer=st.none() | st.integers(1, 3),
)


@pytest.mark.law("C1")
def test_whatever_is_told_a_coupon_is_issued_once_and_ends_once():
    """Issued, then redeemed or expired; all other edges are refused and change nothing."""
    check_coupons_are_used_once(ANY_COUPONS)


@pytest.mark.law("C3")
def test_whatever_is_told_a_coupon_counts_from_its_threshold():
    """A coupon reduces nothing below its threshold, and never more than is paid."""
    check_coupons_count_from_their_threshold(ANY_COUPONS)


@pytest.mark.law("C6")
def test_whatever_is_told_a_coupon_ends_at_its_moment():
    """Half-open, in the shop's days, at whatever moment it was given out."""
    check_coupons_end_at_their_moment(ANY_COUPONS)


@pytest.mark.law("K3")
@pytest.mark.law("C2")
def test_whatever_is_told_budgets_and_limits_are_kept():
    """Spent and reserved never exceed the budget; room that came back is used again once."""
    check_budgets_are_kept(ANY_COUPONS)
