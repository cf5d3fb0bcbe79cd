"""Kinds: what a field can hold, how it may be compared, and with what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

import pendulum

from privlib.errors import InvalidValueError
from privlib.values.comparison import (
    BETWEEN_TWO,
    OF_NOTHING,
    OF_SEVERAL,
    Comparison,
    Operand,
    Scalar,
    values_in,
)
from privlib.values.money import Money
from privlib.values.time_of_day import WEEKDAYS, clock_of, minutes_of

__all__ = [
    "ALLOWED",
    "OF_SETS",
    "Bound",
    "Kind",
    "bound",
    "crosses_midnight",
    "spoken",
]

Bound: TypeAlias = Scalar | frozenset[Scalar] | tuple[Scalar, Scalar] | None
"""What a comparison is with, as it is held against facts."""


class Kind(StrEnum):
    """What a field holds. A time of day is minutes since midnight, a weekday 0 for Monday."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    TEXTS = "texts"
    YES_NO = "yes_no"
    DATE = "date"
    TIME_OF_DAY = "time_of_day"
    WEEKDAY = "weekday"
    MOMENT = "moment"


_EQUALITY: Final = frozenset({Comparison.EQUAL, Comparison.NOT_EQUAL})
_CHOICE: Final = frozenset({Comparison.ONE_OF, Comparison.NONE_OF})
OF_SETS: Final = OF_SEVERAL - _CHOICE
"""What can be asked of a field that holds several."""
_ORDER: Final = BETWEEN_TWO | {
    Comparison.AT_LEAST,
    Comparison.LESS_THAN,
    Comparison.MORE_THAN,
    Comparison.AT_MOST,
}
ALLOWED: Final[Mapping[Kind, frozenset[Comparison]]] = {
    Kind.TEXT: _EQUALITY | _CHOICE | OF_NOTHING,
    Kind.NUMBER: _EQUALITY | _CHOICE | _ORDER | OF_NOTHING,
    Kind.MONEY: _EQUALITY | _CHOICE | _ORDER | OF_NOTHING,
    Kind.TEXTS: OF_SETS | OF_NOTHING,
    Kind.YES_NO: _EQUALITY | OF_NOTHING,
    Kind.DATE: _EQUALITY | _CHOICE | _ORDER | OF_NOTHING,
    Kind.TIME_OF_DAY: _EQUALITY | _ORDER | OF_NOTHING,
    Kind.WEEKDAY: _EQUALITY | _CHOICE | OF_NOTHING,
    Kind.MOMENT: _EQUALITY | _ORDER | OF_NOTHING,
}
"""How a field of each kind may be compared."""
_WANTED: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "text",
    Kind.NUMBER: "a whole number",
    Kind.MONEY: "an amount of money",
    Kind.TEXTS: "text",
    Kind.YES_NO: "true or false",
    Kind.DATE: "a date such as 2026-06-01",
    Kind.TIME_OF_DAY: 'a time such as "22:00"',
    Kind.WEEKDAY: f"one of {', '.join(WEEKDAYS)}",
    Kind.MOMENT: "a moment with its zone",
}


def bound(kind: Kind, comparison: Comparison, value: Operand) -> Bound:
    """What facts are held against, where a field of this kind is compared so.

    >>> bound(Kind.TIME_OF_DAY, Comparison.BETWEEN, ("22:00", "06:00"))
    (1320, 360)
    >>> bound(Kind.TEXT, Comparison.AT_LEAST, "gold")
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: text is not compared by at_least

    Raises InvalidValueError for what the kind does not allow.
    """
    if comparison not in ALLOWED[kind]:
        raise InvalidValueError(f"{kind.replace('_', ' ')} is not compared by {comparison}")
    if comparison in OF_NOTHING:
        return None
    values = values_in(value)
    read = [_read(kind, each) for each in values]
    if comparison in OF_SEVERAL:
        return frozenset(read)
    if comparison not in BETWEEN_TWO:
        return read[0]
    low, high = read
    if low == high or (crosses_midnight(low, high) and kind is not Kind.TIME_OF_DAY):
        raise InvalidValueError(f"nothing lies from {values[0]} and before {values[1]}")
    return low, high


def crosses_midnight(low: Scalar, high: Scalar) -> bool:
    """Whether a stretch ends before it begins, as only one of the day's time can."""
    return high < low  # type: ignore[operator]  # both are of one kind


def _read(kind: Kind, value: Scalar) -> Scalar:
    """A value as facts hold it, if it is one of this kind."""
    read = _READ[kind](value)
    if read is None:
        raise InvalidValueError(f"{_WANTED[kind]} is expected; got {_shown(value)}")
    return read


def _shown(value: Scalar) -> str:
    return f"{value!r:.40}" if isinstance(value, str | int) else str(value)


def _text(value: Scalar) -> Scalar | None:
    return value if isinstance(value, str) else None


def _number(value: Scalar) -> Scalar | None:
    return value if type(value) is int else None


def _money(value: Scalar) -> Scalar | None:
    return value if isinstance(value, Money) else None


def _yes_no(value: Scalar) -> Scalar | None:
    return value if isinstance(value, bool) else None


def _day(value: Scalar) -> Scalar | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _moment(value: Scalar) -> Scalar | None:
    return value if isinstance(value, pendulum.DateTime) else None


def _weekday(value: Scalar) -> Scalar | None:
    return WEEKDAYS.index(value) if value in WEEKDAYS else None


_READ: Final[Mapping[Kind, Callable[[Scalar], Scalar | None]]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.TEXTS: _text,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _day,
    Kind.TIME_OF_DAY: minutes_of,
    Kind.WEEKDAY: _weekday,
    Kind.MOMENT: _moment,
}


def spoken(kind: Kind, has: object) -> object:
    """What a field holds, as people say it.

    >>> spoken(Kind.TIME_OF_DAY, 1_350), spoken(Kind.WEEKDAY, 0)
    ('22:30', 'mon')
    """
    if isinstance(has, int) and kind is Kind.TIME_OF_DAY:
        return clock_of(has)
    if isinstance(has, int) and kind is Kind.WEEKDAY:
        return WEEKDAYS[has]
    if isinstance(has, frozenset):
        return tuple(sorted(has))
    return has
