"""Quoting: what a basket costs a customer, by line, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pendulum

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.errors import CurrencyMismatchError
from privlib.policies.pricing.applying import Standing
from privlib.policies.pricing.assortment import not_sold
from privlib.policies.pricing.candidates import Asked, candidates_of
from privlib.policies.pricing.cells import cells_of
from privlib.policies.pricing.choosing import choose
from privlib.policies.pricing.facts import BasketFacts
from privlib.policies.pricing.floors import floors
from privlib.policies.pricing.plan import Plan, plan_of
from privlib.policies.pricing.shelf import shelf_prices
from privlib.policies.pricing.stacking import bind
from privlib.policies.pricing.working_out import QuoteRecord
from privlib.program.program import Program
from privlib.quotes import LeftOut, Quote, part_quote
from privlib.values.choice import as_tuple
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = ["NOTHING_USED", "plan_for", "quote_basket"]

NOTHING_USED: Final[Mapping[str, int]] = MappingProxyType({})
_NOBODY: Final = CustomerState()


def plan_for(program: Program) -> Plan:
    """The plan of a program's promotions, made once."""
    plan = program.made.get("pricing")
    if not isinstance(plan, Plan):
        plan = plan_of(program.promotions, program.pricing, program.zone)
        program.made["pricing"] = plan
    return plan


def quote_basket(
    basket: Basket,
    customer: CustomerState = _NOBODY,
    program: Program | None = None,
    *,
    codes: Iterable[str] = (),
    used: Mapping[str, int] = NOTHING_USED,
    out_of_stock: Collection[str] = frozenset(),
    at: pendulum.DateTime,
) -> Quote:
    """What a basket costs a customer at a moment, with every reason.

    `codes` are those that were typed in, `used` how far the limits of promotions are used up, by
    their keys, `out_of_stock` the skus that cannot be given as gifts.
    """
    if program is None:
        raise TypeError("a program is needed")
    asked = _asked(basket, customer, program, codes=as_tuple(codes), used=used, at=moment(at))
    candidates = candidates_of(asked)
    bind(candidates, program.pricing)
    priced = [candidate for candidate in candidates if candidate.rule.has_money]
    chosen = choose(priced, asked.standing, program.pricing, facts=asked.facts)
    if chosen is None:
        raise RuntimeError("nothing at all is always one way to price a basket")
    record = QuoteRecord(asked, program, candidates, chosen, out_of_stock)
    left = chosen.found.standing.left
    lists = asked.standing.cells.lists
    goods = len(chosen.found.standing.cells.lines) - len(basket.shipping)
    currency = asked.currency
    return part_quote(
        asked.at,
        Money(sum(lists[: len(asked.lines)]), currency),
        Money(sum(left[:goods]), currency),
        Money(sum(lists[len(asked.lines) :]), currency),
        Money(sum(left[goods:]), currency),
        chosen.proven,
        program.version,
        record,
    )


def _asked(
    basket: Basket,
    customer: CustomerState,
    program: Program,
    *,
    codes: tuple[str, ...],
    used: Mapping[str, int],
    at: pendulum.DateTime,
) -> Asked:
    currency = program.currency
    if basket.currency not in (None, currency):
        raise CurrencyMismatchError(
            f"the basket is in {basket.currency}, and the shop prices in {currency}"
        )
    plan = plan_for(program)
    book, where = program.prices, (basket.channel, basket.platform)
    lines = [line for line in basket.lines if line.ticked]
    kept_back: list[LeftOut] = []
    if book.sold_only:
        lines, kept_back = _sold(lines, customer, program, where=where, at=at)
    shelf = shelf_prices(
        lines, customer, book, channel=where[0], platform=where[1], at=at, zone=program.zone
    )
    prices = [price.price_minor for price in shelf]
    cells = cells_of(basket, lines, shelf=prices, floors=floors(lines, book))
    standing = Standing(cells, cells.members, sum(cells.members))
    facts = BasketFacts(
        lines,
        customer,
        standing=standing,
        layers=plan.layers,
        where=where,
        at=at,
        zone=program.zone,
    )
    return Asked(
        plan,
        basket,
        lines,
        customer,
        codes,
        used,
        at,
        currency,
        standing,
        facts,
        shelf=shelf,
        not_sold=kept_back,
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
