"""Coupon eligibility: everything that speaks against giving out a coupon, or against using it."""

from __future__ import annotations

import pendulum

from privlib.commands import CouponRedemption
from privlib.entities.campaign import Campaign
from privlib.entities.coupon import Coupon, CouponState
from privlib.program.campaign import CampaignRules
from privlib.refusals import (
    CampaignIsPaused,
    CampaignNotRunning,
    CouponAlreadyRedeemed,
    CouponBelowThreshold,
    CouponHasExpired,
    CouponOfAnother,
    CouponUnknown,
)

__all__ = ["RedemptionObjection", "campaign_objections", "redemption_objections"]

RedemptionObjection = (
    CouponUnknown
    | CouponOfAnother
    | CouponAlreadyRedeemed
    | CouponHasExpired
    | CouponBelowThreshold
)


def campaign_objections(
    campaign: Campaign, rules: CampaignRules, *, at: pendulum.DateTime, zone: str
) -> tuple[CampaignNotRunning | CampaignIsPaused, ...]:
    """Why a campaign gives out nothing at a moment."""
    objections: list[CampaignNotRunning | CampaignIsPaused] = []
    period = rules.days.in_zone(zone)
    if not period.contains(at):
        objections.append(
            CampaignNotRunning(campaign=rules.name, starts=period.start, ends=period.end)
        )
    if campaign.paused_since is not None:
        objections.append(CampaignIsPaused(campaign=rules.name, since=campaign.paused_since))
    return tuple(objections)


def redemption_objections(
    coupon: Coupon, redemption: CouponRedemption, *, at: pendulum.DateTime
) -> tuple[RedemptionObjection, ...]:
    """Why a coupon cannot be used on an order: all reasons, not the first."""
    if coupon.state is CouponState.BLANK:
        return (CouponUnknown(coupon=coupon.id),)
    objections: list[RedemptionObjection] = []
    if coupon.customer != redemption.customer:
        objections.append(CouponOfAnother(coupon=coupon.id))
    if coupon.order is not None and coupon.redeemed_at is not None:
        objections.append(
            CouponAlreadyRedeemed(coupon=coupon.id, order=coupon.order, at=coupon.redeemed_at)
        )
    elif coupon.expires_at is not None and (
        coupon.state is CouponState.EXPIRED or coupon.expires_at <= at
    ):
        objections.append(CouponHasExpired(coupon=coupon.id, at=coupon.expires_at))
    if redemption.amount < coupon.threshold:
        objections.append(
            CouponBelowThreshold(coupon=coupon.id, needs=coupon.threshold, has=redemption.amount)
        )
    return tuple(objections)
