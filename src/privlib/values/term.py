"""Terms: one month, one year, again and again, always counted from the first day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from privlib.errors import InvalidValueError
from privlib.values.choice import choice_field
from privlib.values.dates import (
    LeapDay,
    add_days,
    add_months,
    add_years,
    anniversary,
    days_between,
)
from privlib.values.period import DatePeriod

__all__ = ["Term", "TermUnit"]


class TermUnit(StrEnum):
    """What a term is counted in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@frozen
class Term:
    """A length of time that runs from an anchor day, over and over.

    The nth term is computed from the anchor, never from the end of the one before: what starts on
    31 January ends on the last day of February and then on 31 March again, and a term from
    29 February comes back to it in leap years.

    >>> month = Term(1, TermUnit.MONTHS)
    >>> [month.nth(n, anchor=date(2026, 1, 31)).ends.isoformat() for n in range(3)]
    ['2026-02-28', '2026-03-31', '2026-04-30']
    """

    length: int
    unit: TermUnit = choice_field(TermUnit)
    leap_day: LeapDay = choice_field(LeapDay, LeapDay.FEB_28)

    def __attrs_post_init__(self) -> None:
        if type(self.length) is not int or not 1 <= self.length <= 100_000:
            raise InvalidValueError(
                f"a term is 1 to 100,000 {self.unit} long; got {self.length!r:.40}"
            )

    def after(self, times: int, *, anchor: date) -> date:
        """The day on which so many terms from the anchor day are over."""
        match self.unit:
            case TermUnit.DAYS:
                return add_days(anchor, times * self.length)
            case TermUnit.MONTHS:
                return add_months(anchor, times * self.length)
            case TermUnit.YEARS:
                return add_years(anchor, times * self.length, leap_day=self.leap_day)

    def nth(self, index: int, *, anchor: date) -> DatePeriod:
        """The term of this number, the first being 0."""
        return DatePeriod(self.after(index, anchor=anchor), self.after(index + 1, anchor=anchor))

    def index_on(self, day: date, *, anchor: date) -> int:
        """In which term a day lies; negative before the anchor.

        >>> Term(1, TermUnit.YEARS).index_on(date(2028, 2, 29), anchor=date(2024, 2, 29))
        4
        """
        return self._units_until(day, anchor) // self.length

    def _units_until(self, day: date, anchor: date) -> int:
        match self.unit:
            case TermUnit.DAYS:
                return days_between(anchor, day)
            case TermUnit.MONTHS:
                months = (day.year - anchor.year) * 12 + day.month - anchor.month
                return months if add_months(anchor, months) <= day else months - 1
            case TermUnit.YEARS:
                reached = anniversary(anchor, day.year, leap_day=self.leap_day)
                return day.year - anchor.year - (reached > day)
