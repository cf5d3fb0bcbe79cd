"""Changing: what a quote would be of another basket, or with other coupons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
import pendulum
from attrs import frozen

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.errors import InvalidValueError
from privlib.policies.pricing.quoting import NOTHING_USED, quote_basket
from privlib.policies.pricing.working_out import QuoteRecord
from privlib.program.program import Program
from privlib.quotes import LeftOut, Quote
from privlib.values.choice import as_tuple, expected
from privlib.values.money import Money

__all__ = ["BestUse", "Change", "best_use", "quoted_again", "record_of", "what_if"]


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


def _without(one: Quote, other: Quote) -> tuple[str, ...]:
    there = {applied.source for applied in other.applied}
    return tuple(applied.source for applied in one.applied if applied.source not in there)


def record_of(quote: Quote) -> QuoteRecord:
    """What a quote was worked out of.

    Raises InvalidValueError for one that was stored.
    """
    work = expected(Quote, quote).work
    if not isinstance(work, QuoteRecord):
        raise InvalidValueError(
            "a quote that was stored has no basket: quote the basket again to change it"
        )
    return work


def what_if(quote: Quote, *, add: Iterable[BasketLine] = (), remove: Iterable[str] = ()) -> Change:
    """What it would be with these lines more, and without those of these ids.

    Raises InvalidValueError for an id that is no line's, and for a quote that was stored.
    """
    basket = record_of(quote).asked.basket
    gone = set(as_tuple(remove))
    unknown = gone - {line.id for line in basket.lines}
    if unknown:
        raise InvalidValueError(f"the basket has no line {min(unknown)!r}")
    lines = [line for line in basket.lines if line.id not in gone]
    return Change(before=quote, after=quoted_again(quote, [*lines, *as_tuple(add)]))


def quoted_again(quote: Quote, lines: Sequence[BasketLine]) -> Quote:
    """The same question about other lines."""
    record = record_of(quote)
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
    used: Mapping[str, int] = NOTHING_USED,
    at: pendulum.DateTime,
) -> BestUse:
    """Which of some coupons to tick for a basket, and what they save against using none."""
    held = as_tuple(coupons)
    codes = as_tuple(codes)
    with_them = attrs.evolve(expected(CustomerState, customer), coupons=held)
    without = attrs.evolve(customer, coupons=())
    quote = quote_basket(basket, with_them, program, codes=codes, used=used, at=at)
    plain = quote_basket(basket, without, program, codes=codes, used=used, at=at)
    ids = {coupon.id for coupon in held}
    return BestUse(
        ticked=tuple(applied.coupon for applied in quote.applied if applied.coupon is not None),
        saves=plain.payable - quote.payable,
        quote=quote,
        left=tuple(each for each in quote.left_out if each.source in ids),
    )
