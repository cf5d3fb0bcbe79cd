"""Decisions: what is now true and what should be done, as plain values."""

from __future__ import annotations

from privlib.decisions.accept_friend import accept_friend
from privlib.decisions.answer_survey import answer_survey
from privlib.decisions.celebrate_day import celebrate_day
from privlib.decisions.check_stages import check_stages
from privlib.decisions.decision import Decision, EntityVersion
from privlib.decisions.end_survey import close_survey, nudge_survey
from privlib.decisions.expire_coupon import expire_coupon
from privlib.decisions.import_member import import_member
from privlib.decisions.issue_coupon import issue_coupon
from privlib.decisions.move_stage import move_stage
from privlib.decisions.needs import Needs, needs
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
from privlib.decisions.verbs import decide

__all__ = [
    "Decision",
    "EntityVersion",
    "Needs",
    "State",
    "accept_friend",
    "answer_survey",
    "celebrate_day",
    "check_stages",
    "close_survey",
    "decide",
    "expire_coupon",
    "import_member",
    "issue_coupon",
    "move_stage",
    "needs",
    "nudge_survey",
    "pause_campaign",
    "record_order",
    "redeem_coupon",
    "remap_stage",
    "remind_employee",
    "remind_of_day",
    "resume_campaign",
    "reverse_order",
    "start_survey",
    "tell_important_day",
]
