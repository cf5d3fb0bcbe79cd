"""Rates and rounding: exact fractions, and one place where a division is rounded."""

from __future__ import annotations

import re
from enum import StrEnum
from math import gcd

from attrs import frozen

from privlib.errors import InvalidValueError

__all__ = ["Rate", "Rounding", "basis_points", "divide", "percent"]

_PERCENT = re.compile(r"(?P<whole>[0-9]{1,9})(?:\.(?P<part>[0-9]{1,9}))?")


class Rounding(StrEnum):
    """What happens to the fraction of a minor unit that a division leaves.

    `half_up`, `half_down` and `half_even` go to the nearest, and differ at exactly one half: away
    from zero, towards it, or to the even neighbour. `down` goes towards zero, `up` away from it,
    `floor` and `ceiling` towards less and more.
    """

    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"
    FLOOR = "floor"
    CEILING = "ceiling"


def divide(numerator: int, denominator: int, *, rounding: Rounding) -> int:
    """A whole quotient, rounded by name.

    >>> divide(5, 2, rounding=Rounding.HALF_UP), divide(5, 2, rounding=Rounding.HALF_EVEN)
    (3, 2)
    """
    if denominator == 0:
        raise InvalidValueError("cannot divide by zero")
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    low, rest = divmod(numerator, denominator)
    if not rest:
        return low
    return low + _goes_up(low, 2 * rest - denominator, rounding)


def _goes_up(low: int, beyond_half: int, rounding: Rounding) -> bool:
    """Whether a quotient between `low` and `low + 1` rounds to the latter."""
    match rounding:
        case Rounding.FLOOR:
            goes_up = False
        case Rounding.CEILING:
            goes_up = True
        case Rounding.DOWN:
            goes_up = low < 0
        case Rounding.UP:
            goes_up = low >= 0
        case Rounding.HALF_UP:
            goes_up = beyond_half > 0 or (beyond_half == 0 and low >= 0)
        case Rounding.HALF_DOWN:
            goes_up = beyond_half > 0 or (beyond_half == 0 and low < 0)
        case Rounding.HALF_EVEN:
            goes_up = beyond_half > 0 or (beyond_half == 0 and low % 2 == 1)
    return goes_up


@frozen
class Rate:
    """An exact share, kept as a fraction in lowest terms, never as a float.

    >>> Rate(1250, 10_000)
    Rate(numerator=1, denominator=8)
    >>> percent(15).of(999, rounding=Rounding.DOWN)
    149
    """

    numerator: int
    denominator: int = 1

    def __attrs_post_init__(self) -> None:
        if type(self.numerator) is not int or type(self.denominator) is not int:
            raise InvalidValueError("a rate is a fraction of two whole numbers")
        if self.numerator < 0 or self.denominator <= 0:
            raise InvalidValueError(
                f"{self.numerator}/{self.denominator} is not a rate of 0 or more"
            )
        common = gcd(self.numerator, self.denominator)
        object.__setattr__(self, "numerator", self.numerator // common)
        object.__setattr__(self, "denominator", self.denominator // common)

    def of(self, amount: int, *, rounding: Rounding) -> int:
        """This share of a whole amount, rounded by name."""
        return divide(amount * self.numerator, self.denominator, rounding=rounding)


def percent(value: str | int) -> Rate:
    """So many percent: `percent(15)`, `percent("12.5")`.

    >>> percent("12.5")
    Rate(numerator=1, denominator=8)
    """
    if type(value) is int:
        return Rate(value, 100)
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise InvalidValueError(f'{value!r:.40} is not a percentage such as 15 or "12.5"')
    part = found["part"] or ""
    return Rate(int(found["whole"] + part), 100 * 10 ** len(part))


def basis_points(value: int) -> Rate:
    """So many hundredths of a percent.

    >>> basis_points(50)
    Rate(numerator=1, denominator=200)
    """
    return Rate(value, 10_000)
