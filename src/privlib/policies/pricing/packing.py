"""Packing: the sets that save the most, where several offers on sets want the same pieces.

Pieces that no offer can tell apart are of one class, and what is best of so many pieces of each
class is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from attrs import define, field

from privlib.policies.pricing.all_sets import all_sets, pieces_of
from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.giving_out import Use
from privlib.policies.pricing.patterns import Pattern, Stock
from privlib.policies.pricing.table import Table, pattern_of_taker

__all__ = ["packed"]

_MOST_PIECES: Final = 200
"""Beyond this nobody waits for the best; it also bounds how deep the search goes."""
_EFFORT: Final = 8
"""How many options are looked at for one step of the search for a combination."""

Counts: TypeAlias = tuple[int, ...]


@define(eq=False)
class Option:
    """One set of an offer: the parts by class, how many pieces of each class, and the saving."""

    parts: tuple[tuple[tuple[int, int], ...], ...]
    wants: Counts
    saving: int


@define(eq=False)
class Packing:
    """Offers on sets, the classes of their pieces, and the options of each offer."""

    table: Table
    classes: Sequence[Sequence[int]]
    pieces: Sequence[int]
    options: list[list[Option]] = field(factory=list)
    _known: dict[tuple[int, int, int, Counts], tuple[int, int]] = field(factory=dict)
    _steps: int = 0

    @property
    def steps(self) -> int:
        """The steps of the search that so much effort stands for."""
        return -(-self._steps // _EFFORT)

    @property
    def is_too_much(self) -> bool:
        """Whether the limit of steps was passed."""
        return self._steps > _EFFORT * self.table.limit

    def best(self, taker: int, start: int, made: int, free: Counts) -> int:
        """The most that sets of an offer and those after it save, of so many free pieces.

        Its sets are made in the order of its options, from `start` on; `made` are made already.
        """
        if taker == len(self.options):
            return 0
        key = taker, start, made, free
        if key not in self._known:
            self._known[key] = self._best(taker, start, made, free)
        return self._known[key][0]

    def _best(self, taker: int, start: int, made: int, free: Counts) -> tuple[int, int]:
        saving, chosen = self.best(taker + 1, 0, 0, free), -1
        at_most = pattern_of_taker(self.table.sets[taker]).at_most
        if at_most is not None and made >= at_most:
            return saving, chosen
        counted = made + 1 if at_most is not None else 0
        for at in range(start, len(self.options[taker])):
            option = self.options[taker][at]
            self._steps += 1
            if self.is_too_much:
                break
            left = tuple([has - wants for has, wants in zip(free, option.wants, strict=True)])
            if min(left) >= 0:
                whole = option.saving + self.best(taker, at, counted, left)
                if whole > saving:
                    saving, chosen = whole, at
        return saving, chosen

    def chosen(self, free: Counts) -> Iterator[tuple[int, Option]]:
        """The sets of the best packing, each with the number of its offer."""
        taker, start, made = 0, 0, 0
        while taker < len(self.options):
            _, at = self._known[taker, start, made, free]
            if at < 0:
                taker, start, made = taker + 1, 0, 0
                continue
            option = self.options[taker][at]
            yield taker, option
            free = tuple([has - wants for has, wants in zip(free, option.wants, strict=True)])
            at_most = pattern_of_taker(self.table.sets[taker]).at_most
            start, made = at, made + 1 if at_most is not None else 0


def packed(table: Table, pieces: Sequence[int]) -> tuple[Use, ...] | None:
    """The uses of sets that save the most; None where that takes too long to say.

    `pieces` is how many of each cell are free.
    """
    cells = table.cells
    pools = {cell for taker in table.sets for pool in taker.pools for cell in cells.of(pool)}
    pools = {cell for cell in pools if pieces[cell]}
    if not pools:
        return ()
    if sum(pieces[cell] for cell in pools) > _MOST_PIECES:
        return None
    classes = _classes(table, sorted(pools))
    packing = Packing(table, classes, pieces)
    free = tuple(sum(pieces[cell] for cell in own) for own in classes)
    for taker in table.sets:
        options = _options(table, taker, classes, free)
        if options is None:
            return None
        packing.options.append(options)
    packing.best(0, 0, 0, free)
    table.steps += packing.steps
    return None if packing.is_too_much else _uses(packing, free)


def _classes(table: Table, pool: Sequence[int]) -> list[list[int]]:
    """Cells by what offers can tell of their pieces: price, product, and whose they may be."""
    columns = [column for taker in table.sets for column in _told_apart(table, taker, pool)]
    classes: dict[tuple[object, ...], list[int]] = {}
    for cell, *traits in zip(pool, *columns, strict=True):
        classes.setdefault(tuple(traits), []).append(cell)
    return list(classes.values())


def _told_apart(table: Table, taker: Candidate, pool: Sequence[int]) -> Iterator[list[object]]:
    """What an offer can tell of the pieces of each cell, a column for each trait."""
    pattern, prices = pattern_of_taker(taker), table.prices(taker)
    for cells in _pools(table, taker):
        yield [cell in cells for cell in pool]
    has_room = table.has_room(taker)
    if not (has_room and _is_blind(pattern, prices, pool)):
        yield [prices[cell] for cell in pool]
    if not has_room:
        yield [table.rooms[cell] for cell in pool]
    if pattern.fill is not None and pattern.fill.distinct > 1:
        kinds = table.kinds(taker)
        yield [kinds[cell] for cell in pool]


def _pools(table: Table, taker: Candidate) -> list[set[int]]:
    """The cells of each part of an offer."""
    return [set(table.cells.of(pool)) for pool in taker.pools]


def _is_blind(pattern: Pattern, prices: Sequence[int], pool: Sequence[int]) -> bool:
    """Whether a set saves the same, whatever its pieces cost."""
    if pattern.off is None or (pattern.fill is not None and pattern.fill.amount):
        return False
    pieces = sum(part.pieces for part in pattern.parts)
    return min(prices[cell] for cell in pool) * pieces >= pattern.off


def _options(
    table: Table, taker: Candidate, classes: Sequence[Sequence[int]], free: Counts
) -> list[Option] | None:
    """Every set that an offer can make, by class; None where there are too many."""
    pattern = pattern_of_taker(taker)
    prices, kinds = table.prices(taker), table.kinds(taker)
    of_class = [prices[own[0]] for own in classes]
    pools = [
        [at for at, own in enumerate(classes) if own[0] in cells_of_pool]
        for cells_of_pool in _pools(table, taker)
    ]
    options: list[Option] = []
    rooms = [table.rooms[own[0]] for own in classes]
    stock = Stock(of_class, rooms, free, [kinds[own[0]] for own in classes])
    sets = all_sets(pattern, pools, stock)
    for parts in sets:
        if not table.step():
            return None
        saving = sum(cut for _, cut in pattern.discount(pieces_of(parts, of_class), rooms))
        if saving:
            wants = [0] * len(classes)
            for part in parts:
                for at, count in part:
                    wants[at] += count
            options.append(Option(parts, tuple(wants), saving))
    return options


def _uses(packing: Packing, free: Counts) -> tuple[Use, ...]:
    """The chosen sets out of real pieces: of a class, those that come first in the basket."""
    table = packing.table
    stock = [[cell for cell in own for _ in range(packing.pieces[cell])] for own in packing.classes]
    made: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    for taker, option in packing.chosen(free):
        candidate = table.sets[taker]
        prices = table.prices(candidate)
        parts = [
            [(prices[cell], cell) for at, count in part for cell in _taken(stock[at], count)]
            for part in option.parts
        ]
        times, taken = made.get(taker, (0, []))
        made[taker] = times + 1, taken + pattern_of_taker(candidate).discount(parts, table.rooms)
    return tuple(
        table.use_of(table.sets[taker], times, taken)
        for taker, (times, taken) in sorted(made.items())
    )


def _taken(stock: list[int], count: int) -> list[int]:
    """So many pieces from the front, which are then gone."""
    taken = stock[:count]
    del stock[:count]
    return taken
