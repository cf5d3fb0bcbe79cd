"""Important days: a day that comes every year, by the sun's calendar or by the moon's."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.values.choice import choice_field
from privlib.values.dates import LeapDay, anniversary

__all__ = ["DayCalendar", "LunarCalendar", "LunarMonth", "YearlyDay"]

_ANY_LEAP_YEAR = 2000


class DayCalendar(StrEnum):
    """By which calendar a day comes again: `solar` (公历), or `lunar` (农历)."""

    SOLAR = "solar"
    LUNAR = "lunar"


class LunarMonth(NamedTuple):
    """A month of the lunar calendar: its first day, and how many days it has."""

    starts: date
    days: int


class LunarCalendar(Protocol):
    """Knows the months of the lunar calendar (农历), by lunar years.

    Its name and version enter the program's, since they decide when a lunar day comes.
    """

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def version(self) -> str:
        """Another one wherever any month may begin on another day."""

    def month(self, year: int, month: int, *, leap: bool) -> LunarMonth | None:
        """This month of a lunar year; None where the year has none, or lies beyond its years."""


@frozen(kw_only=True)
class YearlyDay:
    """A day that comes every year, such as a birthday; the year in which it was may be unknown.

    By the lunar calendar, `leap_month` says that it was in the month that a leap year doubles.

    >>> YearlyDay(month=2, day=29).in_year(2027)
    datetime.date(2027, 2, 28)
    >>> YearlyDay(month=2, day=30)
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: that month has no such day

    Raises InvalidValueError for a day that never was. What it says does not name the day.
    """

    month: int = field()
    day: int
    year: int | None = field(default=None)
    calendar: DayCalendar = choice_field(DayCalendar, DayCalendar.SOLAR)
    leap_month: bool = field(default=False)

    @month.validator
    def _one_of_twelve(self, _attribute: object, month: int) -> None:
        if type(month) is not int or not 1 <= month <= 12:
            raise InvalidValueError("a month is a whole number from 1 to 12")

    @year.validator
    def _within_the_calendar(self, _attribute: object, year: int | None) -> None:
        if year is not None and (type(year) is not int or not 1 <= year <= 9999):
            raise InvalidValueError("a year is a whole number from 1 to 9999, or unknown")

    @leap_month.validator
    def _yes_or_no(self, _attribute: object, is_leap: object) -> None:
        if type(is_leap) is not bool:
            raise InvalidValueError("leap_month is true or false")

    def __attrs_post_init__(self) -> None:
        if self.leap_month and self.calendar is DayCalendar.SOLAR:
            raise InvalidValueError("only the lunar calendar has leap months")
        if type(self.day) is not int or not 1 <= self.day <= self._longest_month():
            raise InvalidValueError("that month has no such day")

    def _longest_month(self) -> int:
        if self.calendar is DayCalendar.LUNAR:
            return 30
        return monthrange(self.year or _ANY_LEAP_YEAR, self.month)[1]

    def __repr__(self) -> str:
        return f"YearlyDay({self.calendar})"

    @property
    def without_year(self) -> YearlyDay:
        """The same day, without telling how old somebody is."""
        return YearlyDay(
            month=self.month, day=self.day, calendar=self.calendar, leap_month=self.leap_month
        )

    def in_year(
        self,
        year: int,
        *,
        leap_day: LeapDay = LeapDay.FEB_28,
        lunar: LunarCalendar | None = None,
    ) -> date | None:
        """The date on which it falls in a year, which is a lunar year for a lunar day.

        29 February falls where `leap_day` says. A day of a lunar leap month falls in the ordinary
        month of that number in years that do not double it, and day 30 on the 29th of a month that
        has no more. None where the calendars do not reach.
        """
        if self.calendar is DayCalendar.LUNAR:
            return self._by_the_moon(year, lunar)
        if not 1 <= year <= 9999:
            return None
        born = date(_ANY_LEAP_YEAR, self.month, self.day)
        return anniversary(born, year, leap_day=leap_day)

    def month_in_year(
        self,
        year: int,
        *,
        leap_day: LeapDay = LeapDay.FEB_28,
        lunar: LunarCalendar | None = None,
    ) -> tuple[date, date] | None:
        """The first and the last day of the month in which it falls in a year."""
        if self.calendar is DayCalendar.LUNAR:
            found = self._lunar_month(year, lunar)
            return found and (found.starts, found.starts + timedelta(days=found.days - 1))
        on = self.in_year(year, leap_day=leap_day)
        if on is None:
            return None
        return on.replace(day=1), on.replace(day=monthrange(year, on.month)[1])

    def _by_the_moon(self, year: int, lunar: LunarCalendar | None) -> date | None:
        found = self._lunar_month(year, lunar)
        return found and found.starts + timedelta(days=min(self.day, found.days) - 1)

    def _lunar_month(self, year: int, lunar: LunarCalendar | None) -> LunarMonth | None:
        if lunar is None:
            return None
        found = lunar.month(year, self.month, leap=True) if self.leap_month else None
        return found or lunar.month(year, self.month, leap=False)
