"""Refusals: what speaks against an order or a refund of it."""

from __future__ import annotations

from attrs import field

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, OrderId, RefundId
from privlib.values.money import Money

__all__ = [
    "LineRefundExceedsPaid",
    "OrderAlreadyRecorded",
    "OrderOfAnother",
    "RefundAlreadyRecorded",
    "RefundExceedsPaid",
    "RefundLineUnknown",
]


@frozen(kw_only=True)
class OrderAlreadyRecorded:
    """The order was recorded before with other content; what was recorded stands."""

    order: OrderId
    recorded: Money
    told: Money
    differs: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class OrderOfAnother:
    """The order belongs to another customer than the one named."""

    order: OrderId
    customer: CustomerId


@frozen(kw_only=True)
class RefundAlreadyRecorded:
    """The refund was recorded before with other content; what was recorded stands."""

    order: OrderId
    refund: RefundId


@frozen(kw_only=True)
class RefundExceedsPaid:
    """More was to be refunded than is left of what was paid."""

    order: OrderId
    paid: Money
    refunded: Money
    wanted: Money


@frozen(kw_only=True)
class RefundLineUnknown:
    """A refund names a line that its order does not have."""

    order: OrderId
    line: str


@frozen(kw_only=True)
class LineRefundExceedsPaid:
    """More was to be refunded for a line than is left of what was paid for it."""

    order: OrderId
    line: str
    left: Money
    wanted: Money
