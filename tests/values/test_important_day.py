"""Days that come every year: which can be, and on which date they fall."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from privlib.errors import InvalidValueError
from privlib.testing.strategies import yearly_days
from privlib.values.dates import LeapDay
from privlib.values.important_day import DayCalendar, LunarMonth, YearlyDay

BOUNDS = st.integers(-5, 10_005)


class TwoYears:
    """A calendar of two lunar years: 2025 with a leap sixth month, and 2026 without."""

    name = "two years"
    version = "1"
    months = {  # noqa: RUF012 - nobody changes it
        (2025, 6, False): LunarMonth(date(2025, 6, 25), 30),
        (2025, 6, True): LunarMonth(date(2025, 7, 25), 29),
        (2026, 6, False): LunarMonth(date(2026, 7, 14), 30),
        (2026, 12, False): LunarMonth(date(2027, 1, 8), 29),
    }

    def month(self, year, month, *, leap):
        return self.months.get((year, month, leap))


def lunar_day(month, day, *, leap=False):
    return YearlyDay(month=month, day=day, calendar="lunar", leap_month=leap)


@pytest.mark.parametrize(
    ("leap_day", "dates"),
    [
        ("feb_28", [date(2027, 2, 28), date(2028, 2, 29), date(2100, 2, 28)]),
        ("mar_1", [date(2027, 3, 1), date(2028, 2, 29), date(2100, 3, 1)]),
    ],
)
def test_the_29th_of_february_falls_where_the_rule_says(leap_day, dates):
    day = YearlyDay(month=2, day=29, year=2000)
    assert [day.in_year(on.year, leap_day=LeapDay(leap_day)) for on in dates] == dates


def test_its_month_is_the_one_in_which_it_falls():
    day = YearlyDay(month=2, day=29)
    assert day.month_in_year(2027) == (date(2027, 2, 1), date(2027, 2, 28))
    assert day.month_in_year(2027, leap_day=LeapDay.MAR_1) == (
        date(2027, 3, 1),
        date(2027, 3, 31),
    )


@pytest.mark.parametrize(
    ("wrong", "phrase"),
    [
        ({"month": 2, "day": 30}, "no such day"),
        ({"month": 2, "day": 29, "year": 2026}, "no such day"),
        ({"month": 4, "day": 31}, "no such day"),
        ({"month": 1, "day": 0}, "no such day"),
        ({"month": 1, "day": "1"}, "no such day"),
        ({"month": 1, "day": 31, "calendar": "lunar"}, "no such day"),
        ({"month": 0, "day": 1}, "from 1 to 12"),
        ({"month": 13, "day": 1}, "from 1 to 12"),
        ({"month": True, "day": 1}, "from 1 to 12"),
        ({"month": 1, "day": 1, "year": 0}, "from 1 to 9999"),
        ({"month": 1, "day": 1, "year": 10_000}, "from 1 to 9999"),
        ({"month": 1, "day": 1, "leap_month": True}, "only the lunar calendar"),
        ({"month": 1, "day": 1, "leap_month": 1}, "true or false"),
        ({"month": 1, "day": 1, "calendar": "moon"}, "not one of: solar, lunar"),
    ],
)
def test_a_day_that_cannot_be_is_refused(wrong, phrase):
    with pytest.raises(InvalidValueError, match=phrase):
        YearlyDay(**wrong)


def test_a_day_that_is_printed_does_not_tell_which():
    assert repr(YearlyDay(month=6, day=18, year=1990)) == "YearlyDay(solar)"


def test_without_its_year_nobody_s_age_is_known():
    born = YearlyDay(month=6, day=18, year=1990, calendar="lunar", leap_month=True)
    assert born.without_year == lunar_day(6, 18, leap=True)


def test_a_lunar_day_falls_by_the_moon():
    assert lunar_day(6, 1).in_year(2025, lunar=TwoYears()) == date(2025, 6, 25)
    assert lunar_day(6, 1).month_in_year(2025, lunar=TwoYears()) == (
        date(2025, 6, 25),
        date(2025, 7, 24),
    )


def test_a_leap_month_s_day_falls_in_the_ordinary_month_of_other_years():
    day = lunar_day(6, 10, leap=True)
    assert day.in_year(2025, lunar=TwoYears()) == date(2025, 8, 3)
    assert day.in_year(2026, lunar=TwoYears()) == date(2026, 7, 23)


def test_day_30_falls_on_the_29th_of_a_month_that_has_no_more():
    assert lunar_day(12, 30).in_year(2026, lunar=TwoYears()) == date(2027, 2, 5)
    assert lunar_day(6, 30, leap=True).in_year(2025, lunar=TwoYears()) == date(2025, 8, 22)


def test_where_the_calendars_do_not_reach_it_falls_nowhere():
    assert lunar_day(6, 1).in_year(2027, lunar=TwoYears()) is None
    assert lunar_day(6, 1).month_in_year(2027, lunar=TwoYears()) is None
    assert lunar_day(6, 1).in_year(2025) is None
    new_year = YearlyDay(month=1, day=1)
    assert (new_year.in_year(0), new_year.in_year(10_000)) == (None, None)
    assert new_year.in_year(1) == date(1, 1, 1)
    assert YearlyDay(month=12, day=31).in_year(9999) == date(9999, 12, 31)


@given(day=yearly_days(with_lunar=False), year=BOUNDS, leap_day=st.sampled_from(LeapDay))
def test_a_solar_day_comes_once_in_each_year(day, year, leap_day):
    on = day.in_year(year, leap_day=leap_day)
    assert (on is not None) == (1 <= year <= 9999)
    if on is not None and (day.month, day.day) != (2, 29):
        assert (on.year, on.month, on.day) == (year, day.month, day.day)
        assert day.calendar is DayCalendar.SOLAR
