"""Verbs: which of a domain's verbs takes a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pendulum

from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    Command,
    CouponIssue,
    CouponRedemption,
    MemberImport,
    NewFriend,
    Order,
    Refund,
    StageMove,
)
from privlib.decisions.decision import Decision
from privlib.domain.private_domain import PrivateDomain

__all__ = ["tell_domain"]

_VERBS: Final[dict[type[Command], Callable[..., Decision]]] = {
    Order: PrivateDomain.record_order,
    Refund: PrivateDomain.reverse_order,
    MemberImport: PrivateDomain.import_member,
    NewFriend: PrivateDomain.accept_friend,
    StageMove: PrivateDomain.move_stage,
    CouponIssue: PrivateDomain.issue_coupon,
    CouponRedemption: PrivateDomain.redeem_coupon,
    CampaignPause: PrivateDomain.pause_campaign,
    CampaignResumption: PrivateDomain.resume_campaign,
}


def tell_domain(domain: PrivateDomain, command: Command, *, at: pendulum.DateTime) -> Decision:
    """Tell a command to a domain by the verb that belongs to it."""
    return _VERBS[type(command)](domain, command, at=at)
