"""Enlarging: the basket of a quote with more of the goods that a promotion lacks, quoted again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from privlib.commands.baskets import MOST_PIECES, BasketLine
from privlib.policies.pricing.changing import quoted_again, record_of
from privlib.policies.pricing.come_to import come_to
from privlib.policies.pricing.shortages import Shortage
from privlib.quotes import Quote
from privlib.values.goods import Goods
from privlib.values.money import LARGEST_MINOR, Money

__all__ = ["enlarged"]

_TRIES: Final = 5


def enlarged(quote: Quote, short: Shortage) -> Iterator[Quote]:
    """The quote with as much more as is missing, then with more, until its goods come to enough."""
    return _with_pieces(quote, short) if short.in_pieces else _with_money(quote, short)


def _with_money(quote: Quote, short: Shortage) -> Iterator[Quote]:
    """What comes off the added goods too is made up for by adding more of them."""
    source, promotion = short.source, short.promotion
    before, more = come_to(quote, source, promotion), short.missing
    for _ in range(_TRIES):
        line = _worth(quote, promotion.goods, more)
        if line is None:
            return
        after = quoted_again(quote, [*record_of(quote).asked.basket.lines, line])
        has = come_to(after, source, promotion)
        if has >= short.needs or not short.is_next:
            yield after
        missing, gained = short.needs - has, has - before
        if missing <= 0 or gained <= 0:
            return
        more += -(-missing * more // gained)


def _with_pieces(quote: Quote, short: Shortage) -> Iterator[Quote]:
    """So many pieces more of the cheapest of its goods."""
    able = _bought(quote, short.promotion.goods)
    like = min(able, key=lambda line: (line.price.minor, line.id), default=None)
    if like is None:
        return
    quantity = like.quantity + short.missing
    if quantity > MOST_PIECES or not _holds(quote, like.price.minor * short.missing):
        return
    lines = record_of(quote).asked.basket.lines
    yield quoted_again(
        quote,
        [attrs.evolve(line, quantity=quantity) if line is like else line for line in lines],
    )


def _worth(quote: Quote, goods: Goods, minor: int) -> BasketLine | None:
    """One piece more of some goods at just this price; None where there is none."""
    if not _holds(quote, minor):
        return None
    price = Money(minor, record_of(quote).asked.currency)
    anything = BasketLine(sku="something more", price=price)
    like = next(iter(_bought(quote, goods)), anything)
    id = _new_id(record_of(quote).asked.basket.lines)
    more = attrs.evolve(like, id=id, price=price, quantity=1, cost=None)
    return more if goods.include(more) else None


def _bought(quote: Quote, goods: Goods) -> list[BasketLine]:
    """The lines of some goods that are bought and may be discounted."""
    asked = record_of(quote).asked
    return [asked.lines[row] for row in asked.lines_among(goods)]


def _holds(quote: Quote, minor: int) -> bool:
    """Whether the basket can hold so much more."""
    lines = record_of(quote).asked.basket.lines
    return sum(line.price.minor * line.quantity for line in lines) + minor <= LARGEST_MINOR


def _new_id(lines: Sequence[BasketLine]) -> str:
    ids = {line.id for line in lines}
    number = 1
    while f"more {number}" in ids:
        number += 1
    return f"more {number}"
