"""Strategies for days that come every year, and for the rules by which they are celebrated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hypothesis import strategies as st

from privlib.commands import ImportantDayTold
from privlib.events import DayCelebrated, DayReminderRaised, Event, ImportantDayLearned
from privlib.program.important_days import (
    AroundTheDay,
    DayRule,
    DayWindow,
    NamedCalendar,
    OnTheDay,
    WholeMonth,
)
from privlib.refusals import (
    DayAlreadyKnown,
    DayEditsUsedUp,
    DayToldLater,
    ImportantDayUnknown,
    LunarCalendarMissing,
    Refusal,
)
from privlib.testing.strategies.ids import (
    customer_ids,
    employee_ids,
    plain_ids,
    relation_ids,
)
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.ladder import gifts
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.text import templates, texts
from privlib.values.dates import LeapDay
from privlib.values.ids import CustomerId, join_key
from privlib.values.important_day import DayCalendar, YearlyDay
from privlib.values.personal import PersonalRef

__all__ = [
    "day_events",
    "day_rules",
    "day_windows",
    "days_learned",
    "days_told",
    "named_calendars",
    "of_days",
    "yearly_days",
]

_NAMES: Final = st.sampled_from(["birthday", "wedding", "生日"])
_FEW: Final = st.integers(0, 60)
_YEARS: Final = st.integers(1990, 2100)
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@st.composite
def yearly_days(draw: st.DrawFn, *, with_lunar: bool = True) -> YearlyDay:
    """Birthdays and the like, with and without their year; by the moon too, unless without."""
    month = draw(st.integers(1, 12))
    year = draw(st.none() | st.integers(1900, 2100))
    if with_lunar and draw(st.booleans()):
        day, is_leap = draw(st.integers(1, 30)), draw(st.booleans())
        return YearlyDay(
            month=month, day=day, year=year, calendar=DayCalendar.LUNAR, leap_month=is_leap
        )
    day = draw(st.integers(1, _LONGEST[month - 1]))
    in_no_such_year = (month, day) == (2, 29) and year is not None
    return YearlyDay(month=month, day=day, year=2000 if in_no_such_year else year)


def day_windows(*, kinds: Iterable[type[DayWindow]] | None = None) -> st.SearchStrategy[DayWindow]:
    """When a day may be celebrated: on it, around it, in its month."""
    family: dict[type[DayWindow], st.SearchStrategy[DayWindow]] = {
        OnTheDay: st.builds(OnTheDay),
        AroundTheDay: st.builds(AroundTheDay, days_before=_FEW, days_after=_FEW),
        WholeMonth: st.builds(WholeMonth),
    }
    return of_kinds(family, kinds)


def day_rules(*, currency: str = "CNY") -> st.SearchStrategy[DayRule]:
    """How days of a name are celebrated, with gifts in one currency."""
    return st.builds(
        DayRule,
        name=_NAMES,
        window=day_windows(),
        at=st.sampled_from(["00:00", "02:30", "09:00", "23:59"]),
        leap_day=st.sampled_from(LeapDay),
        min_tenure_days=st.integers(0, 400),
        members_only=st.booleans(),
        edits_per_year=st.none() | st.integers(0, 3),
        text=templates(),
        name_if_unknown=texts(),
        gift=st.none() | gifts(currency=currency),
        remind_days_ahead=st.none() | _FEW,
    )


def named_calendars() -> st.SearchStrategy[NamedCalendar]:
    """Lunar calendars by which a program may reckon."""
    return st.builds(NamedCalendar, name=plain_ids(), version=plain_ids())


def days_told(
    *, customers: st.SearchStrategy[CustomerId] | None = None
) -> st.SearchStrategy[ImportantDayTold]:
    """Days that customers told; their programs need a secret, and for some a lunar calendar."""
    return st.builds(
        ImportantDayTold,
        customer=customer_ids() if customers is None else customers,
        name=_NAMES,
        day=yearly_days(),
        told_at=moments(),
        relation=st.none() | relation_ids(),
    )


def days_learned(
    *, customers: st.SearchStrategy[CustomerId] | None = None
) -> st.SearchStrategy[ImportantDayLearned]:
    """What happens to a daybook when a day is told."""
    return st.builds(
        ImportantDayLearned,
        customer=customer_ids() if customers is None else customers,
        name=_NAMES,
        day=customer_ids().map(_ref),
        mark=plain_ids(),
        edits=st.integers(0, 3),
        edited_in=_YEARS,
        relation=st.none() | relation_ids(),
        at=moments(),
    )


def _ref(customer: CustomerId) -> PersonalRef:
    return PersonalRef(join_key("day", customer, "birthday"))


def day_events() -> dict[type[Event], st.SearchStrategy[Event]]:
    """What draws each kind of them."""
    about = {"customer": customer_ids(), "name": _NAMES, "at": moments(), "year": _YEARS}
    return {
        ImportantDayLearned: days_learned(),
        DayCelebrated: st.builds(DayCelebrated, **about, fell_in=_YEARS),
        DayReminderRaised: st.builds(
            DayReminderRaised, **about, relation=relation_ids(), employee=employee_ids()
        ),
    }


def of_days() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    """What draws each kind of refusal of a day."""
    about = {"customer": customer_ids(), "name": _NAMES}
    return {
        ImportantDayUnknown: st.builds(
            ImportantDayUnknown, name=plain_ids(), known=st.lists(_NAMES, max_size=2)
        ),
        DayAlreadyKnown: st.builds(DayAlreadyKnown, **about, since=moments()),
        DayToldLater: st.builds(DayToldLater, **about, told_at=moments()),
        DayEditsUsedUp: st.integers(0, 3).flatmap(
            lambda limit: st.builds(
                DayEditsUsedUp,
                **about,
                year=_YEARS,
                edits=st.integers(limit, limit + 2),
                limit=st.just(limit),
            )
        ),
        LunarCalendarMissing: st.builds(LunarCalendarMissing, **about),
    }
