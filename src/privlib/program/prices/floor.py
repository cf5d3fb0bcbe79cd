"""Floors: the lowest price of some goods, below which nothing brings them."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen
from attrs.converters import optional

from privlib.errors import InvalidValueError
from privlib.program.offers.checks import as_percent, check_price
from privlib.values.choice import kind_of
from privlib.values.goods import Goods
from privlib.values.ids import plain_id
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["PriceFloor"]

_MOST_TIMES = 10


def _check_over_cost(_floor: object, _attribute: Attribute[Any], rate: Rate | None) -> None:
    if rate is not None and rate.numerator > _MOST_TIMES * rate.denominator:
        raise InvalidValueError(
            f"over_cost is 0 % to {_MOST_TIMES * 100:,} %; got {rate.numerator}/{rate.denominator}"
        )


@frozen(kw_only=True)
class PriceFloor:
    """One piece of these goods costs at least a price, or so many percent more than it cost.

    With `over_cost` at 0 nothing is sold below what the shop paid for it. A line without a cost
    has no floor by `over_cost`. No floor is above the list price of a line: it bounds what is
    taken off, and makes nothing dearer.

    >>> PriceFloor(name="no loss", over_cost=0).over_cost
    Rate(numerator=0, denominator=1)

    Raises InvalidValueError where it gives neither or both.
    """

    name: str = field(converter=plain_id)
    goods: Goods = field(default=Goods(), validator=kind_of(Goods))
    price: Money | None = field(default=None, validator=check_price)
    over_cost: Rate | None = field(
        default=None, converter=optional(as_percent), validator=_check_over_cost
    )

    def __attrs_post_init__(self) -> None:
        if (self.price is None) == (self.over_cost is None):
            raise InvalidValueError("a floor is a price or a percentage over the cost: give one")
