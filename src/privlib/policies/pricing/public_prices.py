"""Public prices: what is saved or lost here against buying on a public platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from privlib.commands.baskets import BasketLine
from privlib.program.offers import FixedPrice
from privlib.program.price_book import PriceBook
from privlib.program.prices.public_price import PublicPrice
from privlib.program.promotion import Promotion
from privlib.quotes import AgainstPublic, LineAgainstPublic
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["WorseThanPublic", "against_public", "worse_than_public"]


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


def against_public(
    lines: Sequence[BasketLine], payable: Sequence[Money], book: PriceBook
) -> tuple[AgainstPublic, ...]:
    """What is saved or lost with these lines, of which so much is paid for each, by platform.

    Platforms are those named beside a public price of any of the lines, in the order of their
    names. Prices of no platform stand for the lines that such a one has no price for, and for
    themselves only where no platform is named.
    """
    prices = _by_sku(book)
    found = [prices.get(line.sku, {}) for line in lines]
    known = {platform for of_sku in found for platform in of_sku}
    platforms: Iterable[str | None] = sorted(each for each in known if each is not None) or known
    return tuple(_against(platform, lines, payable, found) for platform in platforms)


def _against(
    platform: str | None,
    lines: Sequence[BasketLine],
    payable: Sequence[Money],
    prices: Sequence[Mapping[str | None, PublicPrice]],
) -> AgainstPublic:
    compared, unknown = [], []
    for line, here, of_sku in zip(lines, payable, prices, strict=True):
        public = of_sku.get(platform) or of_sku.get(None)
        if public is None:
            unknown.append(line.id)
        else:
            there = public.price * line.quantity
            compared.append(LineAgainstPublic(id=line.id, sku=line.sku, here=here, there=there))
    return AgainstPublic(
        platform=platform, lines=compared, unknown=unknown, currency=payable[0].currency
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


class _PublicPrices(dict[str, dict[str | None, PublicPrice]]):
    """The public prices of each sku, by platform."""


def _by_sku(book: PriceBook) -> _PublicPrices:
    """The public prices of a book by sku, made once."""
    prices = book.made.get("public")
    if not isinstance(prices, _PublicPrices):
        prices = book.made["public"] = _PublicPrices()
        for public in book.public:
            prices.setdefault(public.sku, {})[public.platform] = public
    return prices
