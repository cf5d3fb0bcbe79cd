"""Strategies for goods: a small catalogue, and the rules that say which of it they are about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen
from hypothesis import strategies as st

from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["CATALOGUE", "Article", "goods", "prices"]


@frozen
class Article:
    """What a shop sells under a sku."""

    product: str
    category: str
    brand: str | None
    tags: frozenset[str]


CATALOGUE: Final[Mapping[str, Article]] = {
    "longjing": Article("longjing", "tea/green", "West Lake", frozenset({"new"})),
    "longjing-box": Article("longjing", "tea/green", "West Lake", frozenset()),
    "puer": Article("puer", "tea/dark", None, frozenset()),
    "cup": Article("cup", "ware", "Jingdezhen", frozenset({"new", "gift"})),
    "pot": Article("pot", "ware", "Jingdezhen", frozenset()),
}
"""Few things, so that rules and baskets meet often."""

_SKUS: Final = st.lists(st.sampled_from(sorted(CATALOGUE)), min_size=1, max_size=2)
_NAMED: Final = st.one_of(
    st.builds(Goods),
    st.builds(Goods, skus=_SKUS),
    st.sampled_from(
        [
            Goods(products=["longjing"]),
            Goods(categories=["tea"]),
            Goods(categories=["tea/green", "ware"]),
            Goods(brands=["Jingdezhen"]),
            Goods(tags=["new"]),
            Goods(categories=["ware"], tags=["gift"]),
            Goods(without=Goods(skus=["puer"])),
            Goods(categories=["tea"], without=Goods(tags=["new"])),
        ]
    ),
)
_MINORS: Final = st.sampled_from([1, 9_90, 33_33, 50_00, 99_99, 100_00, 100_01]) | st.integers(
    1, 200_00
)


@cache
def prices(*, currency: str = "CNY") -> st.SearchStrategy[Money]:
    """Prices of one piece, from 1 to 20,000 minor units, some of them often."""
    return _MINORS.map(lambda minor: Money(minor, currency))


@cache
def goods(*, currency: str = "CNY") -> st.SearchStrategy[Goods]:
    """Goods of the small catalogue by all that can be named, with and without bounds of price."""
    price = prices(currency=currency)
    bounded = st.builds(Goods, price_from=price) | st.builds(Goods, price_below=price)
    return st.one_of(_NAMED, _NAMED, _NAMED, bounded)
