"""Periods: half-open stretches of time and of days."""

from __future__ import annotations

from datetime import date, datetime

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from privlib.errors import InvalidValueError
from privlib.values.dates import start_of_day
from privlib.values.moment import moment

__all__ = ["DatePeriod", "Period", "checked_day"]


@frozen
class Period:
    """From a moment, which belongs to it, until a moment, which does not; or without end.

    >>> day = Period(pendulum.datetime(2026, 6, 1), pendulum.datetime(2026, 6, 2))
    >>> day.contains(pendulum.datetime(2026, 6, 1)), day.contains(pendulum.datetime(2026, 6, 2))
    (True, False)
    """

    start: pendulum.DateTime = field(converter=moment)
    end: pendulum.DateTime | None = field(default=None, converter=optional(moment))

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise InvalidValueError(
                f"a period ends after it starts; got {self.start.isoformat()} "
                f"to {self.end.isoformat()}"
            )

    def contains(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= at and (self.end is None or at < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a moment.

        >>> june = Period(pendulum.datetime(2026, 6, 1), pendulum.datetime(2026, 7, 1))
        >>> june.overlaps(Period(pendulum.datetime(2026, 7, 1)))
        False
        """
        return (other.end is None or self.start < other.end) and (
            self.end is None or other.start < self.end
        )


def checked_day(value: object) -> date:
    """A day of the calendar, which no moment is."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise InvalidValueError(f"expected a date such as 2026-06-01; got {type(value).__name__}")
    return value


@frozen
class DatePeriod:
    """From a day until the day after its last one; `ends` itself is no longer in it.

    >>> june = DatePeriod(date(2026, 6, 1), date(2026, 7, 1))
    >>> june.contains(date(2026, 6, 30)), june.contains(date(2026, 7, 1))
    (True, False)
    """

    starts: date = field(converter=checked_day)
    ends: date | None = field(default=None, converter=optional(checked_day))

    def __attrs_post_init__(self) -> None:
        if self.ends is not None and self.ends <= self.starts:
            raise InvalidValueError(
                f"a period ends after it starts; got {self.starts.isoformat()} "
                f"to {self.ends.isoformat()}"
            )

    def contains(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.starts <= day and (self.ends is None or day < self.ends)

    def in_zone(self, zone: str) -> Period:
        """The moments of these days in a zone.

        >>> DatePeriod(date(2026, 6, 1)).in_zone("Asia/Shanghai").start.isoformat()
        '2026-05-31T16:00:00+00:00'
        """
        end = None if self.ends is None else start_of_day(self.ends, zone)
        return Period(start_of_day(self.starts, zone), end)
