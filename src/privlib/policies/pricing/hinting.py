"""Hinting: what a little more in the basket would bring, found by quoting it with that in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from privlib.commands.baskets import BasketLine
from privlib.policies.pricing.changing import quoted_again, record_of
from privlib.policies.pricing.priced_rows import SHELF
from privlib.program.promotion import Promotion, base_layer
from privlib.quotes import Hint, LeftOut, Quote
from privlib.refusals import AmountNotReached, PiecesNotReached, TooFewForSet
from privlib.values.choice import expected
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["hints"]

_TRIES: Final = 5


def hints(quote: Quote) -> tuple[Hint, ...]:
    """What a little more in the basket would bring, the smallest step first.

    Each was found by quoting the basket with that much more in it.
    """
    found = [hint for left in expected(Quote, quote).left_out for hint in _hints_of(quote, left)]
    return tuple(sorted(found, key=lambda hint: (hint.more.minor, hint.promotion)))


def _hints_of(quote: Quote, left: LeftOut) -> Iterator[Hint]:
    promotion = record_of(quote).promotion_of(left.source)
    if promotion is None or len(left.reasons) != 1:
        return
    pieces = None
    match left.reasons[0]:
        case AmountNotReached() as short:
            after = _with_money(quote, promotion, short)
        case PiecesNotReached() | TooFewForSet() as short:
            after, pieces = _with_pieces(quote, promotion.goods, short.missing), short.missing
        case _:
            return
    if after is None:
        return
    applied = next((each for each in after.applied if each.source == left.source), None)
    if applied is not None and applied.amount:
        yield Hint(
            promotion=left.source,
            goods=promotion.goods,
            more=after.list - quote.list,
            pieces=pieces,
            takes_off=applied.amount,
            payable=after.payable,
        )


def _with_money(quote: Quote, promotion: Promotion, short: AmountNotReached) -> Quote | None:
    """The quote with so much more of a promotion's goods that it applies.

    What comes off the added goods too is made up for by adding more of them.
    """
    before, more = _come_to(quote, promotion), short.missing.minor
    for _ in range(_TRIES):
        added = Money(more, short.missing.currency)
        lines = _more_money(record_of(quote).asked.basket.lines, promotion.goods, added)
        if lines is None:
            return None
        after = quoted_again(quote, lines)
        if any(each.source == promotion.name for each in after.applied):
            return after
        has = _come_to(after, promotion)
        missing, gained = short.needs.minor - has, has - before
        if missing <= 0 or gained <= 0:
            return None
        more += -(-missing * more // gained)
    return None


def _come_to(quote: Quote, promotion: Promotion) -> int:
    """What a promotion's goods come to on the base of its threshold when its layer begins."""
    record = record_of(quote)
    base = "remaining" if promotion.needs is None else promotion.needs.base
    layers = [layer.name for layer in record.program.pricing.layers]
    seen: list[str] = []
    if base == "remaining":
        seen = [SHELF, *layers[: layers.index(promotion.layer)]]
    elif base != "list":
        last = base_layer(base)
        seen = [SHELF, *([] if last is None else layers[: layers.index(last) + 1])]
    lines = [quote.lines[row] for row in record.asked.lines_among(promotion.goods)]
    return sum(
        line.list_minor - sum(each.amount_minor for each in line.adjustments if each.layer in seen)
        for line in lines
    )


def _with_pieces(quote: Quote, goods: Goods, missing: int) -> Quote | None:
    lines = _more_pieces(record_of(quote).asked.basket.lines, goods, missing)
    return None if lines is None else quoted_again(quote, lines)


def _more_money(
    lines: Sequence[BasketLine], goods: Goods, missing: Money
) -> list[BasketLine] | None:
    """The lines with one more of these goods, at just the price that is missing."""
    like = next((line for line in lines if line.discountable and goods.include(line)), None)
    if like is None:
        like = BasketLine(
            sku=next(iter(goods.skus), "something more"),
            price=missing,
            product=next(iter(goods.products), None) or "something more",
            categories=goods.categories[:1],
            brand=next(iter(goods.brands), None),
            tags=goods.tags[:1],
        )
    more = attrs.evolve(like, id=_new_id(lines), price=missing, quantity=1, cost=None, ticked=True)
    return [*lines, more] if goods.include(more) else None


def _more_pieces(
    lines: Sequence[BasketLine], goods: Goods, missing: int
) -> list[BasketLine] | None:
    """The lines with so many more pieces of the cheapest of these goods."""
    able = [line for line in lines if line.ticked and line.discountable and goods.include(line)]
    if not able:
        return None
    like = min(able, key=lambda line: (line.price.minor, line.id))
    return [
        attrs.evolve(line, quantity=line.quantity + missing) if line is like else line
        for line in lines
    ]


def _new_id(lines: Sequence[BasketLine]) -> str:
    ids = {line.id for line in lines}
    number = 1
    while f"more {number}" in ids:
        number += 1
    return f"more {number}"
