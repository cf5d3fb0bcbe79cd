"""Shelf prices as a shopkeeper works them out: every rule looked at, fractions till the end."""

from fractions import Fraction
from math import ceil

from tests.conditions.plainly import plainly

from privlib.quotes import ShelfPrice
from privlib.values.rate import divide


class Noon:
    """What is so of a customer at noon of a day, of a shop without holidays."""

    time_of_day = 12 * 60
    holiday = None

    def __init__(self, customer, channel, day):
        self.tags, self.orders, self.is_member = customer.tags, customer.orders, customer.is_member
        self.channel, self.weekday = channel, day.weekday()


def applying(line, customer, book, *, channel, platform, day):
    """The rules that are about a line, a customer, a place and a day."""
    return [
        rule
        for rule in book.rules
        if rule.goods.include(line)
        and (not rule.buyers.members_only or customer.is_member)
        and (not rule.buyers.tiers or customer.tier in rule.buyers.tiers)
        and (not rule.buyers.plans or set(customer.plans) & set(rule.buyers.plans))
        and (not rule.places.channels or channel in rule.places.channels)
        and (not rule.places.platforms or platform in rule.places.platforms)
        and (rule.starts is None or rule.starts <= day)
        and (rule.ends is None or day < rule.ends)
        and plainly(rule.when, Noon(customer, channel, day))
    ]


def made_of(rule, base, book):
    """What a rule makes of a price."""
    if rule.price is not None:
        return rule.price.minor
    if rule.off is not None:
        return max(base - rule.off.minor, 0)
    off = Fraction(base * rule.percent.numerator, rule.percent.denominator)
    return base - divide(off.numerator, off.denominator, rounding=book.rounding)


def by_price(pair):
    """The lower price first, of equal ones that of the earlier name."""
    price, rule = pair
    return price, rule.name


def plain_shelf(line, customer, book, *, channel, platform, day):
    """The shelf price of a line."""
    rules = applying(line, customer, book, channel=channel, platform=platform, day=day)
    lists = [(made_of(rule, line.price.minor, book), rule) for rule in rules if rule.kind == "list"]
    base, owner = line.price.minor, None
    may = [pair for pair in lists if book.above_list or pair[0] <= base]
    if may and book.arbitration == "declared":
        base, owner = may[0]
    elif may:
        base, owner = min(may, key=by_price)
    others = [(made_of(rule, base, book), rule) for rule in rules if rule.kind != "list"]
    may = [pair for pair in others if book.above_list or pair[0] <= base]
    plans = [pair for pair in may if pair[1].kind == "plan"]
    counts = base, owner
    if book.arbitration == "declared" and may:
        counts = may[0]
    elif book.arbitration == "plan" and plans:
        counts = min(plans, key=by_price)
    elif book.arbitration != "declared":
        counts = min([pair for pair in may if pair[0] < base], key=by_price, default=counts)
    passed = [(rule.name, price) for price, rule in lists + others if rule is not counts[1]]
    price, name = counts[0], counts[1] and counts[1].name
    low, floor = plain_floor(line, book)
    if book.floors_bind == "all" and name is not None and price < low:
        passed, price, name = [*passed, (name, price)], low, floor
    passed.sort(key=lambda pair: (pair[1], pair[0]))
    return ShelfPrice(rule=name, price_minor=price, replaced=tuple(passed))


def plain_floor(line, book):
    """The floor of a line, and the name of what says so."""
    lows = [(0, None)]
    for floor in sorted(book.floors, key=lambda floor: floor.name, reverse=True):
        if floor.goods.include(line):
            if floor.price is not None:
                lows.append((floor.price.minor, floor.name))
            elif line.cost is not None:
                over = 1 + Fraction(floor.over_cost.numerator, floor.over_cost.denominator)
                lows.append((ceil(line.cost.minor * over), floor.name))
    lows = [(min(low, line.price.minor), name) for low, name in lows]
    highest = max(low for low, _ in lows)
    return next((low, name) for low, name in reversed(lows) if low == highest)
