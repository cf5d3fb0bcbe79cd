"""Public prices: what is saved or lost here against buying on a public platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from privlib.program.offers import FixedPrice
from privlib.program.price_book import PriceBook
from privlib.program.prices.public_price import PublicPrice
from privlib.program.promotion import Promotion
from privlib.quotes import Quote
from privlib.values.choice import as_tuple
from privlib.values.goods import Goods
from privlib.values.money import Money, total

__all__ = [
    "AgainstPublic",
    "LineAgainstPublic",
    "WorseThanPublic",
    "saved_against_public",
    "worse_than_public",
]


@frozen(kw_only=True)
class LineAgainstPublic:
    """What all pieces of a line cost here and on the public platform.

    `saved` is above 0 where it is cheaper here, and below where money is lost.
    """

    id: str
    sku: str
    here: Money
    there: Money

    @property
    def saved(self) -> Money:
        return self.there - self.here


@frozen(kw_only=True)
class AgainstPublic:
    """A quote against buying the same on a public platform, shipping apart.

    `unknown` are the ids of those lines whose public price is not known; they count nowhere.
    """

    platform: str
    lines: tuple[LineAgainstPublic, ...] = field(default=(), converter=as_tuple)
    unknown: tuple[str, ...] = field(default=(), converter=as_tuple)
    currency: str

    @property
    def saved(self) -> Money:
        """What is saved in all, or lost where it is below 0."""
        return total((line.saved for line in self.lines), currency=self.currency)


@frozen(kw_only=True)
class WorseThanPublic:
    """An offer of the shop's own at which something costs more than on a public platform.

    Of several platforms it is the one on which it costs least; None stands for all not named.
    """

    offer: str
    sku: str
    price: Money
    public: Money
    platform: str | None = None

    @property
    def lost(self) -> Money:
        """What the customer loses on each piece."""
        return self.price - self.public


def saved_against_public(quote: Quote, book: PriceBook, *, platform: str) -> AgainstPublic:
    """What is saved or lost with a quote against buying the same goods on a public platform.

    What is paid there is the public price of each piece, without any promotion of that platform.
    Raises CurrencyMismatchError where the two are in two currencies.
    """
    prices = _by_sku(book)
    lines, unknown = [], []
    for line in quote.lines:
        of_sku = prices.get(line.sku, {})
        public = of_sku.get(platform) or of_sku.get(None)
        if public is None:
            unknown.append(line.id)
        else:
            there = public.price * line.quantity
            lines.append(
                LineAgainstPublic(id=line.id, sku=line.sku, here=line.payable, there=there)
            )
    return AgainstPublic(
        platform=platform, lines=lines, unknown=unknown, currency=quote.goods.currency
    )


def worse_than_public(
    book: PriceBook, promotions: Iterable[Promotion] = ()
) -> tuple[WorseThanPublic, ...]:
    """The fixed prices of a program, of rules and of promotions, that are above a public price.

    Only what a price is fixed for by sku can be said without a basket: what takes a percentage or
    an amount off hangs on the list price.
    """
    prices = _by_sku(book)
    return tuple(
        WorseThanPublic(
            offer=offer, sku=sku, price=price, public=lowest.price, platform=lowest.platform
        )
        for offer, goods, price in _fixed(book, promotions)
        for sku in goods.skus
        if sku in prices
        and price > (lowest := min(prices[sku].values(), key=lambda public: public.price)).price
    )


def _fixed(book: PriceBook, promotions: Iterable[Promotion]) -> Iterator[tuple[str, Goods, Money]]:
    """The prices that stand in the program: whose they are, of which goods, and how much."""
    for rule in book.rules:
        if rule.price is not None:
            yield rule.name, rule.goods, rule.price
    for promotion in promotions:
        if isinstance(promotion.offer, FixedPrice):
            yield promotion.name, promotion.goods, promotion.offer.price


def _by_sku(book: PriceBook) -> dict[str, dict[str | None, PublicPrice]]:
    """The public prices of each sku, by platform."""
    prices: dict[str, dict[str | None, PublicPrice]] = {}
    for public in book.public:
        prices.setdefault(public.sku, {})[public.platform] = public
    return prices
