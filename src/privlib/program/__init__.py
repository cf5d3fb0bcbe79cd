"""The program: a shop's whole set of rules as one frozen value, and its parts."""

from __future__ import annotations

from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.program.emoji_habit import EmojiHabit, EmojiUse
from privlib.program.enrolment import ContactLikeIds, Enrolment, ImportedMember, UnknownCustomer
from privlib.program.important_days import (
    AroundTheDay,
    DayRule,
    DayWindow,
    NamedCalendar,
    OnTheDay,
    WholeMonth,
)
from privlib.program.ladder import Gift, GiftAfterRefund, Ladder, Tier, TierAfterRefund
from privlib.program.lifecycle import Lifecycle
from privlib.program.persona import Face, Persona
from privlib.program.program import Part, Program, Shop
from privlib.program.service import Holiday, Service, ServiceHours
from privlib.program.stage import AutomaticMove, Stage, StageRole
from privlib.program.survey import Survey
from privlib.program.survey_outcome import Suggests, SurveyOutcome
from privlib.program.welcome import Welcome

__all__ = [
    "AroundTheDay",
    "AutomaticMove",
    "CampaignRules",
    "ContactLikeIds",
    "CouponTemplate",
    "DayRule",
    "DayWindow",
    "EmojiHabit",
    "EmojiUse",
    "Enrolment",
    "Face",
    "Gift",
    "GiftAfterRefund",
    "Holiday",
    "ImportedMember",
    "Ladder",
    "Lifecycle",
    "NamedCalendar",
    "OnTheDay",
    "Part",
    "Persona",
    "Program",
    "Service",
    "ServiceHours",
    "Shop",
    "Stage",
    "StageRole",
    "Suggests",
    "Survey",
    "SurveyOutcome",
    "Tier",
    "TierAfterRefund",
    "UnknownCustomer",
    "Welcome",
    "WholeMonth",
]
