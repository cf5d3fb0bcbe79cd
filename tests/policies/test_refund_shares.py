"""Refund shares: what an order can bear, and which lines bear it."""

import pendulum
import pytest
from hypothesis import given, strategies as st

from privlib.commands import Order, OrderLine, Refund, RefundLine
from privlib.entities import OrderRecord
from privlib.events import RefundApplied
from privlib.policies.refund_shares import line_shares, money_left, refund_objections
from privlib.refusals import (
    LineRefundExceedsPaid,
    OrderOfAnother,
    RefundExceedsPaid,
    RefundLineUnknown,
)
from privlib.values.money import Money, total, yuan

AT = pendulum.datetime(2026, 6, 1, 4)
ORDER = Order(
    id="A-1",
    customer="wei",
    paid=yuan(200),
    lines=[OrderLine(sku="tea", paid=yuan(150)), OrderLine(sku="cup", paid=yuan(50))],
)
PLAIN = Order(id="A-1", customer="wei", paid=yuan(200))


def refund(amount=None, *lines, customer="wei", id="R-1"):
    return Refund(
        id=id,
        order="A-1",
        customer=customer,
        amount=amount,
        lines=[RefundLine(line=line, amount=share) for line, share in lines],
    )


def back(record, *lines):
    """The record after these went back, by line."""
    told = refund(total((share for _, share in lines), currency="CNY"), *lines, id="R-0")
    return record.apply(
        RefundApplied(
            order="A-1", customer="wei", refund=told, amount=told.amount, lines=told.lines, at=AT
        )
    )


RECORD = OrderRecord(id="A-1", order=ORDER)


def test_what_is_left_is_what_was_paid_less_what_went_back():
    assert money_left(RECORD, ORDER) == yuan(200)
    assert money_left(back(RECORD, ("tea", yuan("0.01"))), ORDER) == yuan("199.99")
    assert money_left(OrderRecord(id="A-1"), ORDER) == yuan(200)


@pytest.mark.parametrize("amount", [None, yuan(0), yuan("199.99"), yuan(200)])
def test_an_order_bears_all_that_was_paid(amount):
    assert refund_objections(RECORD, ORDER, refund(amount)) == ()


def test_an_order_does_not_bear_a_fen_more():
    assert refund_objections(RECORD, ORDER, refund(yuan("200.01"))) == (
        RefundExceedsPaid(order="A-1", paid=yuan(200), refunded=yuan(0), wanted=yuan("200.01")),
    )
    assert refund_objections(back(RECORD, ("cup", yuan(50))), ORDER, refund(yuan("150.01"))) == (
        RefundExceedsPaid(order="A-1", paid=yuan(200), refunded=yuan(50), wanted=yuan("150.01")),
    )


def test_a_line_bears_what_is_left_of_it_and_not_a_fen_more():
    record = back(RECORD, ("tea", yuan(100)))
    assert refund_objections(record, ORDER, refund(yuan(50), ("tea", yuan(50)))) == ()
    assert refund_objections(record, ORDER, refund(yuan("50.01"), ("tea", yuan("50.01")))) == (
        LineRefundExceedsPaid(order="A-1", line="tea", left=yuan(50), wanted=yuan("50.01")),
    )


def test_all_reasons_against_a_refund_are_given():
    told = refund(yuan(400), ("pot", yuan(100)), ("cup", yuan(300)))
    assert refund_objections(RECORD, ORDER, told) == (
        RefundExceedsPaid(order="A-1", paid=yuan(200), refunded=yuan(0), wanted=yuan(400)),
        RefundLineUnknown(order="A-1", line="pot"),
        LineRefundExceedsPaid(order="A-1", line="cup", left=yuan(50), wanted=yuan(300)),
    )


def test_a_line_of_an_order_without_lines_is_unknown():
    record = OrderRecord(id="A-1", order=PLAIN)
    assert refund_objections(record, PLAIN, refund(yuan(1), ("tea", yuan(1)))) == (
        RefundLineUnknown(order="A-1", line="tea"),
    )


def test_somebody_elses_refund_learns_nothing_of_the_order():
    told = refund(yuan(999), ("pot", yuan(999)), customer="ana")
    assert refund_objections(RECORD, ORDER, told) == (OrderOfAnother(order="A-1", customer="ana"),)


def test_a_refund_is_shared_by_what_is_left_of_each_line():
    assert line_shares(RECORD, ORDER, refund(yuan(100)), yuan(100)) == (
        RefundLine(line="tea", amount=yuan(75)),
        RefundLine(line="cup", amount=yuan(25)),
    )
    record = back(RECORD, ("tea", yuan(150)))
    assert line_shares(record, ORDER, refund(yuan(20)), yuan(20)) == (
        RefundLine(line="cup", amount=yuan(20)),
    )


def test_a_refund_with_lines_is_shared_as_told():
    told = refund(yuan(30), ("cup", yuan(30)))
    assert line_shares(RECORD, ORDER, told, yuan(30)) == told.lines


def test_nothing_is_shared_over_no_lines():
    assert line_shares(OrderRecord(id="A-1", order=PLAIN), PLAIN, refund(), yuan(200)) == ()
    assert line_shares(RECORD, ORDER, refund(yuan(0)), yuan(0)) == ()


@pytest.mark.law("M4")
@given(
    paid=st.lists(st.integers(0, 10_000), min_size=1, max_size=6),
    parts=st.lists(st.integers(0, 20_000), max_size=6),
)
def test_refunding_everything_gives_exactly_what_was_paid_for_each_line(paid, parts):
    """After any parts, the rest is exactly the rest: of the order, and of each line."""
    lines = [OrderLine(sku=f"sku-{n}", paid=Money(fen)) for n, fen in enumerate(paid)]
    order = Order(id="A-1", customer="wei", paid=Money(sum(paid)), lines=lines)
    record = OrderRecord(id="A-1", order=order)
    for number, part in enumerate([*(Money(fen) for fen in parts), None]):
        told = refund(part, id=f"R-{number}")
        left = money_left(record, order)
        amount = left if part is None else part
        if amount > left:
            assert refund_objections(record, order, told)
            continue
        assert refund_objections(record, order, told) == ()
        shares = line_shares(record, order, told, amount)
        assert total((share.amount for share in shares), currency="CNY") == amount
        record = record.apply(
            RefundApplied(
                order="A-1", customer="wei", refund=told, amount=amount, lines=shares, at=AT
            )
        )
        assert all(record.left_of(line.id) >= Money(0) for line in lines)
    assert record.refunded == order.paid
    assert all(record.left_of(line.id) == Money(0) for line in lines)
