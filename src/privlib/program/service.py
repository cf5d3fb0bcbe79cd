"""Service: at which hours customers are served, and on which days they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import field, frozen

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.values.choice import as_tuple, each_of
from privlib.values.ids import plain_id
from privlib.values.kept import kept
from privlib.values.period import checked_day
from privlib.values.stretches import Stretch, merged
from privlib.values.time_of_day import DAY_MINUTES, WEEKDAYS, checked_clock, minutes_of

__all__ = ["Holiday", "Service", "ServiceHours", "service_problems"]

_LONGEST_DAYS = 366


def _weekday(value: object) -> str:
    if isinstance(value, str) and value in WEEKDAYS:
        return value
    raise InvalidValueError(f"{value!r:.40} is not one of: {', '.join(WEEKDAYS)}")


def _weekdays(values: Iterable[object]) -> tuple[str, ...]:
    """Days of the week in their order, each once."""
    given = as_tuple(values)
    wrong = [
        Problem(f"[{at}]", f"{value!r:.40} is not one of: {', '.join(WEEKDAYS)}")
        for at, value in enumerate(given)
        if value not in WEEKDAYS
    ]
    if wrong:
        raise ProgramError(wrong)
    return tuple(day for day in WEEKDAYS if day in given)


def _days(values: Iterable[object]) -> tuple[date, ...]:
    return tuple(checked_day(value) for value in as_tuple(values))


@frozen(kw_only=True)
class ServiceHours:
    """From when until when customers are served, on some days of the week or on all.

    They have the minute at which they open and not the one at which they close, which may be
    24:00. Hours that close before they open run over midnight, and are as a whole those of the day
    on which they began.

    >>> ServiceHours(days=["fri", "sat"], opens="22:00", closes="02:00").minutes
    (1320, 1560)

    Raises ProgramError where they close when they open.
    """

    days: tuple[str, ...] = field(default=WEEKDAYS, converter=_weekdays)
    opens: str = field(converter=checked_clock)
    closes: str = field(converter=checked_clock)

    @days.validator
    def _some_day(self, _attribute: object, days: tuple[str, ...]) -> None:
        if not days:
            raise InvalidValueError("there must be at least one day")

    @opens.validator
    def _within_a_day(self, _attribute: object, opens: str) -> None:
        if minutes_of(opens) == DAY_MINUTES:
            raise InvalidValueError('24:00 is the end of a day; the next one opens at "00:00"')

    def __attrs_post_init__(self) -> None:
        if self.opens == self.closes:
            said = f'nothing lies from {self.opens} to {self.closes}; a day is "00:00" to "24:00"'
            raise ProgramError([Problem("closes", said)])

    @property
    def minutes(self) -> Stretch:
        """From which minute of the day on which they begin until which, at the most 48 hours."""
        opens, closes = minutes_of(self.opens) or 0, minutes_of(self.closes) or 0
        return opens, closes if opens < closes else closes + DAY_MINUTES


@frozen(kw_only=True)
class Holiday:
    """Days on which nobody is served, from the first to the last, both included.

    >>> spring = Holiday(name="春节", first=date(2026, 2, 15), last=date(2026, 2, 23))
    >>> len(spring.days)
    9

    Raises ProgramError where it ends before it begins, or lasts more than 366 days.
    """

    name: str = field(converter=plain_id)
    first: date = field(converter=checked_day)
    last: date = field(converter=checked_day)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            said = f"{self.last.isoformat()} is before {self.first.isoformat()}"
            raise ProgramError([Problem("last", said)])
        if len(self._numbers) > _LONGEST_DAYS:
            said = f"a holiday is at most {_LONGEST_DAYS} days; got {len(self._numbers)}"
            raise ProgramError([Problem("last", said)])

    @property
    def _numbers(self) -> range:
        return range(self.first.toordinal(), self.last.toordinal() + 1)

    @property
    def days(self) -> tuple[date, ...]:
        """All its days."""
        return tuple(map(date.fromordinal, self._numbers))


@frozen(kw_only=True, slots=False)
class Service:
    """When customers are served: hours by day of the week, without holidays.

    Hours that meet or overlap are one: whenever any of them is open, the shop is. A day of
    `working_days` (调休) is never a holiday, and has the hours of the day of the week that
    `working_days_as` names, whichever it is. Hours that began before a holiday run to their end.

    >>> Service().stretches_on(date(2026, 6, 1))
    ((540, 1260),)

    Raises ProgramError where a day lies in two holidays, or is named as a working day twice.
    """

    hours: tuple[ServiceHours, ...] = field(
        default=(ServiceHours(opens="09:00", closes="21:00"),),
        converter=as_tuple,
        validator=each_of(ServiceHours),
    )
    holidays: tuple[Holiday, ...] = field(
        default=(), converter=as_tuple, validator=each_of(Holiday)
    )
    working_days: tuple[date, ...] = field(default=(), converter=_days)
    working_days_as: str = field(default="mon", converter=_weekday)

    def __attrs_post_init__(self) -> None:
        problems = list(
            service_problems(dict(enumerate(self.holidays)), dict(enumerate(self.working_days)))
        )
        if not self.hours:
            problems.append(Problem("hours", "there must be at least some"))
        if problems:
            raise ProgramError(problems)

    def holiday_on(self, day: date) -> Holiday | None:
        """The holiday that a day lies in, if it does and is not worked on.

        >>> spring = Holiday(name="春节", first=date(2026, 2, 15), last=date(2026, 2, 23))
        >>> service = Service(holidays=[spring], working_days=[date(2026, 2, 23)])
        >>> service.holiday_on(date(2026, 2, 22)).name, service.holiday_on(date(2026, 2, 23))
        ('春节', None)
        """
        return self._holidays_by_day.get(day)

    def stretches_on(self, day: date) -> tuple[Stretch, ...]:
        """From which minute of a day until which the hours run that begin on it, in their order.

        Minutes above 1,440 are those of the day after.
        """
        if day in self._holidays_by_day:
            return ()
        worked = self.working_days_as if day in self._worked else WEEKDAYS[day.weekday()]
        return self._by_weekday[worked]

    @cached_property
    def _worked(self) -> frozenset[date]:
        return frozenset(self.working_days)

    @cached_property
    def _holidays_by_day(self) -> Mapping[date, Holiday]:
        return {
            day: holiday
            for holiday in self.holidays
            for day in holiday.days
            if day not in self._worked
        }

    @cached_property
    def _by_weekday(self) -> Mapping[str, tuple[Stretch, ...]]:
        return {
            day: merged(hours.minutes for hours in self.hours if day in hours.days)
            for day in WEEKDAYS
        }

    @cached_property
    def made(self) -> dict[str, object]:
        """What policies work out of the hours once and keep, by their names."""
        return kept()


def service_problems(
    holidays: Mapping[int, Holiday], working_days: Mapping[int, date]
) -> Iterator[Problem]:
    """What is wrong between holidays and between working days, each at its position."""
    owners: dict[date, int] = {}
    for at, holiday in holidays.items():
        taken = [day for day in holiday.days if owners.setdefault(day, at) != at]
        if taken:
            owner = owners[taken[0]]
            said = f'{taken[0].isoformat()} is in "{holidays[owner].name}" at [{owner}] already'
            yield Problem(f"holidays[{at}]", said)
    first: dict[date, int] = {}
    for at, day in working_days.items():
        if first.setdefault(day, at) != at:
            said = f"{day.isoformat()} stands at [{first[day]}] already"
            yield Problem(f"working_days[{at}]", said)
