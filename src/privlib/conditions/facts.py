"""Facts: what conditions of a shop ask for, and the words in which they ask."""

from __future__ import annotations

from datetime import date
from typing import Final, Protocol

from privlib.conditions.kinds import Kind
from privlib.conditions.tree import Measure
from privlib.conditions.vocabulary import Field, Vocabulary
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["CUSTOMER", "RELATION", "SHOPPING", "CustomerFacts", "RelationFacts", "ShoppingFacts"]


class CustomerFacts(Protocol):
    """What is so of a customer at a moment, as the clock and the calendar of the shop show it.

    `time_of_day` is minutes since midnight, `weekday` 0 for Monday, `holiday` the name of the one
    that the shop keeps. `orders` counts those before this moment; `days_since_last_order` is None
    where there was none.
    """

    @property
    def is_member(self) -> bool: ...

    @property
    def tier(self) -> str | None: ...

    @property
    def plans(self) -> frozenset[str]: ...

    @property
    def segments(self) -> frozenset[str]: ...

    @property
    def stage(self) -> str | None: ...

    @property
    def tags(self) -> frozenset[str]: ...

    @property
    def points(self) -> int: ...

    @property
    def orders(self) -> int: ...

    @property
    def days_since_last_order(self) -> int | None: ...

    @property
    def date(self) -> date: ...

    @property
    def weekday(self) -> int: ...

    @property
    def holiday(self) -> str | None: ...

    @property
    def time_of_day(self) -> int: ...


class ShoppingFacts(CustomerFacts, Protocol):
    """What is so of a customer with a basket: where he buys, and how much of which goods.

    An amount is in minor units of the shop's currency, on the base that is named: `list`,
    `member`, `remaining`, or after a layer. Pieces are units; distinct are products.
    """

    @property
    def channel(self) -> str | None: ...

    @property
    def platform(self) -> str | None: ...

    def amount(self, goods: Goods, base: str, /) -> int: ...

    def pieces(self, goods: Goods, /) -> int: ...

    def distinct(self, goods: Goods, /) -> int: ...


class RelationFacts(Protocol):
    """What is so of one employee's tie to a customer, and of the customer, on a day of the shop.

    `days_in_stage` counts in the lifecycle whose conditions are asked, local days like all others.
    `days_since_last_order` is None where there was no order.
    """

    @property
    def is_member(self) -> bool: ...

    @property
    def tier(self) -> str | None: ...

    @property
    def orders(self) -> int: ...

    @property
    def spent(self) -> Money: ...

    @property
    def days_since_last_order(self) -> int | None: ...

    @property
    def date(self) -> date: ...

    @property
    def source(self) -> str | None: ...

    @property
    def carrier(self) -> str | None: ...

    @property
    def employee(self) -> str | None: ...

    @property
    def tags(self) -> frozenset[str]: ...

    @property
    def days_in_stage(self) -> int: ...

    @property
    def days_since_added(self) -> int: ...

    @property
    def follow_ups(self) -> int: ...


_OF_CUSTOMERS: Final = (
    Field(name="is_member", kind=Kind.YES_NO, called="membership", always_known=True),
    Field(name="tier", kind=Kind.TEXT),
    Field(name="plans", kind=Kind.TEXTS, always_known=True),
    Field(name="segments", kind=Kind.TEXTS, always_known=True),
    Field(name="stage", kind=Kind.TEXT),
    Field(name="tags", kind=Kind.TEXTS, always_known=True),
    Field(name="points", kind=Kind.NUMBER, called="points", always_known=True),
    Field(name="orders", kind=Kind.NUMBER, called="number of earlier orders", always_known=True),
    Field(
        name="nth_order",
        kind=Kind.NUMBER,
        reads="orders",
        plus=1,
        called="number of this order",
        always_known=True,
    ),
    Field(
        name="days_since_last_order", kind=Kind.NUMBER, called="number of days since the last order"
    ),
    Field(name="date", kind=Kind.DATE, always_known=True),
    Field(name="weekday", kind=Kind.WEEKDAY, always_known=True),
    Field(name="holiday", kind=Kind.TEXT),
    Field(name="time_of_day", kind=Kind.TIME_OF_DAY, always_known=True),
)
_OF_SHOPPING: Final = (
    Field(name="channel", kind=Kind.TEXT),
    Field(name="platform", kind=Kind.TEXT),
)

_OF_RELATIONS: Final = (
    Field(name="is_member", kind=Kind.YES_NO, called="membership", always_known=True),
    Field(name="tier", kind=Kind.TEXT),
    Field(name="orders", kind=Kind.NUMBER, called="number of orders", always_known=True),
    Field(name="spent", kind=Kind.MONEY, called="net spend", always_known=True),
    Field(
        name="days_since_last_order", kind=Kind.NUMBER, called="number of days since the last order"
    ),
    Field(name="date", kind=Kind.DATE, always_known=True),
    Field(name="source", kind=Kind.TEXT),
    Field(name="carrier", kind=Kind.TEXT),
    Field(name="employee", kind=Kind.TEXT),
    Field(name="tags", kind=Kind.TEXTS, always_known=True),
    Field(
        name="days_in_stage",
        kind=Kind.NUMBER,
        called="number of days in the stage",
        always_known=True,
    ),
    Field(
        name="days_since_added",
        kind=Kind.NUMBER,
        called="number of days since they became friends",
        always_known=True,
    ),
    Field(name="follow_ups", kind=Kind.NUMBER, called="number of follow-ups", always_known=True),
)

CUSTOMER: Final = Vocabulary(fields=_OF_CUSTOMERS)
SHOPPING: Final = Vocabulary(fields=(*_OF_CUSTOMERS, *_OF_SHOPPING), measures=tuple(Measure))
RELATION: Final = Vocabulary(fields=_OF_RELATIONS)
