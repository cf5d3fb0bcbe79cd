"""Celebrate a day: a customer's birthday, or another day of his, has come."""

from __future__ import annotations

import pendulum

from privlib.decisions.daybook_timers import day_in_year, wait_for_day
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.state import State
from privlib.entities import Relation
from privlib.events import DayCelebrated
from privlib.policies.day_greeting import greeting
from privlib.policies.important_days import Occurrence, has_tenure
from privlib.program.important_days import DayRule
from privlib.program.program import Program
from privlib.requests import ShipGift
from privlib.timers import ImportantDayDue
from privlib.values.actor import SYSTEM, Actor
from privlib.values.dates import local_date

__all__ = ["celebrate_day"]


def celebrate_day(
    state: State,
    timer: ImportantDayDue,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """What follows when a day has come: a greeting and a gift, once a year, and the next is set.

    Who has not been here long enough gets nothing this year. A day that the program celebrates no
    more is not waited for again.

    Raises LunarCalendarMissingError for a lunar day under a program without its calendar.
    """
    draft = Draft(state, timer, program, at=at, by=by)
    draft.fire(timer)
    rule = program.day_rule(timer.name)
    known = state.daybook(timer.customer).day(timer.name)
    if rule is None or known is None:
        return draft.decision()
    coming = day_in_year(timer.day, timer.year, rule, program)
    is_new = known.celebrated is None or known.celebrated < timer.year
    if coming is not None and is_new and _has_tenure(state, timer, rule, program):
        _celebrate(draft, timer, rule, coming)
    following = day_in_year(timer.day, timer.year + 1, rule, program)
    if following is not None:
        wait_for_day(draft, timer, following.year, due=following.opens)
    return draft.decision()


def _has_tenure(state: State, timer: ImportantDayDue, rule: DayRule, program: Program) -> bool:
    """Judged as of when it came due, so that nothing depends on how late that is noticed."""
    return has_tenure(
        rule,
        state.customer(timer.customer),
        state.member(timer.customer),
        on=local_date(timer.due, program.zone),
        zone=program.zone,
    )


def _celebrate(draft: Draft, timer: ImportantDayDue, rule: DayRule, coming: Occurrence) -> None:
    draft.record(
        DayCelebrated(
            customer=timer.customer,
            name=timer.name,
            year=timer.year,
            fell_in=coming.on.year,
            at=draft.at,
        )
    )
    if timer.relation is not None:
        message = greeting(
            rule,
            draft.state.customer(timer.customer),
            draft.of(Relation, timer.relation),
            key=draft.derived_id("greeting", 1),
            shop=draft.program.shop.name,
            not_after=coming.closes,
        )
        if message is not None:
            draft.ask(message)
    if rule.gift is not None:
        draft.ask(
            ShipGift(
                key=draft.derived_id("gift", 1),
                customer=timer.customer,
                gift=rule.gift.id,
                items=rule.gift.items,
                value=rule.gift.value,
            )
        )
