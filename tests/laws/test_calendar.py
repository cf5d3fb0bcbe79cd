"""The calendar against another one, written here by walking and looking up; and law D5."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from random import Random  # noqa: TID251 - seeded draws, of which a test may have as many as it likes
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import example, given, strategies as st

from privlib.commands import MemberImport, NewFriend, Order, Refund
from privlib.errors import InvalidValueError, NaiveMomentError
from privlib.values.dates import (
    LeapDay,
    add_days,
    add_months,
    add_years,
    age,
    anniversary,
    checked_zone,
    days_between,
    local_date,
    local_moment,
    local_time,
    months_between,
    same_time_after_days,
    start_of_day,
    years_between,
)
from privlib.values.moment import from_micros, later, moment, parse_moment, to_micros
from privlib.values.money import Money, yuan
from privlib.values.period import Period

PAIRS = 25_000  # of each of four kinds: 100,000 in all
DAY = timedelta(days=1)
LEAP_YEARS = [year for year in range(1896, 2105, 4) if year not in {1900, 2100}]
SECOND, DAY_MICROS = 1_000_000, 86_400_000_000
ZONES = [
    "America/Havana",
    "America/New_York",
    "Africa/Cairo",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Apia",
    "UTC",
]


# Another calendar: all the firsts of months in a list, found by walking through it.


@cache
def firsts() -> list[int]:
    """The day numbers of all firsts, and of the one after the last."""
    found = [date(1, 1, 1)]
    while found[-1] < date(9999, 12, 1):
        found.append((found[-1] + timedelta(days=31)).replace(day=1))
    return [*(first.toordinal() for first in found), date.max.toordinal() + 1]


def months_later(day: date, months: int) -> int | None:
    """The day number so many months later, or None beyond the calendar."""
    number = day.toordinal()
    here = bisect_right(firsts(), number) - 1
    if not 0 <= here + months < len(firsts()) - 1:
        return None
    wanted = firsts()[here + months] + number - firsts()[here]
    return min(wanted, firsts()[here + months + 1] - 1)


def whole_months(start: date, end: date) -> int:
    if end < start:
        return -whole_months(end, start)
    left = range(len(firsts()) - bisect_right(firsts(), start.toordinal()))
    return bisect_right(left, end.toordinal(), key=lambda months: months_later(start, months)) - 1


def birthday(born: date, year: int, leap_day: LeapDay) -> date:
    try:
        return date(year, born.month, born.day)
    except ValueError:
        return date(year, 2, 28) + DAY * (leap_day == "mar_1")


def whole_years(start: date, end: date, leap_day: LeapDay) -> int:
    if end < start:
        return -whole_years(end, start, leap_day)
    years = range(start.year + 1, end.year + 1)
    return bisect_right(years, end, key=lambda year: birthday(start, year, leap_day))


# Another clock: the offsets of a zone in a list, found by asking for each day and halving.


@cache
def changes(zone: str) -> tuple[list[int], list[int]]:
    """From which second on a zone has which offset, between the years 1850 and 2110."""
    info = ZoneInfo(zone)

    def offset(second: int) -> int:
        return int(datetime.fromtimestamp(second, info).utcoffset().total_seconds())

    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1850, 2110))
    starts, offsets = [first], [offset(first)]
    for second in range(first, last, 86_400):
        if offset(second) != offsets[-1]:
            found = bisect_right(
                range(second - 86_400, second), 0, key=lambda at: offset(at) != offsets[-1]
            )
            starts.append(second - 86_400 + found)
            offsets.append(offset(second))
    return starts, offsets


def wall_of(micros: int, zone: str) -> int:
    """What a clock shows, in microseconds since it would have shown 1970."""
    starts, offsets = changes(zone)
    return micros + offsets[bisect_right(starts, micros // SECOND) - 1] * SECOND


def micros_of(wall: int, zone: str) -> int:
    """The first moment at which a clock shows this, or else the end of the gap around it."""
    starts, offsets = changes(zone)
    near = bisect_right(starts, wall // SECOND) - 1
    some = range(max(near - 2, 0), min(near + 3, len(starts)))
    shown = [
        wall - offsets[i] * SECOND
        for i in some
        if wall_of(wall - offsets[i] * SECOND, zone) == wall
    ]
    if shown:
        return min(shown)
    [gap] = [
        starts[i]
        for i in some
        if i and (starts[i] + offsets[i - 1]) * SECOND <= wall < (starts[i] + offsets[i]) * SECOND
    ]
    return gap * SECOND


def day_of(wall: int) -> date:
    return date.fromordinal(719_163 + wall // DAY_MICROS)


def time_of(wall: int) -> time:
    seconds, micros = divmod(wall % DAY_MICROS, SECOND)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, micros)


# The draws.


def some_day(draw: Random, first: int, last: int) -> date:
    """A day of these years, often one near the end of a month, and often 29 February."""
    day = date(draw.randint(first, last), draw.randint(1, 12), draw.randint(1, 28))
    match draw.randrange(4):
        case 0:
            return date(draw.choice(LEAP_YEARS), 2, 29) if first > 1 else date(day.year, 2, 28)
        case 1:
            return day.replace(day=1) - DAY * draw.randint(-1, 3) if day.year > 1 else day
        case _:
            return day


def some_wall(draw: Random, zone: str) -> int:
    """A reading of the clock between 1901 and 2099, most often near a change of its offset."""
    starts, offsets = changes(zone)
    changed = bisect_right(starts, (date(2099, 1, 1).toordinal() - 719_163) * 86_400)
    if draw.randrange(5) and changed > 1:
        change = draw.randrange(1, changed)
        wall = (starts[change] + offsets[change - draw.randrange(2)]) * SECOND
        reach = draw.choice([1, SECOND, 3600 * SECOND, 2 * DAY_MICROS])
        return wall + draw.randint(-reach, reach)
    first, last = date(1901, 1, 1).toordinal(), date(2099, 1, 1).toordinal()
    return draw.randrange((first - 719_163) * DAY_MICROS, (last - 719_163) * DAY_MICROS)


def test_the_other_calendar_has_all_months_and_the_other_clock_all_changes():
    assert len(firsts()) == 9999 * 12 + 1
    assert [len(changes(zone)[0]) > 250 for zone in ("America/New_York", "Europe/London")] == [
        True,
        True,
    ]
    assert len(changes("Asia/Shanghai")[0]) > 20
    assert len(changes("UTC")[0]) == 1
    assert wall_of(0, "Asia/Shanghai") == 8 * 3600 * SECOND


def test_25000_pairs_of_dates_are_as_many_months_apart_as_by_walking():
    draw = Random(202)
    for n in range(PAIRS):
        years = (1, 9999) if n % 10 == 0 else (1890, 2110)
        start, end = some_day(draw, *years), some_day(draw, *years)
        months = draw.choice([draw.randint(-30, 30), draw.randint(-1200, 1200)])
        expected = months_later(start, months)
        if expected is None:
            with pytest.raises(InvalidValueError, match="beyond the years 1 to 9999"):
                add_months(start, months)
        else:
            assert add_months(start, months).toordinal() == expected, (start, months)
        assert months_between(start, end) == whole_months(start, end), (start, end)
        assert days_between(start, end) == (end - start).days
        assert add_days(start, (end - start).days) == end


def test_25000_pairs_of_dates_are_as_many_birthdays_apart_as_by_counting_them():
    draw = Random(2024)
    for n in range(PAIRS):
        leap_day = draw.choice(list(LeapDay))
        years = (1, 9999) if n % 10 == 0 else (1900, 2100)
        start, end = some_day(draw, *years), some_day(draw, *years)
        expected = whole_years(start, end, leap_day)
        assert years_between(start, end, leap_day=leap_day) == expected, (start, end)
        assert anniversary(start, end.year, leap_day=leap_day) == birthday(
            start, end.year, leap_day
        )
        years = end.year - start.year
        assert add_years(start, years, leap_day=leap_day) == birthday(start, end.year, leap_day)
        if end >= start:
            assert age(start, end, leap_day=leap_day) == expected


def test_25000_moments_are_on_the_wall_what_a_list_of_changes_says():
    draw = Random(1986)
    for n in range(PAIRS):
        zone = ZONES[n % len(ZONES)]
        wall = some_wall(draw, zone)
        day, micros = day_of(wall), micros_of(wall, zone)
        assert to_micros(local_moment(day, time_of(wall), zone)) == micros, (zone, wall)
        micros += draw.choice([0, -1, 1, draw.randint(-DAY_MICROS, DAY_MICROS)])
        shown = local_time(from_micros(micros), zone)
        assert shown.date() == day_of(wall_of(micros, zone)), (zone, micros)
        assert shown.time() == time_of(wall_of(micros, zone)), (zone, micros)
        assert local_date(from_micros(micros), zone) == shown.date()
        midnight = wall - wall % DAY_MICROS
        assert to_micros(start_of_day(day, zone)) == micros_of(midnight, zone), (zone, day)


def test_25000_moments_come_back_at_the_same_time_some_days_later():
    draw = Random(1940)
    for n in range(PAIRS):
        zone = ZONES[n % len(ZONES)]
        micros = micros_of(some_wall(draw, zone), zone)
        days = draw.choice([1, -1, draw.randint(-400, 400)])
        expected = micros_of(wall_of(micros, zone) + days * DAY_MICROS, zone)
        found = same_time_after_days(from_micros(micros), days, zone)
        assert to_micros(found) == expected, (zone, micros, days)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("America/New_York", "2026-03-08", "01:59:59.999999", "2026-03-08T06:59:59.999999"),
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00"),
        ("America/New_York", "2026-03-08", "02:59:59.999999", "2026-03-08T07:00"),
        ("America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30"),
        ("America/Havana", "2026-03-08", "00:00", "2026-03-08T05:00"),
        ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:00"),
        ("Asia/Shanghai", "1940-06-01", "00:00", "1940-05-31T16:00"),
        ("Asia/Shanghai", "1986-05-04", "02:30", "1986-05-03T18:00"),
        ("Pacific/Apia", "2011-12-30", "00:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-30", "12:34:56.7", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00"),
    ],
)
def test_a_time_that_a_zone_skips_is_the_end_of_the_gap(zone, day, clock, expected):
    found = local_moment(date.fromisoformat(day), time.fromisoformat(clock), zone)
    assert found == datetime.fromisoformat(f"{expected}+00:00")


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00"),
        ("America/New_York", "2026-11-01", "01:59:59", "2026-11-01T05:59:59"),
        ("America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
        ("America/Havana", "2026-11-01", "00:00", "2026-11-01T04:00"),
        ("Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T20:30"),
        ("Africa/Cairo", "2026-10-30", "00:00", "2026-10-29T22:00"),
        ("Asia/Shanghai", "1991-09-15", "01:30", "1991-09-14T16:30"),
        ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30"),
    ],
)
@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_comes_twice_is_its_first_coming(zone, day, clock, expected, fold):
    asked = time.fromisoformat(clock).replace(fold=fold)
    found = local_moment(date.fromisoformat(day), asked, zone)
    assert found == datetime.fromisoformat(f"{expected}+00:00")


def test_a_day_later_is_the_same_time_and_not_24_hours_later():
    evening = pendulum.datetime(2026, 3, 8, 1)
    assert same_time_after_days(evening, 1, "America/New_York") == pendulum.datetime(2026, 3, 9)
    assert later(evening, seconds=86_400) == pendulum.datetime(2026, 3, 9, 1)
    assert later(evening) == evening
    assert later(evening, seconds=-1) == pendulum.datetime(2026, 3, 8, 0, 59, 59)
    skipped = pendulum.datetime(2026, 3, 7, 7, 30)
    assert same_time_after_days(skipped, 1, "America/New_York") == pendulum.datetime(2026, 3, 8, 7)


def test_somebody_born_on_29_february_has_a_birthday_every_year():
    born = date(2000, 2, 29)
    assert [age(born, date(2025, 2, day)) for day in (27, 28)] == [24, 25]
    assert age(born, date(2025, 2, 28), leap_day=LeapDay.MAR_1) == 24
    assert age(born, date(2025, 3, 1), leap_day=LeapDay.MAR_1) == 25
    assert [age(born, date(2024, 2, day)) for day in (28, 29)] == [23, 24]
    with pytest.raises(InvalidValueError, match="nobody born on 2000-02-29 has an age before"):
        age(born, date(2000, 2, 28))


@pytest.mark.parametrize(
    "beyond",
    [
        lambda: add_days(date(9999, 12, 31), 1),
        lambda: add_days(date(1, 1, 1), -1),
        lambda: add_days(date(2026, 1, 1), 10**400),
        lambda: add_months(date(9999, 12, 1), 1),
        lambda: add_months(date(1, 1, 31), -1),
        lambda: add_years(date(9999, 1, 1), 1),
        lambda: add_years(date(2024, 2, 29), -2024),
        lambda: anniversary(date(2024, 1, 1), 0),
        lambda: anniversary(date(2024, 2, 29), 10_000),
        lambda: local_date(pendulum.datetime(1, 1, 1), "America/New_York"),
        lambda: local_date(pendulum.datetime(9999, 12, 31, 23), "Asia/Shanghai"),
        lambda: start_of_day(date(1, 1, 1), "Asia/Shanghai"),
        lambda: local_moment(date(9999, 12, 31), time(23), "America/New_York"),
        lambda: later(pendulum.datetime(9999, 12, 31, 23, 59, 59), seconds=1),
        lambda: from_micros(-62_135_596_800_000_001),
        lambda: from_micros(253_402_300_800_000_000),
        lambda: from_micros(10**400),
        lambda: moment(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))),
        lambda: moment(datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-1)))),
    ],
)
def test_what_lies_beyond_the_calendar_is_refused(beyond):
    with pytest.raises(InvalidValueError, match="beyond the years 1 to 9999"):
        beyond()


def test_what_lies_beyond_the_calendar_is_refused_with_what_was_asked():
    with pytest.raises(InvalidValueError, match=r"^1 years after 9999-01-01 is beyond"):
        add_years(date(9999, 1, 1), 1)
    with pytest.raises(InvalidValueError, match=r"^-1 months after 0001-01-31 is beyond"):
        add_months(date(1, 1, 31), -1)
    with pytest.raises(InvalidValueError, match=r"^2 days after 9999-12-30 is beyond"):
        add_days(date(9999, 12, 30), 2)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/Argentina/Ushuaia"])
def test_a_zone_is_known_by_its_name(zone):
    assert checked_zone(zone) == zone


@pytest.mark.parametrize(
    "zone",
    [
        *("", ".", "..", "/", "Asia", "Asia/", "Asia/Peking!", "+08:00", "UTC+8", "中国"),
        *("../../etc/passwd", "/usr/share/zoneinfo/UTC", "Asia/../UTC", "zone.tab", "\x00"),
        *(
            "\ud800",
            pytest.param("a" * 10_000_000, id="10 MB"),
            None,
            8,
            True,
            b"UTC",
            ["UTC"],
            ZoneInfo("UTC"),
        ),
        *("localtime", "posixrules"),
    ],
)
def test_what_is_no_zone_or_another_one_on_each_machine_is_refused(zone):
    with pytest.raises(InvalidValueError, match="is not a time zone such as Asia/Shanghai") as no:
        checked_zone(zone)
    assert len(str(no.value)) < 120


@given(st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999))
@example(-62_135_596_800_000_000)
@example(253_402_300_799_999_999)
@example(-1)
@example(0)
def test_microseconds_and_moments_are_each_others_inverse(micros):
    at = from_micros(micros)
    assert to_micros(at) == micros
    assert at == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    assert type(at) is pendulum.DateTime
    assert at.tzinfo is pendulum.UTC


@given(st.datetimes(timezones=st.just(UTC)))
@example(datetime(1, 1, 1, tzinfo=UTC))
@example(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
def test_moments_and_microseconds_are_each_others_inverse(at):
    micros = to_micros(moment(at))
    assert from_micros(micros) == at
    assert micros == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


class Nowhere(tzinfo):
    """A time zone that does not know its own offset."""

    def utcoffset(self, _at):
        return None


def told(at):
    """Every way in by which a time comes."""
    return [
        lambda: moment(at),
        lambda: parse_moment(at.isoformat()),
        lambda: Order(id="A-1", customer="wei", paid=yuan(1), paid_at=at),
        lambda: Refund(id="R-1", order="A-1", customer="wei", refunded_at=at),
        lambda: MemberImport(customer="wei", joined_at=at, spent=yuan(1)),
        lambda: NewFriend(customer="wei", employee="mei", carrier="wecom", added_at=at),
        lambda: Period(at),
        lambda: Period(pendulum.datetime(1, 1, 1), at),
        lambda: local_date(at, "Asia/Shanghai"),
        lambda: same_time_after_days(at, 1, "Asia/Shanghai"),
    ]


@pytest.mark.law("D5")
@given(st.datetimes())
@example(pendulum.naive(2026, 6, 1, 12))
@example(datetime.fromisoformat("2026-06-01T12:00:00"))
@example(datetime(2026, 6, 1, 12, tzinfo=Nowhere()))
def test_a_time_without_a_zone_is_refused_at_every_way_in(at):
    """Naive datetimes are refused at the boundary."""
    for way_in in told(at):
        with pytest.raises(NaiveMomentError, match="names no time zone"):
            way_in()


@pytest.mark.law("D5")
@pytest.mark.parametrize(
    "at", ["2026-06-01T12:00:00Z", 1_780_315_200, 1.5, date(2026, 6, 1), time(12), True, Money(1)]
)
def test_what_is_no_time_is_refused_at_every_way_in(at):
    """Only a datetime that names its zone becomes a moment."""
    for way_in in told(at)[:1] + told(at)[2:]:
        with pytest.raises(InvalidValueError, match="a moment is a datetime with a time zone; got"):
            way_in()


@pytest.mark.law("D5")
@pytest.mark.parametrize(
    "text",
    [
        *("now", "today", "10:00", "P1Y", "", " ", "2026-13-01T00:00Z", "2026-06-01T12:00+25:00"),
        *(
            "2026-02-29T00:00Z",
            "2026-06-01T24:01Z",
            "0000-01-01T00:00Z",
            pytest.param("9" * 10_000_000, id="10 MB"),
        ),
        *(" 2026-06-01T12:00Z", "2026-06-01T12:00Z\n", "２０２６-06-01T12:00Z", None, 5, b"now"),
    ],
)
def test_a_text_that_is_no_time_is_refused(text):
    """What pendulum would have read as today, as midnight or as a duration is refused."""
    with pytest.raises(InvalidValueError, match="is not an ISO 8601 time") as refusal:
        parse_moment(text)
    assert len(str(refusal.value)) < 100


@pytest.mark.law("D5")
@pytest.mark.parametrize("text", ["2026-06-01", "2026-06-01T12:00", "2026-06-01 12:00:00.5"])
def test_a_text_that_names_no_zone_is_refused(text):
    """Naive datetimes are refused at the boundary, also as text, and so are dates."""
    with pytest.raises(NaiveMomentError, match="names no time zone"):
        parse_moment(text)


@pytest.mark.law("D5")
@given(
    st.datetimes(
        min_value=datetime.fromisoformat("0001-01-03"),
        max_value=datetime.fromisoformat("9999-12-29"),
        timezones=st.sampled_from(ZONES).map(ZoneInfo)
        | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_a_stored_instant_is_in_utc_and_the_same_instant(at):
    """Stored instants are UTC."""
    order = Order(id="A-1", customer="wei", paid=yuan(1), paid_at=at)
    refund = Refund(id="R-1", order="A-1", customer="wei", refunded_at=at)
    member = MemberImport(customer="wei", joined_at=at, spent=yuan(1))
    friend = NewFriend(customer="wei", employee="mei", carrier="wecom", added_at=at)
    plain = (at.replace(tzinfo=None) - at.utcoffset()).isoformat()
    for stored in (
        *(moment(at), parse_moment(at.isoformat()), order.paid_at, refund.refunded_at),
        *(member.joined_at, friend.added_at, Period(at).start),
    ):
        assert type(stored) is pendulum.DateTime
        assert stored.tzinfo is pendulum.UTC
        assert stored.isoformat() == f"{plain}+00:00"


@pytest.mark.law("D5")
def test_both_comings_of_an_hour_that_comes_twice_can_be_told():
    """A time that names its zone and its coming is that instant; pendulum takes the second."""
    zone = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    assert moment(first) == pendulum.datetime(2026, 11, 1, 5, 30)
    assert moment(first.replace(fold=1)) == pendulum.datetime(2026, 11, 1, 6, 30)
    second = pendulum.datetime(2026, 11, 1, 1, 30, tz="America/New_York")
    assert moment(second) == pendulum.datetime(2026, 11, 1, 6, 30)


@pytest.mark.law("D5")
def test_a_moment_told_in_another_zone_falls_on_the_same_day():
    """Which day it is depends on the moment, not on the zone in which it was told."""
    late = pendulum.datetime(2026, 6, 1, 20, tz="Asia/Shanghai")
    assert local_date(late, "Asia/Shanghai") == date(2026, 6, 1)
    assert local_date(late, "America/New_York") == date(2026, 6, 1)
    assert local_date(late.in_timezone("America/New_York"), "Asia/Shanghai") == date(2026, 6, 1)
