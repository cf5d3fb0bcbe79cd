"""What lies on the plain shelf: every piece by itself, with its list and its member price."""

from typing import NamedTuple

from privlib.commands.baskets import BasketLine

__all__ = ["Shelf", "Standing", "Unit", "bases", "groups", "leveled", "shelf_of"]


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

    `ways` says of each piece by which sets it went, `after` what was left when a layer was done,
    `applied` what applies by now, in order, each with what it took off and what was then left.
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


def shelf_of(basket, pricing, *, member=None, floors=None):
    """The pieces of a basket; `member` and `floors` are by the id of a line, in minor units."""
    units = tuple(
        Unit(
            line=place,
            thing=line,
            list=line.price.minor,
            member=(member or {}).get(line.id, line.price.minor),
            floor=(floors or {}).get(line.id, 0),
        )
        for place, line in enumerate(line for line in basket.lines if line.ticked)
        for _ in range(line.quantity)
    )
    shelf = Shelf(units, basket.shipping, pricing)
    left = tuple(unit.member for unit in units)
    whole = tuple(line.price.minor for line in basket.shipping)
    return shelf, Standing(left, ((),) * len(units), whole, {})


def bases(shelf, standing, base):
    """The amounts of all pieces on a base."""
    if base == "list":
        return [unit.list for unit in shelf.units]
    if base == "member":
        return [unit.member for unit in shelf.units]
    if base == "remaining":
        return list(standing.left)
    return list(standing.after[base.removeprefix("after:")])


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
