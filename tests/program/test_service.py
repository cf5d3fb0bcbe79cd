"""Service hours, holidays and working days: what can be told, and which hours begin on a day."""

from datetime import date, datetime

import pytest
from attrs import evolve
from hypothesis import given

from privlib.conditions import field
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program import Holiday, Program, Service, ServiceHours
from privlib.program.loading import default_program, program_from_toml
from privlib.program.offers import PercentOff
from privlib.program.price_book import PriceBook
from privlib.program.prices.rule import PriceRule
from privlib.program.promotion import Promotion
from privlib.testing.strategies import services
from privlib.values.time_of_day import DAY_MINUTES

LEAST = """
[shop]
name = "Tea"
[welcome]
text = "Hi"
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
"""
SUNDAY, MONDAY, SATURDAY = date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 6)
SPRING = Holiday(name="春节", first=date(2026, 2, 15), last=date(2026, 2, 23))
OFFICE = ServiceHours(days=["mon", "tue", "wed", "thu", "fri"], opens="09:00", closes="18:00")
# The State Council's notice of 4 November 2025 on the public holidays of 2026.
CHINA = Service(
    hours=[OFFICE], holidays=[SPRING], working_days=[date(2026, 2, 14), date(2026, 2, 28)]
)


def problems_of(text):
    with pytest.raises(ProgramError) as caught:
        program_from_toml(LEAST + text)
    return list(caught.value.problems)


def test_a_whole_service_is_read():
    program = program_from_toml(
        LEAST
        + """
        [service]
        working_days = [2026-02-14, 2026-02-28]
        working_days_as = "fri"
        [[service.hours]]
        days = ["fri", "mon"]
        opens = "22:00"
        closes = "06:00"
        [[service.hours]]
        opens = "12:00"
        closes = "24:00"
        [[service.holidays]]
        name = "春节"
        first = 2026-02-15
        last = 2026-02-23
        """
    )
    assert program.service == Service(
        hours=[
            ServiceHours(days=("mon", "fri"), opens="22:00", closes="06:00"),
            ServiceHours(opens="12:00", closes="24:00"),
        ],
        holidays=[SPRING],
        working_days=[date(2026, 2, 14), date(2026, 2, 28)],
        working_days_as="fri",
    )


def test_who_says_nothing_serves_every_day_from_nine_to_nine():
    service = program_from_toml(LEAST).service
    assert service == Service()
    assert service.stretches_on(SUNDAY) == service.stretches_on(MONDAY) == ((540, 1_260),)


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("[service]\nhours = []", "service.hours", "there must be at least some"),
        (
            '[[service.hours]]\nopens = "9:00"\ncloses = "18:00"',
            "service.hours[0].opens",
            """a time such as "22:00" is expected; got '9:00'""",
        ),
        (
            '[[service.hours]]\nopens = "24:00"\ncloses = "18:00"',
            "service.hours[0].opens",
            '24:00 is the end of a day; the next one opens at "00:00"',
        ),
        (
            '[[service.hours]]\nopens = "09:00"\ncloses = "25:00"',
            "service.hours[0].closes",
            """a time such as "22:00" is expected; got '25:00'""",
        ),
        (
            '[[service.hours]]\nopens = "09:00"\ncloses = "09:00"',
            "service.hours[0].closes",
            'nothing lies from 09:00 to 09:00; a day is "00:00" to "24:00"',
        ),
        (
            '[[service.hours]]\nopens = "09:00"',
            "service.hours[0].closes",
            "is missing",
        ),
        (
            '[[service.hours]]\ndays = ["mon", "monday"]\nopens = "09:00"\ncloses = "18:00"',
            "service.hours[0].days[1]",
            "'monday' is not one of: mon, tue, wed, thu, fri, sat, sun",
        ),
        (
            '[[service.hours]]\ndays = []\nopens = "09:00"\ncloses = "18:00"',
            "service.hours[0].days",
            "there must be at least one day",
        ),
        (
            '[service]\nworking_days_as = "Monday"',
            "service.working_days_as",
            "'Monday' is not one of: mon, tue, wed, thu, fri, sat, sun",
        ),
        (
            "[service]\nworking_days = [2026-02-14T00:00:00Z]",
            "service.working_days[0]",
            "expected a date such as 2026-06-01; got datetime",
        ),
        (
            "[service]\nworking_days = [2026-02-14, 2026-02-28, 2026-02-14]",
            "service.working_days[2]",
            "2026-02-14 stands at [0] already",
        ),
        (
            '[[service.holidays]]\nname = ""\nfirst = 2026-02-15\nlast = 2026-02-23',
            "service.holidays[0].name",
            "the id is empty",
        ),
        (
            '[[service.holidays]]\nname = "春节"\nfirst = 2026-02-15\nlast = 2026-02-14',
            "service.holidays[0].last",
            "2026-02-14 is before 2026-02-15",
        ),
        (
            '[[service.holidays]]\nname = "春节"\nfirst = 2026-02-15\nlast = 2027-02-16',
            "service.holidays[0].last",
            "a holiday is at most 366 days; got 367",
        ),
        ("[service]\nopen = 9", "service.open", "unknown key"),
    ],
)
def test_every_fault_is_told_with_its_path(text, path, message):
    assert problems_of(text) == [Problem(path, message)]


def test_faults_between_holidays_are_told_beside_those_within():
    assert problems_of(
        """
        [service]
        working_days = [2026-02-14, "soon", 2026-02-14]
        [[service.holidays]]
        name = "国庆节"
        first = 2026-10-01
        last = 2026-10-07
        [[service.holidays]]
        name = "春节"
        first = 2026-02-15
        last = 2026-02-14
        [[service.holidays]]
        name = "中秋节"
        first = 2026-10-07
        last = 2026-10-08
        """
    ) == [
        Problem("service.holidays[1].last", "2026-02-14 is before 2026-02-15"),
        Problem("service.working_days[1]", "expected a date such as 2026-06-01; got str"),
        Problem("service.holidays[2]", '2026-10-07 is in "国庆节" at [0] already'),
        Problem("service.working_days[2]", "2026-02-14 stands at [0] already"),
    ]


def test_in_python_a_fault_is_raised_at_once():
    with pytest.raises(ProgramError, match=r"^closes: nothing lies from 09:00 to 09:00"):
        ServiceHours(opens="09:00", closes="09:00")
    with pytest.raises(InvalidValueError, match="expected a date"):
        Holiday(name="new year", first=datetime(2026, 1, 1), last=date(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ProgramError, match=r'^holidays\[1\]: 2026-02-15 is in "春节" at \[0\]'):
        Service(holidays=[SPRING, SPRING])
    with pytest.raises(InvalidValueError, match=r"hours\[0\] must be ServiceHours; got str"):
        Service(hours=["09:00"])


@pytest.mark.parametrize(
    ("hours", "stretches"),
    [
        ([("09:00", "12:00"), ("14:00", "18:00")], ((540, 720), (840, 1_080))),
        ([("14:00", "18:00"), ("09:00", "12:00")], ((540, 720), (840, 1_080))),
        ([("09:00", "14:00"), ("12:00", "18:00")], ((540, 1_080),)),
        ([("09:00", "12:00"), ("12:00", "18:00")], ((540, 1_080),)),
        ([("09:00", "18:00"), ("12:00", "13:00")], ((540, 1_080),)),
        ([("22:00", "06:00")], ((1_320, 1_800),)),
        ([("18:00", "00:00")], ((1_080, 1_440),)),
        ([("18:00", "24:00")], ((1_080, 1_440),)),
        ([("00:00", "24:00")], ((0, 1_440),)),
        ([("00:01", "00:00")], ((1, 1_440),)),
    ],
)
def test_hours_that_meet_or_overlap_are_one_and_a_night_runs_on(hours, stretches):
    told = [ServiceHours(opens=opens, closes=closes) for opens, closes in hours]
    assert Service(hours=told).stretches_on(MONDAY) == stretches


def test_each_day_of_the_week_has_the_hours_that_name_it():
    late = ServiceHours(days=["mon"], opens="20:00", closes="22:00")
    service = Service(hours=[OFFICE, late])
    assert service.stretches_on(SUNDAY) == service.stretches_on(SATURDAY) == ()
    assert service.stretches_on(MONDAY) == ((540, 1_080), (1_200, 1_320))
    assert service.stretches_on(date(2026, 6, 2)) == ((540, 1_080),)


@pytest.mark.parametrize(
    ("day", "holiday", "is_open"),
    [
        (date(2026, 2, 13), None, True),  # Friday
        (date(2026, 2, 14), None, True),  # a Saturday that is worked on
        (date(2026, 2, 15), "春节", False),
        (date(2026, 2, 16), "春节", False),  # Monday
        (date(2026, 2, 23), "春节", False),  # Monday
        (date(2026, 2, 24), None, True),
        (date(2026, 2, 21), "春节", False),
        (date(2026, 2, 28), None, True),  # a Saturday that is worked on
        (date(2026, 3, 7), None, False),  # any other Saturday
    ],
)
def test_chinese_new_year_2026_with_the_saturdays_that_are_worked_for_it(day, holiday, is_open):
    found = CHINA.holiday_on(day)
    assert (found and found.name) == holiday
    assert CHINA.stretches_on(day) == (((540, 1_080),) if is_open else ())


def test_a_working_day_within_a_holiday_is_no_holiday_and_has_the_hours_that_are_named():
    friday = ServiceHours(days=["fri"], opens="10:00", closes="12:00")
    service = evolve(
        CHINA, hours=[OFFICE, friday], working_days=[date(2026, 2, 22)], working_days_as="fri"
    )
    assert service.holiday_on(date(2026, 2, 22)) is None
    assert service.stretches_on(date(2026, 2, 22)) == ((540, 1_080),)
    assert evolve(service, hours=[friday]).stretches_on(date(2026, 2, 22)) == ((600, 720),)


def test_a_holiday_of_one_day_has_one():
    assert Holiday(name="new year", first=MONDAY, last=MONDAY).days == (MONDAY,)


@given(services())
def test_stretches_lie_apart_in_their_order_and_begin_on_their_day(service):
    for day in (SUNDAY, MONDAY, SATURDAY):
        bounds = [bound for stretch in service.stretches_on(day) for bound in stretch]
        assert bounds == sorted(set(bounds))
        assert all(opens < DAY_MINUTES for opens, _ in service.stretches_on(day))


@given(services())
def test_a_day_of_a_holiday_is_closed_unless_it_is_worked_on(service):
    for holiday in service.holidays:
        for day in (holiday.first, holiday.last):
            worked = day in service.working_days
            assert (service.holiday_on(day) == holiday) is not worked
            assert worked or service.stretches_on(day) == ()


def asking(condition, **service):
    promotion = Promotion(name="p", offer=PercentOff(percent=10), when=condition)
    return evolve(default_program(), service=Service(**service), promotions=[promotion])


def test_a_condition_names_a_holiday_that_the_shop_keeps():
    assert asking(field("holiday").equals("春节"), holidays=[SPRING]).service.holidays == (SPRING,)
    assert isinstance(asking(field("holiday").is_known()), Program)
    with pytest.raises(ProgramError) as caught:
        asking(field("holiday").one_of("春节", "春节假"), holidays=[SPRING])
    assert caught.value.problems == (
        Problem("promotions[0].when", 'there is no holiday "春节假"; did you mean "春节"?'),
    )


def test_where_there_are_no_holidays_none_can_be_named():
    rule = PriceRule(name="r", percent=5, when=field("holiday").equals("春节"))
    with pytest.raises(ProgramError) as caught:
        asking(field("holiday").equals("春节"))
    assert caught.value.problems == (Problem("promotions[0].when", 'there is no holiday "春节"'),)
    with pytest.raises(ProgramError) as caught:
        evolve(default_program(), prices=PriceBook(rules=[rule]))
    assert caught.value.problems == (Problem("prices.rules[0].when", 'there is no holiday "春节"'),)
