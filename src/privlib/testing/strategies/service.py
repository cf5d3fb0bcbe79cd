"""Strategies for service time: hours by day and by night, holidays, and days worked instead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from privlib.program.service import Holiday, Service, ServiceHours
from privlib.testing.strategies.period import FEW_DAYS, days
from privlib.values.time_of_day import DAY_MINUTES, WEEKDAYS, clock_of

__all__ = ["holidays", "service_hours", "services"]

_NAMES: Final = st.sampled_from(["春节", "国庆节", "stocktaking"])
_CLOCKS: Final = (
    st.sampled_from([0, 6 * 60, 9 * 60, 18 * 60, 22 * 60])
    | st.sampled_from([60, 90, 119, 120, 150, 180])  # about which clocks are put back or forward
    | st.integers(0, DAY_MINUTES - 1)
)
_DAYS: Final = FEW_DAYS | days(min_value=date(2025, 12, 1), max_value=date(2027, 1, 31))
_LENGTHS: Final = st.integers(0, 8) | st.integers(0, 365)


@st.composite
def service_hours(draw: st.DrawFn) -> ServiceHours:
    """Hours of some days of the week, of which some run over midnight or until it."""
    opens = draw(_CLOCKS)
    closes = draw((_CLOCKS | st.just(DAY_MINUTES)).filter(lambda minutes: minutes != opens))
    named = draw(st.just(WEEKDAYS) | st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4))
    return ServiceHours(days=named, opens=clock_of(opens), closes=clock_of(closes))


@st.composite
def holidays(draw: st.DrawFn) -> Holiday:
    """Holidays of a day to a year, about few days or at any time of two years."""
    first = draw(_DAYS)
    return Holiday(name=draw(_NAMES), first=first, last=first + timedelta(days=draw(_LENGTHS)))


@st.composite
def services(draw: st.DrawFn, *, max_holidays: int = 3) -> Service:
    """Service hours with up to so many holidays, of which some days may be worked on."""
    kept: list[Holiday] = []
    for holiday in draw(st.lists(holidays(), max_size=max_holidays)):
        if all(holiday.last < other.first or other.last < holiday.first for other in kept):
            kept.append(holiday)
    within = [st.sampled_from(holiday.days) for holiday in kept]
    return Service(
        hours=draw(st.lists(service_hours(), min_size=1, max_size=3)),
        holidays=kept,
        working_days=draw(st.lists(st.one_of(_DAYS, *within), max_size=2, unique=True)),
        working_days_as=draw(st.sampled_from(WEEKDAYS)),
    )
