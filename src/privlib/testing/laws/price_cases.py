"""Cases to try the laws of prices on: baskets of what a program names, and who asks, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import pendulum
from attrs import evolve, frozen
from hypothesis import strategies as st

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.program.amounts_within import amounts_within
from privlib.program.offers import Bundle, BuyGet
from privlib.program.program import Program
from privlib.program.promotion import Trigger
from privlib.testing.laws.cases import AT
from privlib.testing.strategies import customer_states, shipping_lines
from privlib.values.dates import start_of_day
from privlib.values.goods import Goods
from privlib.values.ids import coupon_id
from privlib.values.money import Money

__all__ = ["Asking", "articles", "askings", "lines_of"]

_PIECES: Final = st.sampled_from([1, 1, 2, 3, 4])
_OFFSETS: Final = st.sampled_from([-1, 0, 0, 1])
_SECONDS: Final = st.sampled_from([-1, 0, 1])
_MOSTLY: Final = st.integers(0, 7).map(bool)
_LARGEST: Final = 1_000_000_00


@frozen(kw_only=True)
class Asking:
    """Who asks for the price of what, with which codes, and when."""

    basket: Basket
    customer: CustomerState
    codes: tuple[str, ...]
    at: pendulum.DateTime


def askings(program: Program) -> st.SearchStrategy[Asking]:
    """Baskets of the goods that a program names, at amounts and days of which many are its own."""
    return st.builds(
        Asking,
        basket=_baskets(program),
        customer=_customers(program),
        codes=_codes(program),
        at=_moments(program),
    )


@st.composite
def _baskets(draw: st.DrawFn, program: Program) -> Basket:
    lines = draw(st.lists(lines_of(program), min_size=1, max_size=4))
    way = shipping_lines(currency=program.currency)
    return Basket(
        lines=[evolve(line, id=f"{number}: {line.sku}") for number, line in enumerate(lines)],
        shipping=draw(st.lists(way, max_size=2, unique_by=lambda each: each.id)),
    )


@st.composite
def lines_of(draw: st.DrawFn, program: Program) -> BasketLine:
    """Lines of goods that a program names, and of others."""
    article = draw(st.sampled_from(articles(program)))
    quantity = draw(_PIECES)
    amounts = [amount.minor for amount in _amounts(program)]
    near = st.tuples(st.sampled_from(amounts or [100_00]), st.sampled_from([1, quantity]), _OFFSETS)
    minor = draw(near.map(lambda it: it[0] // it[1] + it[2]) | st.integers(0, 300_00))
    return evolve(
        article,
        price=Money(min(max(0, minor), _LARGEST), program.currency),
        quantity=quantity,
        discountable=draw(_MOSTLY),
        ticked=draw(_MOSTLY),
    )


def articles(program: Program) -> list[BasketLine]:
    """One thing for each kind of goods that a program names, and one that it does not."""
    price = Money(0, program.currency)
    found = [BasketLine(sku="something else", price=price)]
    for number, goods in enumerate(_goods(program)):
        found.append(
            BasketLine(
                sku=next(iter(goods.skus), f"thing {number}"),
                product=next(iter(goods.products), f"product {number}"),
                categories=goods.categories[:1],
                brand=next(iter(goods.brands), None),
                tags=goods.tags[:1],
                price=price,
            )
        )
    return found


def _goods(program: Program) -> Iterator[Goods]:
    for promotion in program.promotions:
        yield promotion.goods
        if isinstance(promotion.offer, Bundle):
            yield from (part.goods for part in promotion.offer.parts)
        if isinstance(promotion.offer, BuyGet) and promotion.offer.get_goods is not None:
            yield promotion.offer.get_goods
    yield from (rule.goods for rule in program.prices.rules)
    yield from (floor.goods for floor in program.prices.floors)
    yield from (Goods(skus=[public.sku]) for public in program.prices.public)


def _amounts(program: Program) -> Iterator[Money]:
    for settings in (program.promotions, program.prices.rules, program.prices.floors):
        yield from (amount for _, amount in amounts_within(settings, ""))


@st.composite
def _customers(draw: st.DrawFn, program: Program) -> CustomerState:
    """Customers of the program's tiers, with coupons of its promotions in hand."""
    tiers = [tier.name for tier in program.ladder.tiers]
    state = customer_states(promotions=(), tiers=tiers, currency=program.currency, max_coupons=1)
    wei = evolve(draw(state), id="wei")
    named = [each.name for each in program.promotions if each.trigger is Trigger.COUPON]
    some = draw(st.lists(st.sampled_from(named), max_size=2)) if named else []
    of_promotions = [
        CouponInHand(id=coupon_id(f"of {name} {number}"), promotion=name)
        for number, name in enumerate(some)
    ]
    return evolve(wei, coupons=(*wei.coupons, *of_promotions))


def _codes(program: Program) -> st.SearchStrategy[tuple[str, ...]]:
    codes = [code for promotion in program.promotions for code in promotion.codes]
    if not codes:
        return st.just(())
    return st.lists(st.sampled_from(codes), max_size=3, unique=True).map(tuple)


def _moments(program: Program) -> st.SearchStrategy[pendulum.DateTime]:
    """Moments at the beginning of the first and the last days that a program names."""
    days = [day for rule in program.prices.rules for day in (rule.starts, rule.ends)]
    days += [day for each in program.promotions for day in (each.starts, each.ends)]
    marks = [AT, *(start_of_day(day, program.zone) for day in days if isinstance(day, date))]
    return st.tuples(st.sampled_from(marks), _SECONDS).map(lambda it: it[0].add(seconds=it[1]))
