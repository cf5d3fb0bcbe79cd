"""Daybook timers: what is waited for once a customer's day is known."""

from __future__ import annotations

import pendulum

from privlib.commands import ImportantDayTold
from privlib.decisions.decision import Draft
from privlib.entities import Daybook
from privlib.errors import LunarCalendarMissingError
from privlib.policies.important_days import Occurrence, occurrence
from privlib.program.important_days import DayRule
from privlib.program.program import Program
from privlib.timers import ImportantDayDue, ImportantDayNear
from privlib.values.ids import RelationId
from privlib.values.important_day import DayCalendar, YearlyDay

__all__ = ["day_in_year", "wait_for_day", "wait_to_remind"]


def day_in_year(day: YearlyDay, year: int, rule: DayRule, program: Program) -> Occurrence | None:
    """A day as it comes in a year.

    Raises LunarCalendarMissingError for a lunar day where the program has no calendar any more.
    """
    if day.calendar is DayCalendar.LUNAR and program.lunar_calendar is None:
        raise LunarCalendarMissingError(
            "a lunar day has come due: give the program its calendar (Program.with_lunar)"
        )
    return occurrence(day, year, rule, zone=program.zone, lunar=program.lunar_calendar)


def wait_for_day(
    draft: Draft, known: ImportantDayTold | ImportantDayDue, year: int, *, due: pendulum.DateTime
) -> None:
    """Wait for the moment at which a customer's day of a year is celebrated."""
    draft.set(
        ImportantDayDue(
            customer=known.customer,
            name=known.name,
            day=known.day.without_year,
            year=year,
            relation=known.relation,
            version=draft.of(Daybook, known.customer).version,
            due=due,
        )
    )


def wait_to_remind(
    draft: Draft,
    known: ImportantDayTold | ImportantDayNear,
    year: int,
    *,
    relation: RelationId,
    due: pendulum.DateTime,
) -> None:
    """Wait for the moment at which an employee is reminded of a customer's day of a year."""
    draft.set(
        ImportantDayNear(
            customer=known.customer,
            name=known.name,
            day=known.day.without_year,
            year=year,
            relation=relation,
            version=draft.of(Daybook, known.customer).version,
            due=due,
        )
    )
