"""Strategies for orders, their lines and refunds, and for the order in which they are told."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pendulum
from attrs import evolve
from hypothesis import strategies as st

from privlib.commands import Order, OrderLine, Refund, RefundLine
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import customer_ids, order_ids, plain_ids, refund_ids
from privlib.testing.strategies.moment import moments
from privlib.values.ids import CustomerId
from privlib.values.money import Money

__all__ = [
    "histories",
    "order_lines",
    "orders",
    "refund_lines",
    "refunds",
    "refunds_of",
]

_MAYBE_MOMENTS: Final = st.none() | moments()
_QUANTITIES: Final = st.integers(1, 99)


@st.composite
def order_lines(draw: st.DrawFn, *, max_paid: Money | None = None) -> OrderLine:
    """Lines of orders, of up to `max_paid` each."""
    sku = draw(plain_ids())
    return OrderLine(
        id=draw(st.just(sku) | plain_ids()),
        sku=sku,
        quantity=draw(_QUANTITIES),
        paid=draw(money(max_value=max_paid)),
    )


@st.composite
def refund_lines(draw: st.DrawFn, *, max_amount: Money | None = None) -> RefundLine:
    """Lines of refunds, of up to `max_amount` each."""
    return RefundLine(line=draw(plain_ids()), amount=draw(money(max_value=max_amount)))


def _split(draw: st.DrawFn, whole: int, parts: int) -> list[int]:
    """A whole amount in so many parts, some of them perhaps nothing."""
    places = st.lists(st.integers(0, whole), min_size=parts - 1, max_size=parts - 1)
    return [upper - lower for lower, upper in pairwise([0, *sorted(draw(places)), whole])]


@st.composite
def orders(
    draw: st.DrawFn,
    *,
    customers: st.SearchStrategy[CustomerId] | None = None,
    max_paid: Money | None = None,
    with_lines: bool | None = None,
    currency: str | None = None,
) -> Order:
    """Paid orders of up to `max_paid`, with or without lines, with or without a time."""
    paid = draw(money(max_value=max_paid, currency=currency))
    has_lines = draw(st.booleans()) if with_lines is None else with_lines
    return Order(
        id=draw(order_ids()),
        customer=draw(customer_ids() if customers is None else customers),
        paid=paid,
        paid_at=draw(_MAYBE_MOMENTS),
        lines=_lines(draw, paid) if has_lines else (),
    )


def _lines(draw: st.DrawFn, paid: Money) -> tuple[OrderLine, ...]:
    ids = draw(st.lists(plain_ids(), min_size=1, max_size=4, unique=True))
    return tuple(
        OrderLine(
            id=id,
            sku=draw(plain_ids()),
            quantity=draw(_QUANTITIES),
            paid=Money(minor, paid.currency),
        )
        for id, minor in zip(ids, _split(draw, paid.minor, len(ids)), strict=True)
    )


@st.composite
def refunds(draw: st.DrawFn, *, max_paid: Money | None = None) -> Refund:
    """Refunds of orders of up to `max_paid`: of a part of one, or of all that is left."""
    return draw(refunds_of(draw(orders(max_paid=max_paid)), min_refunds=1, max_refunds=1))[0]


@st.composite
def refunds_of(
    draw: st.DrawFn, order: Order, *, min_refunds: int = 0, max_refunds: int = 4
) -> list[Refund]:
    """Partial refunds of an order that never exceed what was paid, in the order to tell them.

    Either all of them name lines or none does, but for the last: it may be one of all that is
    left. Told before, after or around their order, none is refused.
    """
    ids = draw(st.lists(refund_ids(), min_size=min_refunds, max_size=max_refunds, unique=True))
    by_line = draw(st.booleans()) and bool(order.lines)
    parts = _line_parts(draw, order, len(ids)) if by_line else _parts(draw, order, len(ids))
    told = [
        Refund(
            id=id,
            order=order.id,
            customer=order.customer,
            amount=amount,
            refunded_at=_after_payment(order, draw(_MAYBE_MOMENTS)),
            lines=lines,
        )
        for id, (amount, lines) in zip(ids, parts, strict=True)
    ]
    ends_with_the_rest = draw(st.booleans())
    if told and ends_with_the_rest:
        told[-1] = evolve(told[-1], amount=None, lines=())
    return told


def _after_payment(order: Order, at: pendulum.DateTime | None) -> pendulum.DateTime | None:
    return at if at is None or order.paid_at is None else max(at, order.paid_at)


def _parts(draw: st.DrawFn, order: Order, count: int) -> list[tuple[Money, tuple[RefundLine, ...]]]:
    minors = _split(draw, order.paid.minor, count + 1)[:count]
    return [(Money(minor, order.paid.currency), ()) for minor in minors]


def _line_parts(
    draw: st.DrawFn, order: Order, count: int
) -> list[tuple[Money, tuple[RefundLine, ...]]]:
    code = order.paid.currency
    columns = [_split(draw, line.paid.minor, count + 1) for line in order.lines]
    parts = []
    for shares in list(zip(*columns, strict=True))[:count]:
        lines = tuple(
            RefundLine(line=line.id, amount=Money(share, code))
            for line, share in zip(order.lines, shares, strict=True)
            if share
        )
        parts.append((Money(sum(shares), code), lines))
    return parts


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    customers: int = 3,
    max_orders: int = 6,
    max_paid: Money | None = None,
    with_lines: bool | None = None,
    refunds_first: bool = True,
    currency: str | None = None,
) -> list[Order | Refund]:
    """Orders and refunds of a few customers, in the order in which a shop comes to tell them.

    Refunds never exceed what was paid. Unless `refunds_first` is False, some are told before
    their order.
    """
    people = draw(st.lists(customer_ids(), min_size=1, max_size=customers, unique=True))
    ids = draw(st.lists(order_ids(), max_size=max_orders, unique=True))
    told: list[list[Order | Refund]] = []
    for id in ids:
        drawn = orders(
            customers=st.sampled_from(people),
            max_paid=max_paid,
            with_lines=with_lines,
            currency=currency,
        )
        order = evolve(draw(drawn), id=id)
        of_one: list[Order | Refund] = list(draw(refunds_of(order)))
        of_one.insert(draw(st.integers(0, len(of_one))) if refunds_first else 0, order)
        told.append(of_one)
    turns = draw(st.permutations([turn for turn, of_one in enumerate(told) for _ in of_one]))
    streams = [iter(of_one) for of_one in told]
    return [next(streams[turn]) for turn in turns]
