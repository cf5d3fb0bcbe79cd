"""Windows: the natural day, week, month or year in a zone, and the last N days. Never mixed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pendulum
from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.values.choice import choice_field
from privlib.values.dates import add_days, add_months, checked_zone, local_date, start_of_day
from privlib.values.moment import from_micros, moment as in_utc, to_micros
from privlib.values.period import Period

__all__ = ["NaturalUnit", "NaturalWindow", "RollingWindow"]

_DAY_MICROS = 86_400_000_000


class NaturalUnit(StrEnum):
    """A stretch of the calendar; weeks start on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@frozen
class NaturalWindow:
    """The calendar day, week, month or year in which a moment lies, in a zone.

    >>> month = NaturalWindow(NaturalUnit.MONTH, zone="Asia/Shanghai")
    >>> month.at(pendulum.datetime(2026, 6, 30, 16)).start.isoformat()
    '2026-06-30T16:00:00+00:00'
    """

    unit: NaturalUnit = choice_field(NaturalUnit)
    zone: str = field(converter=checked_zone, kw_only=True)

    def first_day(self, day: date) -> date:
        """The day on which the window of a day starts."""
        match self.unit:
            case NaturalUnit.DAY:
                return day
            case NaturalUnit.WEEK:
                return add_days(day, -day.weekday())
            case NaturalUnit.MONTH:
                return day.replace(day=1)
            case NaturalUnit.YEAR:
                return day.replace(month=1, day=1)

    def _next_first_day(self, first: date) -> date:
        match self.unit:
            case NaturalUnit.DAY:
                return add_days(first, 1)
            case NaturalUnit.WEEK:
                return add_days(first, 7)
            case NaturalUnit.MONTH:
                return add_months(first, 1)
            case NaturalUnit.YEAR:
                return add_months(first, 12)

    def at(self, moment: pendulum.DateTime) -> Period:
        """The window in which a moment lies."""
        first = self._first_day_at(moment)
        return Period(
            start_of_day(first, self.zone), start_of_day(self._next_first_day(first), self.zone)
        )

    def _first_day_at(self, moment: pendulum.DateTime) -> date:
        """The first day of the window of a moment.

        Where clocks go back over a midnight that has struck, the evening that comes again belongs
        to the day that has begun.
        """
        first = self.first_day(local_date(moment, self.zone))
        following = self._next_first_day(first)
        return following if start_of_day(following, self.zone) <= moment else first

    def key(self, moment: pendulum.DateTime) -> str:
        """A name of the window in which a moment lies, fit for a counter's key.

        >>> week = NaturalWindow(NaturalUnit.WEEK, zone="Asia/Shanghai")
        >>> week.key(pendulum.datetime(2026, 6, 4))
        'week:2026-06-01'
        """
        return f"{self.unit}:{self._first_day_at(moment).isoformat()}"


@frozen
class RollingWindow:
    """The N times 24 hours before a moment, which itself is not in it.

    >>> RollingWindow(days=7).at(pendulum.datetime(2026, 6, 8)).start.isoformat()
    '2026-06-01T00:00:00+00:00'
    """

    days: int

    def __attrs_post_init__(self) -> None:
        if type(self.days) is not int or not 1 <= self.days <= 100_000:
            raise InvalidValueError(f"a rolling window is 1 to 100,000 days; got {self.days!r:.40}")

    def at(self, moment: pendulum.DateTime) -> Period:
        """The window that ends at a moment."""
        return Period(from_micros(to_micros(in_utc(moment)) - self.days * _DAY_MICROS), moment)
