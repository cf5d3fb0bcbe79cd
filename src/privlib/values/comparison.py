"""Comparisons: how what is so is held against what is asked for, and what can be asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeAlias

import pendulum

from privlib.errors import InvalidValueError
from privlib.values.ids import checked_text
from privlib.values.moment import moment
from privlib.values.money import LARGEST_MINOR, Money

__all__ = [
    "BETWEEN_TWO",
    "OF_NOTHING",
    "OF_SEVERAL",
    "Comparison",
    "Operand",
    "Scalar",
    "check_operand",
    "operand",
    "opposite",
    "typed",
    "values_in",
]

Scalar: TypeAlias = str | int | Money | date | pendulum.DateTime
Operand: TypeAlias = Scalar | tuple[Scalar, ...]


class Comparison(StrEnum):
    """How a field is compared; what stands second in `between` is no longer in it."""

    EQUAL = "equal"
    NOT_EQUAL = "not_equal"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    BETWEEN = "between"
    OUTSIDE = "outside"
    CONTAINS_ANY = "contains_any"
    CONTAINS_NONE = "contains_none"
    CONTAINS_ALL = "contains_all"
    LACKS_ANY = "lacks_any"
    KNOWN = "known"
    UNKNOWN = "unknown"


OF_NOTHING: Final = frozenset({Comparison.KNOWN, Comparison.UNKNOWN})
BETWEEN_TWO: Final = frozenset({Comparison.BETWEEN, Comparison.OUTSIDE})
OF_SEVERAL: Final = frozenset(
    {
        Comparison.ONE_OF,
        Comparison.NONE_OF,
        Comparison.CONTAINS_ANY,
        Comparison.CONTAINS_NONE,
        Comparison.CONTAINS_ALL,
        Comparison.LACKS_ANY,
    }
)
_PAIRS: Final = tuple(zip(list(Comparison)[::2], list(Comparison)[1::2], strict=True))
_OPPOSITES: Final = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


def opposite(comparison: Comparison) -> Comparison:
    """What has to be so where a comparison must not hold of something that is known.

    >>> opposite(Comparison.AT_LEAST).value, opposite(Comparison.CONTAINS_ALL).value
    ('less_than', 'lacks_any')
    """
    return _OPPOSITES[comparison]


def operand(value: object) -> Operand:
    """What can be asked for: text, a whole number, yes or no, money, a day, a moment, or several.

    A time of day is text, to the minute.

    >>> operand(["gold", "platinum"]), operand(time(22))
    (('gold', 'platinum'), '22:00')
    >>> operand(1.5)
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: nothing is compared with a float
    """
    if isinstance(value, list | tuple):
        return tuple(_scalar(each) for each in value)
    return _scalar(value)


def _scalar(value: object) -> Scalar:
    match value:
        case str():
            return checked_text(value, "text to compare with")
        case int():
            if abs(value) > LARGEST_MINOR:
                raise InvalidValueError(f"a number of {value.bit_length()} bits is beyond 64")
            return value
        case time(second=0, microsecond=0, tzinfo=None):
            return f"{value:%H:%M}"
        case datetime():
            return moment(value)
        case Money() | date():
            return value
    raise InvalidValueError(f"nothing is compared with a {type(value).__name__}")


def check_operand(value: Operand, *, comparison: Comparison) -> None:
    """Make sure that a comparison has what it needs: nothing, one value, two or several.

    >>> check_operand(("gold",), comparison=Comparison.BETWEEN)
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: between: two values, from and until, are expected
    """
    many = value if isinstance(value, tuple) else None
    if comparison in OF_NOTHING:
        fits, wanted = many == (), "nothing to compare with is"
    elif comparison in BETWEEN_TWO:
        fits, wanted = many is not None and len(many) == 2, "two values, from and until, are"
    elif comparison in OF_SEVERAL:
        fits, wanted = bool(many), "one or more values are"
    else:
        fits, wanted = many is None, "one value is"
    if not fits:
        raise InvalidValueError(f"{comparison}: {wanted} expected")


def typed(value: Operand) -> tuple[object, ...]:
    """What tells apart 1 and true, which are equal to Python.

    >>> typed(1) == typed(1), typed(1) == typed(value=True)
    (True, False)
    """
    return type(value), *((type(each), each) for each in values_in(value))


def values_in(value: Operand) -> tuple[Scalar, ...]:
    """One value or several, as several.

    >>> values_in(1), values_in((1, 2))
    ((1,), (1, 2))
    """
    return value if isinstance(value, tuple) else (value,)
