"""Shelf prices: what one piece of each line costs before promotions, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import pendulum

from privlib.commands.baskets import BasketLine
from privlib.conditions import Always, compile_condition
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.floors import Floor, check_currency, line_floors
from privlib.policies.pricing.goods_index import rules_index
from privlib.policies.pricing.shopper_facts import ShopperFacts
from privlib.program.price_book import Arbitration, FloorReach, PriceBook
from privlib.program.prices.rule import SHELF, PriceKind, PriceRule
from privlib.program.service import Service
from privlib.quotes import ShelfPrice
from privlib.values.frozen import made_of
from privlib.values.moment import moment

__all__ = ["shelf_prices"]

_shelf_price = made_of(ShelfPrice)
_ALWAYS: Final = Always()


def shelf_prices(
    lines: Sequence[BasketLine],
    customer: CustomerState,
    book: PriceBook,
    *,
    channel: str | None,
    platform: str | None,
    at: pendulum.DateTime,
    zone: str,
    service: Service,
    floors: Sequence[Floor] | None = None,
) -> tuple[ShelfPrice, ...]:
    """What one piece of each line costs a customer at a moment, and whose price that is.

    A rule of the kind "list" puts another price in place of the list price; the others are
    reckoned on that, and the book's arbitration says which of them counts. A floor that lifts a
    price is what has set it then; `floors` are those of the lines, where they are known already.

    Raises CurrencyMismatchError where a line is in another currency than the book.
    """
    if not book.rules:
        return tuple([_shelf_price(None, line.price.minor, ()) for line in lines])
    check_currency(lines, book)
    index = rules_index(book)
    facts = ShopperFacts(
        customer, where=(channel, platform), at=moment(at), zone=zone, service=service
    )
    asking = _Asking(customer, facts)
    prices = [_settled(line, index.found(line), book, asking) for line in lines]
    if not book.floors or book.floors_bind is FloorReach.PROMOTIONS:
        return tuple(prices)
    return tuple(map(_lifted, prices, line_floors(lines, book) if floors is None else floors))


class _Asking:
    """Who asks for prices, where and when, and which rules he was found to meet or not."""

    def __init__(self, customer: CustomerState, facts: ShopperFacts) -> None:
        self._customer, self._facts = customer, facts
        self._known: dict[int, bool] = {}

    def meets(self, position: int, rule: PriceRule) -> bool:
        """Whether a rule is for him, here and now."""
        known = self._known.get(position)
        if known is None:
            facts = self._facts
            known = self._known[position] = (
                rule.places.include(facts.channel, facts.platform)
                and rule.buyers.include(self._customer)
                and (rule.is_lasting or rule.runs_on(facts.date))
                and (rule.when == _ALWAYS or compile_condition(rule.when, SHELF)(facts))
            )
        return known


class _Price(NamedTuple):
    """A price of one piece, and whose it is; of equal ones that for everybody comes first."""

    price: int
    is_of_some: bool = False
    name: str | None = None


def _settled(
    line: BasketLine, positions: Iterable[int], book: PriceBook, asking: _Asking
) -> ShelfPrice:
    """The price of a line, of the rules at some positions of the book."""
    listed = line.price.minor
    found = [rule for position in positions if asking.meets(position, rule := book.rules[position])]
    if not found:
        return _shelf_price(None, listed, ())
    lists = [_price(rule, listed, book) for rule in found if rule.kind is PriceKind.LIST]
    everybody = _for_everybody(lists, _Price(listed), book)
    some = [rule for rule in found if rule.kind is not PriceKind.LIST]
    others = [_price(rule, everybody.price, book) for rule in some]
    counts = _counting(some, others, everybody, book)
    passed = sorted(
        [(price.price, price.name) for price in (*lists, *others) if price.name != counts.name]
    )
    return _shelf_price(counts.name, counts.price, tuple([(name, price) for price, name in passed]))


def _price(rule: PriceRule, base: int, book: PriceBook) -> _Price:
    """What a rule makes of a price."""
    is_of_some = rule.kind is not PriceKind.LIST
    if rule.price is not None:
        return _Price(rule.price.minor, is_of_some, rule.name)
    if rule.off is not None:
        return _Price(max(base - rule.off.minor, 0), is_of_some, rule.name)
    off = rule.percent.of(base, rounding=book.rounding) if rule.percent is not None else 0
    return _Price(base - off, is_of_some, rule.name)


def _for_everybody(lists: Sequence[_Price], listed: _Price, book: PriceBook) -> _Price:
    """What stands in place of the list price, or the list price."""
    fitting = [price for price in lists if book.above_list or price.price <= listed.price]
    if not fitting:
        return listed
    return fitting[0] if book.arbitration is Arbitration.DECLARED else min(fitting)


def _counting(
    rules: Sequence[PriceRule], prices: Sequence[_Price], everybody: _Price, book: PriceBook
) -> _Price:
    """Which price counts, by the policy of the book."""
    fitting = [
        (rule, price)
        for rule, price in zip(rules, prices, strict=True)
        if book.above_list or price.price <= everybody.price
    ]
    if book.arbitration is Arbitration.DECLARED:
        return fitting[0][1] if fitting else everybody
    if book.arbitration is Arbitration.PLAN:
        paid = [price for rule, price in fitting if rule.kind is PriceKind.PLAN]
        if paid:
            return min(paid)
    return min([everybody, *(price for _, price in fitting)])


def _lifted(price: ShelfPrice, floor: Floor) -> ShelfPrice:
    """The price, or the floor that it is below."""
    if price.rule is None or floor.minor <= price.price_minor:
        return price
    replaced = sorted([*price.replaced, (price.rule, price.price_minor)], key=_by_price)
    return _shelf_price(floor.name, floor.minor, tuple(replaced))


def _by_price(replaced: tuple[str, int]) -> tuple[int, str]:
    name, price = replaced
    return price, name
