"""Lines of a quote: what each line and way of shipping costs, and what was taken off it."""

from __future__ import annotations

from attrs import field

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.money import Money

__all__ = ["Adjustment", "PieceGroup", "QuotedLine", "QuotedShipping", "ShelfPrice", "shipping_row"]


@frozen(kw_only=True)
class ShelfPrice:
    """The price of one piece that counts before promotions, whose it is, and what it replaced.

    `rule` is None for the list price. `replaced` are other rules' prices that did not count.
    """

    rule: str | None
    price_minor: int
    replaced: tuple[tuple[str, int], ...] = field(default=(), converter=as_tuple)


@frozen(kw_only=True)
class Adjustment:
    """What one rule takes off: its name, its layer, what it was reckoned on, and how much.

    Inside a line amounts are whole minor units of its currency; `base` and `amount` are the money.
    """

    source: str
    layer: str
    base_minor: int
    amount_minor: int
    currency: str = "CNY"

    @property
    def base(self) -> Money:
        """What it was reckoned on."""
        return Money(self.base_minor, self.currency)

    @property
    def amount(self) -> Money:
        """What it takes off."""
        return Money(self.amount_minor, self.currency)


@frozen(kw_only=True)
class PieceGroup:
    """Pieces of a line that went the same way: how many, at list price, and what they cost.

    Where an amount does not divide by the pieces, the first of them bear one minor unit more.
    """

    pieces: int
    list_minor: int
    payable_minor: int
    adjustments: tuple[Adjustment, ...] = field(default=(), converter=as_tuple)
    currency: str = "CNY"

    @property
    def list(self) -> Money:
        """The list price of all these pieces."""
        return Money(self.list_minor, self.currency)

    @property
    def payable(self) -> Money:
        """What is paid for all these pieces."""
        return Money(self.payable_minor, self.currency)

    @property
    def piece_amounts(self) -> tuple[Money, ...]:
        """What is paid for each piece."""
        each, odd = divmod(self.payable_minor, self.pieces)
        dear, cheap = Money(each + 1, self.currency), Money(each, self.currency)
        return (dear,) * odd + (cheap,) * (self.pieces - odd)


@frozen(kw_only=True)
class QuotedLine:
    """A line of the basket as priced: list price, everything taken off, and what is paid.

    `split` has its pieces by the way they went, where they did not all go the same.
    """

    id: str
    sku: str
    quantity: int
    list_minor: int
    payable_minor: int
    adjustments: tuple[Adjustment, ...] = field(default=(), converter=as_tuple)
    split: tuple[PieceGroup, ...] = field(default=(), converter=as_tuple)
    shelf: ShelfPrice | None = None
    currency: str = "CNY"

    @property
    def list(self) -> Money:
        """The list price of all its pieces."""
        return Money(self.list_minor, self.currency)

    @property
    def payable(self) -> Money:
        """What is paid for all its pieces."""
        return Money(self.payable_minor, self.currency)

    @property
    def discount(self) -> Money:
        """All that was taken off it."""
        return Money(self.list_minor - self.payable_minor, self.currency)

    @property
    def groups(self) -> tuple[PieceGroup, ...]:
        """Its pieces by the way they went: one group, unless it is split."""
        return self.split or (
            PieceGroup(
                pieces=self.quantity,
                list_minor=self.list_minor,
                payable_minor=self.payable_minor,
                adjustments=self.adjustments,
                currency=self.currency,
            ),
        )


def shipping_row(id: str) -> str:
    """The id of a way of shipping where it stands among lines of goods."""
    return f"shipping:{id}"


@frozen(kw_only=True)
class QuotedShipping:
    """A way of shipping as priced. What makes it free is recorded even where it cost nothing."""

    id: str
    method: str
    list_minor: int
    payable_minor: int
    adjustments: tuple[Adjustment, ...] = field(default=(), converter=as_tuple)
    currency: str = "CNY"

    @property
    def row(self) -> str:
        """Its id where it stands among lines of goods."""
        return shipping_row(self.id)

    @property
    def list(self) -> Money:
        """What it costs before anything is taken off."""
        return Money(self.list_minor, self.currency)

    @property
    def payable(self) -> Money:
        """What is paid for it."""
        return Money(self.payable_minor, self.currency)
