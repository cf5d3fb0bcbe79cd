"""Offers that take something off every piece they touch."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.program.offers.checks import (
    as_percent,
    check_optional_count,
    check_part,
    check_price,
)
from privlib.values.amount import check_amount
from privlib.values.choice import choice_field
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["AmountOff", "FixedPrice", "PercentOff", "Spread", "UnitAmounts"]


class Spread(StrEnum):
    """What an amount is reckoned for, and rounded for, at once.

    `unit`: each piece by itself. `line`: each line. `once`: all that is touched together, shared
    over it to the last minor unit.
    """

    UNIT = "unit"
    LINE = "line"
    ONCE = "once"


@frozen(kw_only=True)
class PercentOff:
    """So many percent off: 10 percent off is 九折. A ceiling bounds what it takes in all (封顶)."""

    tag: ClassVar[str] = "percent_off"

    percent: Rate = field(converter=as_percent, validator=check_part)
    ceiling: Money | None = field(default=None, validator=check_price)
    rounded: Spread = choice_field(Spread, Spread.LINE)


@frozen(kw_only=True)
class AmountOff:
    """So much off each piece, each line, or (without `spread`) all that is touched together."""

    tag: ClassVar[str] = "amount_off"

    amount: Money = field(validator=check_price)
    spread: Spread = choice_field(Spread, Spread.ONCE)


@frozen(kw_only=True)
class FixedPrice:
    """Each piece at this price, where that is lower."""

    tag: ClassVar[str] = "fixed_price"

    price: Money = field(validator=check_amount)


@frozen(kw_only=True)
class UnitAmounts:
    """So much off the first piece, so much off each further one, for at most so many pieces.

    The pieces of each line are counted by themselves, or with `spread = "once"` all together, the
    dearest first.
    """

    tag: ClassVar[str] = "unit_amounts"

    first: Money = field(validator=check_amount)
    next: Money = field(validator=check_amount)
    most: int | None = field(default=None, validator=check_optional_count)
    spread: Spread = choice_field(Spread, Spread.LINE)

    def __attrs_post_init__(self) -> None:
        if self.first.minor == 0 and self.next.minor == 0:
            raise InvalidValueError("either the first piece or the next must be above 0")
        if self.spread is Spread.UNIT:
            raise InvalidValueError("pieces are counted by line or all together")
