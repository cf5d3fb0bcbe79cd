"""Events: what happened to orders and their refunds."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.commands import Order, Refund, RefundLine
from privlib.events.about import AboutOrder
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, EntityRef, OrderId, RefundId
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = [
    "OrderRecorded",
    "RefundApplied",
    "RefundExceeded",
    "RefundWaited",
]


@frozen(kw_only=True)
class OrderRecorded:
    """A paid order was taken down."""

    order: Order
    at: pendulum.DateTime = field(converter=moment)

    @property
    def customer(self) -> CustomerId:
        return self.order.customer

    @property
    def about(self) -> EntityRef:
        return EntityRef("order", self.order.id)


@frozen(kw_only=True)
class RefundApplied(AboutOrder):
    """Money went back for an order: how much, and how much of it for each line."""

    order: OrderId
    customer: CustomerId
    refund: Refund
    amount: Money
    lines: tuple[RefundLine, ...] = field(default=(), converter=as_tuple)
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class RefundWaited:
    """A refund came before its order and waits for it."""

    refund: Refund
    at: pendulum.DateTime = field(converter=moment)

    @property
    def customer(self) -> CustomerId:
        return self.refund.customer

    @property
    def about(self) -> EntityRef:
        return EntityRef("order", self.refund.order)


@frozen(kw_only=True)
class RefundExceeded(AboutOrder):
    """A refund that had waited asked for more than its order leaves: this much was not applied."""

    order: OrderId
    customer: CustomerId
    refund: RefundId
    excess: Money
    at: pendulum.DateTime = field(converter=moment)
