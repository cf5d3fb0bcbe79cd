"""The order's record: what was paid, what went back, and what waits for it."""

from __future__ import annotations

from typing import ClassVar

import pendulum
from attrs import field

from privlib.commands import Order, Refund, RefundLine
from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import Event, OrderRecorded, RefundApplied, RefundExceeded, RefundWaited
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, replace, replacer
from privlib.values.ids import OrderId, RefundId, order_id
from privlib.values.moment import moment
from privlib.values.money import Money, total

__all__ = ["OrderRecord", "RefundRecord"]


@frozen(kw_only=True)
class RefundRecord:
    """A refund that was applied: as told, how much it came to, and its share of each line."""

    refund: Refund
    amount: Money
    lines: tuple[RefundLine, ...] = field(default=(), converter=as_tuple)
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class OrderRecord(Referable):
    """What is known of an order: the order itself, once told, and its refunds.

    A refund may come first; then there is a record without an order, and the refund waits in it.
    """

    kind: ClassVar[str] = "order"

    id: OrderId = field(converter=order_id)
    version: int = 0
    order: Order | None = None
    refunds: tuple[RefundRecord, ...] = field(default=(), converter=as_tuple)
    waiting: tuple[Refund, ...] = field(default=(), converter=as_tuple)
    exceeded: tuple[Refund, ...] = field(default=(), converter=as_tuple)

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        return () if self.order is None else (IndexKey("customer", self.order.customer),)

    def refund(self, id: RefundId) -> Refund | None:
        """The refund of this id as it was told, whatever became of it."""
        told = (*(record.refund for record in self.refunds), *self.waiting, *self.exceeded)
        return next((refund for refund in told if refund.id == id), None)

    @property
    def refunded(self) -> Money | None:
        """How much went back so far; None before the order is known."""
        if self.order is None:
            return None
        return total((record.amount for record in self.refunds), currency=self.order.paid.currency)

    def left_of(self, line: str) -> Money:
        """How much of what was paid for a line has not gone back.

        Raises KeyError for a line that is not known.
        """
        lines = () if self.order is None else self.order.lines
        paid = next((known.paid for known in lines if known.id == line), None)
        if paid is None:
            raise KeyError(line)
        for record in self.refunds:
            for share in record.lines:
                if share.line == line:
                    paid -= share.amount
        return paid

    def apply(self, event: Event) -> OrderRecord:
        """The record after what happened."""
        version = self.version + 1
        match event:
            case OrderRecorded():
                if self.order is not None:
                    raise impossible(self, event, "it is recorded already")
                return _with_order(self, version, event.order)
            case RefundWaited():
                if self.order is not None:
                    raise impossible(self, event, "it is recorded already")
                return replace(self, version=version, waiting=(*self.waiting, event.refund))
            case RefundApplied():
                return self._with_refund(event)
            case RefundExceeded():
                if self.refund(event.refund) is None:
                    raise impossible(self, event, f"the refund {event.refund} was never told")
                return replace(
                    self,
                    version=version,
                    waiting=self._waiting_without(event.refund),
                    exceeded=(*self.exceeded, *self._waiting_of(event.refund)),
                )
            case _:
                raise foreign_event(self, event)

    def _waiting_without(self, id: RefundId) -> tuple[Refund, ...]:
        return tuple(refund for refund in self.waiting if refund.id != id)

    def _waiting_of(self, id: RefundId) -> tuple[Refund, ...]:
        return tuple(refund for refund in self.waiting if refund.id == id)

    def _with_refund(self, event: RefundApplied) -> OrderRecord:
        refunded = self.refunded
        if self.order is None or refunded is None or refunded + event.amount > self.order.paid:
            raise impossible(self, event, "more would go back than was paid")
        record = RefundRecord(
            refund=event.refund, amount=event.amount, lines=event.lines, at=event.at
        )
        return replace(
            self,
            version=self.version + 1,
            refunds=(*self.refunds, record),
            waiting=self._waiting_without(event.refund.id),
        )


_with_order = replacer(OrderRecord, "version", "order")
