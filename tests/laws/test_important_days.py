"""The law of days that come once a year (B4), whatever edits are made."""

from datetime import UTC, datetime, timedelta

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from tests.laws.plain_days import celebrations
from tests.profiles import CASES

from privlib import (
    DayRule,
    Gift,
    ImportantDayTold,
    InMemory,
    LeapDay,
    NewFriend,
    PrivateDomain,
    YearlyDay,
    default_program,
    moment,
    yuan,
)
from privlib.adapters.lunar import BoraxCalendar
from privlib.events import DayCelebrated, ImportantDayLearned
from privlib.requests import ShipGift
from privlib.testing.strategies import day_windows, yearly_days
from privlib.timers import ImportantDayDue

SINCE = moment(datetime(2027, 1, 1, 3, tzinfo=UTC))
UNTIL = moment(datetime(2031, 3, 1, tzinfo=UTC))
SECRET = b"sixteen bytes or more of our own"
ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Pacific/Apia", "Europe/London"])
MINUTES = int((UNTIL - SINCE).total_seconds()) // 60
TIMES = st.integers(1, MINUTES).map(lambda minutes: SINCE + timedelta(minutes=minutes))
# Days near each other, so that windows overlap and years meet.
NEAR = st.sampled_from([(1, 1), (1, 15), (2, 28), (2, 29), (3, 1), (3, 8), (6, 18), (12, 31)])
SOLAR = NEAR.map(lambda day: YearlyDay(month=day[0], day=day[1]))


@st.composite
def rules(draw):
    return DayRule(
        name="birthday",
        window=draw(day_windows()),
        at=draw(st.sampled_from(["00:00", "02:30", "09:00", "23:59"])),
        leap_day=draw(st.sampled_from(LeapDay)),
        min_tenure_days=draw(st.sampled_from([0, 0, 10, 400])),
        edits_per_year=None,
        gift=Gift(id="cake", value=yuan(60)),
    )


def opened(rule, zone, *, since=SINCE):
    program = default_program()
    program = evolve(program, shop=evolve(program.shop, zone=zone), important_days=[rule])
    domain = PrivateDomain(program.with_lunar(BoraxCalendar()), plugins=[InMemory()], secret=SECRET)
    domain.accept_friend(
        NewFriend(customer="wei", employee="mei", carrier="console", added_at=since)
    )
    return domain


def tell(domain, at, day):
    told = ImportantDayTold(customer="wei", name="birthday", day=day, told_at=at)
    return domain.tell_important_day(told, at=at)


def histories(days):
    """Days that are told, in order of time."""
    told = st.lists(st.tuples(TIMES, days), min_size=1, max_size=6, unique_by=lambda each: each[0])
    return told.map(lambda each: sorted(each, key=lambda one: one[0]))


@pytest.mark.law("B4")
@settings(max_examples=2 * CASES, deadline=None)
@given(told=histories(SOLAR), rule=rules(), zone=ZONES)
def test_days_are_celebrated_as_a_look_at_every_day_would(told, rule, zone):
    domain, done = opened(rule, zone), []
    for at, day in [*told, (UNTIL, None)]:
        done += [
            (event.year, decision.fires[0].due)
            for decision in domain.run_due(at=at)
            for event in decision.events
            if isinstance(event, DayCelebrated)
        ]
        if day is not None:
            tell(domain, at, day)
    assert done == celebrations(told, rule, zone=zone, since=SINCE, until=UNTIL)


@pytest.mark.law("B4")
@settings(max_examples=2 * CASES, deadline=None)
@given(
    told=histories(yearly_days() | SOLAR),
    ticks=st.lists(TIMES, max_size=8),
    rule=rules(),
    zone=ZONES,
)
def test_at_most_once_a_year_whatever_is_told_and_however_late_it_is_looked_at(
    told, ticks, rule, zone
):
    """By the sun and by the moon; and after an edit not in the same calendar year again."""
    domain, happened, gifts = opened(rule, zone), [], 0
    steps = [*told, *((at, None) for at in ticks), (UNTIL, None)]
    for at, day in sorted(steps, key=lambda step: step[0]):
        decisions = [tell(domain, at, day)] if day is not None else domain.run_due(at=at)
        for decision in decisions:
            happened += decision.events
            gifts += sum(isinstance(each, ShipGift) for each in decision.requests)
    celebrated = [event for event in happened if isinstance(event, DayCelebrated)]
    assert gifts == len(celebrated)
    years = [event.year for event in celebrated]
    assert years == sorted(set(years))
    last, is_edited = None, False
    for event in happened:
        match event:
            case ImportantDayLearned():
                is_edited = True
            case DayCelebrated():
                assert last is None or event.fell_in > last or not is_edited
                last, is_edited = event.fell_in, False


@pytest.mark.law("B4")
@settings(max_examples=CASES, deadline=None)
@given(
    day=yearly_days(),
    year=st.sampled_from([1, 2, 9997, 9998, 9999]),
    month=st.integers(1, 12),
    rule=rules(),
    zone=ZONES,
)
def test_at_the_ends_of_the_calendar_nothing_is_raised(day, year, month, rule, zone):
    """What would begin before the year 1 or end after 9999 is not celebrated."""
    domain = opened(evolve(rule, min_tenure_days=0), zone)
    at = moment(datetime(year, month, 28, 12, tzinfo=UTC))
    decision = tell(domain, at, evolve(day, year=None))
    waits = [timer for timer in decision.timers if isinstance(timer, ImportantDayDue)]
    assert all(1 <= timer.year <= 9999 and timer.due >= at for timer in waits)
    last = moment(datetime(9999, 12, 30, tzinfo=UTC))
    if year > 9000:
        years = [
            event.year
            for each in domain.run_due(at=last)
            for event in each.events
            if isinstance(event, DayCelebrated)
        ]
        assert years == sorted(set(years))


@pytest.mark.law("B4")
def test_a_lunar_day_comes_in_each_lunar_year_also_where_a_calendar_year_has_none():
    """The first day of the twelfth month fell twice in 2024, and in 2025 not at all."""
    rule = DayRule(name="birthday", text="Hi")
    at = pendulum.datetime(2023, 6, 1, tz="Asia/Shanghai")
    domain = opened(rule, "Asia/Shanghai", since=at)
    tell(domain, at, YearlyDay(month=12, day=1, calendar="lunar"))
    done = [
        (event.year, event.fell_in)
        for decision in domain.run_due(at=at.add(years=4))
        for event in decision.events
        if isinstance(event, DayCelebrated)
    ]
    assert done == [(2023, 2024), (2024, 2024), (2025, 2026), (2026, 2027)]
