"""What lies on the plain shelf: every piece by itself, with its list and its member price."""

from typing import NamedTuple

from privlib.commands.baskets import BasketLine

__all__ = ["Shelf", "Standing", "Unit", "bases", "groups", "leveled", "shelf_of", "shipping_bases"]


class Unit(NamedTuple):
    """One piece of a line: its two fixed prices, and what it is never sold below."""

    line: int
    thing: BasketLine
    list: int
    member: int
    floor: int

    @property
    def is_touched(self):
        return self.thing.discountable


class Shelf(NamedTuple):
    """All pieces that are ticked, in the order of the basket, and all ways of shipping."""

    units: tuple
    shipping: tuple
    pricing: object


class Standing(NamedTuple):
    """What is left of each piece and of each way of shipping, and how it came to that.

    `ways` says of each piece by which sets it went, `after` what was left of both when a layer was
    done, `applied` what applies by now, in order, each with what it took off and what it left.
    """

    left: tuple
    ways: tuple
    shipping: tuple
    after: dict
    applied: tuple = ()

    @property
    def payable(self):
        return sum(self.left) + sum(self.shipping)

    @property
    def sources(self):
        return tuple(sorted(each.candidate.source for each in self.applied))


def shelf_of(basket, customer, program):
    """The pieces of a basket, under a price book of single prices for members, and of floors."""
    units = tuple(
        Unit(place, line, line.price.minor, *_prices(line, customer, program.prices))
        for place, line in enumerate(line for line in basket.lines if line.ticked)
        for _ in range(line.quantity)
    )
    left = tuple(unit.member for unit in units)
    shipping = tuple(line.price.minor for line in basket.shipping)
    return Shelf(units, basket.shipping, program.pricing), Standing(
        left, ((),) * len(units), shipping, {}
    )


def _prices(line, customer, book):
    """What a piece costs before any promotion, and what nothing brings it below."""
    floors = [each.price.minor for each in book.floors if each.goods.include(line)]
    floor = min(max(floors, default=0), line.price.minor)
    rules = [
        rule.price.minor
        for rule in book.rules
        if rule.goods.include(line) and rule.buyers.include(customer)
    ]
    price = min([line.price.minor, *rules])
    return (max(price, floor) if book.floors_bind == "all" else price), floor


def bases(shelf, standing, base):
    """The amounts of all pieces on a base."""
    if base == "list":
        return [unit.list for unit in shelf.units]
    if base == "member":
        return [unit.member for unit in shelf.units]
    if base == "remaining":
        return list(standing.left)
    return list(standing.after[base.removeprefix("after:")][0])


def shipping_bases(shelf, standing, base):
    """The amounts of all ways of shipping on a base."""
    if base in {"list", "member"}:
        return [way.price.minor for way in shelf.shipping]
    if base == "remaining":
        return list(standing.shipping)
    return list(standing.after[base.removeprefix("after:")][1])


def groups(shelf, standing, places):
    """Pieces by line, and in each line by the way they went: lists of lists of places."""
    lines = {}
    for place in places:
        ways = lines.setdefault(shelf.units[place].line, {})
        ways.setdefault(standing.ways[place], []).append(place)
    return [list(ways.values()) for ways in lines.values()]


def leveled(shelf, standing):
    """The same amounts, evenly over the pieces of a line that went the same way."""
    left = list(standing.left)
    for ways in groups(shelf, standing, range(len(left))):
        for group in ways:
            each, odd = divmod(sum(left[place] for place in group), len(group))
            for number, place in enumerate(group):
                left[place] = each + (number < odd)
    return standing._replace(left=tuple(left))
