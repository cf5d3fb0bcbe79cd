"""Sets: pieces that make up a set of an offer together, and what that takes off each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from attrs import define

from privlib.policies.pricing.sharing import Sharing, rounder
from privlib.program.offers import (
    Bundle,
    BuyGet,
    CheapestFree,
    Favour,
    NthItem,
    Packs,
    SetOffer,
    SetsFrom,
)
from privlib.program.pricing import Pricing
from privlib.values.goods import Goods
from privlib.values.rate import Rate, percent

__all__ = [
    "Fill",
    "Part",
    "Pattern",
    "Piece",
    "Stock",
    "all_sets",
    "best_sets",
    "pattern_of",
    "pieces_of",
]

Piece: TypeAlias = tuple[int, int]
"""One piece: its price, and the cell it lies in."""
Cuts: TypeAlias = list[tuple[int, int]]
"""What is taken off each piece: (cell, amount)."""
Discount: TypeAlias = Callable[[Sequence[Sequence[Piece]], Sequence[int]], Cuts]
"""What is taken off in a set: of the pieces of its parts, and the room in a piece of each cell."""


@define(eq=False)
class Stock:
    """The pieces that sets can be made of, by cell.

    `prices` are of one piece, on the base of the offer; `rooms` what can be taken off it; `free`
    how many there are; `kinds` of which product they are.
    """

    prices: Sequence[int]
    rooms: Sequence[int]
    free: Sequence[int]
    kinds: Sequence[str]


@define(eq=False, frozen=True)
class Part:
    """So many pieces of some goods; None stands for the goods of the promotion."""

    goods: Goods | None
    pieces: int


@define(eq=False, frozen=True)
class Fill:
    """What a set comes to at least: an amount, pieces, products. Some take more pieces, too."""

    amount: int
    pieces: int
    distinct: int
    takes_more: bool

    def is_met(self, amount: int, pieces: int, distinct: int) -> bool:
        """Whether so much is enough."""
        return amount >= self.amount and pieces >= self.pieces and distinct >= self.distinct


@define(eq=False, frozen=True)
class Pattern:
    """What makes up a set, what it takes off, and how many there may be.

    `rewarded` is how many pieces of the last part are got for less, where that is what it does;
    `off` what a set takes off in all, where that is fixed. With `fill`, a set has one part, of as
    many pieces as it takes to come to that.
    """

    parts: tuple[Part, ...]
    discount: Discount
    at_most: int | None = None
    favour: Favour = Favour.CUSTOMER
    rewarded: int = 0
    off: int | None = None
    fill: Fill | None = None


def pattern_of(offer: SetOffer, pricing: Pricing) -> Pattern:
    """The pattern of an offer on sets."""
    match offer:
        case NthItem():
            pattern = _rewarding(offer, offer.n, 1, offer.percent, pricing)
        case CheapestFree():
            pattern = _rewarding(offer, offer.of, offer.free, percent(100), pricing)
        case BuyGet(get_goods=None):
            size = offer.buy + offer.get
            pattern = _rewarding(offer, size, offer.get, offer.percent, pricing)
        case BuyGet():
            both = (Part(None, offer.buy), Part(offer.get_goods, offer.get))
            reward = _last_part(offer.percent, pricing)
            pattern = Pattern(both, reward, offer.at_most, offer.favour, offer.get)
        case Packs():
            one, discount = (Part(None, offer.pieces),), _down_to(offer.price.minor, pricing)
            pattern = Pattern(one, discount, offer.at_most, offer.favour)
        case Bundle():
            parts = tuple(Part(part.goods, part.pieces) for part in offer.parts)
            discount = _bundled(offer, pricing)
            off = None if offer.off is None else offer.off.minor
            pattern = Pattern(parts, discount, offer.at_most, offer.favour, off=off)
        case SetsFrom():
            pattern = _filled(offer, pricing)
    return pattern


def _rewarding(
    offer: NthItem | CheapestFree | BuyGet,
    size: int,
    rewarded: int,
    rate: Rate,
    pricing: Pricing,
) -> Pattern:
    """So many pieces, of which the cheapest cost less."""
    reward = _cheapest(rewarded, rate, pricing)
    return Pattern((Part(None, size),), reward, offer.at_most, offer.favour, rewarded)


def _filled(offer: SetsFrom, pricing: Pricing) -> Pattern:
    amount = 0 if offer.amount is None else offer.amount.minor
    takes_more = offer.percent is not None
    fill = Fill(amount, max(offer.pieces or 1, 1), max(offer.distinct or 1, 1), takes_more)
    off = None if offer.off is None else offer.off.minor
    discount = _off_each(offer.percent, pricing) if off is None else _up_to(off, pricing)
    return Pattern((Part(None, 1),), discount, offer.at_most, off=off, fill=fill)


def _bundled(offer: Bundle, pricing: Pricing) -> Discount:
    if offer.price is not None:
        return _down_to(offer.price.minor, pricing)
    if offer.off is not None:
        return _up_to(offer.off.minor, pricing)
    return _off_each(offer.percent, pricing)


def _off_each(rate: Rate | None, pricing: Pricing) -> Discount:
    part = rounder(rate or Rate(0), pricing.rounding)
    return lambda parts, rooms: [
        (cell, min(part(price), rooms[cell])) for pieces in parts for price, cell in pieces
    ]


def _up_to(off: int, pricing: Pricing) -> Discount:
    return _shared_off(lambda whole: min(off, whole), pricing)


def _cheapest(count: int, rate: Rate, pricing: Pricing) -> Discount:
    """So much off the cheapest pieces; of those at one price, off the later ones."""
    part = rounder(rate, pricing.rounding)

    def discount(parts: Sequence[Sequence[Piece]], rooms: Sequence[int]) -> Cuts:
        pieces = sorted([piece for pieces in parts for piece in pieces], key=_dearer)
        paid = len(pieces) - count
        return [
            (cell, min(part(price), rooms[cell]) if at >= paid else 0)
            for at, (price, cell) in enumerate(pieces)
        ]

    return discount


def _last_part(rate: Rate, pricing: Pricing) -> Discount:
    part = rounder(rate, pricing.rounding)

    def discount(parts: Sequence[Sequence[Piece]], rooms: Sequence[int]) -> Cuts:
        bought, got = parts
        paid = [(cell, 0) for _, cell in bought]
        return paid + [(cell, min(part(price), rooms[cell])) for price, cell in got]

    return discount


def _down_to(price: int, pricing: Pricing) -> Discount:
    return _shared_off(lambda whole: max(whole - price, 0), pricing)


def _shared_off(taken: Callable[[int], int], pricing: Pricing) -> Discount:
    """An amount off the whole set, shared over its pieces by their price, as far as they go."""
    share = Sharing(overflow=pricing.overflow)

    def discount(parts: Sequence[Sequence[Piece]], rooms: Sequence[int]) -> Cuts:
        pieces = sorted([piece for pieces in parts for piece in pieces], key=lambda each: each[1])
        prices = [price for price, _ in pieces]
        cuts = share(taken(sum(prices)), prices, [rooms[cell] for _, cell in pieces])
        return [(cell, cut) for (_, cell), cut in zip(pieces, cuts, strict=True)]

    return discount


def _dearer(piece: Piece) -> tuple[int, int]:
    return -piece[0], piece[1]


def best_sets(
    pattern: Pattern, pools: Sequence[Sequence[int]], stock: Stock
) -> tuple[int, Cuts, bool]:
    """How many sets, what they take off each of their pieces, and whether no others save more.

    `pools` are the cells of each part. It is known to be best for sets of one part, or of parts
    that share no cell.
    """
    if pattern.fill is not None:
        return _filled_sets(pattern, pattern.fill, _pieces(pools[0], stock), stock)
    apart = sum(map(len, pools)) == len(set().union(*pools))
    rows = [_pieces(pool, stock) for pool in pools]
    if not apart and pattern.rewarded and pattern.favour is Favour.SHOP:
        rows = _cheapest_got(rows, pattern)
    elif not apart:
        rows = _kept_apart(rows, pattern)
    count = min(
        (len(row) // part.pieces for row, part in zip(rows, pattern.parts, strict=True)), default=0
    )
    if pattern.at_most is not None:
        count = min(count, pattern.at_most)
    chunks = _of_shop if pattern.favour is Favour.SHOP else _of_customer
    uses: Cuts = []
    made = 0
    for parts in chunks(pattern, rows, count):
        taken = pattern.discount(parts, stock.rooms)
        if pattern.favour is Favour.CUSTOMER and not any(cut for _, cut in taken):
            break
        apart = apart and (pattern.off is None or sum([cut for _, cut in taken]) == pattern.off)
        uses += taken
        made += 1
    return made, uses, apart


def _filled_sets(
    pattern: Pattern, fill: Fill, row: list[Piece], stock: Stock
) -> tuple[int, Cuts, bool]:
    """Sets filled with the dearest pieces first; what takes more takes all there are."""
    uses: Cuts = []
    made = 0
    while pattern.at_most is None or made < pattern.at_most:
        size = _enough(fill, row, stock.kinds)
        if size is None:
            break
        size = len(row) if fill.takes_more else size
        uses += pattern.discount([row[:size]], stock.rooms)
        row = row[size:]
        made += 1
    return made, uses, fill.takes_more


def _enough(fill: Fill, row: Sequence[Piece], kinds: Sequence[str]) -> int | None:
    """How many of the pieces, from the first on, come to enough."""
    amount = 0
    seen: set[str] = set()
    for count, (price, cell) in enumerate(row, start=1):
        amount += price
        seen.add(kinds[cell])
        if fill.is_met(amount, count, len(seen)):
            return count
    return None


def _pieces(pool: Sequence[int], stock: Stock) -> list[Piece]:
    """All free pieces of some cells, the dearest first."""
    pieces = [(stock.prices[cell], cell) for cell in pool for _ in range(stock.free[cell])]
    return sorted(pieces, key=_dearer)


def _cheapest_got(rows: list[list[Piece]], pattern: Pattern) -> list[list[Piece]]:
    """What is bought and what is got, as many sets as can be: the cheapest that can be are got."""
    (bought, others), (buy, get) = rows, [part.pieces for part in pattern.parts]
    most = min(len(bought) // buy, len(others) // get)
    if pattern.at_most is not None:
        most = min(most, pattern.at_most)
    for count in range(most, 0, -1):
        got = _got(bought, others, buy * count, get * count)
        if got is not None:
            paid = _taken_out(bought, got)[: buy * count]
            return [paid, sorted(got, key=_dearer)]
    return [[], []]


def _got(bought: list[Piece], others: list[Piece], pay: int, get: int) -> list[Piece] | None:
    """The cheapest of the others so that enough is left to be bought; None where it is not."""
    got: list[Piece] = []
    for piece in reversed(others):
        if len(got) == get:
            break
        if len(_taken_out(bought, [*got, piece])) >= pay:
            got.append(piece)
    return got if len(got) == get else None


def _taken_out(row: list[Piece], gone: Sequence[Piece]) -> list[Piece]:
    """A row without some pieces, whether they are in it or not."""
    rest = list(row)
    for piece in gone:
        if piece in rest:
            rest.remove(piece)
    return rest


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


Choice: TypeAlias = tuple[tuple[int, int], ...]
"""Pieces of one part: (cell, how many) pairs."""


def pieces_of(parts: Sequence[Choice], prices: Sequence[int]) -> list[list[Piece]]:
    """The single pieces of each part of a set."""
    return [[(prices[cell], cell) for cell, count in part for _ in range(count)] for part in parts]


def all_sets(
    pattern: Pattern, pools: Sequence[Sequence[int]], stock: Stock
) -> Iterator[tuple[Choice, ...]]:
    """Every choice of pieces for one set, part by part."""
    if pattern.fill is None:
        yield from _parts_from(pattern.parts, pools, list(stock.free), 0)
        return
    pool = sorted(pools[0], key=lambda cell: (-stock.prices[cell], cell))
    yield from ((choice,) for choice in _fillings(pattern.fill, pool, stock))


def _fillings(fill: Fill, pool: Sequence[int], stock: Stock) -> Iterator[Choice]:
    """Every choice of pieces, the dearest first, that comes to enough.

    Where more pieces would do nothing, a choice ends as soon as it is enough.
    """
    open_choices: list[tuple[int, Choice]] = [(0, ())]
    while open_choices:
        start, choice = open_choices.pop()
        if _is_enough(fill, choice, stock):
            yield choice
            if not fill.takes_more:
                continue
        for at in range(start, len(pool)):
            cell = pool[at]
            for count in range(1, stock.free[cell] + 1):
                grown = (*choice, (cell, count))
                open_choices.append((at + 1, grown))
                if not fill.takes_more and _is_enough(fill, grown, stock):
                    break


def _is_enough(fill: Fill, choice: Choice, stock: Stock) -> bool:
    amount = sum([stock.prices[cell] * count for cell, count in choice])
    pieces = sum([count for _, count in choice])
    return fill.is_met(amount, pieces, len({stock.kinds[cell] for cell, _ in choice}))


def _parts_from(
    parts: Sequence[Part], pools: Sequence[Sequence[int]], free: list[int], at: int
) -> Iterator[tuple[Choice, ...]]:
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


def _chosen(pool: Sequence[int], wanted: int, free: Sequence[int], start: int) -> Iterator[Choice]:
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
