"""Gifts: which gift goes with an order, and why none does."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.found import Found
from privlib.program.offers import GiftWithPurchase
from privlib.quotes import GiftLine
from privlib.refusals import GiftInBasket, GiftOutOfStock

__all__ = ["gift_of"]


def gift_of(
    candidate: Candidate,
    offer: GiftWithPurchase,
    found: Found,
    *,
    skus: Mapping[str, int],
    out_of_stock: Collection[str],
) -> GiftLine | GiftInBasket | GiftOutOfStock:
    """The gift or its first replacement that is there, or why nothing is given.

    `skus` is how many pieces of each are in the basket.
    """
    source, pieces = candidate.source, _pieces(candidate, offer, found)
    has = skus.get(offer.sku, 0) if offer.fill else 0
    if pieces <= has:
        return GiftInBasket(promotion=source, sku=offer.sku, gives=pieces, has=has)
    able = (offer.sku, *offer.replacements)
    sku = next((each for each in able if each not in out_of_stock), None)
    if sku is None:
        return GiftOutOfStock(promotion=source, skus=able)
    instead_of = None if sku == offer.sku else offer.sku
    return GiftLine(promotion=source, sku=sku, pieces=pieces - has, instead_of=instead_of)


def _pieces(candidate: Candidate, offer: GiftWithPurchase, found: Found) -> int:
    """How many pieces it gives in all."""
    if offer.every is None:
        return offer.pieces
    cells = found.standing.cells
    times = sum([cells.pieces[place] for place in cells.of(candidate.lines)]) // offer.every
    return offer.pieces * (times if offer.at_most is None else min(times, offer.at_most))
