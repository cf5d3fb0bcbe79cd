"""Redeem a coupon: it is used once, on one order."""

from __future__ import annotations

import pendulum

from privlib.commands import CouponRedemption
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import check_currency, check_customer_id
from privlib.decisions.state import State
from privlib.events import CouponRedeemed
from privlib.policies.coupon_eligibility import redemption_objections
from privlib.program.program import Program
from privlib.timers import coupon_ends_key
from privlib.values.actor import SYSTEM, Actor

__all__ = ["redeem_coupon"]


def redeem_coupon(
    state: State,
    redemption: CouponRedemption,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """Use a coupon on an order; refused with every reason why not.

    Raises CurrencyMismatchError for an order in another currency than the shop's, InvalidIdError
    for a customer id that is a phone number or e-mail address.
    """
    check_customer_id(redemption.customer, program)
    check_currency(redemption.amount, program)
    draft = Draft(state, redemption, program, at=at, by=by)
    coupon = state.coupon(redemption.coupon)
    refusals = redemption_objections(coupon, redemption, at=draft.at)
    if refusals:
        return draft.refuse(*refusals)
    draft.record(
        CouponRedeemed(
            coupon=coupon.id,
            customer=redemption.customer,
            order=redemption.order,
            value=coupon.value,
            at=draft.at,
        )
    )
    draft.cancel(coupon_ends_key(coupon.id))
    return draft.decision()
