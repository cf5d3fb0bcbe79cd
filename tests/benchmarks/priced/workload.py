"""Workload: baskets and promotions as plain values, prices and amounts in fen.

Promotions are applied in their order, each at most once a basket, to all units of its scope that
no earlier one has used up. Prices are whole yuan, so that whole percents of them are whole fen.
"""

from typing import NamedTuple

from tests.benchmarks.priced.draw import Draw

__all__ = ["Line", "Promotion", "Workload", "category_of", "cell", "overlapping", "scoped"]

CATEGORIES = 50
SKUS = 2_000  # so that 40 are of one category


class Line(NamedTuple):
    """So many pieces of a product at a unit price."""

    sku: str
    category: str
    price: int
    quantity: int


class Promotion(NamedTuple):
    """What a promotion is about (some products or a category), what it needs and what it gives.

    `needs` is "pieces" or "fen", `gives` "percent" or "fen".
    """

    id: str
    skus: tuple[str, ...]
    category: str | None
    needs: str
    threshold: int
    gives: str
    benefit: int

    def covers(self, line):
        return line.category == self.category or line.sku in self.skus


class Workload(NamedTuple):
    """Baskets, each to be priced by all of the promotions, and how large the catalogue is.

    The first promotion goes before the others.
    """

    baskets: tuple[tuple[Line, ...], ...]
    promotions: tuple[Promotion, ...]
    skus: int = SKUS
    categories: int = CATEGORIES

    @property
    def basket(self):
        return self.baskets[0]


def cell(lines, promotions, *, baskets=1):
    """Baskets of so many lines and the promotions, of which a fifth is about a category.

    The promotions are the same for baskets of any length.
    """
    draw, skus = Draw(promotions), range(SKUS)
    drawn = tuple(
        _promotion(draw, number, skus, of_category=number % 5 == 4) for number in range(promotions)
    )
    return Workload(
        baskets=tuple(_basket(draw, lines, skus) for _ in range(baskets)), promotions=drawn
    )


def scoped(promotions, *, lines=20, baskets=32):
    """Promotions of 5 products each, over a catalogue that grows with them."""
    draw, skus = Draw(promotions), range(2 * promotions)
    return Workload(
        baskets=tuple(_basket(draw, lines, skus) for _ in range(baskets)),
        promotions=tuple(_promotion(draw, number, skus) for number in range(promotions)),
        skus=len(skus),
    )


def overlapping(promotions, *, lines=20, baskets=32):
    """Promotions that all want the same 150 products of 5 categories."""
    draw, skus = Draw(7 * promotions), range(150)
    return Workload(
        baskets=tuple(_basket(draw, lines, skus, categories=5) for _ in range(baskets)),
        promotions=tuple(
            _promotion(draw, number, skus, of_category=number % 5 == 4, categories=5)
            for number in range(promotions)
        ),
        skus=len(skus),
        categories=5,
    )


def category_of(number, categories):
    """The category of a product by its number."""
    return f"category-{number % categories}"


def _basket(draw, lines, skus, *, categories=CATEGORIES):
    return tuple(
        Line(
            sku=f"sku-{number}",
            category=category_of(number, categories),
            price=100 * draw.between(5, 300),
            quantity=draw.between(1, 4),
        )
        for number in draw.some(lines, len(skus))
    )


def _promotion(draw, number, skus, *, of_category=False, categories=CATEGORIES):
    needs, gives = draw.one_of(("pieces", "fen")), draw.one_of(("percent", "fen"))
    return Promotion(
        id=f"promotion-{number}",
        skus=() if of_category else tuple(f"sku-{each}" for each in draw.some(5, len(skus))),
        category=f"category-{draw.below(categories)}" if of_category else None,
        needs=needs,
        threshold=draw.between(1, 4) if needs == "pieces" else 100 * draw.between(20, 600),
        gives=gives,
        benefit=draw.between(5, 50) if gives == "percent" else 100 * draw.between(1, 50),
    )
