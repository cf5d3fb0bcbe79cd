"""Shortages: what the goods of a promotion or coupon lack, to apply or to come to the next step."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from privlib.policies.pricing.changing import record_of
from privlib.policies.pricing.come_to import come_to
from privlib.program.offers import GiftWithPurchase, ThresholdOff
from privlib.program.promotion import Promotion
from privlib.quotes import LeftOut, Quote
from privlib.refusals import AmountNotReached, PiecesNotReached, TooFewForSet

__all__ = ["Shortage", "shortages"]


@frozen(kw_only=True)
class Shortage:
    """What the goods of a promotion lack: `missing` of what it `needs`.

    Both are pieces, or else minor units on the base of its threshold. `source` is its name, or the
    id of the coupon that stands for it. With `is_next` it applies, and this is its next step.
    """

    source: str
    promotion: Promotion
    needs: int
    missing: int
    in_pieces: bool
    is_next: bool = False


def shortages(quote: Quote) -> Iterator[Shortage]:
    """What is left out for nothing but a shortage, then what applies and has a next step."""
    record = record_of(quote)
    for left in quote.left_out:
        promotion = record.promotion_of(left.source)
        if promotion is not None and len(left.reasons) == 1:
            yield from _to_apply(left, promotion)
    for applied in quote.applied:
        promotion = record.promotion_of(applied.source)
        if promotion is not None:
            yield from _to_next_step(quote, applied.source, promotion)


def _to_apply(left: LeftOut, promotion: Promotion) -> Iterator[Shortage]:
    source = left.source
    match left.reasons[0]:
        case AmountNotReached() as short:
            yield Shortage(
                source=source,
                promotion=promotion,
                needs=short.needs.minor,
                missing=short.missing.minor,
                in_pieces=False,
            )
        case PiecesNotReached() | TooFewForSet() as short:
            yield Shortage(
                source=source,
                promotion=promotion,
                needs=short.needs,
                missing=short.missing,
                in_pieces=True,
            )


def _to_next_step(quote: Quote, source: str, promotion: Promotion) -> Iterator[Shortage]:
    in_pieces = not _goes_by_money(promotion)
    has = _pieces(quote, promotion) if in_pieces else come_to(quote, source, promotion)
    needs = _next_start(promotion, has)
    if needs is not None:
        yield Shortage(
            source=source,
            promotion=promotion,
            needs=needs,
            missing=needs - has,
            in_pieces=in_pieces,
            is_next=True,
        )


def _goes_by_money(promotion: Promotion) -> bool:
    offer = promotion.offer
    return isinstance(offer, ThresholdOff) and offer.steps[0].amount is not None


def _next_start(promotion: Promotion, has: int) -> int | None:
    """Where the step after the one that is reached starts; None after the last one."""
    match promotion.offer:
        case ThresholdOff(repeat=False, steps=steps):
            return next((step.start for step in steps if step.start > has), None)
        case ThresholdOff(steps=steps, at_most=most):
            return _next_time(steps[0].start, has, most)
        case GiftWithPurchase(every=int(every), at_most=most):
            return _next_time(every, has, most)
        case _:
            return None


def _next_time(every: int, has: int, most: int | None) -> int | None:
    """Where it is full once more."""
    times = has // every + 1
    return None if most is not None and times > most else times * every


def _pieces(quote: Quote, promotion: Promotion) -> int:
    asked = record_of(quote).asked
    return asked.pieces(asked.lines_among(promotion.goods))
