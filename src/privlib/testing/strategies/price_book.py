"""Strategies for price books and what they are made of, and for what is not sold by them.

Names of goods, tiers, plans, channels and platforms are few, so that rules often meet: those of
`catalogue_lines` and `shoppers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from privlib.commands.baskets import BasketLine
from privlib.conditions import Always, Condition, field
from privlib.entities.customer_state import CustomerState
from privlib.program.price_book import Arbitration, FloorReach, PriceBook
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.places import Places
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceKind, PriceRule
from privlib.program.prices.sold_only import SoldOnly
from privlib.refusals import MembersOnly, NotSoldHere, Refusal
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.period import FEW_DAYS, FIRST_DAY
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.rate import Rate, Rounding

__all__ = [
    "catalogue_lines",
    "of_assortment",
    "price_books",
    "price_floors",
    "price_rules",
    "public_prices",
    "shoppers",
    "sold_only_rules",
]

_SKUS: Final = ("longjing", "longjing-box", "puer", "cup")
_PRODUCTS: Final = {"longjing-box": "longjing"}
_CATEGORIES: Final = {"cup": "ware", "puer": "tea/dark"}
_BRANDS: Final = {"cup": "Jingdezhen", "puer": "Dayi"}
_TIERS: Final = ("silver", "gold")
_PLANS: Final = ("annual", "family")
_CHANNELS: Final = ("mini program", "shop")
_PLATFORMS: Final = ("tmall", "wechat")
_PERCENTS: Final = st.sampled_from([1, 10, 33, 50, 100]).map(lambda whole: Rate(whole, 100))
_OVER_COST: Final = st.sampled_from([0, 10, 50, 1_000]).map(lambda whole: Rate(whole, 100))
_WHEN: Final[st.SearchStrategy[Condition]] = st.just(Always()) | st.sampled_from(
    [
        field("tags").contains_any("tea lover"),
        field("weekday").one_of("mon", "sun"),
        field("time_of_day").between("12:00", "14:00"),
        field("holiday").is_known(),
        ~field("is_member").equals(True),  # noqa: FBT003 - what it is compared with
        field("orders").equals(0) | field("channel").equals("shop"),
    ]
)
_NAMES: Final = st.sampled_from([f"rule {number}" for number in range(1, 10)])
_FLOORS: Final = st.sampled_from([f"floor {number}" for number in range(1, 5)])


def _some(names: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """None of them, or some."""
    if not names:
        return st.just(())
    return st.just(()) | st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)


_PLACES: Final = st.builds(Places, channels=_some(_CHANNELS), platforms=_some(_PLATFORMS))


@cache
def _amounts(currency: str) -> st.SearchStrategy[Money]:
    """Amounts above 0, small and often the same."""
    small = st.sampled_from([1, 50, 99, 100, 101, 200]).map(lambda minor: Money(minor, currency))
    return small | money(min_value=Money(1, currency), max_value=Money(300, currency))


@cache
def _goods(currency: str) -> st.SearchStrategy[Goods]:
    return st.sampled_from(
        [
            Goods(),
            Goods(skus=["cup"]),
            Goods(skus=["cup", "longjing"]),
            Goods(products=["longjing"]),
            Goods(categories=["tea"]),
            Goods(categories=["tea/green", "ware"]),
            Goods(brands=["Dayi"]),
            Goods(tags=["new", "sale"]),
            Goods(categories=["tea"], tags=["new"]),
            Goods(categories=["tea"], without=Goods(products=["longjing"])),
            Goods(price_from=Money(100, currency)),
            Goods(categories=["ware"], price_below=Money(200, currency)),
        ]
    )


@st.composite
def price_rules(
    draw: st.DrawFn, *, currency: str = "CNY", tiers: Sequence[str] = _TIERS
) -> PriceRule:
    """Rules of every kind, with and without a period, for all or some, everywhere or not."""
    kinds = [kind for kind in PriceKind if tiers or kind is not PriceKind.TIER]
    kind = draw(st.sampled_from(kinds))
    starts, length = draw(st.none() | FEW_DAYS), draw(st.none() | st.integers(1, 3))
    first = starts or FIRST_DAY
    return PriceRule(
        name=draw(_NAMES),
        kind=kind,
        goods=draw(_goods(currency)),
        buyers=draw(_buyers_of(kind, tiers)),
        places=draw(_PLACES),
        when=draw(_WHEN),
        starts=starts,
        ends=None if length is None else first + timedelta(days=length),
        **draw(_given(currency)),
    )


@cache
def _given(currency: str) -> st.SearchStrategy[Mapping[str, Any]]:
    """A price, a percentage or an amount off."""
    amounts = _amounts(currency)
    return (
        (amounts | st.just(Money(0, currency))).map(lambda price: {"price": price})
        | _PERCENTS.map(lambda percent: {"percent": percent})
        | amounts.map(lambda off: {"off": off})
    )


def _buyers(tiers: Sequence[str]) -> st.SearchStrategy[Buyers]:
    return st.builds(Buyers, members_only=st.booleans(), tiers=_some(tiers), plans=_some(_PLANS))


def _buyers_of(kind: PriceKind, tiers: Sequence[str]) -> st.SearchStrategy[Buyers]:
    match kind:
        case PriceKind.LIST:
            return st.just(Buyers())
        case PriceKind.CAMPAIGN:
            return _buyers(tiers)
        case PriceKind.TIER:
            return st.sampled_from(tiers).map(lambda tier: Buyers(tiers=[tier]))
        case PriceKind.PLAN:
            return st.sampled_from(_PLANS).map(lambda plan: Buyers(plans=[plan]))


@cache
def price_floors(*, currency: str = "CNY") -> st.SearchStrategy[PriceFloor]:
    """Floors by a price, and by what the goods cost."""
    goods = _goods(currency)
    return st.builds(PriceFloor, name=_FLOORS, goods=goods, price=_amounts(currency)) | st.builds(
        PriceFloor, name=_FLOORS, goods=goods, over_cost=_OVER_COST
    )


@st.composite
def sold_only_rules(
    draw: st.DrawFn, *, currency: str = "CNY", tiers: Sequence[str] = _TIERS
) -> SoldOnly:
    """Goods that are sold in some places only, or to some buyers, until they open or for good."""
    places = draw(_PLACES)
    anybody = _buyers(tiers)
    closed = anybody.filter(lambda buyers: not buyers.is_everybody)
    buyers = draw(closed if places.is_everywhere else anybody)
    opens = None if buyers.is_everybody else draw(st.none() | FEW_DAYS)
    return SoldOnly(
        name=draw(_NAMES), goods=draw(_goods(currency)), places=places, buyers=buyers, opens=opens
    )


@cache
def public_prices(*, currency: str = "CNY") -> st.SearchStrategy[PublicPrice]:
    """Prices on public platforms, on one of them or on any."""
    return st.builds(
        PublicPrice,
        sku=st.sampled_from(_SKUS),
        price=_amounts(currency),
        platform=st.none() | st.sampled_from(_PLATFORMS),
    )


@st.composite
def price_books(
    draw: st.DrawFn,
    *,
    arbitration: Arbitration | None = None,
    above_list: bool | None = None,
    currency: str = "CNY",
    tiers: Sequence[str] = _TIERS,
    max_each: int = 6,
) -> PriceBook:
    """Price books under any policy, of up to `max_each` rules, floors, limits and so on."""
    prices = draw(_several(price_rules(currency=currency, tiers=tiers), max_each))
    lows = draw(_several(price_floors(currency=currency), max_each))
    never = {floor.goods: floor.price for floor in lows if floor.price is not None}
    return PriceBook(
        rules=[rule for rule in prices if rule.price is None or rule.goods not in never],
        floors=lows,
        sold_only=draw(_several(sold_only_rules(currency=currency, tiers=tiers), max_each)),
        public=draw(
            st.lists(
                public_prices(currency=currency),
                max_size=max_each,
                unique_by=lambda public: (public.sku, public.platform),
            )
        ),
        arbitration=draw(st.sampled_from(Arbitration)) if arbitration is None else arbitration,
        above_list=draw(st.booleans()) if above_list is None else above_list,
        floors_bind=draw(st.sampled_from(FloorReach)),
        rounding=draw(st.sampled_from(Rounding)),
    )


def _several(drawn: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[list[Any]]:
    """Some with names of their own."""
    return st.lists(drawn, max_size=most, unique_by=lambda each: each.name)


@cache
@st.composite
def catalogue_lines(draw: st.DrawFn, *, currency: str = "CNY") -> BasketLine:
    """Lines of a small catalogue, which the rules of `price_books` are often about."""
    sku = draw(st.sampled_from(_SKUS))
    return BasketLine(
        sku=sku,
        product=_PRODUCTS.get(sku, sku),
        price=draw(_amounts(currency)),
        quantity=draw(st.integers(1, 3)),
        categories=[_CATEGORIES.get(sku, "tea/green")],
        brand=_BRANDS.get(sku),
        tags=draw(st.frozensets(st.sampled_from(["new", "sale"]))),
        cost=draw(st.none() | _amounts(currency)),
    )


@cache
def shoppers() -> st.SearchStrategy[CustomerState]:
    """Customers of few tiers and plans, and nobody in particular."""
    return st.builds(
        CustomerState,
        is_member=st.booleans(),
        tier=st.none() | st.sampled_from(_TIERS),
        plans=st.frozensets(st.sampled_from(_PLANS)),
        tags=st.frozensets(st.just("tea lover")),
        orders=st.integers(0, 1),
    )


def of_assortment() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    """Why something is not sold, each kind of it."""
    where = _PLACES.filter(lambda places: not places.is_everywhere)
    return {
        NotSoldHere: st.builds(
            lambda sku, places, channel: NotSoldHere(
                sku=sku, channel=channel, channels=places.channels, platforms=places.platforms
            ),
            st.sampled_from(_SKUS),
            where,
            st.none() | st.just("elsewhere"),
        ),
        MembersOnly: st.builds(
            MembersOnly,
            sku=st.sampled_from(_SKUS),
            tiers=_some(_TIERS),
            plans=_some(_PLANS),
            opens=st.none() | FEW_DAYS,
        ),
    }
