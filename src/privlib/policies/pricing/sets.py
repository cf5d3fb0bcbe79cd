"""Sets: pieces that make up a set of an offer together, and what that takes off each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from attrs import define

from privlib.policies.pricing.cutting import rounder
from privlib.program.offers import (
    Bundle,
    BuyGet,
    CheapestFree,
    Favour,
    NthItem,
    Packs,
    SetOffer,
)
from privlib.program.pricing import Pricing
from privlib.values.allocation import allocate
from privlib.values.goods import Goods
from privlib.values.rate import Rate, percent

__all__ = ["Part", "Pattern", "Piece", "all_sets", "best_sets", "pattern_of"]

Piece: TypeAlias = tuple[int, int]
"""One piece: its price, and the cell it lies in."""
Discount: TypeAlias = Callable[[Sequence[Sequence[Piece]]], list[tuple[int, int]]]
"""What is taken off in a set, of the pieces of its parts: (cell, amount) for every piece."""


@define(eq=False, frozen=True)
class Part:
    """So many pieces of some goods; None stands for the goods of the promotion."""

    goods: Goods | None
    pieces: int


@define(eq=False, frozen=True)
class Pattern:
    """What makes up a set, what it takes off, and how many there may be.

    `rewarded` is how many pieces of the last part are got for less, where that is what it does.
    """

    parts: tuple[Part, ...]
    discount: Discount
    at_most: int | None
    favour: Favour
    rewarded: int


def pattern_of(offer: SetOffer, pricing: Pricing) -> Pattern:
    """The pattern of an offer on sets."""
    match offer:
        case NthItem():
            one, reward = (Part(None, offer.n),), _cheapest(1, offer.percent, pricing)
            return Pattern(one, reward, offer.at_most, offer.favour, 1)
        case CheapestFree():
            one, reward = (Part(None, offer.of),), _cheapest(offer.free, percent(100), pricing)
            return Pattern(one, reward, offer.at_most, offer.favour, offer.free)
        case BuyGet(get_goods=None):
            one = (Part(None, offer.buy + offer.get),)
            reward = _cheapest(offer.get, offer.percent, pricing)
            return Pattern(one, reward, offer.at_most, offer.favour, offer.get)
        case BuyGet():
            both = (Part(None, offer.buy), Part(offer.get_goods, offer.get))
            reward = _last_part(offer.percent, pricing)
            return Pattern(both, reward, offer.at_most, offer.favour, offer.get)
        case Packs():
            discount = _down_to(offer.price.minor)
            return Pattern((Part(None, offer.pieces),), discount, offer.at_most, offer.favour, 0)
        case Bundle():
            parts = tuple(Part(part.goods, part.pieces) for part in offer.parts)
            return Pattern(parts, _bundled(offer, pricing), offer.at_most, offer.favour, 0)


def _bundled(offer: Bundle, pricing: Pricing) -> Discount:
    if offer.price is not None:
        return _down_to(offer.price.minor)
    if offer.off is not None:
        off = offer.off.minor
        return _shared_off(lambda whole: min(off, whole))
    part = rounder(offer.percent or Rate(0), pricing.rounding)
    return lambda parts: [(cell, part(price)) for pieces in parts for price, cell in pieces]


def _cheapest(count: int, rate: Rate, pricing: Pricing) -> Discount:
    """So much off the cheapest pieces; of those at one price, off the later ones."""
    part = rounder(rate, pricing.rounding)

    def discount(parts: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
        pieces = sorted([piece for pieces in parts for piece in pieces], key=_dearer)
        paid = len(pieces) - count
        return [(cell, part(price) if at >= paid else 0) for at, (price, cell) in enumerate(pieces)]

    return discount


def _last_part(rate: Rate, pricing: Pricing) -> Discount:
    part = rounder(rate, pricing.rounding)

    def discount(parts: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
        bought, got = parts
        return [(cell, 0) for _, cell in bought] + [(cell, part(price)) for price, cell in got]

    return discount


def _down_to(price: int) -> Discount:
    return _shared_off(lambda whole: max(whole - price, 0))


def _shared_off(taken: Callable[[int], int]) -> Discount:
    """An amount off the whole set, shared over its pieces by their price."""

    def discount(parts: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
        pieces = sorted([piece for pieces in parts for piece in pieces], key=lambda each: each[1])
        prices = [price for price, _ in pieces]
        amount = taken(sum(prices))
        cuts = allocate(amount, prices) if amount else [0] * len(prices)
        return [(cell, cut) for (_, cell), cut in zip(pieces, cuts, strict=True)]

    return discount


def _dearer(piece: Piece) -> tuple[int, int]:
    return -piece[0], piece[1]


def best_sets(
    pattern: Pattern, pools: Sequence[Sequence[int]], prices: Sequence[int], free: Sequence[int]
) -> tuple[int, list[tuple[int, int]], bool]:
    """How many sets, what they take off each of their pieces, and whether no others save more.

    `pools` are the cells of each part; `prices` and `free` are of one piece of a cell, and how many
    there are. It is known to be best for sets of one part, or of parts that share no cell.
    """
    apart = sum(map(len, pools)) == len(set().union(*pools))
    rows = [_pieces(pool, prices, free) for pool in pools]
    if not apart:
        rows = _kept_apart(rows, pattern)
    count = min(
        (len(row) // part.pieces for row, part in zip(rows, pattern.parts, strict=True)), default=0
    )
    if pattern.at_most is not None:
        count = min(count, pattern.at_most)
    chunks = _of_shop if pattern.favour is Favour.SHOP else _of_customer
    uses: list[tuple[int, int]] = []
    made = 0
    for parts in chunks(pattern, rows, count):
        taken = pattern.discount(parts)
        if pattern.favour is Favour.CUSTOMER and not any(cut for _, cut in taken):
            break
        uses += taken
        made += 1
    return made, uses, apart


def _pieces(pool: Sequence[int], prices: Sequence[int], free: Sequence[int]) -> list[Piece]:
    """All free pieces of some cells, the dearest first."""
    pieces = [(prices[cell], cell) for cell in pool for _ in range(free[cell])]
    return sorted(pieces, key=_dearer)


def _kept_apart(rows: list[list[Piece]], pattern: Pattern) -> list[list[Piece]]:
    """Pieces that two parts want, given to the part with fewest to choose from, turn by turn."""
    left: dict[int, int] = {}
    for row in rows:
        counts: dict[int, int] = {}
        for _, cell in row:
            counts[cell] = counts.get(cell, 0) + 1
        left |= counts
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    kept: list[list[Piece]] = [[] for _ in rows]
    while True:
        turn: list[tuple[int, Piece]] = []
        for at in order:
            wanted = pattern.parts[at].pieces
            for piece in rows[at]:
                if not wanted:
                    break
                taken = sum(1 for _, other in turn if other[1] == piece[1])
                if left[piece[1]] > taken:
                    turn.append((at, piece))
                    wanted -= 1
            if wanted:
                return [sorted(row, key=_dearer) for row in kept]
        for at, piece in turn:
            kept[at].append(piece)
            left[piece[1]] -= 1
        rows = [[piece for piece in row if left[piece[1]] > 0] for row in rows]


def _of_customer(
    pattern: Pattern, rows: list[list[Piece]], count: int
) -> Iterator[list[list[Piece]]]:
    """The dearest pieces make the first set, the next ones the second, and so on."""
    for turn in range(count):
        yield [
            row[turn * part.pieces : (turn + 1) * part.pieces]
            for row, part in zip(rows, pattern.parts, strict=True)
        ]


def _of_shop(pattern: Pattern, rows: list[list[Piece]], count: int) -> Iterator[list[list[Piece]]]:
    """The cheapest pieces are rewarded, the dearest of the rest are paid for.

    Where nothing is rewarded by itself, the cheapest pieces make the sets.
    """
    for turn in range(count):
        parts = []
        for at, (row, part) in enumerate(zip(rows, pattern.parts, strict=True)):
            rewarded = min(pattern.rewarded, part.pieces) if at == len(rows) - 1 else 0
            paid = part.pieces - rewarded
            if pattern.rewarded:
                dear = row[turn * paid : (turn + 1) * paid]
            else:
                rewarded, dear = part.pieces, []
            end = len(row) - turn * rewarded
            parts.append(dear + row[end - rewarded : end] if rewarded else dear)
        yield parts


def all_sets(
    pattern: Pattern, pools: Sequence[Sequence[int]], free: Sequence[int]
) -> Iterator[tuple[tuple[tuple[int, int], ...], ...]]:
    """Every choice of pieces for one set: for each part, (cell, how many) pairs."""
    yield from _parts_from(pattern.parts, pools, list(free), 0)


def _parts_from(
    parts: Sequence[Part], pools: Sequence[Sequence[int]], free: list[int], at: int
) -> Iterator[tuple[tuple[tuple[int, int], ...], ...]]:
    if at == len(parts):
        yield ()
        return
    for chosen in _chosen(pools[at], parts[at].pieces, free, 0):
        for cell, count in chosen:
            free[cell] -= count
        for rest in _parts_from(parts, pools, free, at + 1):
            yield (chosen, *rest)
        for cell, count in chosen:
            free[cell] += count


def _chosen(
    pool: Sequence[int], wanted: int, free: Sequence[int], start: int
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to take so many pieces out of some cells."""
    if not wanted:
        yield ()
        return
    if start == len(pool):
        return
    cell = pool[start]
    for count in range(min(wanted, free[cell]), -1, -1):
        for rest in _chosen(pool, wanted - count, free, start + 1):
            yield ((cell, count), *rest) if count else rest
