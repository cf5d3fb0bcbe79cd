"""Floors: the lowest price of one piece of each line, by the price book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from privlib.commands.baskets import BasketLine
from privlib.errors import CurrencyMismatchError
from privlib.policies.pricing.goods_index import floors_index
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.values.rate import Rounding, divide

__all__ = ["Floor", "check_currency", "floors", "line_floors"]


class Floor(NamedTuple):
    """The lowest price of one piece in minor units, and the name of what says so, if anything."""

    minor: int
    name: str | None = None


def floors(lines: Sequence[BasketLine], book: PriceBook) -> tuple[int, ...]:
    """The lowest price of one piece of each line, in minor units; 0 where there is none.

    Of several floors the highest counts. None is above the list price of its line, and a line
    without a cost has none that hangs on it.

    Raises CurrencyMismatchError where a line is in another currency than the book.
    """
    if not book.floors:
        return (0,) * len(lines)
    check_currency(lines, book)
    return tuple([floor.minor for floor in line_floors(lines, book)])


def check_currency(lines: Iterable[BasketLine], book: PriceBook) -> None:
    """Refuse lines in another currency than the amounts of the book."""
    currency = book.currency
    for line in lines:
        if currency is not None and line.price.currency != currency:
            raise CurrencyMismatchError(
                f"line {line.id} is in {line.price.currency}, and the price book in {currency}"
            )


def line_floors(lines: Iterable[BasketLine], book: PriceBook) -> list[Floor]:
    """The floor that counts for each line; of equally high ones that of the earlier name."""
    index = floors_index(book)
    return [_highest(line, [book.floors[at] for at in index.found(line)]) for line in lines]


def _highest(line: BasketLine, about_it: Iterable[PriceFloor]) -> Floor:
    highest = Floor(0)
    for each in about_it:
        minor = min(_lowest(each, line), line.price.minor)
        if minor and (-minor, each.name) < (-highest.minor, highest.name or ""):
            highest = Floor(minor, each.name)
    return highest


def _lowest(floor: PriceFloor, line: BasketLine) -> int:
    """What a floor asks for one piece; 0 where that hangs on a cost which is not known."""
    if floor.price is not None:
        return floor.price.minor
    if floor.over_cost is None or line.cost is None:
        return 0
    rate = floor.over_cost
    over = line.cost.minor * (rate.denominator + rate.numerator)
    return divide(over, rate.denominator, rounding=Rounding.CEILING)
