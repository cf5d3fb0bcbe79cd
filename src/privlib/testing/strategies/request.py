"""Strategies for what a decision asks for: requests, timers and reservations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import pendulum
from hypothesis import strategies as st

from privlib.commands import ImportantDayTold, NewFriend
from privlib.errors import InvalidValueError
from privlib.program.campaign import budget_key
from privlib.requests import (
    RemindEmployee,
    RemindOfDay,
    Request,
    SendMessage,
    ShipGift,
    SuggestToEmployee,
    Variable,
)
from privlib.reservations import Exhausted, Reservation
from privlib.testing.strategies.amount import RANGE, money
from privlib.testing.strategies.command import new_friends
from privlib.testing.strategies.ids import (
    campaign_names,
    coupon_ids,
    customer_ids,
    employee_ids,
    gift_ids,
    order_ids,
    plain_ids,
    relation_ids,
)
from privlib.testing.strategies.important_day import days_told, yearly_days
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.person import personal_refs
from privlib.testing.strategies.survey import survey_names
from privlib.testing.strategies.text import templates, texts
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
from privlib.values.personal import PersonalRef
from privlib.values.template import variables_of

__all__ = ["exhausted_limits", "requests", "reservations", "timers", "variables"]

_MAYBE_MOMENTS: Final = st.none() | moments()


def variables() -> st.SearchStrategy[Variable]:
    """Variables of messages, with a text or a reference to a personal value."""
    names = st.sampled_from(["name", "shop"])
    return st.builds(Variable, names, texts()) | st.builds(
        Variable, names, personal_refs(), otherwise=texts()
    )


def requests(*, kinds: Iterable[type[Request]] | None = None) -> st.SearchStrategy[Request]:
    """Requests of all kinds, or of the kinds named."""
    return of_kinds(_requests(), kinds)


@cache
def _requests() -> dict[type[Request], st.SearchStrategy[Request]]:
    return {
        SendMessage: st.builds(
            _send_message, plain_ids(), new_friends(), templates(), texts() | personal_refs()
        ),
        ShipGift: st.builds(
            ShipGift,
            key=plain_ids(),
            customer=customer_ids(),
            gift=gift_ids(),
            items=st.lists(texts(), max_size=2),
            value=money(),
            order=st.none() | order_ids(),
            not_after=_MAYBE_MOMENTS,
        ),
        RemindEmployee: st.builds(
            _remind_employee, plain_ids(), new_friends(), plain_ids(), _MAYBE_MOMENTS
        ),
        RemindOfDay: st.builds(
            RemindOfDay,
            key=plain_ids(),
            customer=customer_ids(),
            relation=relation_ids(),
            employee=employee_ids(),
            name=plain_ids(),
            days=st.integers(0, 60),
            not_after=_MAYBE_MOMENTS,
        ),
        SuggestToEmployee: st.builds(
            _suggest, plain_ids(), new_friends(), survey_names(), texts(), texts()
        ),
    }


def _send_message(key: str, friend: NewFriend, text: str, value: str | PersonalRef) -> SendMessage:
    """A message to a friend; every variable of its text has a value."""
    return SendMessage(
        key=key,
        customer=friend.customer,
        relation=friend.relation,
        employee=friend.employee,
        carrier=friend.carrier,
        text=text,
        variables=[Variable(name, value) for name in variables_of(text)],
        not_after=friend.added_at,
    )


def _remind_employee(
    key: str, friend: NewFriend, stage: str, since: pendulum.DateTime | None
) -> RemindEmployee:
    return RemindEmployee(
        key=key,
        customer=friend.customer,
        relation=friend.relation,
        employee=friend.employee,
        stage=stage,
        since=since,
    )


def _suggest(key: str, friend: NewFriend, survey: str, what: str, reason: str) -> SuggestToEmployee:
    return SuggestToEmployee(
        key=key,
        customer=friend.customer,
        relation=friend.relation,
        employee=friend.employee,
        survey=survey,
        suggests="plan",
        what=what,
        reason=reason,
    )


def timers(*, kinds: Iterable[type[Timer]] | None = None) -> st.SearchStrategy[Timer]:
    """Timers of all kinds, or of the kinds named."""
    return of_kinds(_timers(), kinds)


@cache
def _timers() -> dict[type[Timer], st.SearchStrategy[Timer]]:
    return {
        FollowUpDue: st.builds(
            _follow_up_due, new_friends(), plain_ids(), st.integers(1, 9), moments()
        ),
        StageCheckDue: st.builds(_stage_check_due, new_friends(), st.integers(1, 9), moments()),
        CouponEnds: st.builds(
            CouponEnds,
            coupon=coupon_ids(),
            customer=customer_ids(),
            campaign=campaign_names(),
            due=moments(),
        ),
        ImportantDayDue: st.builds(_day_timer, days_told(), st.integers(1990, 2100), moments()),
        ImportantDayNear: st.builds(
            ImportantDayNear,
            customer=customer_ids(),
            name=plain_ids(),
            day=yearly_days(),
            year=st.integers(1990, 2100),
            relation=relation_ids(),
            version=st.integers(1, 9),
            due=moments(),
        ),
        SurveyNudgeDue: st.builds(_survey_nudge, survey_names(), new_friends(), moments()),
        SurveyCloses: st.builds(_survey_closes, survey_names(), new_friends(), moments()),
    }


def _day_timer(told: ImportantDayTold, year: int, due: pendulum.DateTime) -> ImportantDayDue:
    return ImportantDayDue(
        customer=told.customer,
        name=told.name,
        day=told.day.without_year,
        year=year,
        relation=told.relation,
        version=1,
        due=due,
    )


def _survey_nudge(survey: str, friend: NewFriend, due: pendulum.DateTime) -> SurveyNudgeDue:
    return SurveyNudgeDue(
        survey=survey, customer=friend.customer, relation=friend.relation, due=due
    )


def _survey_closes(survey: str, friend: NewFriend, due: pendulum.DateTime) -> SurveyCloses:
    return SurveyCloses(survey=survey, customer=friend.customer, relation=friend.relation, due=due)


def _follow_up_due(
    friend: NewFriend, stage: str, version: int, due: pendulum.DateTime
) -> FollowUpDue:
    return FollowUpDue(
        relation=friend.relation,
        customer=friend.customer,
        lifecycle="customer",
        stage=stage,
        version=version,
        due=due,
    )


def _stage_check_due(friend: NewFriend, version: int, due: pendulum.DateTime) -> StageCheckDue:
    return StageCheckDue(
        relation=friend.relation, customer=friend.customer, version=version, due=due
    )


@st.composite
def reservations(draw: st.DrawFn, *, max_limit: int = RANGE) -> Reservation:
    """Room taken from a limit of up to `max_limit`, at most the whole of it, or given back.

    Raises InvalidValueError for a largest limit below 0.
    """
    if max_limit < 0:
        raise InvalidValueError(f"a limit is 0 or more; got {max_limit}")
    limit = draw(st.integers(0, max_limit))
    key = budget_key(draw(campaign_names()))
    amount = draw(st.integers(0, limit))
    if draw(st.booleans()):
        return Reservation.give_back(key, amount)
    return Reservation(limit_key=key, amount=amount, limit=limit)


@st.composite
def exhausted_limits(draw: st.DrawFn, *, max_limit: int = RANGE) -> Exhausted:
    """Limits of up to `max_limit` that have no room for what was wanted."""
    limit = draw(st.integers(0, max_limit))
    used = draw(st.integers(0, limit))
    wanted = limit - used + draw(st.integers(1, RANGE))
    key = budget_key(draw(campaign_names()))
    return Exhausted(limit_key=key, used=used, limit=limit, wanted=wanted)
