"""Sets: every way in which offers on sets can use pieces, and what each way takes off."""

from functools import partial
from itertools import combinations

from tests.laws.plain_pricing.shelf import bases

from privlib.program.offers import Bundle, BuyGet, CheapestFree, Favour, NthItem, Packs, SetsFrom
from privlib.values.allocation import allocate

__all__ = ["set_uses"]


def set_uses(shelf, standing, promotion, free):
    """The ways to make sets of free pieces: for each, what it takes off each piece it uses, and
    what it asks for in all.

    Pieces of a line that went the same way and cost the same are the same for this.
    """
    offer, prices = promotion.offer, bases(shelf, standing, promotion.base)
    table = _Table(shelf, standing, offer, prices)
    usable = [place for place in free if promotion.goods.include(shelf.units[place].thing)]
    if isinstance(offer, SetsFrom):
        return list(_that_come_to(table, usable))
    pools = [
        ([place for place in free if goods.include(shelf.units[place].thing)], count)
        for goods, count in _parts(offer, promotion.goods)
    ]
    if offer.favour is Favour.SHOP:
        return list(_for_the_shop(table, pools, usable))
    one_set = partial(_of_parts, table, pools)
    return list(_for_the_customer(table, one_set, offer.at_most))


def _parts(offer, goods):
    """Of which goods a set has how many pieces."""
    match offer:
        case NthItem(n=n):
            return [(goods, n)]
        case BuyGet(buy=buy, get=get, get_goods=None):
            return [(goods, buy + get)]
        case BuyGet(buy=buy, get=get, get_goods=others):
            return [(goods, buy), (others, get)]
        case CheapestFree(of=of):
            return [(goods, of)]
        case Bundle(parts=parts):
            return [(part.goods, part.pieces) for part in parts]
        case Packs(pieces=pieces):
            return [(goods, pieces)]


class _Table:
    """What one set takes off: the pieces of each part are given, and their prices are looked up."""

    def __init__(self, shelf, standing, offer, prices):
        self.shelf, self.standing, self.offer, self.prices = shelf, standing, offer, prices

    def rewarded(self, place):
        """The cheaper come first; of equal price, those with most left, then later ones."""
        return (self.prices[place], -self._room(place), -place)

    def kind(self, place):
        """What tells a piece from others, where sets are concerned."""
        return (
            self.shelf.units[place].line,
            self.standing.ways[place],
            self.standing.left[place],
            self.prices[place],
        )

    def cheap(self, place):
        """The cheaper come first; of equal price, those later in the basket."""
        return (self.prices[place], -place)

    def comes_to_it(self, pieces):
        """Whether pieces come to the amount, number and products that are asked for."""
        offer, things = self.offer, [self.shelf.units[place].thing for place in pieces]
        return (
            (
                offer.amount is None
                or sum(map(self.prices.__getitem__, pieces)) >= offer.amount.minor
            )
            and len(pieces) >= (offer.pieces or 0)
            and len({thing.product for thing in things}) >= (offer.distinct or 0)
        )

    def off(self, parts):
        """What is taken off each piece of one set, and what it asks for in all."""
        pieces = sorted(place for part in parts for place in part)
        if (amount := self._amount(pieces)) is not None:
            return self._shared(amount, pieces), amount
        wanted = self._wanted(parts, pieces)
        taken = {place: min(wanted.get(place, 0), self._room(place)) for place in pieces}
        return taken, sum(wanted.values())

    def _room(self, place):
        return max(0, self.standing.left[place] - self.shelf.units[place].floor)

    def _amount(self, pieces):
        """What is taken off a set as one amount; None where each piece is reckoned by itself."""
        whole = sum(self.prices[place] for place in pieces)
        match self.offer:
            case Bundle(off=off) | SetsFrom(off=off) if off is not None:
                return off.minor
            case Bundle(price=price) | Packs(price=price) if price is not None:
                return max(0, whole - price.minor)

    def _wanted(self, parts, pieces):
        def part(rate, place):
            return rate.of(self.prices[place], rounding=self.shelf.pricing.rounding)

        cheapest = sorted(pieces, key=self.rewarded)
        match self.offer:
            case NthItem(percent=rate):
                return {place: part(rate, place) for place in cheapest[:1]}
            case BuyGet(percent=rate, get=get, get_goods=None):
                return {place: part(rate, place) for place in cheapest[:get]}
            case BuyGet(percent=rate):
                return {place: part(rate, place) for place in parts[1]}
            case CheapestFree(free=free):
                return {place: self.prices[place] for place in cheapest[:free]}
            case Bundle(percent=rate) | SetsFrom(percent=rate):
                return {place: part(rate, place) for place in pieces}

    def _shared(self, amount, pieces):
        """An amount over the pieces of a set, by what they cost."""
        weights = [self.prices[place] for place in pieces]
        amount = min(amount, sum(weights))
        if not amount:
            return dict.fromkeys(pieces, 0)
        rooms = [self._room(place) for place in pieces]
        shares = allocate(amount, weights, caps=rooms, overflow=self.shelf.pricing.overflow)
        return dict(zip(pieces, shares, strict=True))


def _for_the_customer(table, one_set, at_most):
    """Any sets that take something off, so many at most: each use once, in whatever order.

    `one_set` gives all choices of the pieces of one set, by part, that some are taken from.
    """
    seen = set()

    def more(taken, asked, sets, count):
        if count == at_most:
            return
        for parts in one_set(taken):
            used, more_asked = table.off(parts)
            if not any(used.values()):
                continue
            kinds = tuple(sorted((table.kind(place), off) for place, off in used.items()))
            after = tuple(sorted([*sets, kinds]))
            if after in seen:
                continue
            seen.add(after)
            yield taken | used, asked + more_asked
            yield from more(taken | used, asked + more_asked, after, count + 1)

    yield from more({}, 0, (), 0)


def _of_parts(table, pools, taken, chosen=()):
    """All choices of the pieces of one set, part by part; of equal pieces the first."""
    if len(chosen) == len(pools):
        yield chosen
        return
    pool, count = pools[len(chosen)]
    used = {place for part in chosen for place in part}
    kinds = set()
    for part in combinations([at for at in pool if at not in taken and at not in used], count):
        kind = tuple(map(table.kind, part))
        if kind not in kinds:
            kinds.add(kind)
            yield from _of_parts(table, pools, taken, (*chosen, part))


def _that_come_to(table, usable):
    """Sets that come to what is asked, with an amount off for each, or a percentage for all.

    A percentage is taken off further pieces too, so that one set has all that several could.
    """
    offer = table.offer
    more = offer.percent is not None
    one_set = partial(_one_that_comes_to, table, usable, more=more)
    return _for_the_customer(table, one_set, 1 if more else offer.at_most)


def _one_that_comes_to(table, usable, taken, *, more):
    """All choices of pieces that come to what is asked, and of no `more` than are needed for it."""
    kinds = set()
    free = [place for place in usable if place not in taken]
    for count in range(1, len(free) + 1):
        for pieces in combinations(free, count):
            kind = tuple(map(table.kind, pieces))
            if kind in kinds or not table.comes_to_it(pieces):
                continue
            kinds.add(kind)
            fewer = [[each for each in pieces if each != place] for place in pieces]
            if more or not any(map(table.comes_to_it, fewer)):
                yield (pieces,)


def _for_the_shop(table, pools, usable):
    """As many sets as can be made; the cheapest are rewarded, and the dearest of the rest pay.

    Of bundles and packs the cheapest pieces make the sets. Two parts of a bundle that could be the
    same piece are not thought of here.
    """
    offer = table.offer
    if isinstance(offer, Bundle | Packs):
        sets = _cheapest_sets(table, pools)
    elif len(pools) > 1:
        sets = _with_other_goods(table, pools)
    else:
        sets = _of_the_same_goods(table, usable, pools[0][1])
    taken, asked = {}, 0
    for parts in sets:
        used, more_asked = table.off(parts)
        taken, asked = taken | used, asked + more_asked
    if taken:
        yield taken, asked


def _of_the_same_goods(table, usable, size):
    """So many sets of one part: the cheapest pieces first, then as many of the dearest."""
    offer = table.offer
    count = min(len(usable) // size, offer.at_most or len(usable))
    got = 1
    if not isinstance(offer, NthItem):
        got = offer.get if isinstance(offer, BuyGet) else offer.free
    cheap = sorted(usable, key=table.cheap)
    low, dear = cheap[: got * count], cheap[got * count :][::-1]
    paid = size - got
    for number in range(count):
        yield (
            (
                *low[number * got : (number + 1) * got],
                *dear[number * paid : (number + 1) * paid],
            ),
        )


def _with_other_goods(table, pools):
    """Sets of which some goods are bought and others are got: the cheapest that leave enough."""
    (goods, buy), (others, get) = pools
    most = min(len(goods) // buy, len(others) // get, len({*goods, *others}) // (buy + get))
    count = min(most, table.offer.at_most or most)
    got = []
    for place in sorted(others, key=table.cheap):
        rest = set(goods) - {*got, place}
        enough = len({*others, *rest} - {*got, place}) >= (buy + get) * count - len(got) - 1
        if len(got) < get * count and len(rest) >= buy * count and enough:
            got.append(place)
    paid = sorted(set(goods) - set(got), key=table.cheap)[::-1]
    for number in range(count):
        yield (
            tuple(paid[number * buy : (number + 1) * buy]),
            tuple(got[number * get : (number + 1) * get]),
        )


def _cheapest_sets(table, pools):
    """Sets of the cheapest pieces of each part, as long as there are any."""
    used, count = set(), 0
    while count != table.offer.at_most:
        parts = []
        for pool, pieces in pools:
            free = [place for place in pool if place not in used]
            parts.append(tuple(sorted(free, key=table.cheap)[:pieces]))
            used |= set(parts[-1])
        if any(len(part) < pieces for part, (_, pieces) in zip(parts, pools, strict=True)):
            return
        yield tuple(parts)
        count += 1
