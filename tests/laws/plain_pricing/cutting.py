"""What offers on single pieces take off: of each piece, of each line, or of all together."""

from tests.laws.plain_pricing.shelf import bases, groups, shipping_bases

from privlib.program.offers import (
    AmountOff,
    FixedPrice,
    FreeShipping,
    PercentOff,
    ShippingOff,
    Spread,
    ThresholdOff,
    UnitAmounts,
)
from privlib.values.allocation import Overflow, allocate
from privlib.values.remainder import Remainder

__all__ = ["cuts", "is_among", "shipping_cuts"]


def cuts(shelf, standing, promotion, places):
    """What a promotion takes off these pieces, as a mapping of places, and what it asks for."""
    weights = bases(shelf, standing, promotion.base)
    rooms = [
        max(0, left - unit.floor) for left, unit in zip(standing.left, shelf.units, strict=True)
    ]
    lines = groups(shelf, standing, places)
    sharing = Sharing(shelf.pricing, weights, rooms, lines)
    return _cuts(shelf, standing, promotion, sharing, places)


def _cuts(shelf, standing, promotion, sharing, places):  # noqa: PLR0911 - one case for each kind
    lines, left = sharing.lines, standing.left
    match promotion.offer:
        case PercentOff(percent=rate, ceiling=ceiling, rounded=spread):
            return sharing.percent(rate, ceiling, spread)
        case AmountOff(amount=amount, spread=Spread.UNIT):
            return sharing.by_piece(dict.fromkeys(places, amount.minor))
        case AmountOff(amount=amount, spread=Spread.LINE):
            return sharing.by_line([amount.minor for _ in lines])
        case AmountOff(amount=amount):
            return sharing.once(amount.minor)
        case FixedPrice(price=price):
            return sharing.by_piece({place: max(0, left[place] - price.minor) for place in places})
        case UnitAmounts() as offer:
            return sharing.by_piece(_one_after_the_other(offer, left, lines))
        case ThresholdOff():
            return _by_step(shelf, standing, promotion, sharing, places)


class Sharing:
    """How an amount is shared: over lines by weight, then over the ways in each line.

    Each way to share gives what is taken off each piece, and what was asked for in all.
    """

    def __init__(self, pricing, weights, rooms, lines):
        self.pricing, self.weights, self.rooms, self.lines = pricing, weights, rooms, lines

    def share(self, amount, parts, overflow, remainder):
        """One amount over parts, each a list of places, none above what it can take."""
        weights = [sum(self.weights[place] for place in part) for part in parts]
        if not sum(weights):
            return [0 for _ in parts]
        return allocate(
            amount,
            weights,
            caps=[sum(self.rooms[place] for place in part) for part in parts],
            remainder=remainder,
            overflow=overflow,
        )

    def by_piece(self, amounts):
        """For each piece an amount."""
        taken = {place: min(amount, self.rooms[place]) for place, amount in amounts.items()}
        return taken, sum(amounts.values())

    def by_line(self, amounts):
        """For each line an amount, shared over its ways; in a way evenly over its pieces.

        Within a line the odd units go where most of one is due, whatever the rule for lines.
        Nothing is asked of a line that costs nothing.
        """
        costs = [sum(self.weights[at] for way in ways for at in way) for ways in self.lines]
        asked = sum(amount for amount, cost in zip(amounts, costs, strict=True) if cost)
        return self._by_line(amounts), asked

    def _by_line(self, amounts):
        taken = {}
        for ways, amount in zip(self.lines, amounts, strict=True):
            room = sum(self.rooms[place] for way in ways for place in way)
            due = min(amount, room)
            parts = self.share(due, ways, Overflow.RESHARED, Remainder.LARGEST)
            for way, part in zip(ways, parts, strict=True):
                each, odd = divmod(part, len(way))
                taken |= {place: each + (number < odd) for number, place in enumerate(way)}
        return taken

    def once(self, amount):
        """One amount over all lines."""
        whole = [[place for way in ways for place in way] for ways in self.lines]
        if not whole:
            return {}, amount
        shares = self.share(amount, whole, self.pricing.overflow, self.pricing.remainder)
        return self._by_line(shares), amount

    def percent(self, rate, ceiling, spread):
        """A percentage, rounded by piece, by line or once; at most the ceiling in all."""
        taken, asked = self._percent(rate, spread)
        if ceiling is None:
            return taken, asked
        if sum(taken.values()) > ceiling.minor:
            return self.once(ceiling.minor)
        return taken, min(asked, ceiling.minor)

    def _percent(self, rate, spread):
        def part(amount):
            return rate.of(amount, rounding=self.pricing.rounding)

        places = [place for ways in self.lines for way in ways for place in way]
        if spread is Spread.UNIT:
            return self.by_piece({place: part(self.weights[place]) for place in places})
        if spread is Spread.LINE:
            return self.by_line(
                [part(sum(self.weights[at] for way in ways for at in way)) for ways in self.lines]
            )
        return self.once(part(sum(self.weights[place] for place in places)))


def _one_after_the_other(offer, left, lines):
    """So much off the first piece and off each further one, the dearest first."""
    whole = [[place for way in ways for place in way] for ways in lines]
    amounts = {}
    together = [place for places in whole for place in places]
    for pieces in [together] if offer.spread is Spread.ONCE else whole:
        dearest = sorted(pieces, key=lambda place: (-left[place], place))
        for number, place in enumerate(dearest[: offer.most]):
            amounts[place] = (offer.next if number else offer.first).minor
    return amounts


def _by_step(shelf, standing, promotion, sharing, places):
    """The highest step that is reached, or the one step as often as it is full."""
    offer = promotion.offer
    base = promotion.needs.base if promotion.needs else "remaining"
    amounts = bases(shelf, standing, base)
    by_pieces = offer.steps[0].amount is None
    reached = len(places) if by_pieces else sum(amounts[place] for place in places)
    step = max(
        (step for step in offer.steps if step.start <= reached),
        key=lambda step: step.start,
        default=None,
    )
    if step is None:
        return {}, 0
    if step.percent is not None:
        return sharing.percent(step.percent, offer.ceiling, Spread.ONCE)
    times = reached // step.start if offer.repeat else 1
    amount = step.off.minor * min(times, offer.at_most or times)
    if offer.ceiling is not None:
        amount = min(amount, offer.ceiling.minor)
    return sharing.once(amount)


def shipping_cuts(shelf, standing, promotion):
    """What is taken off each way of shipping, and what it asks for in all."""
    offer = promotion.offer
    amounts = shipping_bases(shelf, standing, promotion.base)
    asked = [
        _off_shipping(offer, left, amount, shelf.pricing) if amount and is_among(way, offer) else 0
        for way, left, amount in zip(shelf.shipping, standing.shipping, amounts, strict=True)
    ]
    return tuple(map(min, standing.shipping, asked)), sum(asked)


def is_among(way, offer):
    """Whether an offer is about a way of shipping."""
    return not offer.methods or way.method in offer.methods


def _off_shipping(offer, left, amount, pricing):
    match offer:
        case FreeShipping():
            return left
        case ShippingOff(amount=None, percent=rate):
            return rate.of(amount, rounding=pricing.rounding)
        case ShippingOff(amount=off):
            return off.minor
