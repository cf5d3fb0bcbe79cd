"""Strategies for commands: all that a shop tells privlib or asks of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from hypothesis import strategies as st

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
from privlib.commands.surveys import GivenAnswer
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import (
    campaign_names,
    carrier_ids,
    coupon_ids,
    customer_ids,
    order_ids,
    plain_ids,
    relation_ids,
)
from privlib.testing.strategies.important_day import days_told
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.order import orders, refunds
from privlib.testing.strategies.period import days
from privlib.testing.strategies.person import masked_texts
from privlib.testing.strategies.survey import question_ids, survey_names
from privlib.values.ids import CustomerId
from privlib.values.money import Money

__all__ = [
    "campaign_pauses",
    "campaign_resumptions",
    "commands",
    "coupon_issues",
    "coupon_redemptions",
    "given_answers",
    "member_imports",
    "new_friends",
    "stage_moves",
    "stage_remaps",
    "survey_answers",
    "survey_forms",
    "survey_starts",
]

_SOURCES: Final = st.sampled_from(["friend", "poster", "first order"]) | plain_ids()


def member_imports(
    *,
    customers: st.SearchStrategy[CustomerId] | None = None,
    max_spent: Money | None = None,
) -> st.SearchStrategy[MemberImport]:
    """Members who were so before privlib came, with a spend of up to `max_spent`."""
    return st.builds(
        MemberImport,
        customer=customer_ids() if customers is None else customers,
        joined_at=moments(),
        spent=money(max_value=max_spent),
    )


def new_friends(
    *,
    customers: st.SearchStrategy[CustomerId] | None = None,
    employees: Iterable[str] = ("lin", "chen"),
    with_names: bool = False,
) -> st.SearchStrategy[NewFriend]:
    """New friends of a shop's employees; with names only where the program has a secret."""
    return st.builds(
        NewFriend,
        customer=customer_ids() if customers is None else customers,
        employee=st.sampled_from(list(employees)),
        carrier=carrier_ids(),
        added_at=moments(),
        source=_SOURCES,
        name=masked_texts() if with_names else st.none(),
    )


def stage_moves() -> st.SearchStrategy[StageMove]:
    """Wishes to move a relation to a stage."""
    return st.builds(
        StageMove,
        key=plain_ids(),
        relation=relation_ids(),
        to=plain_ids(),
        lifecycle=st.none() | plain_ids(),
    )


def stage_remaps() -> st.SearchStrategy[StageRemap]:
    """Wishes to put a relation into another stage, since the lifecycle was changed."""
    return st.builds(
        StageRemap, key=plain_ids(), relation=relation_ids(), lifecycle=plain_ids(), to=plain_ids()
    )


def coupon_issues(
    *, customers: st.SearchStrategy[CustomerId] | None = None
) -> st.SearchStrategy[CouponIssue]:
    """Wishes to give a customer a coupon."""
    return st.builds(
        CouponIssue,
        key=plain_ids(),
        customer=customer_ids() if customers is None else customers,
        campaign=campaign_names(),
        coupon=plain_ids(),
    )


def coupon_redemptions(
    *, customers: st.SearchStrategy[CustomerId] | None = None, max_amount: Money | None = None
) -> st.SearchStrategy[CouponRedemption]:
    """Wishes to use a coupon on an order of up to `max_amount`."""
    return st.builds(
        CouponRedemption,
        coupon=coupon_ids(),
        customer=customer_ids() if customers is None else customers,
        order=order_ids(),
        amount=money(max_value=max_amount),
    )


def campaign_pauses() -> st.SearchStrategy[CampaignPause]:
    """Wishes to stop a campaign for now."""
    return st.builds(CampaignPause, key=plain_ids(), campaign=campaign_names())


def campaign_resumptions() -> st.SearchStrategy[CampaignResumption]:
    """Wishes to let a paused campaign run on."""
    return st.builds(CampaignResumption, key=plain_ids(), campaign=campaign_names())


def given_answers(*, with_names: bool = False) -> st.SearchStrategy[GivenAnswer]:
    """Answers of every kind, each to a question; personal ones only where there is a secret."""
    return st.builds(GivenAnswer, question_ids(), _told(with_names=with_names))


@cache
def _told(*, with_names: bool) -> st.SearchStrategy[object]:
    label = st.sampled_from(["green", "black", "乌龙"])
    several = st.lists(label, min_size=1, max_size=2, unique=True)
    plain = label | several | st.integers(-1_000, 1_000) | money() | st.booleans() | days()
    return plain | masked_texts() if with_names else plain


def survey_starts() -> st.SearchStrategy[SurveyStart]:
    """Wishes to ask a customer a survey."""
    return st.builds(
        SurveyStart,
        key=plain_ids(),
        survey=survey_names(),
        customer=customer_ids(),
        relation=relation_ids(),
    )


def survey_answers(*, with_names: bool = False) -> st.SearchStrategy[SurveyAnswer]:
    """Answers to one question of a survey; personal ones only where there is a secret."""
    return st.builds(
        SurveyAnswer,
        survey=survey_names(),
        customer=customer_ids(),
        relation=relation_ids(),
        question=question_ids(),
        value=_told(with_names=with_names),
        answered_at=moments(),
    )


def survey_forms(*, with_names: bool = False) -> st.SearchStrategy[SurveyAnswers]:
    """Answers to several questions at once; personal ones only where there is a secret."""
    answers = st.lists(
        given_answers(with_names=with_names),
        min_size=1,
        max_size=3,
        unique_by=lambda each: each.question,
    )
    return st.builds(
        SurveyAnswers,
        survey=survey_names(),
        customer=customer_ids(),
        relation=relation_ids(),
        answers=answers,
        answered_at=moments(),
    )


def commands(
    *, kinds: Iterable[type[Command]] | None = None, with_names: bool = False
) -> st.SearchStrategy[Command]:
    """Commands of all kinds, or of the kinds named; with names only where there is a secret."""
    return of_kinds(_commands(with_names=with_names), kinds)


@cache
def _commands(*, with_names: bool) -> dict[type[Command], st.SearchStrategy[Command]]:
    return {
        Order: orders(),
        Refund: refunds(),
        MemberImport: member_imports(),
        NewFriend: new_friends(with_names=with_names),
        StageMove: stage_moves(),
        StageRemap: stage_remaps(),
        CouponIssue: coupon_issues(),
        CouponRedemption: coupon_redemptions(),
        CampaignPause: campaign_pauses(),
        CampaignResumption: campaign_resumptions(),
        ImportantDayTold: days_told(),
        SurveyStart: survey_starts(),
        SurveyAnswer: survey_answers(with_names=with_names),
        SurveyAnswers: survey_forms(with_names=with_names),
    }
