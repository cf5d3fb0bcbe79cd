"""Important days: when a yearly day is celebrated next, and who has been here long enough."""

from __future__ import annotations

from datetime import date

import pendulum
from attrs import frozen

from privlib.commands import ImportantDayTold
from privlib.entities.customer import Customer
from privlib.entities.daybook import KnownDay
from privlib.entities.member import Member
from privlib.errors import InvalidValueError
from privlib.program.important_days import DayRule
from privlib.refusals import DayAlreadyKnown, DayEditsUsedUp, DayToldLater
from privlib.values.dates import (
    add_days,
    days_between,
    local_date,
    local_moment,
    local_time,
    start_of_day,
)
from privlib.values.important_day import LunarCalendar, YearlyDay

__all__ = [
    "Occurrence",
    "change_objection",
    "edits_before",
    "has_tenure",
    "next_occurrence",
    "not_before",
    "occurrence",
]


@frozen(kw_only=True)
class Occurrence:
    """A day as it comes in a year: the date, and from when until when it may be celebrated.

    `near` is when an employee is reminded of it, if he is.
    """

    year: int
    on: date
    opens: pendulum.DateTime
    closes: pendulum.DateTime
    near: pendulum.DateTime | None


def occurrence(
    day: YearlyDay, year: int, rule: DayRule, *, zone: str, lunar: LunarCalendar | None
) -> Occurrence | None:
    """The day as it comes in a year; None where the calendars do not reach that far."""
    found = rule.days_in(year, day, lunar)
    if found is None:
        return None
    first, on, last = found
    ahead = rule.remind_days_ahead
    try:
        return Occurrence(
            year=year,
            on=on,
            opens=local_moment(first, rule.clock, zone),
            closes=start_of_day(add_days(last, 1), zone),
            near=None if ahead is None else local_moment(add_days(on, -ahead), rule.clock, zone),
        )
    except InvalidValueError:
        return None


def next_occurrence(
    day: YearlyDay,
    rule: DayRule,
    known: KnownDay | None,
    *,
    at: pendulum.DateTime,
    zone: str,
    lunar: LunarCalendar | None,
) -> Occurrence | None:
    """The first coming of a day that is told now of which the window is not over.

    Whatever day was celebrated before, the next one is that of a later year, and falls in a later
    calendar year.
    """
    start = local_date(at, zone).year - 1
    last, fell_in = (known.celebrated, known.fell_in) if known else (None, None)
    if last is not None:
        start = max(start, last + 1)
    for year in range(start, start + 4):
        found = occurrence(day, year, rule, zone=zone, lunar=lunar)
        if found and found.closes > at and (fell_in is None or found.on.year > fell_in):
            return found
    return None


def not_before(
    opens: pendulum.DateTime, rule: DayRule, *, at: pendulum.DateTime, zone: str
) -> pendulum.DateTime:
    """When to celebrate what opens then: if that is over, now, but not before the time of day."""
    now = local_time(at, zone)
    if now.time() < rule.clock:
        at = max(at, local_moment(now.date(), rule.clock, zone))
    return max(opens, at)


def has_tenure(rule: DayRule, customer: Customer, member: Member, *, on: date, zone: str) -> bool:
    """Whether somebody has been known, or a member, for long enough on a day."""
    since = member.joined_at if rule.members_only else customer.known_since
    if since is None:
        return False
    return days_between(local_date(since, zone), on) >= rule.min_tenure_days


def change_objection(
    told: ImportantDayTold, known: KnownDay | None, rule: DayRule, *, mark: str, zone: str
) -> DayToldLater | DayAlreadyKnown | DayEditsUsedUp | None:
    """What speaks against putting a day in the place of the one that is known, if any is."""
    if known is None:
        return None
    customer, name = told.customer, told.name
    if told.told_at <= known.told_at:
        return DayToldLater(customer=customer, name=name, told_at=known.told_at)
    if mark == known.mark:
        same = told.relation == known.relation
        told_before = DayAlreadyKnown(customer=customer, name=name, since=known.told_at)
        return told_before if same else None
    year, limit = local_date(told.told_at, zone).year, rule.edits_per_year
    edits = edits_before(known, year)
    if limit is not None and edits >= limit:
        return DayEditsUsedUp(customer=customer, name=name, year=year, edits=edits, limit=limit)
    return None


def edits_before(known: KnownDay, year: int) -> int:
    """How often a day has been changed in a calendar year so far."""
    return known.edits if known.edited_in == year else 0
