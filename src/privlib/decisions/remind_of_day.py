"""Remind of a day: a customer's birthday, or another day of his, is near."""

from __future__ import annotations

import pendulum

from privlib.decisions.daybook_timers import day_in_year, wait_to_remind
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.state import State
from privlib.entities import Relation
from privlib.events import DayReminderRaised
from privlib.policies.important_days import Occurrence, has_tenure
from privlib.program.important_days import DayRule
from privlib.program.program import Program
from privlib.requests import RemindOfDay
from privlib.timers import ImportantDayNear
from privlib.values.actor import SYSTEM, Actor
from privlib.values.dates import days_between, local_date

__all__ = ["remind_of_day"]


def remind_of_day(
    state: State,
    timer: ImportantDayNear,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """What follows when a day is near: his employee is told, and next year's reminder is set.

    Nobody is reminded of a day that is over, nor of one that is not celebrated.

    Raises LunarCalendarMissingError for a lunar day under a program without its calendar.
    """
    draft = Draft(state, timer, program, at=at, by=by)
    draft.fire(timer)
    rule = program.day_rule(timer.name)
    if rule is None or state.daybook(timer.customer).day(timer.name) is None:
        return draft.decision()
    coming = day_in_year(timer.day, timer.year, rule, program)
    if coming is not None and _is_celebrated(state, timer, rule, coming, program):
        _remind(draft, timer, days=days_between(local_date(draft.at, program.zone), coming.on))
    following = day_in_year(timer.day, timer.year + 1, rule, program)
    if following is not None and following.near is not None:
        wait_to_remind(draft, timer, following.year, relation=timer.relation, due=following.near)
    return draft.decision()


def _is_celebrated(
    state: State, timer: ImportantDayNear, rule: DayRule, coming: Occurrence, program: Program
) -> bool:
    return has_tenure(
        rule,
        state.customer(timer.customer),
        state.member(timer.customer),
        on=coming.on,
        zone=program.zone,
    )


def _remind(draft: Draft, timer: ImportantDayNear, *, days: int) -> None:
    """Tell the employee, if the day is not over and the relation stands."""
    relation = draft.of(Relation, timer.relation)
    if days < 0 or relation.employee is None:
        return
    draft.record(
        DayReminderRaised(
            customer=timer.customer,
            relation=relation.id,
            employee=relation.employee,
            name=timer.name,
            year=timer.year,
            at=draft.at,
        )
    )
    draft.ask(
        RemindOfDay(
            key=draft.derived_id("reminder", 1),
            customer=timer.customer,
            relation=relation.id,
            employee=relation.employee,
            name=timer.name,
            days=days,
        )
    )
