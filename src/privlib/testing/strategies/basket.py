"""Strategies for baskets over the small catalogue, and for the customers who fill them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.testing.strategies.condition import NAMES
from privlib.testing.strategies.goods import CATALOGUE, prices
from privlib.testing.strategies.ids import customer_ids
from privlib.testing.strategies.moment import moments
from privlib.values.ids import coupon_id
from privlib.values.money import Money

__all__ = [
    "basket_lines",
    "baskets",
    "coupons_in_hand",
    "customer_states",
    "shipping_lines",
]

_SOME: Final = st.frozensets(st.sampled_from(NAMES), max_size=2)
_ONE: Final[st.SearchStrategy[str | None]] = st.none() | st.sampled_from(NAMES)
_SKUS: Final = st.sampled_from(sorted(CATALOGUE))
_MOSTLY: Final = st.integers(0, 5).map(bool)
_METHODS: Final = st.sampled_from(["standard", "courier"])
_COUNTS: Final = st.integers(0, 4)


@st.composite
def basket_lines(
    draw: st.DrawFn, *, max_quantity: int = 3, currency: str = "CNY", bought: bool = False
) -> BasketLine:
    """Lines of things from the small catalogue; all ticked and discountable if `bought`."""
    sku, price = draw(_SKUS), draw(prices(currency=currency))
    article = CATALOGUE[sku]
    return BasketLine(
        sku=sku,
        product=article.product,
        categories=[article.category],
        brand=article.brand,
        tags=article.tags,
        price=price,
        quantity=draw(st.integers(1, max_quantity)),
        cost=draw(st.none() | st.just(Money(price.minor // 2, currency))),
        discountable=bought or draw(_MOSTLY),
        ticked=bought or draw(_MOSTLY),
    )


@cache
def shipping_lines(*, currency: str = "CNY") -> st.SearchStrategy[ShippingLine]:
    """Ways of shipping, for nothing too."""
    price = st.just(Money.zero(currency)) | prices(currency=currency)
    return st.builds(ShippingLine, price=price, method=_METHODS)


@st.composite
def baskets(
    draw: st.DrawFn, *, max_lines: int = 4, max_quantity: int = 3, currency: str = "CNY"
) -> Basket:
    """Baskets of up to `max_lines` lines; a thing that comes twice has a numbered line."""
    single = basket_lines(max_quantity=max_quantity, currency=currency)
    lines = draw(st.lists(single, max_size=max_lines))
    ways = st.lists(shipping_lines(currency=currency), max_size=2, unique_by=lambda way: way.id)
    return Basket(
        lines=[evolve(line, id=f"{number}: {line.sku}") for number, line in enumerate(lines)],
        shipping=draw(ways),
        channel=draw(_ONE),
        platform=draw(_ONE),
    )


@st.composite
def coupons_in_hand(
    draw: st.DrawFn, *, promotions: Iterable[str] = ("spring",), currency: str = "CNY"
) -> CouponInHand:
    """Coupons of these promotions, or worth so much from so much, with and without a period."""
    names = tuple(promotions)
    id = coupon_id(f"c-{draw(st.integers(1, 99))}")
    starts_at, expires_at = draw(st.none() | moments()), draw(st.none() | moments())
    if bool(names) and draw(st.booleans()):
        return CouponInHand(
            id=id,
            promotion=draw(st.sampled_from(names)),
            starts_at=starts_at,
            expires_at=expires_at,
        )
    return CouponInHand(
        id=id,
        value=draw(prices(currency=currency)),
        threshold=draw(st.none() | prices(currency=currency)),
        starts_at=starts_at,
        expires_at=expires_at,
    )


@st.composite
def customer_states(
    draw: st.DrawFn,
    *,
    promotions: Iterable[str] = ("spring",),
    tiers: Iterable[str] = ("gold", "silver"),
    currency: str = "CNY",
    max_coupons: int = 3,
) -> CustomerState:
    """Customers as prices depend on them, in one of these tiers, with coupons in hand."""
    known = tuple(tiers)
    coupons = st.lists(
        coupons_in_hand(promotions=promotions, currency=currency),
        max_size=max_coupons,
        unique_by=lambda coupon: coupon.id,
    )
    return CustomerState(
        id=draw(st.none() | customer_ids()),
        is_member=draw(st.booleans()),
        tier=draw(st.none() | st.sampled_from(known)) if known else None,
        plans=draw(_SOME),
        segments=draw(_SOME),
        tags=draw(_SOME),
        stage=draw(_ONE),
        points=draw(st.integers(0, 500)),
        orders=draw(_COUNTS),
        last_order_at=draw(st.none() | moments()),
        coupons=draw(coupons),
    )
