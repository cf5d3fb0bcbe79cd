"""The lunar calendar of borax, beside dates as they are published."""

from datetime import date, timedelta

import pytest

from privlib import YearlyDay
from privlib.adapters.lunar import BoraxCalendar

# Chinese New Year, as everybody's calendar has it.
NEW_YEARS = {
    *(date(1990, 1, 27), date(1995, 1, 31), date(2000, 2, 5), date(2001, 1, 24)),
    *(date(2002, 2, 12), date(2003, 2, 1), date(2004, 1, 22), date(2005, 2, 9)),
    *(date(2006, 1, 29), date(2007, 2, 18), date(2008, 2, 7), date(2009, 1, 26)),
    *(date(2010, 2, 14), date(2011, 2, 3), date(2012, 1, 23), date(2013, 2, 10)),
    *(date(2014, 1, 31), date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28)),
    *(date(2018, 2, 16), date(2019, 2, 5), date(2020, 1, 25), date(2021, 2, 12)),
    *(date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29)),
    *(date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13)),
    *(date(2030, 2, 3), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31)),
    *(date(2034, 2, 19), date(2035, 2, 8)),
}
CALENDAR = BoraxCalendar()


@pytest.mark.parametrize("on", sorted(NEW_YEARS))
def test_the_new_year_falls_where_it_is_published(on):
    new_year = YearlyDay(month=1, day=1, calendar="lunar")
    assert new_year.in_year(on.year, lunar=CALENDAR) == on


def test_2033_doubles_its_eleventh_month_and_no_other():
    doubled = [month for month in range(1, 13) if CALENDAR.month(2033, month, leap=True)]
    assert doubled == [11]
    assert CALENDAR.month(2033, 11, leap=True) == (date(2033, 12, 22), 29)


@pytest.mark.parametrize("year", range(1900, 2101))
def test_the_months_of_a_year_follow_each_other_without_a_gap(year):
    found = [
        CALENDAR.month(year, month, leap=leap) for month in range(1, 13) for leap in (False, True)
    ]
    months = [month for month in found if month is not None]
    assert len(months) in {12, 13}
    following = CALENDAR.month(year + 1, 1, leap=False)
    starts = [month.starts for month in months] + ([following.starts] if following else [])
    for month, after in zip(months, starts[1:], strict=False):
        assert month.days in {29, 30}
        assert month.starts + timedelta(days=month.days) == after


def test_beyond_its_years_it_knows_nothing():
    assert CALENDAR.month(1899, 12, leap=False) is None
    assert CALENDAR.month(2101, 1, leap=False) is None
    assert CALENDAR.month(2100, 12, leap=False) is not None


def test_it_is_named_with_its_version():
    import borax

    assert (CALENDAR.name, CALENDAR.version) == ("borax", borax.__version__)
