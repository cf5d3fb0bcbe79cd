"""Strategies for moments: instants in UTC, to the microsecond."""

from __future__ import annotations

from typing import Final

import pendulum
from hypothesis import strategies as st

from privlib.errors import InvalidValueError
from privlib.values.moment import Micros, from_micros, moment, to_micros

__all__ = ["micros", "moments"]

_FIRST: Final = moment(pendulum.datetime(2000, 1, 1))
_LAST: Final = moment(pendulum.datetime(2100, 1, 1))


def moments(
    *, min_value: pendulum.DateTime | None = None, max_value: pendulum.DateTime | None = None
) -> st.SearchStrategy[pendulum.DateTime]:
    """Instants in UTC, to the microsecond, of this century where no bound is given.

    Raises InvalidValueError where the bounds leave nothing between.
    """
    if min_value is None and max_value is None:
        return _THIS_CENTURY
    low = _FIRST if min_value is None else moment(min_value)
    high = max(low, _LAST) if max_value is None else moment(max_value)
    if min_value is None:
        low = min(low, high)
    if low > high:
        raise InvalidValueError(f"no moment lies between {low.isoformat()} and {high.isoformat()}")
    return st.integers(to_micros(low), to_micros(high)).map(from_micros)


_MICROS: Final = st.integers(to_micros(_FIRST), to_micros(_LAST)).map(Micros)
_THIS_CENTURY: Final = _MICROS.map(from_micros)


def micros() -> st.SearchStrategy[Micros]:
    """Instants of this century as microseconds since 1970."""
    return _MICROS
