"""Strategies for what a calendar has: days, zones, periods, terms and windows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from privlib.errors import InvalidValueError
from privlib.testing.strategies.moment import moments
from privlib.values.dates import LeapDay
from privlib.values.moment import from_micros, to_micros
from privlib.values.period import DatePeriod, Period
from privlib.values.term import Term, TermUnit
from privlib.values.window import NaturalUnit, NaturalWindow, RollingWindow

__all__ = [
    "FEW_DAYS",
    "FIRST_DAY",
    "date_periods",
    "days",
    "natural_windows",
    "periods",
    "rolling_windows",
    "terms",
    "zones",
]

FIRST_DAY: Final = date(2026, 5, 30)
FEW_DAYS: Final = st.integers(0, 4).map(lambda days: FIRST_DAY + timedelta(days=days))
"""Few days, so that what runs on some and what is asked on one meet often."""

_FIRST: Final = date(2000, 1, 1)
_LAST: Final = date(2099, 12, 31)
_ZONES: Final = st.sampled_from(
    ["Asia/Shanghai", "UTC", "America/New_York", "Europe/London", "Pacific/Apia"]
)
_LENGTHS: Final = st.integers(1, 40_000_000) | st.integers(1, 400).map(lambda day: day * 86_400)


def zones() -> st.SearchStrategy[str]:
    """Names of time zones, with and without summer time."""
    return _ZONES


def days(*, min_value: date = _FIRST, max_value: date = _LAST) -> st.SearchStrategy[date]:
    """Days from `min_value` to `max_value`, both inclusive, of this century without bounds.

    Raises InvalidValueError where the bounds leave nothing between.
    """
    if min_value > max_value:
        raise InvalidValueError(
            f"no day lies between {min_value.isoformat()} and {max_value.isoformat()}"
        )
    return st.dates(min_value, max_value)


@st.composite
def periods(draw: st.DrawFn, *, with_end: bool | None = None) -> Period:
    """Periods between moments, with and without an end."""
    start = draw(moments())
    ends = draw(st.booleans()) if with_end is None else with_end
    return Period(start, from_micros(to_micros(start) + draw(_LENGTHS)) if ends else None)


@st.composite
def date_periods(draw: st.DrawFn, *, with_end: bool | None = None) -> DatePeriod:
    """Periods of days, with and without an end."""
    starts = draw(days())
    ends = draw(st.booleans()) if with_end is None else with_end
    return DatePeriod(starts, starts + timedelta(days=draw(st.integers(1, 400))) if ends else None)


def terms(*, max_length: int = 120) -> st.SearchStrategy[Term]:
    """Terms of up to so many days, months or years, under either rule for 29 February.

    Raises InvalidValueError for a longest length below 1.
    """
    if max_length < 1:
        raise InvalidValueError(f"a term is at least 1 long; got {max_length}")
    return st.builds(
        Term, st.integers(1, max_length), st.sampled_from(TermUnit), st.sampled_from(LeapDay)
    )


def natural_windows() -> st.SearchStrategy[NaturalWindow]:
    """Natural days, weeks, months and years, in any zone."""
    return st.builds(NaturalWindow, st.sampled_from(NaturalUnit), zone=_ZONES)


def rolling_windows(*, max_days: int = 400) -> st.SearchStrategy[RollingWindow]:
    """The last 1 to `max_days` days.

    Raises InvalidValueError for fewer than one day.
    """
    if max_days < 1:
        raise InvalidValueError(f"a rolling window is at least 1 day; got {max_days}")
    return st.integers(1, max_days).map(lambda days: RollingWindow(days=days))
