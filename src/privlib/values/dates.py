"""Calendar functions: days, months and years as people mean them, in the shop's zone.

Dates are plain dates and zones are IANA names. pendulum's own differences are not used: they miss
by a month in about one pair of a hundred.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pendulum

from privlib.errors import InvalidValueError
from privlib.values.moment import moment

__all__ = [
    "LeapDay",
    "add_days",
    "add_months",
    "add_years",
    "age",
    "anniversary",
    "checked_zone",
    "days_between",
    "local_date",
    "local_moment",
    "local_time",
    "months_between",
    "same_time_after_days",
    "start_of_day",
    "years_between",
]


class LeapDay(StrEnum):
    """Where 29 February falls in a year that has none."""

    FEB_28 = "feb_28"
    MAR_1 = "mar_1"


_KEPT = 4_096  # days and moments that are asked for over and over
_OF_THE_MACHINE = ("localtime", "posixrules")  # links that every machine sets for itself


@cache
def _zone(name: str) -> ZoneInfo:
    if name in _OF_THE_MACHINE:
        raise ZoneInfoNotFoundError(name)
    return ZoneInfo(name)


def checked_zone(name: object) -> str:
    """The name of a time zone, if there is one of that name.

    >>> checked_zone("Asia/Shanghai")
    'Asia/Shanghai'
    """
    try:
        return _zone(name).key
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise InvalidValueError(f"{name!r:.60} is not a time zone such as Asia/Shanghai") from None


def local_time(at: pendulum.DateTime, zone: str) -> datetime:
    """What the clock on the wall shows in a zone at a moment.

    >>> local_time(pendulum.datetime(2026, 6, 1, 4), "Asia/Shanghai").isoformat()
    '2026-06-01T12:00:00+08:00'
    """
    at = moment(at)
    plain = datetime(
        at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, tzinfo=UTC
    )
    try:
        return plain.astimezone(_zone(zone))
    except OverflowError:
        raise InvalidValueError(
            f"{at.isoformat()} in {zone} is beyond the years 1 to 9999"
        ) from None


def local_date(at: pendulum.DateTime, zone: str) -> date:
    """Which day it is in a zone at a moment.

    >>> local_date(pendulum.datetime(2026, 5, 31, 17), "Asia/Shanghai")
    datetime.date(2026, 6, 1)
    """
    return _local_date(moment(at), zone)


@lru_cache(maxsize=_KEPT)
def _local_date(at: pendulum.DateTime, zone: str) -> date:
    return local_time(at, zone).date()


def local_moment(day: date, clock: time, zone: str) -> pendulum.DateTime:
    """The moment when a clock in a zone shows this time of this day.

    A time that a change to summer time skips becomes the first moment after the gap; a time that
    comes twice is its first coming.

    >>> local_moment(date(2026, 3, 8), time(2, 30), "America/New_York").isoformat()
    '2026-03-08T07:00:00+00:00'
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    found = wall.replace(tzinfo=_zone(zone))
    try:
        utc = found.astimezone(UTC)
        if utc.astimezone(_zone(zone)).replace(tzinfo=None) == wall:
            return moment(utc)
    except OverflowError:
        raise InvalidValueError(f"{wall.isoformat()} is beyond the years 1 to 9999") from None
    return moment(_end_of_gap(found, zone))


def _end_of_gap(skipped: datetime, zone: str) -> datetime:
    """The moment at which the clocks were put forward over a wall time that does not exist."""
    before = skipped.replace(fold=1).astimezone(UTC)
    after = skipped.replace(fold=0).astimezone(UTC)
    old = before.astimezone(_zone(zone)).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(_zone(zone)).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


@lru_cache(maxsize=_KEPT)
def start_of_day(day: date, zone: str) -> pendulum.DateTime:
    """The first moment of a day in a zone, also where midnight does not exist.

    >>> start_of_day(date(2026, 6, 1), "Asia/Shanghai").isoformat()
    '2026-05-31T16:00:00+00:00'
    """
    return local_moment(day, time(0), zone)


def same_time_after_days(at: pendulum.DateTime, days: int, zone: str) -> pendulum.DateTime:
    """So many days later at the same time on the wall, whatever summer time does.

    >>> same_time_after_days(pendulum.datetime(2026, 3, 7, 17), 1, "America/New_York").isoformat()
    '2026-03-08T16:00:00+00:00'
    """
    wall = local_time(at, zone)
    return local_moment(add_days(wall.date(), days), wall.time(), zone)


def add_days(day: date, days: int) -> date:
    """So many days later."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise InvalidValueError(
            f"{days} days after {day.isoformat()} is beyond the years 1 to 9999"
        ) from None


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month too short for it.

    Civil Code of China, article 202: where a month has no such day, its last day counts.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise InvalidValueError(
            f"{months} months after {day.isoformat()} is beyond the years 1 to 9999"
        )
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def add_years(day: date, years: int, *, leap_day: LeapDay = LeapDay.FEB_28) -> date:
    """The same day so many years later.

    >>> add_years(date(2024, 2, 29), 1), add_years(date(2024, 2, 29), 1, leap_day=LeapDay.MAR_1)
    (datetime.date(2025, 2, 28), datetime.date(2025, 3, 1))
    """
    if not 1 <= day.year + years <= 9999:
        raise InvalidValueError(
            f"{years} years after {day.isoformat()} is beyond the years 1 to 9999"
        )
    return anniversary(day, day.year + years, leap_day=leap_day)


def anniversary(day: date, year: int, *, leap_day: LeapDay = LeapDay.FEB_28) -> date:
    """On which day of a year an anniversary falls.

    >>> anniversary(date(2024, 2, 29), 2028)
    datetime.date(2028, 2, 29)
    """
    if not 1 <= year <= 9999:
        raise InvalidValueError(f"the year {year} is beyond the years 1 to 9999")
    if (day.month, day.day) != (2, 29) or monthrange(year, 2)[1] == 29:
        return date(year, day.month, day.day)
    return date(year, 2, 28) if leap_day is LeapDay.FEB_28 else date(year, 3, 1)


def days_between(start: date, end: date) -> int:
    """How many days lie from one date to the other."""
    return end.toordinal() - start.toordinal()


def months_between(start: date, end: date) -> int:
    """How many whole months have passed from one date to the other, negative backwards.

    The largest n for which n months after the start is not past the end.

    >>> months_between(date(2026, 1, 31), date(2026, 2, 28))
    1
    >>> months_between(date(2019, 8, 24), date(2021, 2, 21))
    17
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def years_between(start: date, end: date, *, leap_day: LeapDay = LeapDay.FEB_28) -> int:
    """How many whole years have passed from one date to the other, negative backwards.

    >>> years_between(date(2024, 2, 29), date(2025, 2, 28))
    1
    """
    if end < start:
        return -years_between(end, start, leap_day=leap_day)
    years = end.year - start.year
    return years if anniversary(start, end.year, leap_day=leap_day) <= end else years - 1


def age(born: date, on: date, *, leap_day: LeapDay = LeapDay.FEB_28) -> int:
    """How old somebody is on a day.

    >>> age(date(2000, 3, 1), date(2026, 2, 28))
    25
    """
    if on < born:
        raise InvalidValueError(f"nobody born on {born.isoformat()} has an age before")
    return years_between(born, on, leap_day=leap_day)
