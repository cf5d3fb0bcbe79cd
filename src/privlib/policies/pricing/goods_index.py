"""The index of goods: which of many rules are about a line, without a look at the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from privlib.program.price_book import PriceBook
from privlib.values.goods import Described, Goods

__all__ = ["GoodsIndex", "floors_index", "rules_index", "sold_only_index"]

_NOWHERE: Final[tuple[int, ...]] = ()


class GoodsIndex:
    """The positions of rules, by what their goods name.

    A rule is found by the narrowest kind that its goods name (skus, then products, categories,
    brands, tags), and its goods are asked where they name more than that.

    >>> GoodsIndex([Goods(), Goods(skus=["cup"]), Goods(skus=["pot"])]).everywhere
    (0,)
    """

    def __init__(self, of_rules: Iterable[Goods]) -> None:
        kinds: list[dict[str, list[int]]] = [{}, {}, {}, {}, {}]
        everywhere: list[int] = []
        self._asked: dict[int, Goods] = {}
        for position, goods in enumerate(of_rules):
            kind, names = goods.narrowest
            for name in names:
                kinds[kind].setdefault(name, []).append(position)
            if not names:
                everywhere.append(position)
            if not goods.are_found_by_name:
                self._asked[position] = goods
        self.everywhere = tuple(everywhere)
        self._by_sku, self._by_product, self._by_category, self._by_brand, self._by_tag = kinds

    def found(self, line: Described) -> Sequence[int]:
        """The positions of the rules whose goods include a line, in ascending order."""
        found = [*self.everywhere, *self._by_sku.get(line.sku, _NOWHERE)]
        if self._by_product:
            found += self._by_product.get(line.product, _NOWHERE)
        if self._by_category:
            for path in line.paths:
                found += self._by_category.get(path, _NOWHERE)
        if self._by_brand and line.brand is not None:
            found += self._by_brand.get(line.brand, _NOWHERE)
        if self._by_tag:
            for tag in line.tags:
                found += self._by_tag.get(tag, _NOWHERE)
        if not found:
            return found
        asked = self._asked
        return [
            position
            for position in sorted(set(found))
            if position not in asked or asked[position].include(line)
        ]


class _OfGoods(Protocol):
    @property
    def goods(self) -> Goods: ...


def rules_index(book: PriceBook) -> GoodsIndex:
    """Where the rules of a price book are found, made once."""
    return _index(book, "rules", book.rules)


def floors_index(book: PriceBook) -> GoodsIndex:
    """Where its floors are found, made once."""
    return _index(book, "floors", book.floors)


def sold_only_index(book: PriceBook) -> GoodsIndex:
    """Where it is found what is sold to some only, made once."""
    return _index(book, "sold_only", book.sold_only)


def _index(book: PriceBook, name: str, of_goods: Iterable[_OfGoods]) -> GoodsIndex:
    index = book.made.get(name)
    if not isinstance(index, GoodsIndex):
        index = book.made[name] = GoodsIndex(each.goods for each in of_goods)
    return index
