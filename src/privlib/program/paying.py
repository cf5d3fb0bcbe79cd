"""Paying settings: what points are worth as money, and how much of an order they pay for."""

from __future__ import annotations

from attrs import field, frozen
from attrs.converters import optional

from privlib.program.offers.checks import as_percent, check_count, check_part, check_price
from privlib.values.choice import kind_of
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["PointsAsMoney"]


@frozen(kw_only=True)
class PointsAsMoney:
    """So many points pay for so much (积分抵现): 100 points for 1 yuan.

    They are spent in whole multiples of `step`, from an order of `minimum` on, for `ceiling` at
    most and for so many percent of the order at most; for shipping only where that is said.

    >>> from privlib.values.money import yuan
    >>> PointsAsMoney(points=100, worth=yuan(1)).step
    1
    """

    points: int = field(default=1, validator=check_count)
    worth: Money = field(validator=[kind_of(Money), check_price])
    step: int = field(default=1, validator=check_count)
    minimum: Money | None = field(default=None, validator=check_price)
    ceiling: Money | None = field(default=None, validator=check_price)
    at_most: Rate | None = field(default=None, converter=optional(as_percent), validator=check_part)
    pays_shipping: bool = field(default=False, validator=kind_of(bool))
