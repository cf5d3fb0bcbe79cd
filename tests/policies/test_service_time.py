"""Service time: boundaries spelled out, and the whole against a walk over every minute."""

import pickle
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import example, given, strategies as st

from privlib.errors import InvalidValueError, NaiveMomentError
from privlib.policies.service_time import (
    Openings,
    after_service_minutes,
    is_service_time,
    next_service,
    next_service_day,
    openings_of,
    service_minutes_between,
)
from privlib.program import Holiday, Service, ServiceHours
from privlib.testing.strategies import services
from privlib.values.moment import from_micros, moment, to_micros
from privlib.values.time_of_day import WEEKDAYS

SHANGHAI, NEW_YORK, BERLIN = "Asia/Shanghai", "America/New_York", "Europe/Berlin"
WORKDAYS = WEEKDAYS[:5]
OFFICE = Service(hours=[ServiceHours(days=WORKDAYS, opens="09:00", closes="18:00")])
NIGHT = Service(hours=[ServiceHours(opens="22:00", closes="06:00")])
FRIDAY_NIGHT = Service(hours=[ServiceHours(days=["fri"], opens="22:00", closes="06:00")])
NEVER = Service(
    holidays=[
        Holiday(name=f"{year}", first=date(year, 1, 1), last=date(year, 12, 31))
        for year in (2026, 2027, 2028)
    ]
)
# The State Council's notice of 4 November 2025 on the public holidays of 2026.
SPRING = Holiday(name="春节", first=date(2026, 2, 15), last=date(2026, 2, 23))
CHINA = Service(
    hours=OFFICE.hours, holidays=[SPRING], working_days=[date(2026, 2, 14), date(2026, 2, 28)]
)


def at(text, zone=SHANGHAI):
    """What the clock on the wall shows, its first time where it comes twice."""
    return pendulum.instance(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def on_the_wall(found, zone=SHANGHAI):
    return None if found is None else found.in_tz(zone).format("YYYY-MM-DD HH:mm:ss")


# Open or closed


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-06-01 08:59:59.999999", False),
        ("2026-06-01 09:00", True),
        ("2026-06-01 17:59:59.999999", True),
        ("2026-06-01 18:00", False),
        ("2026-06-01 18:00:30", False),
        ("2026-06-06 12:00", False),  # Saturday
    ],
)
def test_it_opens_at_its_first_minute_and_is_closed_at_its_last(when, is_open):
    assert is_service_time(at(when), OFFICE, zone=SHANGHAI) is is_open


@pytest.mark.parametrize(
    ("closes", "when", "is_open"),
    [
        ("18:01", "2026-06-01 18:00:30", True),
        ("24:00", "2026-06-01 23:59:59", True),
        ("24:00", "2026-06-02 00:00", False),
        ("00:00", "2026-06-01 23:59:59", True),
        ("00:00", "2026-06-02 00:00", False),
        ("00:01", "2026-06-02 00:00:59", True),
        ("00:01", "2026-06-02 00:01", False),
    ],
)
def test_the_seconds_of_a_minute_are_within_it(closes, when, is_open):
    service = Service(hours=[ServiceHours(opens="09:00", closes=closes)])
    assert is_service_time(at(when), service, zone=SHANGHAI) is is_open


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-06-05 21:59", False),
        ("2026-06-05 22:00", True),  # Friday
        ("2026-06-06 00:00", True),  # Saturday, and still the night of Friday
        ("2026-06-06 05:59:59", True),
        ("2026-06-06 06:00", False),
        ("2026-06-05 05:00", False),  # Friday, and the night of Thursday
        ("2026-06-06 22:00", False),
    ],
)
def test_a_night_is_that_of_the_day_on_which_it_began(when, is_open):
    assert is_service_time(at(when), FRIDAY_NIGHT, zone=SHANGHAI) is is_open


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-02-15 05:59", True),  # the night of the 14th runs into the holiday, to its end
        ("2026-02-15 06:00", False),
        ("2026-02-15 22:00", False),
        ("2026-02-23 23:00", False),
        ("2026-02-24 03:00", False),  # the night of the 23rd would have run out of it
        ("2026-02-24 22:00", True),
    ],
)
def test_a_holiday_takes_the_nights_that_begin_in_it_and_no_others(when, is_open):
    service = Service(hours=NIGHT.hours, holidays=[SPRING])
    assert is_service_time(at(when), service, zone=SHANGHAI) is is_open


# Later


@pytest.mark.parametrize(
    ("when", "minutes", "due"),
    [
        ("2026-06-01 10:00", 30, "2026-06-01 10:30:00"),
        ("2026-06-01 10:00:45", 1, "2026-06-01 10:01:45"),
        ("2026-06-01 17:30", 30, "2026-06-01 18:00:00"),  # at the closing, not at the opening after
        ("2026-06-01 17:30", 31, "2026-06-02 09:01:00"),
        ("2026-06-01 17:59:30", 1, "2026-06-02 09:00:30"),
        ("2026-06-01 18:00", 30, "2026-06-02 09:30:00"),
        ("2026-06-01 07:00", 30, "2026-06-01 09:30:00"),
        ("2026-06-05 17:50", 30, "2026-06-08 09:20:00"),  # over a weekend
        ("2026-06-01 09:00", 9 * 60 * 5, "2026-06-05 18:00:00"),
        ("2026-02-13 17:50", 30, "2026-02-14 09:20:00"),  # a Saturday that is worked on
        ("2026-02-14 17:50", 30, "2026-02-24 09:20:00"),  # over the holiday
        ("2026-02-27 17:50", 30, "2026-02-28 09:20:00"),
        ("2026-02-28 17:50", 30, "2026-03-02 09:20:00"),
    ],
)
def test_minutes_of_service_time_pass_while_it_is_open(when, minutes, due):
    found = after_service_minutes(at(when), minutes, CHINA, zone=SHANGHAI)
    assert on_the_wall(found) == due


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-06-01 10:00:00.5", "2026-06-01 10:00:00"),
        ("2026-06-01 09:00", "2026-06-01 09:00:00"),
        ("2026-06-01 08:00", "2026-06-01 09:00:00"),
        ("2026-06-01 18:00", "2026-06-02 09:00:00"),
        ("2026-02-14 18:00", "2026-02-24 09:00:00"),
        ("2026-02-21 12:00", "2026-02-24 09:00:00"),
    ],
)
def test_next_is_now_where_it_is_open_or_else_the_next_opening(when, expected):
    assert on_the_wall(next_service(at(when), CHINA, zone=SHANGHAI)) == expected


def test_an_open_moment_is_its_own_next_to_the_microsecond():
    now = at("2026-06-01 10:00:00.123456")
    assert next_service(now, CHINA, zone=SHANGHAI) == now


@pytest.mark.parametrize(
    ("when", "clock", "expected"),
    [
        ("2026-06-01 00:00", "08:00", "2026-06-02 08:00:00"),  # not the same day, however early
        ("2026-06-01 23:59:59", "08:00", "2026-06-02 08:00:00"),
        ("2026-06-05 12:00", "08:00", "2026-06-08 08:00:00"),
        ("2026-02-13 12:00", "08:00", "2026-02-14 08:00:00"),
        ("2026-02-14 12:00", "08:00", "2026-02-24 08:00:00"),
        ("2026-06-01 12:00", "23:59", "2026-06-02 23:59:00"),
        ("2026-06-01 12:00", "00:00", "2026-06-02 00:00:00"),
    ],
)
def test_the_next_service_day_comes_after_the_local_day(when, clock, expected):
    assert on_the_wall(next_service_day(at(when), clock, CHINA, zone=SHANGHAI)) == expected


def test_the_morning_after_a_night_is_a_service_day_only_if_hours_begin_on_it():
    friday, saturday = at("2026-06-05 12:00"), at("2026-06-06 03:00")
    for now in (friday, saturday):
        found = next_service_day(now, "08:00", FRIDAY_NIGHT, zone=SHANGHAI)
        assert on_the_wall(found) == "2026-06-12 08:00:00"


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-06-01 10:00", "2026-06-01 10:30", 30),
        ("2026-06-01 10:00", "2026-06-01 10:00:59", 0),
        ("2026-06-01 17:50", "2026-06-02 09:20", 30),
        ("2026-06-01 18:00", "2026-06-02 09:00", 0),
        ("2026-06-01 00:00", "2026-06-08 00:00", 5 * 9 * 60),
        ("2026-02-14 00:00", "2026-02-24 00:00", 9 * 60),
        ("2026-06-01 10:30", "2026-06-01 10:00", -30),
        ("2026-06-01 10:00:59", "2026-06-01 10:00", 0),
    ],
)
def test_minutes_between_are_those_in_which_it_was_open(start, end, minutes):
    assert service_minutes_between(at(start), at(end), CHINA, zone=SHANGHAI) == minutes


# Where there is none


def test_a_shop_that_never_opens_is_given_up_after_400_days():
    now = at("2026-06-01 12:00")
    assert not is_service_time(now, NEVER, zone=SHANGHAI)
    assert next_service(now, NEVER, zone=SHANGHAI) is None
    assert after_service_minutes(now, 1, NEVER, zone=SHANGHAI) is None
    assert next_service_day(now, "08:00", NEVER, zone=SHANGHAI) is None
    assert service_minutes_between(now, at("2028-06-01 12:00"), NEVER, zone=SHANGHAI) == 0


def test_an_opening_is_found_up_to_400_days_ahead():
    opens = at("2029-01-01 09:00")
    for days, found in ((399, opens), (400, None)):
        now = opens.subtract(days=days, microseconds=0 if days == 400 else 1)
        assert next_service(now, NEVER, zone=SHANGHAI) == found


def test_more_minutes_than_400_days_have_are_not_looked_for():
    now = at("2030-01-01 00:00")
    assert after_service_minutes(now, 400 * 720, Service(), zone=SHANGHAI) == at("2031-02-04 21:00")
    assert after_service_minutes(now, 400 * 720 + 1, Service(), zone=SHANGHAI) is None


def test_at_the_ends_of_the_calendar_it_is_closed():
    first, last = moment(datetime.min.replace(tzinfo=UTC)), moment(datetime.max.replace(tzinfo=UTC))
    always = Service(hours=[ServiceHours(opens="00:00", closes="24:00")])
    for zone in (SHANGHAI, NEW_YORK, "Pacific/Kiritimati"):
        assert not is_service_time(first, always, zone=zone)
        assert not is_service_time(last, always, zone=zone)
        assert next_service(last, always, zone=zone) is None


@pytest.mark.parametrize("minutes", [0, -1, 1.5, True, "30"])
def test_service_time_is_counted_in_whole_minutes_from_one(minutes):
    with pytest.raises(InvalidValueError, match="in minutes, from 1; got"):
        after_service_minutes(at("2026-06-01 12:00"), minutes, OFFICE, zone=SHANGHAI)


def test_what_is_no_time_of_a_day_no_zone_or_no_moment_is_refused():
    noon = at("2026-06-01 12:00")
    with pytest.raises(InvalidValueError, match=r'such as "22:00" is expected; got .8:00.'):
        next_service_day(noon, "8:00", OFFICE, zone=SHANGHAI)
    with pytest.raises(InvalidValueError, match="24:00 is no time of a day"):
        next_service_day(noon, "24:00", OFFICE, zone=SHANGHAI)
    with pytest.raises(InvalidValueError, match="is not a time zone"):
        is_service_time(noon, OFFICE, zone="Asia/Shangai")
    with pytest.raises(NaiveMomentError):
        is_service_time(datetime(2026, 6, 1), OFFICE, zone=SHANGHAI)  # noqa: DTZ001


# Summer time


@pytest.mark.parametrize(
    ("zone", "evening", "minutes", "due"),
    [
        # Clocks jump from 02:00 to 03:00: the night has seven hours.
        (NEW_YORK, "2026-03-07 22:00", 420, "2026-03-08 06:00:00"),
        (NEW_YORK, "2026-03-07 22:00", 240, "2026-03-08 03:00:00"),
        (NEW_YORK, "2026-03-07 22:00", 421, "2026-03-08 22:01:00"),
        (BERLIN, "2026-03-28 22:00", 420, "2026-03-29 06:00:00"),
        # Clocks go back from 02:00, in Berlin from 03:00, by an hour: it has nine.
        (NEW_YORK, "2026-10-31 22:00", 540, "2026-11-01 06:00:00"),
        (NEW_YORK, "2026-10-31 22:00", 541, "2026-11-01 22:01:00"),
        (BERLIN, "2026-10-24 22:00", 540, "2026-10-25 06:00:00"),
        (SHANGHAI, "2026-03-07 22:00", 480, "2026-03-08 06:00:00"),
    ],
)
def test_minutes_are_those_that_pass_whatever_clocks_are_put_to(zone, evening, minutes, due):
    found = after_service_minutes(at(evening, zone), minutes, NIGHT, zone=zone)
    assert on_the_wall(found, zone) == due
    assert service_minutes_between(at(evening, zone), found, NIGHT, zone=zone) == minutes


@pytest.mark.parametrize(
    ("opens", "closes", "minutes"),
    [
        ("02:00", "03:00", 0),  # the whole of it is skipped
        ("02:15", "02:45", 0),
        ("02:30", "04:00", 60),
        ("01:00", "02:30", 60),
    ],
)
def test_hours_that_are_skipped_are_not_open(opens, closes, minutes):
    service = Service(hours=[ServiceHours(opens=opens, closes=closes)])
    midnight, noon = at("2026-03-08 00:00", NEW_YORK), at("2026-03-08 12:00", NEW_YORK)
    assert service_minutes_between(midnight, noon, service, zone=NEW_YORK) == minutes


@pytest.mark.parametrize(
    ("opens", "closes", "minutes"),
    [
        ("01:00", "02:00", 120),  # from the first 01:00 until the only 02:00
        ("01:30", "03:00", 150),
        ("00:00", "01:30", 90),  # until the first 01:30, and not again
        ("01:00", "01:30", 30),
    ],
)
def test_hours_that_come_twice_run_from_the_first_to_the_first(opens, closes, minutes):
    service = Service(hours=[ServiceHours(opens=opens, closes=closes)])
    midnight, noon = at("2026-11-01 00:00", NEW_YORK), at("2026-11-01 12:00", NEW_YORK)
    assert service_minutes_between(midnight, noon, service, zone=NEW_YORK) == minutes


def test_a_morning_is_at_eight_on_either_side_of_a_change():
    saturday = at("2026-03-07 12:00", NEW_YORK)
    found = next_service_day(saturday, "08:00", NIGHT, zone=NEW_YORK)
    assert on_the_wall(found, NEW_YORK) == "2026-03-08 08:00:00"
    skipped = next_service_day(saturday, "02:30", NIGHT, zone=NEW_YORK)
    assert on_the_wall(skipped, NEW_YORK) == "2026-03-08 03:00:00"


def test_a_day_that_a_zone_skips_is_no_service_day():
    found = next_service_day(
        at("2011-12-29 12:00", "Pacific/Apia"), "08:00", NIGHT, zone="Pacific/Apia"
    )
    assert on_the_wall(found, "Pacific/Apia") == "2011-12-31 08:00:00"


def test_where_clocks_go_back_over_midnight_the_new_day_goes_on():
    """At 00:01 they were put back to 23:01: hours of the day before are over, the others began."""
    zone, always = "America/St_Johns", ServiceHours(opens="00:00", closes="24:00")
    again = at("2010-11-07 00:00", zone).add(minutes=30)  # a Saturday's 23:30 for the second time
    assert on_the_wall(again, zone) == "2010-11-06 23:30:00"
    for day, is_open in (("sat", False), ("sun", True)):
        service = Service(hours=[ServiceHours(days=[day], opens="00:00", closes="24:00")])
        assert is_service_time(again, service, zone=zone) is is_open
    found = next_service_day(again, "00:00", Service(hours=[always]), zone=zone)
    assert found > again


# The whole against a walk


MINUTE = 60_000_000
STARTS = [
    (SHANGHAI, "2026-02-12 00:00"),
    (NEW_YORK, "2026-03-06 00:00"),
    (NEW_YORK, "2026-10-30 00:00"),
    (BERLIN, "2026-03-27 00:00"),
    (BERLIN, "2026-10-23 00:00"),
    ("Australia/Lord_Howe", "2026-04-03 00:00"),  # by half an hour
    ("America/Havana", "2026-10-30 00:00"),  # from 01:00 to midnight
    ("America/Santiago", "2026-09-04 00:00"),  # from midnight to 01:00
]
BEFORE, WALKED = 3 * 1_440, 4 * 1_440


def first_shown(shown, wanted):
    """The first minute at which the clock shows a time, or is past it."""
    return next((at for at, wall in enumerate(shown) if wall >= wanted), len(shown))


@cache
def walls(zone, start):
    """What the clock on the wall shows at every minute, from three days before on."""
    begins = datetime.fromtimestamp(start // 1_000_000, UTC)
    minutes = [begins + timedelta(minutes=each) for each in range(-BEFORE, WALKED + 3 * 1_440)]
    return [each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in minutes]


class Walk:
    """Every minute of four days, and whether it is open, by what the clock on the wall shows."""

    def __init__(self, service, zone, start):
        self.start = to_micros(moment(start))
        shown = walls(zone, self.start)
        opened = set()
        for day in sorted({wall.date() for wall in shown[: BEFORE + WALKED + 1_440]}):
            for opens, closes in self._hours(service, day):
                first, last = first_shown(shown, opens), first_shown(shown, closes)
                opened.update(range(first - BEFORE, last - BEFORE))
        self.is_open = [each in opened for each in range(WALKED)]

    @staticmethod
    def _hours(service, day):
        """From which wall time until which, of the hours that begin on a day."""
        weekday = WEEKDAYS[day.weekday()]
        if day in service.working_days:
            weekday = service.working_days_as
        elif any(each.first <= day <= each.last for each in service.holidays):
            return
        for hours in service.hours:
            if weekday in hours.days:
                midnight = datetime.combine(day, datetime.min.time())
                opens, closes = (
                    midnight + timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))
                    for clock in (hours.opens, hours.closes)
                )
                yield opens, closes + timedelta(days=hours.closes <= hours.opens)

    def moment(self, minute):
        return from_micros(self.start + minute * MINUTE)


@pytest.mark.parametrize(("zone", "begins"), STARTS)
@given(service=services(), minutes=st.lists(st.integers(0, WALKED - 1), min_size=2, max_size=4))
@example(service=NIGHT, minutes=[1_560, 3_000])
@example(service=Service(), minutes=[1_560, 3_000])
def test_a_walk_over_every_minute_finds_the_same(zone, begins, service, minutes):
    walk = Walk(service, zone, at(begins, zone))
    openings = openings_of(service, zone)
    found = [openings.is_open(walk.start + each * MINUTE) for each in range(WALKED)]
    assert found == walk.is_open
    for first, last in pairwise(sorted(minutes)):
        told = walk.is_open[first:last]
        start, end = walk.moment(first), walk.moment(last)
        assert service_minutes_between(start, end, service, zone=zone) == sum(told)
        if any(told):
            opening = walk.moment(first + told.index(True))
            assert next_service(start, service, zone=zone) == opening
            after = walk.moment(last - told[::-1].index(True))
            assert after_service_minutes(start, sum(told), service, zone=zone) == after


@given(
    service=services(),
    zone=st.sampled_from([SHANGHAI, NEW_YORK, BERLIN]),
    now=st.datetimes(datetime(2025, 12, 1), datetime(2026, 12, 31)),  # noqa: DTZ001
    minutes=st.integers(1, 5_000),
)
def test_so_many_minutes_later_so_many_have_passed(service, zone, now, minutes):
    now = moment(now.replace(tzinfo=UTC))
    later = after_service_minutes(now, minutes, service, zone=zone)
    if later is not None:
        assert service_minutes_between(now, later, service, zone=zone) == minutes
        before = from_micros(to_micros(later) - 1)
        assert service_minutes_between(now, before, service, zone=zone) == minutes - 1
        assert is_service_time(before, service, zone=zone)


# How it is kept


def test_openings_are_worked_out_once_for_each_zone_and_never_go_with_the_program():
    service = Service()
    there = openings_of(service, SHANGHAI)
    assert openings_of(service, SHANGHAI) is there
    assert openings_of(service, BERLIN) is not there
    again = pickle.loads(pickle.dumps(service))
    assert again == service
    assert openings_of(again, SHANGHAI) is not there


def test_what_is_kept_does_not_grow_without_end():
    openings = Openings(Service(), SHANGHAI)
    for day in range(10_000):
        openings.on_day(day)
    assert len(openings._on_days) <= 4_096
    assert len(openings._begun_on) <= 4_096 + 5
