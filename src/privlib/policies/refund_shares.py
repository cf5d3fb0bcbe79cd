"""Refund shares: how much of a refund an order can bear, and which lines it is for."""

from __future__ import annotations

from privlib.commands import Order, Refund, RefundLine
from privlib.entities.order import OrderRecord
from privlib.refusals import (
    LineRefundExceedsPaid,
    OrderOfAnother,
    RefundExceedsPaid,
    RefundLineUnknown,
)
from privlib.values.allocation import allocate
from privlib.values.money import Money

__all__ = ["RefundObjection", "line_shares", "money_left", "refund_objections"]

RefundObjection = OrderOfAnother | RefundExceedsPaid | RefundLineUnknown | LineRefundExceedsPaid


def money_left(record: OrderRecord, order: Order) -> Money:
    """How much of what was paid for an order has not gone back."""
    refunded = record.refunded
    return order.paid if refunded is None else order.paid - refunded


def refund_objections(
    record: OrderRecord, order: Order, refund: Refund
) -> tuple[RefundObjection, ...]:
    """Everything that speaks against a refund of this order."""
    if refund.customer != order.customer:
        return (OrderOfAnother(order=order.id, customer=refund.customer),)
    objections: list[RefundObjection] = []
    left = money_left(record, order)
    if refund.amount is not None and refund.amount > left:
        objections.append(
            RefundExceedsPaid(
                order=order.id, paid=order.paid, refunded=order.paid - left, wanted=refund.amount
            )
        )
    known = {line.id for line in order.lines}
    for share in refund.lines:
        if share.line not in known:
            objections.append(RefundLineUnknown(order=order.id, line=share.line))
        elif share.amount > (room := record.left_of(share.line)):
            objections.append(
                LineRefundExceedsPaid(
                    order=order.id, line=share.line, left=room, wanted=share.amount
                )
            )
    return tuple(objections)


def line_shares(
    record: OrderRecord, order: Order, refund: Refund, amount: Money
) -> tuple[RefundLine, ...]:
    """How much of a refund each line bears: as told, or else by what is left of each.

    Shared to the fen: refunding all of an order gives exactly what was paid for each line, in
    whatever parts (law M4).
    """
    if refund.lines or not order.lines:
        return refund.lines
    left = [record.left_of(line.id).minor for line in order.lines]
    shares = allocate(amount.minor, left)
    return tuple(
        RefundLine(line=line.id, amount=Money(share, amount.currency))
        for line, share in zip(order.lines, shares, strict=True)
        if share
    )
