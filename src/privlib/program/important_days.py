"""Important days: when a birthday or another yearly day is celebrated, and with what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, ClassVar, Final, TypeAlias

from attrs import field, frozen
from attrs.converters import optional as if_given
from attrs.validators import optional

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.ladder import Gift
from privlib.program.naming import duplicate_names
from privlib.values.choice import choice_field, kind_of
from privlib.values.dates import LeapDay, add_days
from privlib.values.ids import checked_id, plain_id, plain_text
from privlib.values.important_day import LunarCalendar, YearlyDay
from privlib.values.naming import did_you_mean
from privlib.values.template import variables_of

__all__ = [
    "AroundTheDay",
    "DayRule",
    "DayWindow",
    "NamedCalendar",
    "OnTheDay",
    "WholeMonth",
    "day_name",
    "day_problems",
]

_KNOWN: Final = ("name", "shop")
_MOST_DAYS: Final = 60
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def day_name(value: str) -> str:
    """The name of a kind of day, such as `birthday`: at most 32 characters."""
    return checked_id(value, "name of a day", longest=32)


def _clock(value: object) -> str:
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise InvalidValueError(f"a time of day is written as 09:00; got {value!r:.20}")
    return value


def _days(least: int, most: int) -> Any:  # noqa: ANN401 - attrs' own field() is typed so
    """An attrs field of a number of days."""

    def check(_owner: object, attribute: Any, days: object) -> None:  # noqa: ANN401 - as attrs has it
        if type(days) is not int or not least <= days <= most:
            raise InvalidValueError(f"{attribute.name} is {least} to {most}; got {days!r:.40}")

    return field(default=0, validator=check)


@frozen(kw_only=True)
class OnTheDay:
    """The day itself."""

    tag: ClassVar[str] = "on_the_day"


@frozen(kw_only=True)
class AroundTheDay:
    """So many days before the day until so many days after it; up to 60."""

    tag: ClassVar[str] = "around"

    days_before: int = _days(0, _MOST_DAYS)
    days_after: int = _days(0, _MOST_DAYS)


@frozen(kw_only=True)
class WholeMonth:
    """The month in which the day falls: for a lunar day the lunar one."""

    tag: ClassVar[str] = "month"


DayWindow: TypeAlias = OnTheDay | AroundTheDay | WholeMonth


@frozen(kw_only=True)
class NamedCalendar:
    """Which lunar calendar a program reckons by."""

    name: str = field(converter=plain_id)
    version: str = field(converter=plain_id)

    @classmethod
    def of(cls, calendar: LunarCalendar) -> NamedCalendar:
        """The name and the version of a calendar."""
        return cls(name=calendar.name, version=calendar.version)


@frozen(kw_only=True)
class DayRule:
    """How days of one name are celebrated: once a year, as soon as their window opens.

    `at` is the time of day in the zone of the shop. Who is not known, or with `members_only` not a
    member, since `min_tenure_days` gets nothing that year. `edits_per_year` says how often a
    customer may change the day in a calendar year; without it, as often as he likes.
    `remind_days_ahead` reminds his employee so many days before; without it, nobody is reminded.

    The text may use `{name}` and `{shop}`; somebody whose name is unknown is called
    `name_if_unknown`.

    >>> from privlib.values.ids import GiftId
    >>> from privlib.values.money import yuan
    >>> cake = Gift(id=GiftId("cake"), value=yuan(60))
    >>> DayRule(name="birthday", window=AroundTheDay(days_before=3), gift=cake).at
    '09:00'

    Raises InvalidValueError or ProgramError with every fault.
    """

    name: str = field(converter=day_name)
    window: DayWindow = field(default=OnTheDay(), validator=kind_of(DayWindow))
    at: str = field(default="09:00", converter=_clock)
    leap_day: LeapDay = choice_field(LeapDay, LeapDay.FEB_28)
    min_tenure_days: int = _days(0, 36_500)
    members_only: bool = field(default=False, validator=kind_of(bool))
    edits_per_year: int | None = field(default=1)
    text: str | None = field(default=None, converter=if_given(plain_text))
    name_if_unknown: str = field(default="friend", converter=plain_text)
    gift: Gift | None = field(default=None, validator=optional(kind_of(Gift)))
    remind_days_ahead: int | None = field(default=None)

    @edits_per_year.validator
    def _some_edits(self, _attribute: object, edits: int | None) -> None:
        if edits is not None and (type(edits) is not int or not 0 <= edits <= 366):
            raise InvalidValueError(f"edits_per_year is 0 to 366; got {edits!r:.40}")

    @remind_days_ahead.validator
    def _some_days(self, _attribute: object, days: int | None) -> None:
        if days is not None and (type(days) is not int or not 0 <= days <= _MOST_DAYS):
            raise InvalidValueError(f"remind_days_ahead is 0 to {_MOST_DAYS}; got {days!r:.40}")

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        for name in variables_of(self.text or ""):
            if name not in _KNOWN:
                near = did_you_mean(name, _KNOWN)
                yield Problem("text", f"{{{name}}} is not a variable{near}")
        if self.text is None and self.gift is None and self.remind_days_ahead is None:
            yield Problem("", "nothing is done on the day: give a text, a gift or a reminder")

    @property
    def clock(self) -> time:
        """The time of day at which it is celebrated."""
        return time.fromisoformat(self.at)

    def days_in(
        self, year: int, day: YearlyDay, lunar: LunarCalendar | None
    ) -> tuple[date, date, date] | None:
        """The first day of the window in a year, the day itself, and the last day.

        None where the calendars do not reach that far.
        """
        on = day.in_year(year, leap_day=self.leap_day, lunar=lunar)
        if on is None:
            return None
        match self.window:
            case OnTheDay():
                return on, on, on
            case WholeMonth():
                month = day.month_in_year(year, leap_day=self.leap_day, lunar=lunar)
                return month and (month[0], on, month[1])
            case AroundTheDay():
                try:
                    first = add_days(on, -self.window.days_before)
                    return first, on, add_days(on, self.window.days_after)
                except InvalidValueError:
                    return None


def day_problems(rules: Mapping[int, DayRule]) -> Iterator[Problem]:
    """What is wrong between rules, each at its position."""
    yield from duplicate_names({at: rule.name for at, rule in rules.items()}, "[{}].name")
