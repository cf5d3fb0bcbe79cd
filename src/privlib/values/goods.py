"""Goods: which of the things in a basket a rule is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.values.amount import check_optional_amount
from privlib.values.choice import as_tuple
from privlib.values.ids import plain_id
from privlib.values.money import Money

__all__ = ["Described", "Goods", "category_path", "names"]


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Names as a set that keeps an order: each once, sorted.

    >>> names(["tea", "cup", "tea"])
    ('cup', 'tea')
    """
    return tuple(sorted({plain_id(name) for name in as_tuple(given)}))


def category_path(category: str) -> tuple[str, ...]:
    """A category and all those it lies in, the widest first.

    >>> category_path("tea/green/longjing")
    ('tea', 'tea/green', 'tea/green/longjing')
    """
    steps = category.split("/")
    return tuple("/".join(steps[: length + 1]) for length in range(len(steps)))


class Described(Protocol):
    """What is asked of a thing: its sku, product, categories with all above them, and so on."""

    @property
    def sku(self) -> str: ...

    @property
    def product(self) -> str: ...

    @property
    def paths(self) -> frozenset[str]: ...

    @property
    def brand(self) -> str | None: ...

    @property
    def tags(self) -> frozenset[str]: ...

    @property
    def price(self) -> Money: ...


@frozen(kw_only=True)
class Goods:
    """Which goods a rule is about: all of them, unless something is named.

    Of each kind that is named (skus, products, categories, brands, tags) the goods must have one;
    a category stands for all below it. `price_from` is the lowest unit price that counts,
    `price_below` the first that no longer does. `without` takes out what it describes.

    >>> Goods(categories=["tea"], without=Goods(skus=["gift-box"])).categories
    ('tea',)

    A product is what several skus are variants of; a sku without one is a product of its own.

    Raises InvalidValueError where nothing could be among them.
    """

    skus: tuple[str, ...] = field(default=(), converter=names)
    products: tuple[str, ...] = field(default=(), converter=names)
    categories: tuple[str, ...] = field(default=(), converter=names)
    brands: tuple[str, ...] = field(default=(), converter=names)
    tags: tuple[str, ...] = field(default=(), converter=names)
    price_from: Money | None = field(default=None, validator=check_optional_amount)
    price_below: Money | None = field(default=None, validator=check_optional_amount)
    without: Goods | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.without is not None:
            if not isinstance(self.without, Goods):
                raise InvalidValueError(f"without must be Goods; got {type(self.without).__name__}")
            if self.without.is_all:
                raise InvalidValueError("without: everything is left out")
        low, high = self.price_from, self.price_below
        if high is not None and high.minor == 0:
            raise InvalidValueError(f"no price is below {high}")
        if low is not None and high is not None and high <= low:
            raise InvalidValueError(f"no price is from {low} and below {high}")

    @property
    def is_all(self) -> bool:
        """Whether it names nothing, and so means everything."""
        return not (any(self.named) or self.price_from or self.price_below or self.without)

    @property
    def named(self) -> tuple[tuple[str, ...], ...]:
        """What is named, by kind: skus, products, categories, brands, tags."""
        return self.skus, self.products, self.categories, self.brands, self.tags

    @property
    def narrowest(self) -> tuple[int, tuple[str, ...]]:
        """The first kind in which anything is named, by its place, and the names; () for none."""
        return next(((kind, names) for kind, names in enumerate(self.named) if names), (0, ()))

    @property
    def are_found_by_name(self) -> bool:
        """Whether whatever has one of its names is among them: one kind is named, nothing bound."""
        is_bound = self.price_from or self.price_below or self.without
        return not is_bound and sum(map(bool, self.named)) <= 1

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The amounts of money in it."""
        own = tuple(price for price in (self.price_from, self.price_below) if price is not None)
        return own + (() if self.without is None else self.without.amounts)

    def include(self, thing: Described) -> bool:
        """Whether a thing is among them.

        Raises CurrencyMismatchError where its price is in another currency than theirs.
        """
        return (
            (not self.skus or thing.sku in self.skus)
            and (not self.products or thing.product in self.products)
            and (not self.categories or not thing.paths.isdisjoint(self.categories))
            and (not self.brands or thing.brand in self.brands)
            and (not self.tags or not thing.tags.isdisjoint(self.tags))
            and (self.price_from is None or thing.price >= self.price_from)
            and (self.price_below is None or thing.price < self.price_below)
            and (self.without is None or not self.without.include(thing))
        )
