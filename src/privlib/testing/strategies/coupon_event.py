"""Strategies for events of coupons and of the campaigns they belong to."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from hypothesis import strategies as st

from privlib.events import (
    CampaignPaused,
    CampaignResumed,
    CouponExpired,
    CouponIssued,
    CouponRedeemed,
    Event,
)
from privlib.program.campaign import CouponTemplate
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.campaign import coupon_templates
from privlib.testing.strategies.ids import campaign_names, coupon_ids, customer_ids, order_ids
from privlib.testing.strategies.moment import moments
from privlib.values.ids import CampaignName, CouponId, CustomerId
from privlib.values.money import Money

__all__ = ["coupon_events", "coupon_issued"]


def coupon_events() -> dict[type[Event], st.SearchStrategy[Event]]:
    """What draws each kind of them."""
    about = {"coupon": coupon_ids(), "customer": customer_ids(), "at": moments()}
    campaign = {"campaign": campaign_names(), "at": moments()}
    value = money(min_value=Money(1))
    return {
        CouponIssued: st.builds(
            coupon_issued, coupon_templates(), **about, campaign=campaign_names()
        ),
        CouponRedeemed: st.builds(CouponRedeemed, **about, order=order_ids(), value=value),
        CouponExpired: st.builds(CouponExpired, **about, value=value),
        CampaignPaused: st.builds(CampaignPaused, **campaign),
        CampaignResumed: st.builds(CampaignResumed, **campaign),
    }


def coupon_issued(
    offer: CouponTemplate,
    *,
    coupon: CouponId,
    customer: CustomerId,
    campaign: CampaignName,
    at: pendulum.DateTime,
) -> CouponIssued:
    """The event that makes a coupon of an offer."""
    days = offer.valid_days
    return CouponIssued(
        coupon=coupon,
        customer=customer,
        campaign=campaign,
        template=offer.name,
        value=offer.value,
        threshold=offer.threshold,
        expires_at=None if days is None else at + timedelta(days=days),
        at=at,
    )
