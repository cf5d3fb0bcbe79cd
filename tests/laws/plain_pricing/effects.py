"""What applies without taking money off: gifts, points, coupons for the next order, and shipping
that costs nothing already.
"""

from fractions import Fraction

from tests.laws.plain_pricing.cutting import is_among
from tests.laws.plain_pricing.outcome import Effects
from tests.laws.plain_pricing.stacking import partners_are_there
from tests.laws.plain_pricing.turns import is_met, usable

from privlib.program.offers import FreeShipping, GiftWithPurchase, NextCoupon, PointsTimes
from privlib.program.pricing import Choice
from privlib.values.rate import Rate

__all__ = ["effects"]


def effects(shop, standing):
    """Which of them apply once the money is settled: each that can, in the order of promotions."""
    order = _applying_order(shop.pricing)
    chosen = {each.candidate.source for each in standing.applied}
    applying, given = [each.candidate for each in standing.applied], Effects()
    for candidate in sorted(shop.all_found, key=order):
        offer = candidate.promotion.offer
        if candidate.source in chosen or (candidate.has_money and type(offer) is not FreeShipping):
            continue
        begun, there = shop.begun(standing, candidate), _at_its_turn(shop, standing, candidate)
        may = shop.may_join(candidate, applying) and partners_are_there([*applying, candidate])
        if may and shop.holds(candidate, begun):
            gives = _gives(shop, there, candidate)
            if gives is not None:
                applying.append(candidate)
                given = _together(given, gives)
    return given


def _together(given, more):
    """What several give: of points, so many times so many times."""
    points = Fraction(given.points.numerator, given.points.denominator) * Fraction(
        more.points.numerator, more.points.denominator
    )
    return Effects(
        sources=tuple(sorted(given.sources + more.sources)),
        gifts=given.gifts + more.gifts,
        points=Rate(points.numerator, points.denominator),
        coupons=given.coupons + more.coupons,
    )


def _applying_order(pricing):
    """The order in which promotions apply, as a key of candidates."""
    layers = {layer.name: (place, layer) for place, layer in enumerate(pricing.layers)}

    def key(candidate):
        promotion = candidate.promotion
        place, layer = layers[promotion.layer]
        takes_first = layer.choice is Choice.BEST and not promotion.takes_units
        return place, takes_first, -promotion.priority, promotion.name, candidate.source

    return key


def _at_its_turn(shop, standing, candidate):
    """What there is when its turn comes: after all that apply before it."""
    order = _applying_order(shop.pricing)
    there = shop.begun(standing, candidate)
    for turn in standing.applied:
        is_before = order(turn.candidate) < order(candidate)
        if is_before and turn.candidate.promotion.layer == candidate.promotion.layer:
            there = there._replace(left=turn.left, shipping=turn.shipping)
    return there


def _gives(shop, standing, candidate):
    """What it gives at its turn; None where it does not apply."""
    promotion, shelf = candidate.promotion, shop.shelf
    places = usable(shelf, candidate, range(len(shelf.units)))
    if not is_met(shelf, standing, candidate, places):
        return None
    if not places and not promotion.goods.is_all:
        return None
    gives = Effects(sources=(candidate.source,))
    match promotion.offer:
        case FreeShipping() as offer:
            ways = zip(shelf.shipping, standing.shipping, strict=True)
            left = [left for way, left in ways if is_among(way, offer)]
            is_spent = promotion.trigger == "coupon"  # none is spent on what costs nothing
            return gives if left and not any(left) and not is_spent else None
        case GiftWithPurchase():
            gifts = _gifts(shop, promotion, len(places))
            return gives._replace(gifts=gifts) if gifts else None
        case PointsTimes(times=times):
            return gives._replace(points=times)
        case NextCoupon() as offer:
            return gives._replace(coupons=((offer.campaign, offer.coupon),))


def _gifts(shop, promotion, pieces):
    """The gift as often as it is due, or the first of its replacements that is not out, if any."""
    offer = promotion.offer
    times = 1 if offer.every is None else pieces // offer.every
    due = offer.pieces * min(times, offer.at_most or times)
    sku = next((sku for sku in _skus(offer) if sku not in shop.out_of_stock), None)
    if offer.fill:
        due -= sum(unit.thing.sku == sku for unit in shop.shelf.units)
    if sku is None or due <= 0:
        return ()
    instead_of = None if sku == offer.sku else offer.sku
    return ((sku, due, instead_of),)


def _skus(offer):
    return offer.sku, *offer.replacements
