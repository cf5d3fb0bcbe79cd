"""Refunding: what several verbs do when money goes back."""

from __future__ import annotations

import pendulum
from attrs import evolve

from privlib.commands import Order, Refund, RefundLine
from privlib.decisions.decision import Draft
from privlib.entities import OrderRecord
from privlib.events import RefundApplied, RefundExceeded, SpendReversed
from privlib.policies.refund_shares import line_shares, money_left, refund_objections
from privlib.values.money import Money

__all__ = ["apply_refund", "apply_waiting_refunds"]


def apply_refund(
    draft: Draft,
    order: Order,
    refund: Refund,
    amount: Money,
    *,
    lines: tuple[RefundLine, ...],
    at: pendulum.DateTime,
) -> None:
    """Let so much of an order go back, line by line, and count against the member's spend."""
    draft.record(
        RefundApplied(
            order=order.id,
            customer=order.customer,
            refund=refund,
            amount=amount,
            lines=lines,
            at=at,
        )
    )
    draft.record(
        SpendReversed(
            customer=order.customer, order=order.id, refund=refund.id, amount=amount, at=at
        )
    )


def apply_waiting_refunds(draft: Draft, order: Order) -> None:
    """Apply the refunds that came before their order; what it does not bear is an own event.

    They are taken by id, so that the order in which they came makes no difference; a refund of
    all that is left comes last.
    """
    waiting = draft.of(OrderRecord, order.id).waiting
    for refund in sorted(waiting, key=lambda refund: (refund.amount is None, refund.id)):
        _apply_waiting(draft, order, refund)


def _apply_waiting(draft: Draft, order: Order, refund: Refund) -> None:
    record, at = draft.of(OrderRecord, order.id), refund.refunded_at or draft.at
    left = money_left(record, order)
    wanted = left if refund.amount is None else refund.amount
    is_his = refund.customer == order.customer
    bearable = min(wanted, left) if is_his else Money.zero(left.currency)
    fits = evolve(refund, lines=()) if refund_objections(record, order, refund) else refund
    if bearable or (is_his and not wanted):
        lines = line_shares(record, order, fits, bearable)
        apply_refund(draft, order, refund, bearable, lines=lines, at=at)
    if bearable < wanted or not is_his:
        draft.record(
            RefundExceeded(
                order=order.id,
                customer=refund.customer,
                refund=refund.id,
                excess=wanted - bearable,
                at=at,
            )
        )
