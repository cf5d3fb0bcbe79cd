"""Hinting: what a little more in the basket would bring, found by quoting it with that in it."""

from __future__ import annotations

from fractions import Fraction

from privlib.policies.pricing.enlarging import enlarged
from privlib.policies.pricing.shortages import Shortage, shortages
from privlib.program.offers import GiftWithPurchase, NextCoupon, Offer, PointsTimes
from privlib.quotes import Applied, Hint, Quote

__all__ = ["hints"]


def hints(quote: Quote) -> tuple[Hint, ...]:
    """What a little more in the basket would bring, the smallest step first.

    What is looked at are promotions and coupons in hand that apply for want of nothing else, and
    the next steps of those that apply. Each hint was found by quoting the basket with that much
    more in it.

    Raises InvalidValueError for a quote that was stored.
    """
    found = [_hint(quote, short) for short in shortages(quote)]
    return tuple(sorted([hint for hint in found if hint is not None], key=_order))


def _order(hint: Hint) -> tuple[int, str, str]:
    return hint.more.minor, hint.promotion, hint.coupon or ""


def _hint(quote: Quote, short: Shortage) -> Hint | None:
    """What the first basket brings in which the promotion or coupon brings more than now."""
    offer = short.promotion.offer
    now = _applied(quote, short.source)
    for after in enlarged(quote, short):
        then = _applied(after, short.source)
        if then is not None and _brought(offer, after, then) > _brought(offer, quote, now):
            return _told(quote, short, after=after, now=now, then=then)
    return None


def _applied(quote: Quote, source: str) -> Applied | None:
    return next((each for each in quote.applied if each.source == source), None)


def _brought(offer: Offer, quote: Quote, applied: Applied | None) -> Fraction | int:
    """How much an offer brings of what it is about: minor units, pieces, times or coupons."""
    match offer:
        case PointsTimes():
            return Fraction(quote.points_times.numerator, quote.points_times.denominator)
        case GiftWithPurchase() if applied is not None:
            return sum(gift.pieces for gift in quote.gifts if gift.promotion == applied.source)
        case NextCoupon():
            return int(applied is not None)
        case _:
            return 0 if applied is None else applied.amount.minor


def _told(
    quote: Quote, short: Shortage, *, after: Quote, now: Applied | None, then: Applied
) -> Hint:
    source = short.source
    return Hint(
        promotion=then.promotion,
        coupon=then.coupon,
        goods=short.promotion.goods,
        more=after.list - quote.list,
        pieces=short.missing if short.in_pieces else None,
        takes_off=then.amount,
        takes_off_now=now.amount if now is not None and now.amount else None,
        gift=next((gift for gift in after.gifts if gift.promotion == source), None),
        next_coupon=next((each for each in after.next_coupons if each.promotion == source), None),
        points_times=after.points_times if isinstance(short.promotion.offer, PointsTimes) else None,
        payable=after.payable,
    )
