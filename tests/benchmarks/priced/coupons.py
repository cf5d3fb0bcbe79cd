"""Coupons in hand: which of them take most off a basket; all sets tried, and a search that prunes.

They are used in the order in which they stand. Each looks at what those before it have left of its
lines: that has to come to its threshold. Of a group at most one is used, and one that goes alone
with no other. What a coupon takes off is shared over its lines by what is left of them; a part of
a fen counts as one from a half on.
"""

from typing import NamedTuple

from tests.benchmarks.priced.draw import Draw
from tests.benchmarks.sharing import largest_remainder

__all__ = [
    "Coupon",
    "Hand",
    "all_percents",
    "best_of_all",
    "best_pruned",
    "hand",
    "taken_off",
    "used",
]


class Coupon(NamedTuple):
    """A percentage with a cap, or an amount in fen where the percentage is 0."""

    id: str
    group: int
    alone: bool
    lines: tuple[int, ...]
    threshold: int
    percent: int
    fen: int


class Hand(NamedTuple):
    """What each line comes to in fen, and the coupons that could be used on them."""

    amounts: tuple[int, ...]
    coupons: tuple[Coupon, ...]


def hand(count, *, seed=1, group_size=3, lines=8):
    """So many coupons, in groups of so many, one in ten of which goes alone."""
    draw = Draw(1_000 * seed + count)
    amounts = tuple(100 * draw.between(20, 400) for _ in range(lines))
    return Hand(amounts, tuple(_coupon(draw, n, n // group_size, lines) for n in range(count)))


def _coupon(draw, number, group, lines):
    percent = draw.between(5, 30) if draw.below(2) else 0
    return Coupon(
        id=f"coupon-{number}",
        group=group,
        alone=draw.below(10) == 0,
        lines=tuple(range(lines)) if draw.below(2) else tuple(sorted(draw.some(3, lines))),
        threshold=100 * draw.between(20, 400),
        percent=percent,
        fen=100 * (draw.between(20, 100) if percent else draw.between(5, 60)),
    )


def all_percents(count, *, lines=8):
    """So many percentages of everything that all go together: no set is soon seen to be worse."""
    draw = Draw(count)
    return Hand(
        amounts=tuple(100 * draw.between(20, 400) for _ in range(lines)),
        coupons=tuple(
            Coupon(f"coupon-{n}", n, False, tuple(range(lines)), 1, draw.between(5, 30), 10**9)  # noqa: FBT003
            for n in range(count)
        ),
    )


def taken_off(hand, places):
    """What these coupons take off together; None where one of them may not be used."""
    left, saved = hand.amounts, 0
    for place in places:
        off, left = used(left, hand.coupons[place])
        if not off:
            return None
        saved += off
    return saved


def used(left, coupon):
    """What a coupon takes off of what is left, and what is left then."""
    weights = [left[line] for line in coupon.lines]
    off = _off(sum(weights), coupon)
    if not off:
        return 0, left
    less = list(left)
    for line, share in zip(coupon.lines, largest_remainder(off, weights), strict=True):
        less[line] -= share
    return off, less


def _off(base, coupon):
    if base < coupon.threshold:
        return 0
    off = (base * coupon.percent + 50) // 100 if coupon.percent else base
    return min(off, coupon.fen)


def best_of_all(hand):
    """What the best set takes off, and its ids: every set is looked at."""
    against = [_against(hand.coupons, place) for place in range(len(hand.coupons))]
    best, chosen = 0, ()
    for some in range(1 << len(hand.coupons)):
        places = _places(some, against)
        saved = taken_off(hand, places) if places else None
        if saved is not None and saved > best:
            best, chosen = saved, places
    return best, tuple(hand.coupons[place].id for place in chosen)


def _places(some, against):
    """The places of a set of bits; none where two of them may not be used together."""
    places, rest = [], some
    while rest:
        lowest = rest & -rest
        place = lowest.bit_length() - 1
        if against[place] & some:
            return []
        places.append(place)
        rest ^= lowest
    return places


def _against(coupons, place):
    """The bits of the coupons that may not be used with this one."""
    mine = coupons[place]
    return sum(
        1 << number
        for number, other in enumerate(coupons)
        if number != place and (mine.alone or other.alone or mine.group == other.group)
    )


def best_pruned(hand):
    """The same by a search that leaves sets aside which can no longer be better."""
    ways = [(used(hand.amounts, coupon)[0], (coupon.id,)) for coupon in hand.coupons]
    best = max(ways, key=lambda way: way[0], default=(0, ()))
    together = [coupon for coupon in hand.coupons if not coupon.alone]
    following = _following(hand.amounts, together)
    open_ways = [(0, hand.amounts, 0, (), frozenset())]
    while open_ways:
        place, left, saved, ids, groups = open_ways.pop()
        if saved > best[0]:
            best = saved, ids
        if saved + following[place] <= best[0]:
            continue
        coupon = together[place]
        open_ways.append((place + 1, left, saved, ids, groups))
        if coupon.group not in groups:
            off, less = used(left, coupon)
            if off:
                way = (place + 1, less, saved + off, (*ids, coupon.id), groups | {coupon.group})
                open_ways.append(way)
    return best if best[0] else (0, ())


def _following(amounts, coupons):
    """For each place, no less than the coupons from there on can take off: the best of each group.

    None takes more off what others have left than it would off the whole basket.
    """
    bounds, best = [0], {}
    for coupon in reversed(coupons):
        off = _off(sum([amounts[line] for line in coupon.lines]), coupon)
        best[coupon.group] = max(off, best.get(coupon.group, 0))
        bounds.append(sum(best.values()))
    return bounds[::-1]
