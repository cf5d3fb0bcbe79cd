"""Expire a coupon: it has run out."""

from __future__ import annotations

import pendulum

from privlib.decisions.decision import Decision, Draft
from privlib.decisions.state import State
from privlib.entities import CouponState
from privlib.events import CouponExpired
from privlib.program.campaign import budget_key
from privlib.program.program import Program
from privlib.reservations import Reservation
from privlib.timers import CouponEnds
from privlib.values.actor import SYSTEM, Actor

__all__ = ["expire_coupon"]


def expire_coupon(
    state: State, timer: CouponEnds, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows when a coupon runs out: unused, its value goes back to the budget."""
    draft = Draft(state, timer, program, at=at, by=by)
    draft.fire(timer)
    coupon = state.coupon(timer.coupon)
    if coupon.state is not CouponState.ISSUED:
        return draft.decision()
    draft.record(
        CouponExpired(coupon=coupon.id, customer=timer.customer, value=coupon.value, at=draft.at)
    )
    draft.reserve(Reservation.give_back(budget_key(timer.campaign), coupon.value.minor))
    return draft.decision()
