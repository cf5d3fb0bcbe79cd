"""Recording an order: who enters, what is counted, reached and owed."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands import Order, OrderLine, Refund
from privlib.decisions import EntityVersion, State, record_order, reverse_order
from privlib.entities import Customer, GiftStanding, Member, MemberGift, OrderRecord
from privlib.errors import CurrencyMismatchError, InvalidIdError, NaiveMomentError
from privlib.events import (
    CustomerAdded,
    FriendAdded,
    GiftGranted,
    GiftReearned,
    MemberJoined,
    OrderRecorded,
    Placed,
    RefundApplied,
    RefundExceeded,
    RelationBegun,
    SpendAdded,
    SpendReversed,
    StageMoved,
    TierReached,
)
from privlib.program.loading import default_program
from privlib.refusals import CustomerUnknown, OrderAlreadyRecorded
from privlib.requests import SendMessage, ShipGift, Variable
from privlib.timers import StageCheckDue
from privlib.values.actor import SYSTEM, Actor
from privlib.values.money import Money, yuan

PROGRAM = default_program()
REFUSING = evolve(PROGRAM, enrolment=evolve(PROGRAM.enrolment, unknown_customer="refuse"))
NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai").in_timezone("UTC")
EARLIER = NOON.subtract(days=400)
WELCOME = "Hello {name}, welcome to {shop}! Ask me anything, and tell me what you like."


def order(paid="200", **others):
    amount = paid if isinstance(paid, Money) else yuan(paid)
    return Order(**{"id": "A-1", "customer": "wei", "paid": amount} | others)


def member(spent, tier=None, gifts=()):
    return Member(id="wei", version=3, joined_at=EARLIER, spent=yuan(spent), tier=tier, gifts=gifts)


def known(*others):
    return State(Customer(id="wei", version=1, known_since=EARLIER, source="import"), *others)


def recorded(state, told, program=PROGRAM, at=NOON, **others):
    decision = record_order(state, told, program, at=at, **others)
    assert decision.after == state.after(decision.events)
    assert decision.key == told.decision_key
    assert decision.program == program.version
    return decision


def test_somebody_unknown_is_enrolled_with_one_welcome_and_one_follow_up():
    told = order()
    decision = recorded(State(), told)
    assert decision.events == (
        CustomerAdded(customer="wei", source="first order", at=NOON),
        FriendAdded(
            relation="console:shop:wei",
            customer="wei",
            employee="shop",
            carrier="console",
            source="first order",
            placed=[Placed("customer", "new friend")],
            at=NOON,
        ),
        RelationBegun(customer="wei", relation="console:shop:wei", at=NOON),
        MemberJoined(customer="wei", currency="CNY", at=NOON),
        OrderRecorded(order=told, at=NOON),
        SpendAdded(customer="wei", order="A-1", amount=yuan(200), at=NOON),
        StageMoved(
            relation="console:shop:wei",
            customer="wei",
            lifecycle="customer",
            came_from="new friend",
            to="first purchase",
            cause="by_itself",
            at=NOON,
        ),
    )
    assert decision.requests == (
        SendMessage(
            key="order:A-1:paid/welcome/1",
            customer="wei",
            relation="console:shop:wei",
            employee="shop",
            carrier="console",
            text=WELCOME,
            variables=[Variable("name", "friend"), Variable("shop", "the shop")],
            not_after=NOON.add(seconds=20),
        ),
    )
    assert decision.timers == (
        StageCheckDue(
            relation="console:shop:wei",
            customer="wei",
            version=4,
            due=NOON.in_timezone("Asia/Shanghai").add(days=90).start_of("day"),
        ),
    )
    assert decision.cancels == ("follow-up:console%3Ashop%3Awei:customer",)
    assert decision.before == (
        EntityVersion("customer", "wei", 0),
        EntityVersion("member", "wei", 0),
        EntityVersion("order", "A-1", 0),
        EntityVersion("relation", "console:shop:wei", 0),
    )
    assert (decision.fires, decision.reservations) == ((), ())
    assert (decision.refusals, decision.personal, decision.by) == ((), (), SYSTEM)
    assert decision.after.member("wei") == Member(
        id="wei",
        version=2,
        joined_at=NOON,
        spent=yuan(200),
        paid=yuan(200),
        orders=1,
        last_order_at=NOON,
    )


def test_somebody_unknown_is_refused_where_the_program_says_so():
    decision = recorded(State(), order(), REFUSING)
    assert decision.refusals == (CustomerUnknown(customer="wei"),)
    assert decision.changes_nothing


@pytest.mark.parametrize("program", [PROGRAM, REFUSING])
def test_a_known_customer_who_is_no_member_joins_without_a_second_welcome(program):
    told = order()
    decision = recorded(known(), told, program)
    assert decision.events == (
        MemberJoined(customer="wei", currency="CNY", at=NOON),
        OrderRecorded(order=told, at=NOON),
        SpendAdded(customer="wei", order="A-1", amount=yuan(200), at=NOON),
    )
    assert decision.requests == decision.timers == ()


def test_a_member_is_counted_even_where_unknown_customers_are_refused():
    decision = recorded(State(member(100)), order(), REFUSING)
    assert decision.refusals == ()
    assert decision.after.member("wei").spent == yuan(300)


def test_an_order_of_nothing_counts_as_an_order():
    decision = recorded(known(member(100)), order("0"))
    assert decision.events == (
        OrderRecorded(order=order("0"), at=NOON),
        SpendAdded(customer="wei", order="A-1", amount=yuan(0), at=NOON),
    )
    after = decision.after.member("wei")
    assert (after.spent, after.orders, after.tier) == (yuan(100), 1, None)


@pytest.mark.law("T3")
@pytest.mark.parametrize(
    ("paid", "tier"),
    [("4999.99", None), ("5000", "silver"), ("5000.01", "silver"), ("10000", "gold")],
)
def test_a_tier_is_reached_with_exactly_its_threshold(paid, tier):
    assert recorded(State(), order(paid)).after.member("wei").tier == tier


@pytest.mark.law("T5")
def test_one_order_reaches_several_tiers_in_ascending_order_each_with_its_gift():
    """One purchase that crosses k thresholds yields exactly k milestones, ascending."""
    told = order("48000")
    decision = recorded(known(member(4_000)), told)
    reached = {"customer": "wei", "spent": yuan(52_000), "order": "A-1", "at": NOON}
    granted = {"customer": "wei", "at": NOON}
    assert decision.events[2:] == (
        TierReached(tier="silver", threshold=yuan(5_000), **reached),
        GiftGranted(gift="silver-pack", tier="silver", value=yuan(300), **granted),
        TierReached(tier="gold", threshold=yuan(10_000), **reached),
        GiftGranted(gift="gold-pack", tier="gold", value=yuan(800), **granted),
        TierReached(tier="platinum", threshold=yuan(50_000), **reached),
        GiftGranted(gift="platinum-pack", tier="platinum", value=yuan(5_000), **granted),
    )
    assert decision.requests == (
        ShipGift(
            key="order:A-1:paid/gift/silver-pack",
            customer="wei",
            gift="silver-pack",
            items=["tea sampler", "thermos"],
            value=yuan(300),
            order="A-1",
        ),
        ShipGift(
            key="order:A-1:paid/gift/gold-pack",
            customer="wei",
            gift="gold-pack",
            items=["tea set"],
            value=yuan(800),
            order="A-1",
        ),
        ShipGift(
            key="order:A-1:paid/gift/platinum-pack",
            customer="wei",
            gift="platinum-pack",
            items=["tea set", "weekend at the tea hills"],
            value=yuan(5_000),
            order="A-1",
        ),
    )


def test_a_gift_that_was_granted_before_is_not_granted_again():
    pack = MemberGift(id="silver-pack", value=yuan(300), at=EARLIER)
    decision = recorded(known(member(4_900, gifts=[pack])), order("100"))
    assert [type(event) for event in decision.events[2:]] == [TierReached]
    assert decision.requests == ()


def test_a_gift_that_might_be_asked_back_is_earned_again():
    pack = MemberGift(
        id="silver-pack", value=yuan(300), at=EARLIER, standing=GiftStanding.RETURNABLE
    )
    decision = recorded(known(member(4_900, gifts=[pack])), order("100"))
    assert decision.events[2] == GiftReearned(
        customer="wei", gift="silver-pack", value=yuan(300), at=NOON
    )
    assert decision.after.member("wei").gifts == (evolve(pack, standing="earned"),)
    assert recorded(known(member(4_900, gifts=[pack])), order("99.99")).after.member(
        "wei"
    ).gifts == (pack,)


def test_a_member_whose_tier_left_the_ladder_is_placed_anew_with_his_next_order():
    decision = recorded(known(member(12_000, tier="ruby")), order("1"))
    assert [event.tier for event in decision.events if isinstance(event, TierReached)] == [
        "silver",
        "gold",
    ]
    assert decision.after.member("wei").tier == "gold"


def test_an_order_happened_when_it_was_paid_or_else_when_it_was_told():
    paid_at = pendulum.datetime(2026, 5, 20, 9, tz="Asia/Shanghai")
    decision = recorded(State(), order("5000", paid_at=paid_at))
    told_of = [event for event in decision.events if type(event) is not StageMoved]
    assert {event.at for event in told_of} == {paid_at}
    assert decision.requests[0].not_after == paid_at.add(seconds=20)
    assert decision.at == NOON
    assert {event.at for event in recorded(State(), order("5000")).events} == {NOON}


def test_a_decision_names_who_told_and_the_moment_in_utc():
    mei = Actor("employee", "mei")
    noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    decision = recorded(State(), order(), at=noon, by=mei)
    assert decision.by == mei
    assert decision.at.isoformat() == "2026-06-01T04:00:00+00:00"


def test_a_naive_moment_of_telling_is_an_error():
    with pytest.raises(NaiveMomentError):
        record_order(State(), order(), PROGRAM, at=pendulum.naive(2026, 6, 1))


@pytest.mark.parametrize("paid", [Money(0, "USD"), Money(100, "USD")])
def test_an_order_in_another_currency_is_an_error(paid):
    with pytest.raises(CurrencyMismatchError, match="in USD was told to a shop that reckons in"):
        record_order(State(), order(paid=paid), PROGRAM, at=NOON)


@pytest.mark.parametrize("id", ["13800138000", "+86 138 0013 8000", "wei@example.com"])
def test_a_customer_id_that_is_personal_is_an_error_unless_the_program_accepts_it(id):
    with pytest.raises(InvalidIdError) as caught:
        record_order(State(), order(customer=id), PROGRAM, at=NOON)
    assert id not in str(caught.value)
    accepting = evolve(PROGRAM, enrolment=evolve(PROGRAM.enrolment, contact_like_ids="accept"))
    decision = recorded(State(), order(customer=id), accepting)
    assert decision.after.member(id).spent == yuan(200)


@pytest.mark.law("D1")
def test_the_same_order_told_twice_changes_nothing():
    """Told again as it was, an order makes no event, no request and no timer."""
    first = recorded(State(), order("5000"))
    again = recorded(first.after, order("5000"), at=NOON.add(days=1))
    assert again.changes_nothing
    assert again.refusals == ()
    assert again.after == first.after


@pytest.mark.law("D2")
@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({"paid": yuan(300)}, ("paid",)),
        ({"customer": "ana"}, ("customer",)),
        ({"paid_at": NOON}, ("paid_at",)),
        ({"lines": [OrderLine(sku="tea", paid=yuan(200))]}, ("lines",)),
        ({"customer": "ana", "paid": yuan(201), "paid_at": NOON}, ("customer", "paid", "paid_at")),
    ],
)
def test_an_order_told_again_with_other_content_is_refused_naming_what_differs(other, differs):
    """What was recorded stands; nothing changes."""
    state = recorded(State(), order()).after
    told = order(**other)
    decision = recorded(state, told)
    assert decision.refusals == (
        OrderAlreadyRecorded(order="A-1", recorded=yuan(200), told=told.paid, differs=differs),
    )
    assert decision.changes_nothing


def test_refunds_that_came_before_their_order_are_applied_before_tiers_are_reached():
    told = Refund(id="R-1", order="A-1", customer="wei", amount=yuan(100))
    state = reverse_order(known(member(0)), told, PROGRAM, at=EARLIER).after
    decision = recorded(state, order("5099.99"))
    assert decision.events == (
        OrderRecorded(order=order("5099.99"), at=NOON),
        SpendAdded(customer="wei", order="A-1", amount=yuan("5099.99"), at=NOON),
        RefundApplied(order="A-1", customer="wei", refund=told, amount=yuan(100), at=NOON),
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=yuan(100), at=NOON),
    )
    assert decision.after.member("wei").spent == yuan("4999.99")
    assert recorded(state, order("5100")).after.member("wei").tier == "silver"


def test_what_waiting_refunds_ask_beyond_their_order_is_an_event_of_its_own():
    first = Refund(id="R-1", order="A-1", customer="wei", amount=yuan(150))
    second = Refund(id="R-2", order="A-1", customer="wei", amount=yuan(80))
    state = known(member(1_000), OrderRecord(id="A-1", version=2, waiting=[second, first]))
    decision = recorded(state, order("200"))
    assert decision.events[2:] == (
        RefundApplied(order="A-1", customer="wei", refund=first, amount=yuan(150), at=NOON),
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=yuan(150), at=NOON),
        RefundApplied(order="A-1", customer="wei", refund=second, amount=yuan(50), at=NOON),
        SpendReversed(customer="wei", order="A-1", refund="R-2", amount=yuan(50), at=NOON),
        RefundExceeded(order="A-1", customer="wei", refund="R-2", excess=yuan(30), at=NOON),
    )
    assert decision.after.member("wei").spent == yuan(1_000)


def test_a_waiting_refund_of_all_that_is_left_comes_last():
    whole = Refund(id="R-0", order="A-1", customer="wei")
    part = Refund(id="R-9", order="A-1", customer="wei", amount=yuan(150))
    state = known(member(0), OrderRecord(id="A-1", waiting=[whole, part]))
    decision = recorded(state, order("200"))
    applied = [event for event in decision.events if isinstance(event, RefundApplied)]
    assert [(event.refund.id, event.amount) for event in applied] == [
        ("R-9", yuan(150)),
        ("R-0", yuan(50)),
    ]


def test_somebody_elses_waiting_refund_takes_nothing_from_the_order():
    foreign = Refund(id="R-1", order="A-1", customer="ana", amount=yuan(150))
    state = known(member(0), OrderRecord(id="A-1", waiting=[foreign]))
    decision = recorded(state, order("200"))
    assert decision.events[2:] == (
        RefundExceeded(order="A-1", customer="ana", refund="R-1", excess=yuan(150), at=NOON),
    )
    assert decision.after.member("wei").spent == yuan(200)


@pytest.mark.parametrize("amount", [None, yuan(0)])
def test_somebody_elses_waiting_refund_of_nothing_is_set_aside_too(amount):
    foreign = Refund(id="R-1", order="A-1", customer="ana", amount=amount)
    state = known(member(0), OrderRecord(id="A-1", waiting=[foreign]))
    decision = recorded(state, order("0"))
    assert decision.events[2:] == (
        RefundExceeded(order="A-1", customer="ana", refund="R-1", excess=yuan(0), at=NOON),
    )
    assert decision.after.order("A-1").exceeded == (foreign,)


def test_what_was_read_is_guarded_and_what_was_given_is_left_as_it_was():
    state = known(member(4_900), OrderRecord(id="A-1"))
    told = repr(state)
    decision = recorded(state, order())
    assert decision.before == (
        EntityVersion("customer", "wei", 1),
        EntityVersion("member", "wei", 3),
        EntityVersion("order", "A-1", 0),
    )
    assert repr(state) == told
    assert [entity.kind for entity in decision.changed] == ["order", "member"]
    assert decision.after.member("wei").version == 6
