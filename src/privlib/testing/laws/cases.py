"""Cases to try laws on: what one customer buys and gives back, near the thresholds of a program."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, TypeAlias

import pendulum
from hypothesis import strategies as st

from privlib.commands import Order, Refund
from privlib.program.program import Program
from privlib.testing.strategies import amounts_near, histories
from privlib.values.ids import CustomerId, OrderId, RefundId
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = ["AT", "WEI", "Tellings", "order", "purchases", "tellings", "ups_and_downs"]

Tellings: TypeAlias = list[Order | Refund]

WEI: Final = CustomerId("wei")
AT: Final = moment(pendulum.datetime(2026, 6, 1, 4))


def order(number: int, paid: Money) -> Order:
    """The order of this number by wei, the one customer there is."""
    return Order(id=OrderId(f"A-{number}"), customer=WEI, paid=paid)


@st.composite
def purchases(draw: st.DrawFn, program: Program, *, max_orders: int = 6) -> list[Order]:
    """Orders of wei that bring his spend to amounts of which many lie at thresholds."""
    near = amounts_near(program.ladder, currency=program.currency)
    marks = sorted(mark.minor for mark in draw(st.lists(near, max_size=max_orders)))
    steps = [upper - lower for lower, upper in pairwise([0, *marks])]
    return [order(number, Money(step, program.currency)) for number, step in enumerate(steps)]


@st.composite
def ups_and_downs(draw: st.DrawFn, program: Program, *, max_marks: int = 6) -> Tellings:
    """Orders and refunds of wei that take his spend from mark to mark, many at thresholds."""
    near = amounts_near(program.ladder, currency=program.currency)
    told: Tellings = []
    left: dict[OrderId, int] = {}
    for mark in draw(st.lists(near, min_size=1, max_size=max_marks)):
        spent = sum(left.values())
        if mark.minor >= spent:
            bought = order(len(left), mark - Money(spent, program.currency))
            left[bought.id] = bought.paid.minor
            told.append(bought)
        else:
            told.extend(_back(left, spent - mark.minor, len(told), program.currency))
    return told


def _back(left: dict[OrderId, int], fall: int, number: int, currency: str) -> list[Refund]:
    """Refunds of the first orders that have anything left, until so much is given back."""
    refunds: list[Refund] = []
    for id, room in left.items():
        back = min(room, fall)
        if back:
            refund = RefundId(f"R-{number}-{len(refunds)}")
            amount = Money(back, currency)
            refunds.append(Refund(id=refund, order=id, customer=WEI, amount=amount))
            left[id] -= back
            fall -= back
    return refunds


def tellings(program: Program, *, max_orders: int = 4) -> st.SearchStrategy[Tellings]:
    """Orders and refunds of a few customers, with and without lines, some refunds first."""
    return histories(max_orders=max_orders, currency=program.currency)
