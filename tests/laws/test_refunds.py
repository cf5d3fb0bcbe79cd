"""The laws of refunds (M3, M4, and D7 between an order and its refunds)."""

from itertools import permutations

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from privlib.commands import Order, OrderLine, Refund, RefundLine
from privlib.decisions import State, decide, record_order, reverse_order
from privlib.entities import Member
from privlib.entities.member import GiftStanding
from privlib.errors import CurrencyMismatchError, InvalidValueError
from privlib.events import (
    OrderRecorded,
    RefundApplied,
    RefundExceeded,
    RefundWaited,
    SpendAdded,
    SpendReversed,
)
from privlib.policies.refund_shares import money_left
from privlib.program.ladder import TierAfterRefund
from privlib.program.loading import default_program
from privlib.refusals import (
    LineRefundExceedsPaid,
    OrderOfAnother,
    RefundAlreadyRecorded,
    RefundExceedsPaid,
    RefundLineUnknown,
)
from privlib.testing.laws import (
    check_order_of_telling_makes_no_difference,
    check_refunding_everything_restores_the_spend,
    check_refunds_never_exceed_what_was_paid,
)
from privlib.testing.strategies import amounts_near, histories, orders, programs, refunds_of
from privlib.values.allocation import allocate_money
from privlib.values.money import Money, total, yuan

PROGRAM = default_program()
NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
SOME = settings(max_examples=75, deadline=None)
FEW = settings(max_examples=40, deadline=None)  # histories take long to draw
TEA, CUP = "tea", "cup"
TWO_LINES = Order(
    id="A-1",
    customer="wei",
    paid=yuan(200),
    lines=[OrderLine(sku=TEA, paid=yuan(150)), OrderLine(sku=CUP, paid=yuan(50))],
)
PLAIN = Order(id="A-1", customer="wei", paid=yuan(200))
WEI = State(Member(id="wei", joined_at=NOON, spent=yuan(1_000)))


def refund(id="R-1", amount=None, **fields):
    lines = [RefundLine(line=line, amount=part) for line, part in fields.pop("lines", {}).items()]
    told = {"order": "A-1", "customer": "wei", **fields}
    return Refund(id=id, amount=amount, lines=lines, **told)


FOUR_REFUNDS = [
    refund("R-1", yuan(150)),
    refund("R-2", yuan(80)),
    refund("R-3", yuan(5)),
    refund("R-0"),
]


def told(state, *commands, program=PROGRAM):
    for command in commands:
        decision = decide(state, command, program, at=NOON)
        assert decision.refusals == ()
        state = decision.after
    return state


def left_of_lines(record):
    return {line.id: record.left_of(line.id) for line in record.order.lines}


def orders_with_lines():
    """Orders whose lines are amounts of every size, and some of a few fen, where fens are lost."""
    return orders(with_lines=True) | orders(with_lines=True, max_paid=yuan("0.09"))


# M3


@pytest.mark.law("M3")
@SOME
@given(order=orders_with_lines(), data=st.data())
def test_a_discount_shared_over_lines_takes_no_line_below_nothing(order, data):
    """Line discounts sum to the order discount; 0 <= discount <= price; payable is 0 or more."""
    prices = [line.paid.minor for line in order.lines]
    off = Money(data.draw(st.integers(0, sum(prices))))
    shares = allocate_money(off, prices)
    assert total(shares) == off
    for share, price in zip(shares, prices, strict=True):
        assert 0 <= share.minor <= price
    payable = [Money(price) - share for price, share in zip(prices, shares, strict=True)]
    assert total(payable) == order.paid - off


@pytest.mark.law("M3")
@FEW
@given(program=programs())
def test_no_coupon_gives_more_than_is_paid_for_the_smallest_order_that_may_use_it(program):
    """Payable is 0 or more."""
    for rules in program.campaigns:
        for coupon in rules.coupons:
            assert yuan(0) < coupon.value <= coupon.threshold


@pytest.mark.law("M3")
@SOME
@given(order=orders_with_lines(), step=st.sampled_from([-1, 1]))
def test_an_order_whose_lines_do_not_sum_to_what_was_paid_is_no_order(order, step):
    """Line amounts sum to the order's, to the fen."""
    if order.paid or step > 0:
        with pytest.raises(InvalidValueError, match=f"sum to {order.paid}, not to "):
            evolve(order, paid=order.paid + Money(step))


# M4: any split


@pytest.mark.law("M4")
@SOME
@given(st.data())
def test_partial_refunds_never_exceed_what_was_paid_and_lose_no_fen(data):
    """After any sequence of partial refunds the total <= paid, per line and per order."""
    order = data.draw(orders() | orders_with_lines())
    state = told(State(), order)
    expected = yuan(0)
    for part in data.draw(refunds_of(order)):
        state = told(state, part)
        record = state.order(order.id)
        expected = order.paid if part.amount is None else expected + part.amount
        assert record.refunded == expected
        assert yuan(0) <= expected <= order.paid
        assert state.member(order.customer).spent == order.paid - expected
        if order.lines:
            left = left_of_lines(record)
            assert total(left.values()) == order.paid - expected
            for line in order.lines:
                assert yuan(0) <= left[line.id] <= line.paid


@pytest.mark.law("M4")
def test_refunding_all_of_it_gives_back_exactly_what_was_paid_for_each_line():
    """Refunding everything gives exactly paid (per line and per order), in any split."""
    check_refunding_everything_restores_the_spend(programs(), settings=SOME)


@pytest.mark.law("M4")
def test_refunds_of_any_amount_before_and_after_their_order_never_exceed_what_was_paid():
    """After any sequence of refunds the total <= paid, also of those that waited."""
    check_refunds_never_exceed_what_was_paid(programs(), settings=SOME)


@pytest.mark.law("M4")
@SOME
@given(st.data())
def test_refunds_by_line_and_refunds_of_the_whole_mix_to_the_fen(data):
    """In any split: some parts told with their lines, some shared over what is left of each."""
    order = data.draw(orders_with_lines())
    state = told(State(), order)
    for number in range(data.draw(st.integers(1, 5))):
        left = left_of_lines(state.order(order.id))
        parts = {id: Money(data.draw(st.integers(0, room.minor))) for id, room in left.items()}
        shares = parts if data.draw(st.booleans()) else {}
        part = Refund(
            id=str(number),
            order=order.id,
            customer=order.customer,
            amount=total(parts.values()),
            lines=[RefundLine(line=id, amount=share) for id, share in shares.items()],
        )
        state = told(state, part)
        for id, room in left_of_lines(state.order(order.id)).items():
            assert yuan(0) <= room <= left[id]
            assert not shares or room == left[id] - shares[id]
    state = told(state, Refund(id="the rest", order=order.id, customer=order.customer))
    assert set(left_of_lines(state.order(order.id)).values()) == {yuan(0)}
    assert state.order(order.id).refunded == order.paid


@pytest.mark.law("M4")
def test_a_hundred_refunds_of_one_fen_give_back_one_yuan_over_three_lines():
    """WooCommerce 64668: refunds of units summed to one fen more than was paid."""
    lines = [
        OrderLine(sku="a", paid=yuan("0.34")),
        OrderLine(sku="b", paid=yuan("0.33")),
        OrderLine(sku="c", paid=yuan("0.33")),
    ]
    order = Order(id="A-1", customer="wei", paid=yuan("1.00"), lines=lines)
    fens = [refund(str(number), yuan("0.01")) for number in range(100)]
    state = told(State(), order, *fens)
    assert left_of_lines(state.order("A-1")) == {"a": yuan(0), "b": yuan(0), "c": yuan(0)}
    assert state.member("wei").spent == yuan(0)
    one_more = reverse_order(state, refund("100", yuan("0.01")), PROGRAM, at=NOON)
    assert one_more.refusals == (
        RefundExceedsPaid(
            order="A-1", paid=yuan("1.00"), refunded=yuan("1.00"), wanted=yuan("0.01")
        ),
    )


def test_three_refunds_of_a_third_give_back_every_fen_of_two_lines():
    state = told(State(), TWO_LINES)
    shares = []
    for id, amount in (("R-1", "66.67"), ("R-2", "66.67"), ("R-3", "66.66")):
        decision = reverse_order(state, refund(id, yuan(amount)), PROGRAM, at=NOON)
        state = decision.after
        shares.append({line.line: line.amount for line in decision.events[0].lines})
    assert shares == [
        {TEA: yuan("50.00"), CUP: yuan("16.67")},
        {TEA: yuan("50.00"), CUP: yuan("16.67")},
        {TEA: yuan("50.00"), CUP: yuan("16.66")},
    ]


def test_a_refund_of_one_line_leaves_the_other_as_it_was():
    state = told(State(), TWO_LINES, refund("R-1", yuan("20.01"), lines={CUP: yuan("20.01")}))
    assert left_of_lines(state.order("A-1")) == {TEA: yuan(150), CUP: yuan("29.99")}
    state = told(state, refund("R-2"))
    assert state.order("A-1").refunds[1].amount == yuan("179.99")
    assert left_of_lines(state.order("A-1")) == {TEA: yuan(0), CUP: yuan(0)}


def test_refunding_an_order_of_nothing_gives_back_nothing():
    free = Order(id="A-1", customer="wei", paid=yuan(0), lines=[OrderLine(sku=TEA, paid=yuan(0))])
    state = told(State(), free, refund("R-1"), refund("R-2", yuan(0)), refund("R-3"))
    assert [applied.amount for applied in state.order("A-1").refunds] == [yuan(0)] * 3
    assert state.member("wei").spent == yuan(0)


# M4: what is above what was paid


@pytest.mark.law("M4")
@SOME
@given(data=st.data(), above=st.integers(1, 3) | st.integers(1, 10**9))
def test_a_refund_above_what_is_left_is_refused_with_the_numbers_and_changes_nothing(data, above):
    """After any sequence of partial refunds the total <= paid: more is refused."""
    order = data.draw(orders())
    state = told(State(), order, *data.draw(refunds_of(order)))
    left = money_left(state.order(order.id), order)
    more = Refund(
        id="too much", order=order.id, customer=order.customer, amount=left + Money(above)
    )
    decision = reverse_order(state, more, PROGRAM, at=NOON)
    assert decision.refusals == (
        RefundExceedsPaid(
            order=order.id, paid=order.paid, refunded=order.paid - left, wanted=more.amount
        ),
    )
    assert decision.changes_nothing
    assert decision.after == state


@pytest.mark.law("M4")
@pytest.mark.parametrize(
    ("amount", "refused"), [("199.99", False), ("200.00", False), ("200.01", True)]
)
def test_as_much_as_was_paid_goes_back_and_not_a_fen_more(amount, refused):
    """The total of refunds <= paid."""
    decision = reverse_order(told(WEI, PLAIN), refund("R-1", yuan(amount)), PROGRAM, at=NOON)
    no = RefundExceedsPaid(order="A-1", paid=yuan(200), refunded=yuan(0), wanted=yuan("200.01"))
    assert decision.refusals == ((no,) if refused else ())
    spent = yuan(1_200) - (yuan(0) if refused else yuan(amount))
    assert decision.after.member("wei").spent == spent


@pytest.mark.law("M4")
def test_a_refund_is_refused_with_all_that_speaks_against_it():
    """The total of refunds <= paid, per line and per order."""
    state = told(WEI, TWO_LINES, refund("R-1", yuan(20), lines={CUP: yuan(20)}))
    wanted = refund(
        "R-2", yuan("190"), lines={TEA: yuan("150.01"), CUP: yuan("30.01"), "pot": yuan("9.98")}
    )
    decision = reverse_order(state, wanted, PROGRAM, at=NOON)
    assert decision.refusals == (
        RefundExceedsPaid(order="A-1", paid=yuan(200), refunded=yuan(20), wanted=yuan(190)),
        LineRefundExceedsPaid(order="A-1", line=TEA, left=yuan(150), wanted=yuan("150.01")),
        LineRefundExceedsPaid(order="A-1", line=CUP, left=yuan(30), wanted=yuan("30.01")),
        RefundLineUnknown(order="A-1", line="pot"),
    )
    assert decision.changes_nothing
    assert decision.after == state


def test_a_refund_of_another_customers_order_is_refused_without_its_numbers():
    state = told(WEI, PLAIN)
    for amount in (None, yuan(0), yuan(10), yuan(9_999)):
        decision = reverse_order(state, refund("R-1", amount, customer="mei"), PROGRAM, at=NOON)
        assert decision.refusals == (OrderOfAnother(order="A-1", customer="mei"),)
        assert decision.changes_nothing
        assert decision.after == state


def test_a_line_of_an_order_without_lines_is_refused():
    decision = reverse_order(
        told(WEI, PLAIN), refund("R-1", yuan(10), lines={TEA: yuan(10)}), PROGRAM, at=NOON
    )
    assert decision.refusals == (RefundLineUnknown(order="A-1", line=TEA),)
    assert decision.changes_nothing


def test_a_refund_in_another_currency_raises_before_and_after_its_order():
    for state in (WEI, told(WEI, PLAIN)):
        with pytest.raises(CurrencyMismatchError, match="an amount in USD was told"):
            reverse_order(state, refund("R-1", Money(100, "USD")), PROGRAM, at=NOON)


# Told twice


@FEW
@given(st.data())
def test_every_order_and_refund_told_twice_changes_nothing(data):
    """The same thing told twice: nothing changes, whatever became of it the first time."""
    history = data.draw(histories(max_orders=3))
    state = State()
    for place, command in enumerate(history):
        state = told(state, command)
        for earlier in history[: place + 1]:
            again = decide(state, earlier, PROGRAM, at=NOON)
            assert again.changes_nothing
            assert again.refusals == ()
            assert again.after == state


@pytest.mark.parametrize(
    "before",
    [
        pytest.param((refund("R-1", yuan(10)),), id="waiting"),
        pytest.param((PLAIN, refund("R-1", yuan(10))), id="applied"),
        pytest.param((refund("R-1", yuan(10)), PLAIN), id="applied after waiting"),
    ],
)
@pytest.mark.parametrize(
    "other",
    [
        refund("R-1", yuan("10.01")),
        refund("R-1"),
        refund("R-1", yuan(10), customer="mei"),
        refund("R-1", yuan(10), lines={TEA: yuan(10)}),
        refund("R-1", yuan(10), refunded_at=NOON),
    ],
)
def test_a_refund_told_again_with_other_content_is_refused(before, other):
    state = told(WEI, *before)
    decision = reverse_order(state, other, PROGRAM, at=NOON)
    assert decision.refusals == (RefundAlreadyRecorded(order="A-1", refund="R-1"),)
    assert decision.changes_nothing
    assert decision.after == state


# A refund before its order


def test_a_refund_before_its_order_waits_and_is_applied_when_the_order_comes():
    early = refund("R-1", yuan("60.50"))
    waits = reverse_order(WEI, early, PROGRAM, at=NOON)
    assert waits.events == (RefundWaited(refund=early, at=NOON),)
    assert waits.after.member("wei") == WEI.member("wei")
    assert waits.after.order("A-1").refunded is None

    comes = record_order(waits.after, TWO_LINES, PROGRAM, at=NOON)
    lines = (
        RefundLine(line=TEA, amount=yuan("45.38")),
        RefundLine(line=CUP, amount=yuan("15.12")),
    )
    assert comes.events == (
        OrderRecorded(order=TWO_LINES, at=NOON),
        SpendAdded(customer="wei", order="A-1", amount=yuan(200), at=NOON),
        RefundApplied(
            order="A-1", customer="wei", refund=early, amount=yuan("60.50"), lines=lines, at=NOON
        ),
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=yuan("60.50"), at=NOON),
    )
    assert comes.after.member("wei").spent == yuan("1139.50")
    assert comes.after.order("A-1").waiting == ()


@pytest.mark.parametrize("amount", ["200.01", "200.00", "199.99"])
def test_what_an_order_cannot_bear_of_a_waiting_refund_is_an_event_of_its_own(amount):
    early = refund("R-1", yuan(amount))
    comes = record_order(told(WEI, early), PLAIN, PROGRAM, at=NOON)
    bears = min(yuan(amount), yuan(200))
    exceeded = RefundExceeded(
        order="A-1", customer="wei", refund="R-1", excess=yuan("0.01"), at=NOON
    )
    assert comes.events[2:] == (
        RefundApplied(order="A-1", customer="wei", refund=early, amount=bears, at=NOON),
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=bears, at=NOON),
        *([exceeded] if amount == "200.01" else []),
    )
    assert comes.after.member("wei").spent == yuan(1_200) - bears


@pytest.mark.law("D7")
@pytest.mark.parametrize("early", list(permutations(FOUR_REFUNDS)))
def test_refunds_that_wait_are_taken_by_id_and_the_rest_last_however_they_came(early):
    """Waiting refunds give one result in all orders in which they come."""
    comes = record_order(told(WEI, *early), PLAIN, PROGRAM, at=NOON)
    happened = [
        (type(event), event.refund if isinstance(event.refund, str) else event.refund.id, amount)
        for event in comes.events[2:]
        for amount in [event.excess if isinstance(event, RefundExceeded) else event.amount]
    ]
    assert happened == [
        (RefundApplied, "R-1", yuan(150)),
        (SpendReversed, "R-1", yuan(150)),
        (RefundApplied, "R-2", yuan(50)),
        (SpendReversed, "R-2", yuan(50)),
        (RefundExceeded, "R-2", yuan(30)),
        (RefundExceeded, "R-3", yuan(5)),
        (RefundApplied, "R-0", yuan(0)),
        (SpendReversed, "R-0", yuan(0)),
    ]
    record = comes.after.order("A-1")
    assert record.waiting == ()
    assert [refund.id for refund in record.exceeded] == ["R-3"]
    for one in early:
        assert record.refund(one.id) == one


@SOME
@given(order=orders(), amounts=st.lists(st.none() | st.integers(0, 2 * 10**8).map(Money)))
def test_waiting_refunds_take_no_more_than_was_paid_and_account_for_every_fen(order, amounts):
    """What waiting refunds ask for is applied or exceeds; an order bears all it can of it."""
    early = [
        Refund(id=str(number), order=order.id, customer=order.customer, amount=amount)
        for number, amount in enumerate(amounts)
    ]
    comes = record_order(told(State(), *early), order, PROGRAM, at=NOON)
    wanted = total(refund.amount for refund in early if refund.amount is not None)
    applied = total(event.amount for event in comes.events if isinstance(event, RefundApplied))
    excess = total(event.excess for event in comes.events if isinstance(event, RefundExceeded))
    if None in amounts:
        assert applied == order.paid
        assert excess == max(wanted - order.paid, yuan(0))
    else:
        assert applied == min(wanted, order.paid)
        assert applied + excess == wanted
    assert comes.after.order(order.id).refunded == applied
    assert comes.after.order(order.id).waiting == ()
    assert comes.after.member(order.customer).spent == order.paid - applied


@pytest.mark.parametrize("amount", [None, yuan(0), yuan(50), yuan(200), yuan(999)])
@pytest.mark.parametrize("paid", [yuan(0), yuan(200)])
def test_a_waiting_refund_of_another_customer_is_never_applied(amount, paid):
    """Not even one that comes to nothing: it is not this customer's."""
    early = refund("R-1", amount, customer="mei")
    order = evolve(PLAIN, paid=paid)
    comes = record_order(told(WEI, early), order, PROGRAM, at=NOON)
    asked = paid if amount is None else amount
    assert comes.events[2:] == (
        RefundExceeded(order="A-1", customer="mei", refund="R-1", excess=asked, at=NOON),
    )
    assert comes.after.member("wei").spent == yuan(1_000) + paid
    record = comes.after.order("A-1")
    assert (record.refunded, record.waiting, record.exceeded) == (yuan(0), (), (early,))


def test_another_customers_waiting_refund_leaves_the_right_ones_room():
    wrong, right = refund("R-1", yuan(150), customer="mei"), refund("R-2", yuan(200))
    state = told(WEI, wrong, right, PLAIN)
    assert [applied.refund for applied in state.order("A-1").refunds] == [right]
    assert state.member("wei").spent == yuan(1_000)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param({"pot": yuan(40)}, id="a line that is not there"),
        pytest.param({CUP: yuan(40), "pot": yuan(0)}, id="one that is and one that is not"),
    ],
)
def test_waiting_lines_that_do_not_fit_are_shared_by_what_is_left_of_each(lines):
    state = told(WEI, refund("R-1", yuan(40), lines=lines), TWO_LINES)
    assert left_of_lines(state.order("A-1")) == {TEA: yuan(120), CUP: yuan(40)}
    assert state.member("wei").spent == yuan(1_160)


def test_a_waiting_line_above_what_was_paid_for_it_spills_onto_the_others():
    state = told(WEI, refund("R-1", yuan("50.01"), lines={CUP: yuan("50.01")}), TWO_LINES)
    assert state.order("A-1").refunded == yuan("50.01")
    assert total(left_of_lines(state.order("A-1")).values()) == yuan("149.99")


def test_waiting_lines_that_fit_are_taken_as_they_were_told():
    state = told(WEI, refund("R-1", yuan(50), lines={CUP: yuan(50)}), TWO_LINES)
    assert left_of_lines(state.order("A-1")) == {TEA: yuan(150), CUP: yuan(0)}


def test_waiting_lines_of_an_order_without_lines_count_for_the_whole():
    state = told(WEI, refund("R-1", yuan(50), lines={CUP: yuan(50)}), PLAIN)
    assert state.order("A-1").refunded == yuan(50)
    assert state.order("A-1").refunds[0].lines == ()


def test_an_order_that_a_waiting_refund_takes_back_below_a_threshold_reaches_nothing():
    early = refund("R-1", yuan("0.01"))
    state = told(State(), early, evolve(PLAIN, paid=yuan("5000.00")))
    assert (state.member("wei").spent, state.member("wei").tier) == (yuan("4999.99"), None)
    assert state.member("wei").gifts == ()


# D7: in any order


def standings(state, history):
    """What the order of telling must not change: spend, tier and counts, and what went back."""
    people = {command.customer for command in history}
    ids = {command.id for command in history if isinstance(command, Order)}
    members = {id: state.member(id) for id in people}
    return (
        {id: (one.spent, one.paid, one.tier, one.orders) for id, one in members.items()},
        {id: state.order(id).refunded for id in ids},
    )


@st.composite
def recomputing_programs(draw):
    program = draw(programs() | st.just(PROGRAM))
    ladder = evolve(program.ladder, tier_after_refund=TierAfterRefund.RECOMPUTE)
    enrolment = evolve(program.enrolment, unknown_customer="enrol", contact_like_ids="accept")
    return evolve(program, ladder=ladder, enrolment=enrolment)


@st.composite
def near_histories(draw, ladder):
    """Histories in which some orders bring a customer to a threshold by themselves."""
    history = draw(histories(max_orders=4))
    ids = [c.id for c in history if isinstance(c, Order) and not c.lines]
    paid = {id: draw(st.none() | amounts_near(ladder)) for id in ids}
    return [
        evolve(command, paid=max(paid[command.id], command.paid))
        if isinstance(command, Order) and paid.get(command.id) is not None
        else command
        for command in history
    ]


@pytest.mark.law("D7")
def test_a_refund_first_or_its_order_first_comes_to_the_same():
    """A refund and its order give the same net spend, tier and counts in all orders."""
    check_order_of_telling_makes_no_difference(programs(), settings=SOME)


@pytest.mark.law("D7")
@SOME
@given(st.data())
def test_refunds_told_with_their_lines_give_the_same_per_line_in_all_orders(data):
    """A refund and its order commute per line, too, where the lines are told."""
    order = data.draw(orders_with_lines())
    parts = [part for part in data.draw(refunds_of(order)) if part.lines]
    lefts = []
    for place in range(len(parts) + 1):
        shuffled = data.draw(st.permutations(parts))
        state = told(State(), *shuffled[:place], order, *shuffled[place:])
        lefts.append(left_of_lines(state.order(order.id)))
    assert all(left == lefts[0] for left in lefts)


@pytest.mark.law("D7")
@FEW
@given(st.data())
def test_orders_of_different_ids_come_to_the_same_in_every_order(data):
    """Orders of different ids give the same net spend, tier and gifts in all orders."""
    program = data.draw(recomputing_programs())
    history = [c for c in data.draw(near_histories(program.ladder)) if isinstance(c, Order)]
    shuffled = data.draw(st.permutations(history))
    one, other = (told(State(), *each, program=program) for each in (history, shuffled))
    assert standings(one, history) == standings(other, history)
    for id in {order.customer for order in history}:
        gifts = [gift.id for gift in one.member(id).gifts]
        assert gifts == [gift.id for gift in other.member(id).gifts]
        assert {gift.standing for gift in one.member(id).gifts} <= {GiftStanding.EARNED}


@pytest.mark.law("D7")
def test_silver_is_reached_and_lost_alike_with_the_refund_before_or_after():
    """A refund and its order give the same net spend and tier; the gift tells them apart."""
    order, back = evolve(PLAIN, paid=yuan(5_000)), refund("R-1", yuan("0.01"))
    late, early = told(State(), order, back), told(State(), back, order)
    for state in (late, early):
        assert (state.member("wei").spent, state.member("wei").tier) == (yuan("4999.99"), None)
    assert [gift.standing for gift in late.member("wei").gifts] == [GiftStanding.RETURNABLE]
    assert early.member("wei").gifts == ()


@pytest.mark.law("D7")
def test_refunds_with_and_without_lines_commute_with_an_order_only_as_its_lines_can_bear_them():
    """The exception: a line that an unlined refund has drawn on refuses later, and spills early."""
    of_all, of_cup = refund("R-1", yuan(100)), refund("R-2", yuan(50), lines={CUP: yuan(50)})
    late = told(WEI, TWO_LINES, of_all)
    assert reverse_order(late, of_cup, PROGRAM, at=NOON).refusals == (
        LineRefundExceedsPaid(order="A-1", line=CUP, left=yuan(25), wanted=yuan(50)),
    )
    early = told(WEI, of_all, of_cup, TWO_LINES)
    assert (late.member("wei").spent, early.member("wei").spent) == (yuan(1_100), yuan(1_050))
    assert left_of_lines(early.order("A-1")) == {TEA: yuan("37.50"), CUP: yuan("12.50")}
