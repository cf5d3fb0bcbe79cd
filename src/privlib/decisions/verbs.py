"""Verbs: the one table from what is told, or has come due, to what decides it."""

from __future__ import annotations

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
from privlib.decisions.accept_friend import accept_friend
from privlib.decisions.answer_survey import answer_survey
from privlib.decisions.celebrate_day import celebrate_day
from privlib.decisions.check_stages import check_stages
from privlib.decisions.decision import Decision
from privlib.decisions.end_survey import close_survey, nudge_survey
from privlib.decisions.expire_coupon import expire_coupon
from privlib.decisions.import_member import import_member
from privlib.decisions.issue_coupon import issue_coupon
from privlib.decisions.move_stage import move_stage
from privlib.decisions.needs import no_command
from privlib.decisions.pause_campaign import pause_campaign, resume_campaign
from privlib.decisions.record_order import record_order
from privlib.decisions.redeem_coupon import redeem_coupon
from privlib.decisions.remap_stage import remap_stage
from privlib.decisions.remind_employee import remind_employee
from privlib.decisions.remind_of_day import remind_of_day
from privlib.decisions.reverse_order import reverse_order
from privlib.decisions.start_survey import start_survey
from privlib.decisions.state import State
from privlib.decisions.tell_important_day import tell_important_day
from privlib.program.program import Program
from privlib.timers import (
    CouponEnds,
    FollowUpDue,
    ImportantDayDue,
    ImportantDayNear,
    StageCheckDue,
    SurveyCloses,
    SurveyNudgeDue,
    Timer,
)
from privlib.values.actor import SYSTEM, Actor

__all__ = ["decide"]


def decide(  # noqa: C901, PLR0911, PLR0912 - a table, one row a verb
    state: State,
    command: Command | Timer,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """Decide a command by the verb that belongs to it.

    Raises InvalidValueError for what is no command.
    """
    match command:
        case Order():
            return record_order(state, command, program, at=at, by=by)
        case Refund():
            return reverse_order(state, command, program, at=at, by=by)
        case MemberImport():
            return import_member(state, command, program, at=at, by=by)
        case NewFriend():
            return accept_friend(state, command, program, at=at, by=by)
        case StageMove():
            return move_stage(state, command, program, at=at, by=by)
        case StageRemap():
            return remap_stage(state, command, program, at=at, by=by)
        case StageCheckDue():
            return check_stages(state, command, program, at=at, by=by)
        case FollowUpDue():
            return remind_employee(state, command, program, at=at, by=by)
        case CouponIssue():
            return issue_coupon(state, command, program, at=at, by=by)
        case CouponRedemption():
            return redeem_coupon(state, command, program, at=at, by=by)
        case CouponEnds():
            return expire_coupon(state, command, program, at=at, by=by)
        case CampaignPause():
            return pause_campaign(state, command, program, at=at, by=by)
        case CampaignResumption():
            return resume_campaign(state, command, program, at=at, by=by)
        case ImportantDayTold():
            return tell_important_day(state, command, program, at=at, by=by)
        case ImportantDayDue():
            return celebrate_day(state, command, program, at=at, by=by)
        case ImportantDayNear():
            return remind_of_day(state, command, program, at=at, by=by)
        case SurveyStart():
            return start_survey(state, command, program, at=at, by=by)
        case SurveyAnswer() | SurveyAnswers():
            return answer_survey(state, command, program, at=at, by=by)
        case SurveyNudgeDue():
            return nudge_survey(state, command, program, at=at, by=by)
        case SurveyCloses():
            return close_survey(state, command, program, at=at, by=by)
        case _:
            raise no_command(command)
