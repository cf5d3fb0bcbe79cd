"""Cases to try the laws of coupons on: given out, used and run out, at any moments."""

from __future__ import annotations

from typing import Final, TypeAlias

import pendulum
from hypothesis import strategies as st

from privlib.commands import CouponIssue, CouponRedemption
from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.program.program import Program
from privlib.values.ids import CustomerId, OrderId
from privlib.values.moment import later
from privlib.values.money import Money

__all__ = ["WHO", "Steps", "coupon_steps"]

Offer: TypeAlias = tuple[CampaignRules, CouponTemplate]
Steps: TypeAlias = list[tuple[pendulum.DateTime, CouponIssue | CouponRedemption | None]]
"""What is told, and when; None where time passes, and what has come due is decided."""

WHO: Final = (CustomerId("wei"), CustomerId("mei"))
_DAY: Final = 86_400


@st.composite
def coupon_steps(draw: st.DrawFn, program: Program) -> Steps:
    """Coupons of one campaign given out, used and run out, at any moments of it and after it.

    Many uses lie at the threshold and at the end of a coupon; no steps where there is no coupon.
    """
    offers = [(rules, offer) for rules in program.campaigns for offer in rules.coupons]
    if not offers:
        return []
    offer = draw(st.sampled_from(offers))
    rules, template = offer
    start = rules.days.in_zone(program.zone).start
    length = (template.valid_days or 30) * _DAY
    edges = st.sampled_from([0, 0, length - 1, length, length, length + 1])
    seconds = edges | st.integers(0, 3 * length)
    number = st.integers(0, 1) | st.integers(0, 3)
    told = st.one_of(
        st.builds(_issue, st.just(offer), number),
        st.builds(_use, st.just(offer), number, st.integers(-1, 1) | st.integers(-100, 10_000)),
        st.none(),
    )
    moments = seconds.map(lambda passed: later(start, seconds=passed))
    return draw(st.lists(st.tuples(moments, told), max_size=12))


def _issue(offer: Offer, number: int) -> CouponIssue:
    rules, template = offer
    customer = WHO[number % len(WHO)]
    return CouponIssue(
        key=f"k-{number}", customer=customer, campaign=rules.name, coupon=template.name
    )


def _use(offer: Offer, number: int, above: int) -> CouponRedemption:
    """A coupon on an order of so much above its threshold."""
    issue, threshold = _issue(offer, number), offer[1].threshold
    amount = Money(max(threshold.minor + above, 0), threshold.currency)
    order = OrderId(f"A-{number}")
    return CouponRedemption(
        coupon=issue.coupon_id, customer=issue.customer, order=order, amount=amount
    )
