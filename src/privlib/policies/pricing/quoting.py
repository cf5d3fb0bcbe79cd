"""Quoting: what a basket costs a customer, by line, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pendulum

from privlib.commands.baskets import Basket, BasketLine, columns_of
from privlib.entities.customer_state import CustomerState
from privlib.errors import CurrencyMismatchError
from privlib.policies.pricing.applying import Standing
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.assortment import not_sold
from privlib.policies.pricing.cells import cells_of
from privlib.policies.pricing.floors import line_floors
from privlib.policies.pricing.plan import Plan, plan_of
from privlib.policies.pricing.shelf import shelf_prices
from privlib.policies.pricing.straight import straight
from privlib.policies.pricing.working_out import QuoteRecord
from privlib.program.program import Program
from privlib.quotes import LeftOut, Quote, ShelfPrice, part_quote
from privlib.values.choice import as_set, as_tuple, expected
from privlib.values.frozen import made_of
from privlib.values.moment import moment
from privlib.values.money import LARGEST_MINOR, Money

__all__ = ["NOTHING_USED", "plan_for", "quote_basket"]

NOTHING_USED: Final[Mapping[str, int]] = MappingProxyType({})
NOTHING_OUT: Final[frozenset[str]] = frozenset()
_made_money = made_of(Money)


def plan_for(program: Program) -> Plan:
    """The plan of a program's promotions, made once."""
    plan = program.made.get("pricing")
    if not isinstance(plan, Plan):
        plan = plan_of(program.promotions, program.pricing, program.zone)
        program.made["pricing"] = plan
    return plan


def quote_basket(
    basket: Basket,
    customer: CustomerState,
    program: Program,
    *,
    codes: Iterable[str] = (),
    used: Mapping[str, int] = NOTHING_USED,
    out_of_stock: Collection[str] = NOTHING_OUT,
    at: pendulum.DateTime,
) -> Quote:
    """What a basket costs a customer at a moment, with every reason.

    `codes` are those that were typed in, `used` how far the limits of promotions are used up, by
    their keys, `out_of_stock` the skus that cannot be given as gifts. Nothing is changed or kept,
    and the same question has the same answer, in whatever order its parts are given.

    >>> import pendulum
    >>> from attrs import evolve
    >>> from privlib import default_program, yuan
    >>> from privlib.program.offers import PercentOff
    >>> from privlib.program.promotion import Promotion
    >>> spring = Promotion(name="spring", offer=PercentOff(percent=10))
    >>> program = evolve(default_program(), promotions=[spring])
    >>> basket = Basket(lines=[BasketLine(sku="cup", price=yuan(30), quantity=2)])
    >>> noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    >>> quote = quote_basket(basket, CustomerState(), program, at=noon)
    >>> str(quote.payable), quote.applied[0].source
    ('54.00 CNY', 'spring')

    Raises CurrencyMismatchError for a basket in another currency than the shop's, and
    InvalidValueError for what is no basket, no customer's state or no program.
    """
    expected(Basket, basket)
    expected(CustomerState, customer)
    expected(Program, program)
    if used is not NOTHING_USED:
        expected(Mapping, used)  # type: ignore[type-abstract]  # only looked at, never made
    asked = _asked(basket, customer, program, codes=as_tuple(codes), used=used, at=moment(at))
    out = as_set(out_of_stock) if out_of_stock else NOTHING_OUT
    record = QuoteRecord(asked, program, out, straight(asked))
    left = record.left
    goods = len(left) - len(basket.shipping)
    lists, currency = asked.standing.cells.lists, asked.currency
    listed = len(asked.lines)
    return part_quote(
        asked.at,
        _money(sum(lists[:listed]), currency),
        _money(sum(left[:goods]), currency),
        _money(sum(lists[listed:]), currency),
        _money(sum(left[goods:]), currency),
        record.is_proven,
        program.version,
        record,
    )


def _money(minor: int, currency: str) -> Money:
    """A sum of amounts, which may be too much."""
    return (_made_money if minor <= LARGEST_MINOR else Money)(minor, currency)


def _asked(
    basket: Basket,
    customer: CustomerState,
    program: Program,
    *,
    codes: tuple[str, ...],
    used: Mapping[str, int],
    at: pendulum.DateTime,
) -> Asked:
    columns, currency = basket.columns, program.currency
    if columns.currency not in (None, currency):
        raise CurrencyMismatchError(
            f"the basket is in {columns.currency}, and the shop prices in {currency}"
        )
    book, where = program.prices, (basket.channel, basket.platform)
    kept_back: Sequence[LeftOut] = ()
    if book.sold_only:
        sold, kept_back = _sold(columns.lines, customer, program, where=where, at=at)
        columns = columns_of(sold, columns.currency)
    lines = columns.lines
    floors = line_floors(lines, book) if book.floors else []
    shelf: Sequence[ShelfPrice] = ()
    if book.rules:
        shelf = shelf_prices(
            lines,
            customer,
            book,
            channel=where[0],
            platform=where[1],
            at=at,
            zone=program.zone,
            service=program.service,
            floors=floors,
        )
    cells = cells_of(
        basket,
        columns,
        shelf=[price.price_minor for price in shelf],
        floors=[floor.minor for floor in floors],
    )
    standing = Standing(cells, cells.members, sum(cells.members))
    return Asked(
        plan_for(program),
        basket,
        columns,
        customer,
        codes,
        used,
        at,
        currency,
        program.zone,
        program.service,
        standing,
        shelf,
        kept_back,
    )


def _sold(
    lines: Sequence[BasketLine],
    customer: CustomerState,
    program: Program,
    *,
    where: tuple[str | None, str | None],
    at: pendulum.DateTime,
) -> tuple[list[BasketLine], list[LeftOut]]:
    """The lines that are sold to this customer here, and why the others are not."""
    found = not_sold(
        lines,
        customer,
        program.prices,
        channel=where[0],
        platform=where[1],
        at=at,
        zone=program.zone,
    )
    sold = [line for line, reasons in zip(lines, found, strict=True) if not reasons]
    others = [
        LeftOut(source=line.id, reasons=reasons)
        for line, reasons in zip(lines, found, strict=True)
        if reasons
    ]
    return sold, others
