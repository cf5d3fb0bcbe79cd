"""The lunar calendar (农历) of the years 1900 to 2100, by the tables of the package borax."""

from __future__ import annotations

from attrs import define
from borax import __version__
from borax.calendars.lunardate import InvalidLunarDateError, LCalendars, LunarDate

from privlib.values.important_day import LunarMonth

__all__ = ["BoraxCalendar"]


@define(eq=False)
class BoraxCalendar:
    """Knows the lunar months of 1900 to 2100.

    Beyond these years it knows nothing, and a lunar day is not waited for any more.

    >>> from privlib.values.important_day import YearlyDay
    >>> new_year = YearlyDay(month=1, day=1, calendar="lunar")
    >>> new_year.in_year(2026, lunar=BoraxCalendar())
    datetime.date(2026, 2, 17)
    """

    name: str = "borax"
    version: str = str(__version__)

    def month(self, year: int, month: int, *, leap: bool) -> LunarMonth | None:
        """This month of a lunar year; None where the year has none, or is not in the tables."""
        try:
            days = LCalendars.ndays(year, month, int(leap))
            return LunarMonth(LunarDate(year, month, 1, int(leap)).to_solar_date(), days)
        except InvalidLunarDateError:
            return None
