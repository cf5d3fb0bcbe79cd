"""The rules by which days are celebrated: what they may be, from Python and from TOML."""

import pytest
from attrs import evolve

from privlib import Gift, ProgramError, default_program, program_from_toml, yuan
from privlib.errors import InvalidValueError, Problem
from privlib.program import AroundTheDay, DayRule, NamedCalendar, OnTheDay, WholeMonth

LEAST = """
[shop]
name = "Tea"
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
[welcome]
text = "Hi"
"""


class Moon:
    """A calendar that knows no month."""

    name = "moon"
    version = "1"

    def month(self, _year, _month, *, leap):
        return None


def test_every_setting_is_read_from_toml():
    program = program_from_toml(
        LEAST
        + """
        [[important_days]]
        name = "birthday"
        window = { kind = "around", days_before = 3, days_after = 1 }
        at = "10:30"
        leap_day = "mar_1"
        min_tenure_days = 30
        members_only = true
        edits_per_year = 2
        text = "Happy birthday, {name}!"
        name_if_unknown = "dear friend"
        gift = { id = "cake", value = 60, items = ["cake"] }
        remind_days_ahead = 2
        [[important_days]]
        name = "wedding"
        window = { kind = "month" }
        text = "Cheers"
        [[important_days]]
        name = "first visit"
        text = "A year!"
        """
    )
    assert program.important_days == (
        DayRule(
            name="birthday",
            window=AroundTheDay(days_before=3, days_after=1),
            at="10:30",
            leap_day="mar_1",
            min_tenure_days=30,
            members_only=True,
            edits_per_year=2,
            text="Happy birthday, {name}!",
            name_if_unknown="dear friend",
            gift=Gift(id="cake", value=yuan(60), items=["cake"]),
            remind_days_ahead=2,
        ),
        DayRule(name="wedding", window=WholeMonth(), text="Cheers"),
        DayRule(name="first visit", window=OnTheDay(), text="A year!"),
    )
    assert program.day_rule("wedding").window == WholeMonth()
    assert program.day_rule("wed") is None


@pytest.mark.parametrize(
    ("wrong", "phrase"),
    [
        ({"at": "9:00"}, "written as 09:00; got '9:00'"),
        ({"at": "24:00"}, "written as 09:00"),
        ({"at": 900}, "written as 09:00"),
        ({"name": "x" * 33}, "has 33 characters; at most 32 fit"),
        ({"window": "month"}, "window must be one of 3 kinds; got str"),
        ({"edits_per_year": -1}, "edits_per_year is 0 to 366; got -1"),
        ({"min_tenure_days": -1}, "min_tenure_days is 0 to 36500; got -1"),
        ({"remind_days_ahead": 61}, "remind_days_ahead is 0 to 60; got 61"),
        ({"leap_day": "mar_2"}, "not one of: feb_28, mar_1"),
        ({"members_only": 1}, "members_only must be bool; got int"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(wrong, phrase):
    with pytest.raises(InvalidValueError, match=phrase):
        DayRule(**{"name": "birthday", "text": "Hi", **wrong})
    with pytest.raises(InvalidValueError, match="days_before is 0 to 60; got 61"):
        AroundTheDay(days_before=61)


def test_every_fault_comes_with_its_path():
    with pytest.raises(ProgramError) as caught:
        program_from_toml(
            LEAST
            + """
            [[important_days]]
            name = "birthday"
            text = "Hi {nam}"
            [[important_days]]
            name = "wedding"
            at = "noon"
            text = "Hi"
            [[important_days]]
            name = "wedding"
            """
        )
    assert set(caught.value.problems) == {
        Problem("important_days[0].text", '{nam} is not a variable; did you mean "name"?'),
        Problem("important_days[1].at", "a time of day is written as 09:00; got 'noon'"),
        Problem(
            "important_days[2]",
            "nothing is done on the day: give a text, a gift or a reminder",
        ),
    }


def test_two_rules_of_one_name_are_refused():
    rule = DayRule(name="birthday", text="Hi")
    with pytest.raises(ProgramError, match=r'important_days\[1\].name: "birthday" stands at'):
        evolve(default_program(), important_days=[rule, rule])


def test_a_gift_is_in_the_currency_of_the_shop():
    rule = DayRule(name="birthday", gift=Gift(id="cake", value=yuan(60)))
    program = default_program()
    with pytest.raises(ProgramError, match=r"important_days\[0\].gift.value"):
        evolve(
            program,
            shop=evolve(program.shop, currency="USD"),
            ladder=evolve(program.ladder, tiers=()),
            campaigns=(),
            important_days=[rule],
        )


def test_a_calendar_enters_the_version_by_its_name_and_its_own_version():
    program = default_program().with_lunar(Moon())
    assert program.lunar == NamedCalendar(name="moon", version="1")
    assert program.version != default_program().version
    assert program.version == default_program().with_lunar(Moon()).version


def test_a_calendar_under_another_s_name_is_refused():
    program = default_program().with_lunar(Moon())
    with pytest.raises(ProgramError, match="lunar: is another calendar than the one given"):
        evolve(program, lunar=NamedCalendar(name="moon", version="2"))
    with pytest.raises(ProgramError, match="lunar: is another calendar than the one given"):
        evolve(program, lunar=None)
