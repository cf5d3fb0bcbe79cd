"""Law B2: terms are counted from their anchor; and the windows and periods around them."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import pendulum
import pytest
from hypothesis import example, given, strategies as st

from privlib.errors import InvalidValueError, NaiveMomentError
from privlib.values.dates import LeapDay
from privlib.values.moment import from_micros, moment, to_micros
from privlib.values.period import DatePeriod, Period
from privlib.values.term import Term, TermUnit
from privlib.values.window import NaturalUnit, NaturalWindow, RollingWindow

DAY = timedelta(days=1)
FOUR_YEARS = [date(2024, 1, 1) + timedelta(days=n) for n in range(1461)]
ZONES = [
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "America/Havana",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
]


@cache
def months_later(day: date, months: int) -> date:
    """Walks from one first of a month to the next, and clamps by the day before the next one."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - DAY
    return min(first + timedelta(days=day.day - 1), last)


def years_later(day: date, years: int, leap_day: LeapDay) -> date:
    """Asks the calendar for the day, and only if it has none falls back to the rule."""
    try:
        return date(day.year + years, day.month, day.day)
    except ValueError:
        march = date(day.year + years, 3, 1)
        return march if leap_day == "mar_1" else march - DAY


def test_the_cycle_of_four_years_has_all_its_days():
    assert len(set(FOUR_YEARS)) == 1461
    assert FOUR_YEARS[-1] == date(2027, 12, 31)
    assert date(2024, 2, 29) in FOUR_YEARS


@pytest.mark.law("B2")
@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize("leap_day", LeapDay)
def test_a_monthly_term_ends_by_the_rule_of_its_first_day(length, leap_day):
    """End = anchor rule of the first start, never iterated: the 31st returns in long months."""
    term = Term(length, TermUnit.MONTHS, leap_day)
    for anchor in FOUR_YEARS:
        ends = [months_later(anchor, length * n) for n in range(26)]
        terms = [term.nth(n, anchor=anchor) for n in range(25)]
        assert [each.starts for each in terms] == ends[:-1]
        assert [each.ends for each in terms] == ends[1:]


@pytest.mark.law("B2")
@pytest.mark.parametrize("length", [1, 2])
@pytest.mark.parametrize("leap_day", LeapDay)
def test_a_yearly_term_ends_by_the_rule_of_its_first_day(length, leap_day):
    """End = anchor rule of the first start, never iterated: 29 February returns in leap years."""
    term = Term(length, TermUnit.YEARS, leap_day)
    for anchor in FOUR_YEARS:
        ends = [years_later(anchor, length * n, leap_day) for n in range(13)]
        terms = [term.nth(n, anchor=anchor) for n in range(12)]
        assert [each.starts for each in terms] == ends[:-1]
        assert [each.ends for each in terms] == ends[1:]


@pytest.mark.law("B2")
@pytest.mark.parametrize("unit", TermUnit)
@pytest.mark.parametrize("leap_day", LeapDay)
def test_consecutive_terms_touch_and_the_days_at_their_ends_know_their_number(unit, leap_day):
    """Terms neither overlap nor leave a gap, and index_on agrees with nth, also backwards."""
    term = Term(1, unit, leap_day)
    for anchor in FOUR_YEARS:
        terms = [(n, term.nth(n, anchor=anchor)) for n in range(-3, 14)]
        for (n, this), (_, following) in pairwise(terms):
            assert this.starts < this.ends == following.starts
            assert term.index_on(this.starts, anchor=anchor) == n
            assert term.index_on(this.ends - DAY, anchor=anchor) == n


@pytest.mark.law("B2")
@pytest.mark.parametrize("leap_day", LeapDay)
@pytest.mark.parametrize(
    ("length", "unit"), [(1, "months"), (5, "months"), (1, "years"), (9, "days")]
)
@pytest.mark.parametrize("anchor", [date(2024, 2, 29), date(2025, 1, 31), date(2024, 12, 30)])
def test_every_day_lies_in_the_term_of_its_number(leap_day, length, unit, anchor):
    """Each day of nine years lies in the term that index_on names, and in no other."""
    term = Term(length, unit, leap_day)
    for n in range(-1461, 1827):
        day = anchor + timedelta(days=n)
        index = term.index_on(day, anchor=anchor)
        assert [
            term.nth(i, anchor=anchor).contains(day) for i in (index - 1, index, index + 1)
        ] == [
            False,
            True,
            False,
        ]


@pytest.mark.law("B2")
def test_what_starts_on_31_january_comes_back_to_the_31st():
    """The 31st returns in long months."""
    month = Term(1, TermUnit.MONTHS)
    assert [month.nth(n, anchor=date(2026, 1, 31)).ends for n in range(4)] == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]


@pytest.mark.law("B2")
def test_what_starts_on_29_february_comes_back_to_it_by_either_rule():
    """29 February returns in leap years."""
    year, late_year = Term(1, "years"), Term(1, "years", "mar_1")
    assert [year.nth(n, anchor=date(2024, 2, 29)).ends for n in range(4)] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]
    assert [late_year.nth(n, anchor=date(2024, 2, 29)).ends for n in (0, 3)] == [
        date(2025, 3, 1),
        date(2028, 2, 29),
    ]
    assert year.index_on(date(2025, 2, 28), anchor=date(2024, 2, 29)) == 1
    assert late_year.index_on(date(2025, 2, 28), anchor=date(2024, 2, 29)) == 0


def test_a_day_at_the_end_of_the_calendar_still_has_a_number():
    anchor, last = date(2026, 1, 1), date(9999, 12, 31)
    assert Term(1, "months").index_on(last, anchor=anchor) == 7974 * 12 - 1
    assert Term(1, "years").index_on(last, anchor=anchor) == 7973
    assert Term(1, "days").index_on(last, anchor=anchor) == (last - anchor).days
    assert Term(1, "years").index_on(date(1, 1, 1), anchor=anchor) == -2025
    assert Term(100_000, "years").index_on(date(2026, 6, 1), anchor=anchor) == 0
    assert Term(100_000, "years").index_on(date(2025, 6, 1), anchor=anchor) == -1


@pytest.mark.parametrize("length", [0, -1, 100_001, True, 1.0, "1", None])
@pytest.mark.parametrize("unit", TermUnit)
def test_a_term_has_a_whole_length_above_0(length, unit):
    with pytest.raises(InvalidValueError, match=f"a term is 1 to 100,000 {unit} long"):
        Term(length, unit)


def test_a_term_of_100000_days_is_the_longest():
    assert Term(100_000, "days").after(1, anchor=date(2026, 1, 1)) == date(2299, 10, 17)


@pytest.mark.parametrize("unit", ["weeks", "", None, 1, "month"])
def test_a_term_is_counted_in_days_months_or_years(unit):
    with pytest.raises(InvalidValueError, match="is not one of: days, months, years"):
        Term(1, unit)


def test_a_term_past_the_last_year_is_refused():
    with pytest.raises(InvalidValueError, match="beyond the years 1 to 9999"):
        Term(1, "years").nth(0, anchor=date(9999, 1, 1))


MOMENTS = st.integers(
    to_micros(pendulum.datetime(1930, 1, 1)), to_micros(pendulum.datetime(2100, 1, 1))
).map(from_micros)
NEAR_CHANGES = st.builds(
    lambda hour, micros: from_micros(to_micros(hour) + micros),
    st.sampled_from(
        [
            pendulum.datetime(1940, 5, 31, 16),  # Shanghai has no midnight
            pendulum.datetime(2011, 12, 30, 10),  # Samoa skips a day
            pendulum.datetime(2026, 3, 8, 5),  # Havana has no midnight
            pendulum.datetime(2026, 11, 1, 5),  # Havana has midnight twice
            pendulum.datetime(2026, 4, 23, 22),  # Cairo has no midnight
            pendulum.datetime(2026, 10, 29, 21),  # Cairo has its last hour twice
            pendulum.datetime(2026, 3, 8, 7),  # New York goes forward
            pendulum.datetime(2026, 4, 4, 15),  # Lord Howe goes back by half an hour
        ]
    ),
    st.integers(-90_000_000_000, 90_000_000_000) | st.sampled_from([-1, 0, 1]),
)


@given(at=MOMENTS | NEAR_CHANGES, zone=st.sampled_from(ZONES), unit=st.sampled_from(NaturalUnit))
def test_a_moment_lies_in_its_window_and_the_windows_tile(at, zone, unit):
    window = NaturalWindow(unit, zone=zone)
    found = window.at(at)
    last = from_micros(to_micros(found.end) - 1)
    before = from_micros(to_micros(found.start) - 1)
    assert found.contains(at)
    assert found.contains(found.start)
    assert found.contains(last)
    assert not found.contains(found.end)
    assert not found.contains(before)
    assert window.at(found.start) == window.at(last) == found
    assert window.at(found.end).start == found.end
    assert window.at(before).end == found.start
    assert window.key(at) == window.key(found.start) == window.key(last)
    assert len({window.key(before), window.key(at), window.key(found.end)}) == 3


def test_a_moment_in_an_evening_that_comes_after_midnight_lies_in_its_window():
    """In St John's clocks went back at 00:01, to 23:01 of the day before (until 2011)."""
    at = pendulum.datetime(2010, 11, 7, 2, 45)
    assert NaturalWindow("day", zone="America/St_Johns").at(at).contains(at)


@given(at=MOMENTS | NEAR_CHANGES, zone=st.sampled_from(ZONES))
def test_a_larger_window_starts_where_its_first_day_starts(at, zone):
    for unit in NaturalUnit:
        found = NaturalWindow(unit, zone=zone).at(at)
        first_day = NaturalWindow("day", zone=zone).at(found.start)
        assert found.start == first_day.start
        assert first_day.end <= found.end


@pytest.mark.parametrize(
    ("unit", "start", "end", "key"),
    [
        ("day", "2026-07-05T16:00", "2026-07-06T16:00", "day:2026-07-06"),
        ("week", "2026-07-05T16:00", "2026-07-12T16:00", "week:2026-07-06"),
        ("month", "2026-06-30T16:00", "2026-07-31T16:00", "month:2026-07-01"),
        ("year", "2025-12-31T16:00", "2026-12-31T16:00", "year:2026-01-01"),
    ],
)
def test_the_windows_of_a_monday_morning_in_shanghai(unit, start, end, key):
    window = NaturalWindow(unit, zone="Asia/Shanghai")
    at = pendulum.datetime(2026, 7, 5, 16)
    assert window.at(at) == Period(
        datetime.fromisoformat(f"{start}+00:00"), datetime.fromisoformat(f"{end}+00:00")
    )
    assert window.key(at) == key
    assert window.key(from_micros(to_micros(at) - 1)) != key or unit in {"month", "year"}


def test_the_day_before_the_one_that_samoa_skipped_runs_into_the_day_after_it():
    window = NaturalWindow("day", zone="Pacific/Apia")
    noon = pendulum.datetime(2011, 12, 29, 22)
    assert window.key(noon) == "day:2011-12-29"
    assert window.at(noon).end == pendulum.datetime(2011, 12, 30, 10)
    assert window.key(window.at(noon).end) == "day:2011-12-31"


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 6, 1), 24)],
)
def test_a_day_in_new_york_has_as_many_hours_as_it_has(day, hours):
    noon = pendulum.datetime(day.year, day.month, day.day, 17)
    found = NaturalWindow("day", zone="America/New_York").at(noon)
    assert to_micros(found.end) - to_micros(found.start) == hours * 3_600_000_000


def test_a_moment_named_in_another_zone_has_the_same_windows():
    here = pendulum.datetime(2026, 6, 1, 2, tz="Asia/Shanghai")
    for window in (NaturalWindow("day", zone="Asia/Shanghai"), RollingWindow(7)):
        assert window.at(here) == window.at(moment(here))
    assert NaturalWindow("day", zone="Asia/Shanghai").key(here) == "day:2026-06-01"


def test_a_moment_without_a_zone_has_no_window():
    for window in (NaturalWindow("day", zone="Asia/Shanghai"), RollingWindow(7)):
        with pytest.raises(NaiveMomentError, match="names no time zone"):
            window.at(pendulum.naive(2026, 6, 1))


def test_a_window_past_the_last_year_is_refused():
    with pytest.raises(InvalidValueError, match="beyond the years 1 to 9999"):
        NaturalWindow("year", zone="UTC").at(pendulum.datetime(9999, 6, 1))
    with pytest.raises(InvalidValueError, match="beyond the years 1 to 9999"):
        RollingWindow(1).at(pendulum.datetime(1, 1, 1))


@pytest.mark.parametrize("unit", ["hour", "", None, 7])
def test_a_natural_window_is_a_day_a_week_a_month_or_a_year(unit):
    with pytest.raises(InvalidValueError, match="is not one of: day, week, month, year"):
        NaturalWindow(unit, zone="UTC")


@pytest.mark.parametrize("zone", ["", "Asia/Peking!", "localtime", None, 8])
def test_a_natural_window_is_in_a_zone_that_there_is(zone):
    with pytest.raises(InvalidValueError, match="is not a time zone such as Asia/Shanghai"):
        NaturalWindow("day", zone=zone)


@given(at=MOMENTS, days=st.integers(1, 10_000))
def test_a_rolling_window_is_the_last_n_times_24_hours_without_its_end(at, days):
    found = RollingWindow(days).at(at)
    assert found.end == at
    assert datetime.fromisoformat(at.isoformat()) - datetime.fromisoformat(
        found.start.isoformat()
    ) == timedelta(days=days)
    assert found.contains(found.start)
    assert found.contains(from_micros(to_micros(at) - 1))
    assert not found.contains(at)
    assert not found.contains(from_micros(to_micros(found.start) - 1))


@pytest.mark.parametrize("days", [0, -1, 100_001, True, 7.0, "7", None])
def test_a_rolling_window_has_a_whole_number_of_days(days):
    with pytest.raises(InvalidValueError, match="a rolling window is 1 to 100,000 days"):
        RollingWindow(days)


def hour(number: int) -> pendulum.DateTime:
    return from_micros(number * 3_600_000_000)


STRETCHES = st.tuples(st.integers(0, 12), st.none() | st.integers(1, 8)).map(
    lambda drawn: (drawn[0], None if drawn[1] is None else drawn[0] + drawn[1])
)


@given(one=STRETCHES, other=STRETCHES)
@example(one=(0, 1), other=(1, 2))
@example(one=(0, None), other=(5, None))
def test_periods_overlap_where_they_share_an_hour(one, other):
    hours = [
        {n for n in range(40) if start <= n and (end is None or n < end)}
        for start, end in (one, other)
    ]
    first, second = (
        Period(hour(start), None if end is None else hour(end)) for start, end in (one, other)
    )
    assert first.overlaps(second) is second.overlaps(first) is bool(hours[0] & hours[1])
    assert {n for n in range(40) if first.contains(hour(n))} == hours[0]


def test_a_period_is_half_open():
    period = Period(pendulum.datetime(2026, 6, 1), pendulum.datetime(2026, 7, 1))
    assert not period.contains(pendulum.datetime(2026, 5, 31, 23, 59, 59, 999_999))
    assert period.contains(pendulum.datetime(2026, 6, 1))
    assert period.contains(pendulum.datetime(2026, 6, 30, 23, 59, 59, 999_999))
    assert not period.contains(pendulum.datetime(2026, 7, 1))
    assert period.contains(datetime(2026, 6, 15, tzinfo=UTC))


def test_a_period_ends_after_it_starts():
    start = pendulum.datetime(2026, 6, 1)
    for end in (start, pendulum.datetime(2026, 5, 31)):
        with pytest.raises(InvalidValueError, match="a period ends after it starts"):
            Period(start, end)
    assert Period(start, from_micros(to_micros(start) + 1)).contains(start)


def test_a_period_names_its_zone():
    with pytest.raises(NaiveMomentError, match="names no time zone"):
        Period(pendulum.naive(2026, 6, 1))
    with pytest.raises(NaiveMomentError, match="names no time zone"):
        Period(pendulum.datetime(2026, 6, 1), pendulum.naive(2026, 7, 1))


def test_a_period_of_days_is_half_open():
    june = DatePeriod(date(2026, 6, 1), date(2026, 7, 1))
    asked = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [june.contains(day) for day in asked] == [False, True, True, False]
    assert DatePeriod(date(2026, 6, 1)).contains(date.max)


@pytest.mark.parametrize("ends", [date(2026, 6, 1), date(2026, 5, 31)])
def test_a_period_of_days_ends_after_it_starts(ends):
    with pytest.raises(InvalidValueError, match="a period ends after it starts"):
        DatePeriod(date(2026, 6, 1), ends)


@pytest.mark.parametrize("day", [pendulum.datetime(2026, 6, 1), "2026-06-01", None, 20260601])
def test_a_period_of_days_takes_dates_only(day):
    with pytest.raises(InvalidValueError, match="expected a date such as 2026-06-01"):
        DatePeriod(day)
    with pytest.raises(InvalidValueError, match="expected a date such as 2026-06-01"):
        DatePeriod(date(2026, 5, 1), day or 0)


def test_the_moments_of_some_days_depend_on_the_zone():
    march = DatePeriod(date(2026, 3, 1), date(2026, 4, 1))
    assert march.in_zone("Asia/Shanghai") == Period(
        pendulum.datetime(2026, 2, 28, 16), pendulum.datetime(2026, 3, 31, 16)
    )
    assert march.in_zone("America/New_York") == Period(
        pendulum.datetime(2026, 3, 1, 5), pendulum.datetime(2026, 4, 1, 4)
    )
    assert DatePeriod(date(2026, 3, 1)).in_zone("UTC") == Period(pendulum.datetime(2026, 3, 1))


@given(
    start=st.integers(0, 40_000),
    lengths=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    zone=st.sampled_from(ZONES),
)
def test_periods_of_days_that_touch_still_touch_in_every_zone(start, lengths, zone):
    days = [date(1930, 1, 1) + timedelta(days=start)]
    days += [days[0] + timedelta(days=lengths[0]), days[0] + timedelta(days=sum(lengths))]
    if zone == "Pacific/Apia" and date(2011, 12, 30) in days:
        return
    first = DatePeriod(days[0], days[1]).in_zone(zone)
    second = DatePeriod(days[1], days[2]).in_zone(zone)
    assert first.end == second.start
    assert not first.overlaps(second)


def test_a_day_that_a_zone_skipped_has_no_moments():
    with pytest.raises(InvalidValueError, match="a period ends after it starts"):
        DatePeriod(date(2011, 12, 30), date(2011, 12, 31)).in_zone("Pacific/Apia")
