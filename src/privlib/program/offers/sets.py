"""Offers on sets of pieces: every piece is part of one set at most."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen
from attrs.converters import optional
from attrs.validators import optional as if_given

from privlib.errors import InvalidValueError
from privlib.program.offers.checks import (
    as_percent,
    check_count,
    check_optional_count,
    check_part,
    check_price,
)
from privlib.values.choice import as_tuple, choice_field, each_of, kind_of
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = [
    "Bundle",
    "BundlePart",
    "BuyGet",
    "CheapestFree",
    "Favour",
    "NthItem",
    "Packs",
    "SetsFrom",
]

_ALL = Rate(1)


class Favour(StrEnum):
    """Which pieces make up the sets, where there is a choice.

    `customer`: those that save the most. `shop`: as many sets as can be made, the cheapest pieces
    rewarded and the dearest ones paid for.
    """

    CUSTOMER = "customer"
    SHOP = "shop"


@frozen(kw_only=True)
class NthItem:
    """Of every n pieces, the cheapest at so many percent off: 第二件半价 is n = 2, 50 percent."""

    tag: ClassVar[str] = "nth_item"

    n: int = field(validator=check_count)
    percent: Rate = field(converter=as_percent, validator=check_part)
    at_most: int | None = field(default=None, validator=check_optional_count)
    favour: Favour = choice_field(Favour, Favour.CUSTOMER)


@frozen(kw_only=True)
class BuyGet:
    """Buy so many, get so many free, or at so many percent off.

    The pieces that are got are the cheapest of the set, and of the same goods, unless `get_goods`
    names others. What a promotion `needs` is then counted of the goods that are bought.
    """

    tag: ClassVar[str] = "buy_get"

    buy: int = field(validator=check_count)
    get: int = field(default=1, validator=check_count)
    percent: Rate = field(default=_ALL, converter=as_percent, validator=check_part)
    get_goods: Goods | None = field(default=None, validator=if_given(kind_of(Goods)))
    at_most: int | None = field(default=None, validator=check_optional_count)
    favour: Favour = choice_field(Favour, Favour.CUSTOMER)


@frozen(kw_only=True)
class CheapestFree:
    """Of every so many pieces, the cheapest ones are free."""

    tag: ClassVar[str] = "cheapest_free"

    of: int = field(validator=check_count)
    free: int = field(default=1, validator=check_count)
    at_most: int | None = field(default=None, validator=check_optional_count)
    favour: Favour = choice_field(Favour, Favour.CUSTOMER)

    def __attrs_post_init__(self) -> None:
        if self.free > self.of:
            raise InvalidValueError(f"{self.free} of {self.of} pieces cannot be free")


@frozen(kw_only=True)
class BundlePart:
    """So many pieces of some goods."""

    goods: Goods = field(default=Goods(), validator=kind_of(Goods))
    pieces: int = field(default=1, validator=check_count)


@frozen(kw_only=True)
class Bundle:
    """A set of parts at one price, or at so much or so many percent off."""

    tag: ClassVar[str] = "bundle"

    parts: tuple[BundlePart, ...] = field(converter=as_tuple, validator=each_of(BundlePart))
    price: Money | None = field(default=None, validator=check_price)
    off: Money | None = field(default=None, validator=check_price)
    percent: Rate | None = field(default=None, converter=optional(as_percent), validator=check_part)
    at_most: int | None = field(default=None, validator=check_optional_count)
    favour: Favour = choice_field(Favour, Favour.CUSTOMER)

    def __attrs_post_init__(self) -> None:
        if not self.parts:
            raise InvalidValueError("a bundle has at least one part")
        if sum(given is not None for given in (self.price, self.off, self.percent)) != 1:
            raise InvalidValueError("a bundle has a price, an amount off or a percentage: give one")


@frozen(kw_only=True)
class SetsFrom:
    """Every set of pieces that comes to so much money, so many pieces or products: so much off.

    A set holds no more pieces than it needs, but for a percentage, which is taken off further
    pieces too. Its amount is counted on the promotion's base.
    """

    tag: ClassVar[str] = "sets_from"

    amount: Money | None = field(default=None, validator=check_price)
    pieces: int | None = field(default=None, validator=check_optional_count)
    distinct: int | None = field(default=None, validator=check_optional_count)
    off: Money | None = field(default=None, validator=check_price)
    percent: Rate | None = field(default=None, converter=optional(as_percent), validator=check_part)
    at_most: int | None = field(default=None, validator=check_optional_count)

    def __attrs_post_init__(self) -> None:
        if self.amount is None and self.pieces is None and self.distinct is None:
            raise InvalidValueError("a set comes to an amount, to pieces or to products: say which")
        if (self.off is None) == (self.percent is None):
            raise InvalidValueError("a set has an amount off or a percentage: give one")


@frozen(kw_only=True)
class Packs:
    """Every so many pieces for one price: three for 100."""

    tag: ClassVar[str] = "packs"

    pieces: int = field(validator=check_count)
    price: Money = field(validator=check_price)
    at_most: int | None = field(default=None, validator=check_optional_count)
    favour: Favour = choice_field(Favour, Favour.CUSTOMER)
