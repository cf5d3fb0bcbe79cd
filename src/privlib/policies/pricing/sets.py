"""Sets: the pieces that make up the best sets of one offer, and what that takes off each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privlib.policies.pricing.patterns import Fill, Pattern, Piece, PieceCuts, Stock, dearer
from privlib.program.offers import Favour

__all__ = ["best_sets"]


def best_sets(
    pattern: Pattern, pools: Sequence[Sequence[int]], stock: Stock
) -> tuple[int, PieceCuts, bool]:
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
    uses: PieceCuts = []
    made = 0
    for parts in chunks(pattern, rows, count):
        taken = pattern.discount(parts, stock.rooms)
        apart = apart and (pattern.off is None or sum([cut for _, cut in taken]) == pattern.off)
        if pattern.favour is Favour.CUSTOMER and not any(cut for _, cut in taken):
            break
        uses += taken
        made += 1
    return made, uses, apart


def _filled_sets(
    pattern: Pattern, fill: Fill, row: list[Piece], stock: Stock
) -> tuple[int, PieceCuts, bool]:
    """Sets filled with the dearest pieces first; what takes more takes all there are."""
    uses: PieceCuts = []
    made = 0
    while pattern.at_most is None or made < pattern.at_most:
        size = _enough(fill, row, stock.kinds)
        if size is None:
            break
        chosen = row if fill.takes_more else _needed(fill, row[:size], stock.kinds)
        uses += pattern.discount([chosen], stock.rooms)
        row = _taken_out(row, chosen)
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


def _needed(fill: Fill, row: Sequence[Piece], kinds: Sequence[str]) -> list[Piece]:
    """The pieces without those that are more than enough, the cheapest left out first."""
    chosen = list(row)
    for piece in reversed(row):
        rest = _taken_out(chosen, [piece])
        if _is_met(fill, rest, kinds):
            chosen = rest
    return chosen


def _is_met(fill: Fill, row: Sequence[Piece], kinds: Sequence[str]) -> bool:
    amount, products = sum([price for price, _ in row]), {kinds[cell] for _, cell in row}
    return fill.is_met(amount, len(row), len(products))


def _pieces(pool: Sequence[int], stock: Stock) -> list[Piece]:
    """All free pieces of some cells, the dearest first."""
    pieces = [(stock.prices[cell], cell) for cell in pool for _ in range(stock.free[cell])]
    return sorted(pieces, key=dearer)


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
            return [paid, sorted(got, key=dearer)]
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
                return [sorted(row, key=dearer) for row in kept]
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
