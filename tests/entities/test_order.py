"""The order's record: paid, refunded, waiting."""

import pendulum
import pytest

from privlib.commands import Order, OrderLine, Refund, RefundLine
from privlib.entities import IndexKey, OrderRecord, RefundRecord
from privlib.errors import ImpossibleEventError
from privlib.events import OrderRecorded, RefundApplied, RefundExceeded, RefundWaited
from privlib.values.money import yuan

AT = pendulum.datetime(2026, 6, 1, 4)
ORDER = Order(
    id="A-1",
    customer="wei",
    paid=yuan(200),
    lines=[OrderLine(sku="tea", paid=yuan(150)), OrderLine(sku="cup", paid=yuan(50))],
)
RECORDED = OrderRecord(id="A-1").apply(OrderRecorded(order=ORDER, at=AT))


def refund(id, amount):
    return Refund(id=id, order="A-1", customer="wei", amount=amount)


def applied(told, amount, *lines):
    return RefundApplied(
        order="A-1", customer="wei", refund=told, amount=amount, lines=lines, at=AT
    )


def test_an_order_is_recorded_once():
    assert OrderRecord(id="A-1", version=1, order=ORDER) == RECORDED
    with pytest.raises(ImpossibleEventError, match="it is recorded already"):
        RECORDED.apply(OrderRecorded(order=ORDER, at=AT))


def test_refunds_add_up_and_take_from_their_lines():
    first = refund("R-1", yuan(60))
    line = RefundLine(line="tea", amount=yuan(60))
    record = RECORDED.apply(applied(first, yuan(60), line))
    record = record.apply(
        applied(
            refund("R-2", yuan("40.01")),
            yuan("40.01"),
            RefundLine(line="tea", amount=yuan("40.01")),
        )
    )
    assert record.refunds[0] == RefundRecord(refund=first, amount=yuan(60), lines=[line], at=AT)
    assert record.refunded == yuan("100.01")
    assert (record.left_of("tea"), record.left_of("cup")) == (yuan("49.99"), yuan(50))
    assert record.version == 3


def test_all_that_was_paid_can_go_back_and_not_a_fen_more():
    assert RECORDED.apply(applied(refund("R-1", None), yuan(200))).refunded == yuan(200)
    with pytest.raises(ImpossibleEventError, match="more would go back than was paid"):
        RECORDED.apply(applied(refund("R-1", None), yuan("200.01")))
    half = RECORDED.apply(applied(refund("R-1", yuan(100)), yuan(100)))
    with pytest.raises(ImpossibleEventError, match="more would go back than was paid"):
        half.apply(applied(refund("R-2", yuan("100.01")), yuan("100.01")))


def test_nothing_goes_back_for_an_order_that_is_not_known():
    with pytest.raises(ImpossibleEventError):
        OrderRecord(id="A-1").apply(applied(refund("R-1", yuan(0)), yuan(0)))


def test_a_refund_waits_and_is_applied_when_the_order_has_come():
    waiting = refund("R-1", yuan(50))
    record = OrderRecord(id="A-1").apply(RefundWaited(refund=waiting, at=AT))
    assert (record.waiting, record.refunded) == ((waiting,), None)
    record = record.apply(OrderRecorded(order=ORDER, at=AT))
    assert record.waiting == (waiting,)
    record = record.apply(applied(waiting, yuan(50)))
    assert (record.waiting, record.refunded, record.version) == ((), yuan(50), 3)


def test_a_refund_does_not_wait_for_an_order_that_is_known():
    with pytest.raises(ImpossibleEventError, match="it is recorded already"):
        RECORDED.apply(RefundWaited(refund=refund("R-1", yuan(50)), at=AT))


def test_a_refund_that_was_never_told_exceeds_nothing():
    event = RefundExceeded(order="A-1", customer="wei", refund="R-1", excess=yuan(1), at=AT)
    with pytest.raises(ImpossibleEventError, match="the refund R-1 was never told"):
        RECORDED.apply(event)


def test_what_an_order_cannot_bear_is_set_aside():
    waiting, other = refund("R-1", yuan(300)), refund("R-2", yuan(5))
    record = OrderRecord(id="A-1", order=ORDER, waiting=[waiting, other])
    event = RefundExceeded(order="A-1", customer="wei", refund="R-1", excess=yuan(300), at=AT)
    assert record.apply(event) == OrderRecord(
        id="A-1", version=1, order=ORDER, waiting=[other], exceeded=[waiting]
    )


def test_a_refund_applied_in_part_is_remembered_once():
    waiting = refund("R-1", yuan(300))
    record = OrderRecord(id="A-1", order=ORDER, waiting=[waiting])
    record = record.apply(applied(waiting, yuan(200))).apply(
        RefundExceeded(order="A-1", customer="wei", refund="R-1", excess=yuan(100), at=AT)
    )
    assert record.waiting == ()
    assert record.exceeded == ()
    assert record.refunded == yuan(200)
    assert record.refund("R-1") == waiting


def test_a_refund_is_found_whatever_became_of_it():
    done, waits, beyond = (refund(id, yuan(1)) for id in ("R-1", "R-2", "R-3"))
    record = OrderRecord(
        id="A-1",
        order=ORDER,
        refunds=[RefundRecord(refund=done, amount=yuan(1), at=AT)],
        waiting=[waits],
        exceeded=[beyond],
    )
    assert [record.refund(id) for id in ("R-1", "R-2", "R-3", "R-4")] == [
        done,
        waits,
        beyond,
        None,
    ]


def test_nothing_is_left_of_a_line_that_is_not_known():
    with pytest.raises(KeyError):
        OrderRecord(id="A-1").left_of("tea")
    with pytest.raises(KeyError):
        RECORDED.left_of("pot")


def test_an_order_is_found_by_its_customer_once_it_is_known():
    assert OrderRecord(id="A-1").index_keys == ()
    assert RECORDED.index_keys == (IndexKey("customer", "wei"),)
