"""Strategies for the settings of campaigns, and for the coupons they give out."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Final

from hypothesis import strategies as st

from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import campaign_names, plain_ids
from privlib.testing.strategies.period import days
from privlib.values.money import Money

__all__ = ["campaign_rules", "coupon_templates"]

_LENGTHS: Final = st.none() | st.integers(1, 400)
_COUNTS: Final = st.none() | st.integers(1, 5)


@cache
def coupon_templates(*, currency: str = "CNY") -> st.SearchStrategy[CouponTemplate]:
    """Offers of coupons, with and without an end and a limit for one customer."""
    return st.builds(
        _coupon_template,
        name=plain_ids(),
        value=money(min_value=Money(1, currency)),
        more=money(currency=currency),
        valid_days=_LENGTHS,
        per_customer=_COUNTS,
    )


def _coupon_template(
    *, name: str, value: Money, more: Money, valid_days: int | None, per_customer: int | None
) -> CouponTemplate:
    return CouponTemplate(
        name=name,
        value=value,
        threshold=value + more,
        valid_days=valid_days,
        per_customer=per_customer,
    )


@cache
def campaign_rules(*, currency: str = "CNY") -> st.SearchStrategy[CampaignRules]:
    """Campaigns of up to two coupons, with any budget, with and without an end."""
    return _campaign_rules(currency=currency)


@st.composite
def _campaign_rules(draw: st.DrawFn, *, currency: str) -> CampaignRules:
    starts, length = draw(days()), draw(_LENGTHS)
    offers = st.lists(
        coupon_templates(currency=currency), max_size=2, unique_by=lambda coupon: coupon.name
    )
    return CampaignRules(
        name=draw(campaign_names()),
        starts=starts,
        ends=None if length is None else starts + timedelta(days=length),
        budget=draw(money(currency=currency)),
        coupons=draw(offers),
    )
