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
    ImportantDayTold,
    MemberImport,
    NewFriend,
    Order,
    Refund,
    StageMove,
    StageRemap,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
)
from privlib.decisions.decision import Decision
from privlib.domain.private_domain import PrivateDomain
from privlib.values.actor import SYSTEM, Actor

__all__ = ["VERBS", "tell_domain"]

VERBS: Final[dict[type[Command], Callable[..., Decision]]] = {
    Order: PrivateDomain.record_order,
    Refund: PrivateDomain.reverse_order,
    MemberImport: PrivateDomain.import_member,
    NewFriend: PrivateDomain.accept_friend,
    StageMove: PrivateDomain.move_stage,
    StageRemap: PrivateDomain.remap_stage,
    CouponIssue: PrivateDomain.issue_coupon,
    CouponRedemption: PrivateDomain.redeem_coupon,
    CampaignPause: PrivateDomain.pause_campaign,
    CampaignResumption: PrivateDomain.resume_campaign,
    ImportantDayTold: PrivateDomain.tell_important_day,
    SurveyStart: PrivateDomain.start_survey,
    SurveyAnswer: PrivateDomain.answer_survey,
    SurveyAnswers: PrivateDomain.answer_survey,
}
"""The verb of each command, as a method of the domain."""


def tell_domain(
    domain: PrivateDomain,
    command: Command,
    *,
    at: pendulum.DateTime | None = None,
    by: Actor = SYSTEM,
) -> Decision:
    """Tell a command to a domain by the verb that belongs to it."""
    return VERBS[type(command)](domain, command, at=at, by=by)
