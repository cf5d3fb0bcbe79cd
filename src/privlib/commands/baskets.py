"""Commands: a basket to be priced, as the shop asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import define, field

from privlib.commands.line_ids import check_unique
from privlib.commands.tender import Tender
from privlib.errors import CurrencyMismatchError, InvalidValueError
from privlib.values.amount import check_amount, check_optional_amount
from privlib.values.choice import as_set, as_tuple, each_of, kind_of
from privlib.values.frozen import frozen
from privlib.values.goods import category_path, names
from privlib.values.ids import plain_id
from privlib.values.kept import kept
from privlib.values.money import LARGEST_MINOR, Money

__all__ = [
    "MOST_PIECES",
    "Basket",
    "BasketLine",
    "Names",
    "ShippingLine",
]

MOST_PIECES = 1_000_000
"""How many pieces a line may have: more is a slip of the hand."""


def _yes_or_no(value: bool) -> bool:  # noqa: FBT001 - a converter takes what is given
    if type(value) is not bool:
        raise InvalidValueError(f"true or false is expected; got {type(value).__name__}")
    return value


@frozen(kw_only=True)
class BasketLine:
    """One line of a basket: what, how many, and the list price of one piece.

    `product` is what several skus are variants of, and the sku itself where none is given.
    `categories` are paths such as "tea/green". `cost` is what the shop paid for one piece.
    What is not `discountable` keeps its price; what is not `ticked` is not bought now. The id
    defaults to the sku; give one where a sku comes on two lines.

    >>> from privlib.values.money import yuan
    >>> BasketLine(sku="longjing", price=yuan(60), quantity=2, categories=["tea/green"]).amount
    Money(minor=12000, currency='CNY')

    Raises InvalidValueError for what cannot be on a basket.
    """

    sku: str = field(converter=plain_id)
    price: Money = field(validator=check_amount)
    quantity: int = field(default=1)
    product: str = field(converter=plain_id)
    categories: tuple[str, ...] = field(default=(), converter=names)
    brand: str | None = field(default=None)
    tags: frozenset[str] = field(default=frozenset(), converter=as_set)
    cost: Money | None = field(default=None, validator=check_optional_amount)
    discountable: bool = field(default=True, converter=_yes_or_no)
    ticked: bool = field(default=True, converter=_yes_or_no)
    id: str = field(converter=plain_id)
    paths: frozenset[str] = field(init=False, default=frozenset(), eq=False, repr=False)

    @product.default
    @id.default
    def _the_sku(self) -> str:
        return self.sku

    def __attrs_post_init__(self) -> None:
        if type(self.quantity) is not int or not 1 <= self.quantity <= MOST_PIECES:
            raise InvalidValueError(
                f"the quantity of a line is 1 to {MOST_PIECES:,}; got {self.quantity!r:.40}"
            )
        if self.price.minor * self.quantity > LARGEST_MINOR:
            raise InvalidValueError(f"{self.quantity} pieces at {self.price} are too much")
        if self.cost is not None and self.cost.currency != self.price.currency:
            raise CurrencyMismatchError("the cost and the price of a line are in two currencies")
        paths = frozenset(step for path in self.categories for step in category_path(path))
        object.__setattr__(self, "paths", paths)

    @property
    def amount(self) -> Money:
        """The list price of all its pieces."""
        return self.price * self.quantity


@frozen(kw_only=True)
class ShippingLine:
    """What one way of shipping costs before anything is taken off it."""

    price: Money = field(validator=check_amount)
    method: str = field(default="standard", converter=plain_id)
    id: str = field(converter=plain_id)

    @id.default
    def _the_method(self) -> str:
        return self.method


Names: TypeAlias = tuple[tuple[str, int], ...]
"""(name, row) pairs in the order of the rows."""


@define(eq=False)
class BasketColumns:
    """Lines as columns: how many pieces, what they come to at list price, and what they are.

    The currency is that of the basket. `open_rows` are the lines that may be discounted. `named`
    has what these are called, by kind: skus, products, categories with all above them, brands,
    tags. `made` is what policies work out of them once and keep, by its name.
    """

    lines: Sequence[BasketLine]
    currency: str | None
    ids: list[str]
    skus: list[str]
    pieces: list[int]
    lists: list[int]
    products: list[str]
    open_rows: list[int]
    named: tuple[Names, ...]
    made: dict[str, object] = field(factory=kept)


def columns_of(lines: Sequence[BasketLine], currency: str | None) -> BasketColumns:
    """The columns of some lines of a basket in this currency."""
    rows = [(row, line) for row, line in enumerate(lines) if line.discountable]
    return BasketColumns(
        lines,
        currency,
        [line.id for line in lines],
        [line.sku for line in lines],
        [line.quantity for line in lines],
        [line.price.minor * line.quantity for line in lines],
        [line.product for line in lines],
        [row for row, _ in rows],
        (
            tuple([(line.sku, row) for row, line in rows]),
            tuple([(line.product, row) for row, line in rows]),
            tuple([(path, row) for row, line in rows for path in line.paths]),
            tuple([(line.brand, row) for row, line in rows if line.brand is not None]),
            tuple([(tag, row) for row, line in rows for tag in line.tags]),
        ),
    )


@frozen(kw_only=True)
class Basket:
    """What somebody is about to buy, over which channel and on which platform.

    >>> from privlib.values.money import yuan
    >>> Basket(lines=[BasketLine(sku="cup", price=yuan(30))], channel="mini program").channel
    'mini program'

    Raises CurrencyMismatchError where two lines are in two currencies, and InvalidValueError where
    two have one id.
    """

    lines: tuple[BasketLine, ...] = field(
        default=(), converter=as_tuple, validator=each_of(BasketLine)
    )
    shipping: tuple[ShippingLine, ...] = field(
        default=(), converter=as_tuple, validator=each_of(ShippingLine)
    )
    channel: str | None = None
    platform: str | None = None
    tender: Tender = field(default=Tender(), validator=kind_of(Tender))
    _columns: BasketColumns | None = field(init=False, default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        prices = self._prices
        for price in prices[1:]:
            if price.currency != prices[0].currency:
                raise CurrencyMismatchError(
                    f"a basket has lines in {prices[0].currency} and in {price.currency}"
                )
        if sum(line.price.minor * line.quantity for line in self.lines) > LARGEST_MINOR:
            raise InvalidValueError("the lines of the basket sum to more than 64 bits hold")
        check_unique((line.id for line in self.lines), "a basket")
        check_unique((line.id for line in self.shipping), "a basket")

    @property
    def columns(self) -> BasketColumns:
        """What is ticked as columns, made when they are first asked for."""
        columns = self._columns
        if columns is None:
            ticked = [line for line in self.lines if line.ticked]
            columns = columns_of(ticked, self.currency)
            object.__setattr__(self, "_columns", columns)
        return columns

    @property
    def currency(self) -> str | None:
        """The currency of its prices; an empty one has none."""
        return next((price.currency for price in self._prices), None)

    @property
    def _prices(self) -> list[Money]:
        lines = [line.price for line in self.lines] + [line.price for line in self.shipping]
        return [*lines, *self.tender.amounts]
