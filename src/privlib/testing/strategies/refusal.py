"""Strategies for refusals of every kind, with numbers that do refuse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache

import pendulum
from hypothesis import strategies as st

from privlib.refusals import (
    AlreadyFriends,
    AlreadyMember,
    CampaignAlreadyPaused,
    CampaignExhausted,
    CampaignIsPaused,
    CampaignNotPaused,
    CampaignNotRunning,
    CampaignUnknown,
    CouponAlreadyIssued,
    CouponAlreadyRedeemed,
    CouponBelowThreshold,
    CouponHasExpired,
    CouponLimitReached,
    CouponOfAnother,
    CouponUnknown,
    CustomerUnknown,
    LifecycleUnknown,
    LineRefundExceedsPaid,
    OrderAlreadyRecorded,
    OrderOfAnother,
    RefundAlreadyRecorded,
    RefundExceedsPaid,
    RefundLineUnknown,
    Refusal,
    RelationUnknown,
    StageMoveNotAllowed,
    StageUnknown,
)
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.condition import of_conditions
from privlib.testing.strategies.ids import (
    campaign_names,
    coupon_ids,
    customer_ids,
    order_ids,
    plain_ids,
    refund_ids,
    relation_ids,
)
from privlib.testing.strategies.important_day import of_days
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.persona import of_voice
from privlib.testing.strategies.price_book import of_assortment
from privlib.testing.strategies.pricing_refusal import of_pricing
from privlib.testing.strategies.survey_refusal import of_surveys
from privlib.values.ids import CampaignName, CouponId, OrderId
from privlib.values.money import Money

__all__ = ["refusals"]


def refusals(*, kinds: Iterable[type[Refusal]] | None = None) -> st.SearchStrategy[Refusal]:
    """Refusals of all kinds, or of the kinds named."""
    return of_kinds(_refusals(), kinds)


@cache
def _refusals() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    of_customers = _of_people() | _of_orders() | _of_campaigns() | _of_coupons()
    of_prices = of_conditions() | of_pricing() | of_assortment()
    return of_customers | of_prices | of_voice() | of_days() | of_surveys()


def _of_people() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    relation, known = relation_ids(), st.lists(plain_ids(), max_size=3)
    return {
        CustomerUnknown: st.builds(CustomerUnknown, customer=customer_ids()),
        AlreadyMember: st.builds(AlreadyMember, customer=customer_ids(), since=moments()),
        AlreadyFriends: st.builds(AlreadyFriends, relation=relation, since=moments()),
        RelationUnknown: st.builds(RelationUnknown, relation=relation),
        LifecycleUnknown: st.builds(LifecycleUnknown, lifecycle=plain_ids(), known=known),
        StageUnknown: st.builds(
            StageUnknown, lifecycle=plain_ids(), stage=plain_ids(), known=known
        ),
        StageMoveNotAllowed: st.builds(
            StageMoveNotAllowed,
            lifecycle=plain_ids(),
            stage=plain_ids(),
            to=plain_ids(),
            allowed=known,
        ),
    }


def _of_orders() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    order, names = order_ids(), st.sampled_from(["customer", "paid", "paid_at", "lines"])
    return {
        OrderAlreadyRecorded: st.builds(
            OrderAlreadyRecorded,
            order=order,
            recorded=money(),
            told=money(),
            differs=st.lists(names, min_size=1, unique=True),
        ),
        OrderOfAnother: st.builds(OrderOfAnother, order=order, customer=customer_ids()),
        RefundAlreadyRecorded: st.builds(RefundAlreadyRecorded, order=order, refund=refund_ids()),
        RefundExceedsPaid: st.builds(_refund_exceeds_paid, order, money(), money(), _more()),
        RefundLineUnknown: st.builds(RefundLineUnknown, order=order, line=plain_ids()),
        LineRefundExceedsPaid: st.builds(
            _line_refund_exceeds_paid, order, plain_ids(), money(), _more()
        ),
    }


def _more() -> st.SearchStrategy[Money]:
    return money(min_value=Money(1))


def _refund_exceeds_paid(
    order: OrderId, left: Money, refunded: Money, more: Money
) -> RefundExceedsPaid:
    return RefundExceedsPaid(
        order=order, paid=left + refunded, refunded=refunded, wanted=left + more
    )


def _line_refund_exceeds_paid(
    order: OrderId, line: str, left: Money, more: Money
) -> LineRefundExceedsPaid:
    return LineRefundExceedsPaid(order=order, line=line, left=left, wanted=left + more)


def _of_campaigns() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    campaign, since = campaign_names(), moments()
    return {
        CampaignUnknown: st.builds(CampaignUnknown, campaign=campaign),
        CampaignNotRunning: st.builds(
            _campaign_not_running, campaign, since, st.none() | st.integers(1, 400)
        ),
        CampaignIsPaused: st.builds(CampaignIsPaused, campaign=campaign, since=since),
        CampaignAlreadyPaused: st.builds(CampaignAlreadyPaused, campaign=campaign, since=since),
        CampaignNotPaused: st.builds(CampaignNotPaused, campaign=campaign),
        CampaignExhausted: st.builds(_campaign_exhausted, campaign, money(), money(), _more()),
    }


def _campaign_not_running(
    campaign: CampaignName, starts: pendulum.DateTime, days: int | None
) -> CampaignNotRunning:
    ends = None if days is None else starts + timedelta(days=days)
    return CampaignNotRunning(campaign=campaign, starts=starts, ends=ends)


def _campaign_exhausted(
    campaign: CampaignName, used: Money, left: Money, more: Money
) -> CampaignExhausted:
    return CampaignExhausted(campaign=campaign, used=used, budget=used + left, wanted=left + more)


def _of_coupons() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    coupon = coupon_ids()
    return {
        CouponLimitReached: st.builds(
            _coupon_limit_reached,
            campaign_names(),
            plain_ids(),
            st.integers(1, 5),
            st.integers(0, 5),
        ),
        CouponUnknown: st.builds(CouponUnknown, coupon=coupon),
        CouponAlreadyIssued: st.builds(
            CouponAlreadyIssued,
            coupon=coupon,
            differs=st.lists(
                st.sampled_from(["customer", "campaign", "coupon"]), min_size=1, unique=True
            ),
        ),
        CouponOfAnother: st.builds(CouponOfAnother, coupon=coupon),
        CouponAlreadyRedeemed: st.builds(
            CouponAlreadyRedeemed, coupon=coupon, order=order_ids(), at=moments()
        ),
        CouponHasExpired: st.builds(CouponHasExpired, coupon=coupon, at=moments()),
        CouponBelowThreshold: st.builds(_coupon_below_threshold, coupon, money(), _more()),
    }


def _coupon_limit_reached(
    campaign: CampaignName, coupon: str, limit: int, more: int
) -> CouponLimitReached:
    return CouponLimitReached(campaign=campaign, coupon=coupon, had=limit + more, limit=limit)


def _coupon_below_threshold(coupon: CouponId, has: Money, short: Money) -> CouponBelowThreshold:
    return CouponBelowThreshold(coupon=coupon, needs=has + short, has=has)
