"""Patterns: what makes up a set of an offer, and what that takes off each piece."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define

from privlib.policies.pricing.sharing import Sharing, rounder
from privlib.program.offers import (
    Bundle,
    BuyGet,
    CheapestFree,
    Favour,
    NthItem,
    Packs,
    SetOffer,
    SetsFrom,
)
from privlib.program.pricing import Pricing
from privlib.values.goods import Goods
from privlib.values.rate import Rate, percent

__all__ = ["Fill", "Part", "Pattern", "Piece", "PieceCuts", "Stock", "dearer", "pattern_of"]

Piece: TypeAlias = tuple[int, int]
"""One piece: its price, and the cell it lies in."""

PieceCuts: TypeAlias = list[tuple[int, int]]
"""What is taken off each piece: (cell, amount)."""

Discount: TypeAlias = Callable[[Sequence[Sequence[Piece]], Sequence[int]], PieceCuts]
"""What is taken off in a set: of the pieces of its parts, and the room in a piece of each cell."""


@define(eq=False)
class Stock:
    """The pieces that sets can be made of, by cell.

    `prices` are of one piece, on the base of the offer; `rooms` what can be taken off it; `free`
    how many there are; `kinds` of which product they are.
    """

    prices: Sequence[int]
    rooms: Sequence[int]
    free: Sequence[int]
    kinds: Sequence[str]


@define(eq=False, frozen=True)
class Part:
    """So many pieces of some goods; None stands for the goods of the promotion."""

    goods: Goods | None
    pieces: int


@define(eq=False, frozen=True)
class Fill:
    """What a set comes to at least: an amount, pieces, products. Some take more pieces, too."""

    amount: int
    pieces: int
    distinct: int
    takes_more: bool

    def is_met(self, amount: int, pieces: int, distinct: int) -> bool:
        """Whether so much is enough."""
        return amount >= self.amount and pieces >= self.pieces and distinct >= self.distinct


@define(eq=False, frozen=True)
class Pattern:
    """What makes up a set, what it takes off, and how many there may be.

    `rewarded` is how many pieces of the last part are got for less, where that is what it does;
    `off` what a set takes off in all, where that is fixed. With `fill`, a set has one part, of as
    many pieces as it takes to come to that.
    """

    parts: tuple[Part, ...]
    discount: Discount
    at_most: int | None = None
    favour: Favour = Favour.CUSTOMER
    rewarded: int = 0
    off: int | None = None
    fill: Fill | None = None


def pattern_of(offer: SetOffer, pricing: Pricing) -> Pattern:
    """The pattern of an offer on sets."""
    match offer:
        case NthItem():
            pattern = _rewarding(offer, offer.n, 1, offer.percent, pricing)
        case CheapestFree():
            pattern = _rewarding(offer, offer.of, offer.free, percent(100), pricing)
        case BuyGet(get_goods=None):
            size = offer.buy + offer.get
            pattern = _rewarding(offer, size, offer.get, offer.percent, pricing)
        case BuyGet():
            both = (Part(None, offer.buy), Part(offer.get_goods, offer.get))
            reward = _last_part(offer.percent, pricing)
            pattern = Pattern(both, reward, offer.at_most, offer.favour, offer.get)
        case Packs():
            one, discount = (Part(None, offer.pieces),), _down_to(offer.price.minor, pricing)
            pattern = Pattern(one, discount, offer.at_most, offer.favour)
        case Bundle():
            parts = tuple(Part(part.goods, part.pieces) for part in offer.parts)
            discount = _bundled(offer, pricing)
            off = None if offer.off is None else offer.off.minor
            pattern = Pattern(parts, discount, offer.at_most, offer.favour, off=off)
        case SetsFrom():
            pattern = _filled(offer, pricing)
    return pattern


def _rewarding(
    offer: NthItem | CheapestFree | BuyGet,
    size: int,
    rewarded: int,
    rate: Rate,
    pricing: Pricing,
) -> Pattern:
    """So many pieces, of which the cheapest cost less."""
    reward = _cheapest(rewarded, rate, pricing)
    return Pattern((Part(None, size),), reward, offer.at_most, offer.favour, rewarded)


def _filled(offer: SetsFrom, pricing: Pricing) -> Pattern:
    amount = 0 if offer.amount is None else offer.amount.minor
    takes_more = offer.percent is not None
    fill = Fill(amount, max(offer.pieces or 1, 1), max(offer.distinct or 1, 1), takes_more)
    off = None if offer.off is None else offer.off.minor
    discount = _off_each(offer.percent, pricing) if off is None else _up_to(off, pricing)
    return Pattern((Part(None, 1),), discount, offer.at_most, off=off, fill=fill)


def _bundled(offer: Bundle, pricing: Pricing) -> Discount:
    if offer.price is not None:
        return _down_to(offer.price.minor, pricing)
    if offer.off is not None:
        return _up_to(offer.off.minor, pricing)
    return _off_each(offer.percent, pricing)


def _off_each(rate: Rate | None, pricing: Pricing) -> Discount:
    part = rounder(rate or Rate(0), pricing.rounding)
    return lambda parts, rooms: [
        (cell, min(part(price), rooms[cell])) for pieces in parts for price, cell in pieces
    ]


def _up_to(off: int, pricing: Pricing) -> Discount:
    return _shared_off(lambda whole: min(off, whole), pricing)


def _cheapest(count: int, rate: Rate, pricing: Pricing) -> Discount:
    """So much off the cheapest: of those at one price, off what has most left, and comes later."""
    part = rounder(rate, pricing.rounding)

    def discount(parts: Sequence[Sequence[Piece]], rooms: Sequence[int]) -> PieceCuts:
        pieces = [piece for pieces in parts for piece in pieces]
        pieces.sort(key=lambda piece: (-piece[0], rooms[piece[1]], piece[1]))
        paid = len(pieces) - count
        return [
            (cell, min(part(price), rooms[cell]) if at >= paid else 0)
            for at, (price, cell) in enumerate(pieces)
        ]

    return discount


def _last_part(rate: Rate, pricing: Pricing) -> Discount:
    part = rounder(rate, pricing.rounding)

    def discount(parts: Sequence[Sequence[Piece]], rooms: Sequence[int]) -> PieceCuts:
        bought, got = parts
        paid = [(cell, 0) for _, cell in bought]
        return paid + [(cell, min(part(price), rooms[cell])) for price, cell in got]

    return discount


def _down_to(price: int, pricing: Pricing) -> Discount:
    return _shared_off(lambda whole: max(whole - price, 0), pricing)


def _shared_off(taken: Callable[[int], int], pricing: Pricing) -> Discount:
    """An amount off the whole set, shared over its pieces by their price, as far as they go."""
    share = Sharing(overflow=pricing.overflow)

    def discount(parts: Sequence[Sequence[Piece]], rooms: Sequence[int]) -> PieceCuts:
        pieces = sorted([piece for pieces in parts for piece in pieces], key=lambda each: each[1])
        prices = [price for price, _ in pieces]
        cuts = share(taken(sum(prices)), prices, [rooms[cell] for _, cell in pieces])
        return [(cell, cut) for (_, cell), cut in zip(pieces, cuts, strict=True)]

    return discount


def dearer(piece: Piece) -> tuple[int, int]:
    return -piece[0], piece[1]
