"""Reverse an order: the whole of it or a part, before or after it is known."""

from __future__ import annotations

import pendulum

from privlib.commands import Refund
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import check_currency, check_customer_id
from privlib.decisions.moving import move_all_on
from privlib.decisions.refunding import apply_refund
from privlib.decisions.standing import lower_standing
from privlib.decisions.state import State
from privlib.events import RefundWaited
from privlib.policies.refund_shares import line_shares, money_left, refund_objections
from privlib.program.program import Program
from privlib.refusals import RefundAlreadyRecorded
from privlib.values.actor import SYSTEM, Actor

__all__ = ["reverse_order"]


def reverse_order(
    state: State, refund: Refund, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows from money given back: the spend, the tier and the gifts come down with it.

    A refund whose order is not known yet waits for it. More than is left of what was paid is
    refused. What happens to the tier and to gifts already granted, the ladder says
    (`tier_after_refund`, `gift_after_refund`).

    Raises CurrencyMismatchError for a refund in another currency than the shop's, InvalidIdError
    for a customer id that is a phone number or e-mail address.
    """
    check_customer_id(refund.customer, program)
    if refund.amount is not None:
        check_currency(refund.amount, program)
    draft = Draft(state, refund, program, at=at, by=by)
    record = state.order(refund.order)
    told = record.refund(refund.id)
    if told is not None:
        if told == refund:
            return draft.decision()
        return draft.refuse(RefundAlreadyRecorded(order=refund.order, refund=refund.id))
    refunded_at = refund.refunded_at or draft.at
    order = record.order
    if order is None:
        draft.record(RefundWaited(refund=refund, at=refunded_at))
        return draft.decision()
    objections = refund_objections(record, order, refund)
    if objections:
        return draft.refuse(*objections)
    left = money_left(record, order)
    amount = left if refund.amount is None else refund.amount
    lines = line_shares(record, order, refund, amount)
    apply_refund(draft, order, refund, amount, lines=lines, at=refunded_at)
    lower_standing(draft, order.customer, at=refunded_at)
    move_all_on(draft, order.customer)
    return draft.decision()
