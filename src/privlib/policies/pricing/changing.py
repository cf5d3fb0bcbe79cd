"""Changing: what a quote would be of another basket, with other coupons, and what would pay off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs
import pendulum
from attrs import frozen

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.errors import InvalidValueError
from privlib.policies.pricing.quoting import quote_basket
from privlib.policies.pricing.working_out import QuoteRecord
from privlib.program.program import Program
from privlib.quotes import LeftOut, Quote
from privlib.refusals import AmountNotReached, PiecesNotReached, TooFewForSet
from privlib.values.choice import as_tuple
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["BestUse", "Change", "Hint", "best_use", "hints", "what_if"]

_TRIES: Final = 5


@frozen(kw_only=True)
class Change:
    """Two quotes: as it is, and as it would be.

    `difference` is what would be paid more. `gained` applies then and not now, `lost` the other
    way round.
    """

    before: Quote
    after: Quote

    @property
    def difference(self) -> Money:
        """What would be paid more; below 0 where it would be less."""
        return self.after.payable - self.before.payable

    @property
    def gained(self) -> tuple[str, ...]:
        """What would apply and does not now."""
        return _without(self.after, self.before)

    @property
    def lost(self) -> tuple[str, ...]:
        """What applies now and would not then."""
        return _without(self.before, self.after)


@frozen(kw_only=True)
class BestUse:
    """Which coupons to tick: those that make the basket cheapest, what they save, and the rest."""

    ticked: tuple[str, ...]
    saves: Money
    quote: Quote
    left: tuple[LeftOut, ...]


@frozen(kw_only=True)
class Hint:
    """What a little more would bring: so much money or so many pieces more of some goods.

    `takes_off` is what the promotion then takes off, `payable` what is paid in all then.
    """

    promotion: str
    goods: Goods
    more: Money
    pieces: int | None = None
    takes_off: Money
    payable: Money


def _without(one: Quote, other: Quote) -> tuple[str, ...]:
    there = {applied.source for applied in other.applied}
    return tuple(applied.source for applied in one.applied if applied.source not in there)


def _record(quote: Quote) -> QuoteRecord:
    work = quote.work
    if not isinstance(work, QuoteRecord):
        raise InvalidValueError(
            "a quote that was stored has no basket: quote the basket again to change it"
        )
    return work


def what_if(quote: Quote, *, add: Iterable[BasketLine] = (), remove: Iterable[str] = ()) -> Change:
    """What it would be with these lines more, and without those of these ids.

    Raises InvalidValueError for an id that is no line's, and for a quote that was stored.
    """
    basket = _record(quote).asked.basket
    gone = set(as_tuple(remove))
    unknown = gone - {line.id for line in basket.lines}
    if unknown:
        raise InvalidValueError(f"the basket has no line {min(unknown)!r}")
    lines = [line for line in basket.lines if line.id not in gone]
    return Change(before=quote, after=_again(quote, [*lines, *as_tuple(add)]))


def _again(quote: Quote, lines: Sequence[BasketLine]) -> Quote:
    """The same question about other lines."""
    record = _record(quote)
    asked = record.asked
    return quote_basket(
        attrs.evolve(asked.basket, lines=lines),
        asked.customer,
        record.program,
        codes=asked.codes,
        used=asked.used,
        out_of_stock=record.out_of_stock,
        at=asked.at,
    )


def best_use(
    coupons: Iterable[CouponInHand],
    basket: Basket,
    customer: CustomerState,
    program: Program,
    *,
    codes: Iterable[str] = (),
    at: pendulum.DateTime,
) -> BestUse:
    """Which of some coupons to tick for a basket, and what they save against using none."""
    held = as_tuple(coupons)
    codes = as_tuple(codes)
    with_them = attrs.evolve(customer, coupons=held)
    without = attrs.evolve(customer, coupons=())
    quote = quote_basket(basket, with_them, program, codes=codes, at=at)
    plain = quote_basket(basket, without, program, codes=codes, at=at)
    ids = {coupon.id for coupon in held}
    return BestUse(
        ticked=tuple(applied.coupon for applied in quote.applied if applied.coupon is not None),
        saves=plain.payable - quote.payable,
        quote=quote,
        left=tuple(each for each in quote.left_out if each.source in ids),
    )


def hints(quote: Quote) -> tuple[Hint, ...]:
    """What a little more in the basket would bring, the smallest step first.

    Each was found by quoting the basket with that much more in it.
    """
    found = [hint for left in quote.left_out for hint in _hints_of(quote, left)]
    return tuple(sorted(found, key=lambda hint: (hint.more.minor, hint.promotion)))


def _hints_of(quote: Quote, left: LeftOut) -> Iterator[Hint]:
    promotion = _record(quote).promotion_of(left.source)
    if promotion is None or len(left.reasons) != 1:
        return
    pieces = None
    match left.reasons[0]:
        case AmountNotReached() as short:
            after = _with_money(quote, promotion.goods, short)
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


def _with_money(quote: Quote, goods: Goods, short: AmountNotReached) -> Quote | None:
    """The quote with so much more of some goods that the amount is reached.

    What comes off the added goods too is made up for by adding more of them.
    """
    more, missing = short.missing, short.missing
    for _ in range(_TRIES):
        lines = _more_money(_record(quote).asked.basket.lines, goods, more)
        if lines is None:
            return None
        after = _again(quote, lines)
        still = _still_short(after, short.promotion)
        if still is None:
            return after
        gained = missing.minor - still.missing.minor
        if gained <= 0:
            return None
        more = Money(-(-more.minor * missing.minor // gained), more.currency)
    return None


def _still_short(quote: Quote, promotion: str) -> AmountNotReached | None:
    reasons = [r for left in quote.left_out if left.source == promotion for r in left.reasons]
    return next((reason for reason in reasons if isinstance(reason, AmountNotReached)), None)


def _with_pieces(quote: Quote, goods: Goods, missing: int) -> Quote | None:
    lines = _more_pieces(_record(quote).asked.basket.lines, goods, missing)
    return None if lines is None else _again(quote, lines)


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
