"""One turn: a promotion that applies to what there is by then, or cannot."""

from typing import NamedTuple

from tests.laws.plain_pricing.asking import Candidate
from tests.laws.plain_pricing.cutting import cuts, shipping_cuts
from tests.laws.plain_pricing.sets import set_uses
from tests.laws.plain_pricing.shelf import bases, leveled

from privlib.program.offers import Bundle, FreeShipping, ShippingOff

__all__ = ["Applying", "cut_turn", "is_met", "on_shipping", "set_turns", "usable"]


class Applying(NamedTuple):
    """One that applies: what it takes off, what it could not, and what is then left of all."""

    candidate: Candidate
    off: int
    cut: int
    left: tuple
    shipping: tuple


def on_shipping(candidate):
    return isinstance(candidate.promotion.offer, ShippingOff | FreeShipping)


def usable(shelf, candidate, free):
    """The pieces that a promotion could touch, among those that are free."""
    promotion = candidate.promotion
    kinds = [promotion.goods]
    if isinstance(promotion.offer, Bundle):
        kinds = [part.goods for part in promotion.offer.parts]
    things = {place: shelf.units[place].thing for place in free}
    return [
        place
        for place, thing in things.items()
        if thing.discountable and any(goods.include(thing) for goods in kinds)
    ]


def is_met(shelf, standing, candidate, places):
    """Whether these pieces come to what the promotion needs."""
    needs = candidate.promotion.needs
    if needs is None:
        return True
    amounts = bases(shelf, standing, needs.base)
    return (
        (needs.amount is None or sum(amounts[place] for place in places) >= needs.amount.minor)
        and (needs.pieces is None or len(places) >= needs.pieces)
        and (
            needs.distinct is None
            or len({shelf.units[place].thing.product for place in places}) >= needs.distinct
        )
    )


def cut_turn(shelf, standing, candidate, places):
    """What there is after a promotion took off what it takes; None where it takes nothing."""
    if not is_met(shelf, standing, candidate, places):
        return None
    if on_shipping(candidate):
        if not places and not candidate.promotion.goods.is_all:
            return None
        taken, asked = shipping_cuts(shelf, standing, candidate.promotion)
        shipping = [left - off for left, off in zip(standing.shipping, taken, strict=True)]
        rest = standing._replace(shipping=tuple(shipping))
        return _applied(shelf, rest, candidate, off=sum(taken), asked=asked)
    taken, asked = cuts(shelf, standing, candidate.promotion, places)
    rest = _without(standing, taken)
    return _applied(shelf, rest, candidate, off=sum(taken.values()), asked=asked)


def set_turns(shelf, standing, candidate, free):
    """The same for each way to make sets of what is free, with the pieces that are still free."""
    if not is_met(shelf, standing, candidate, usable(shelf, candidate, free)):
        return
    touched = [place for place in free if shelf.units[place].thing.discountable]
    for taken, asked in set_uses(shelf, standing, candidate.promotion, touched):
        ways = list(standing.ways)
        for place, off in taken.items():
            ways[place] = (*ways[place], (candidate.source, off))
        gone = _without(standing._replace(ways=tuple(ways)), taken)
        after = _applied(shelf, gone, candidate, off=sum(taken.values()), asked=asked)
        if after is not None:
            yield after, tuple(place for place in free if place not in taken)


def _without(standing, taken):
    left = [amount - taken.get(place, 0) for place, amount in enumerate(standing.left)]
    return standing._replace(left=tuple(left))


def _applied(shelf, standing, candidate, *, off, asked):
    """What applies takes off something, and no more than its budget has."""
    name, limit = candidate.promotion.name, candidate.budget
    spent = sum(each.off for each in standing.applied if each.candidate.promotion.name == name)
    if not off or (limit is not None and spent + off > limit):
        return None
    even = leveled(shelf, standing)
    turn = Applying(candidate, off, asked - off, even.left, even.shipping)
    return even._replace(applied=(*standing.applied, turn))
