"""Cells: the pieces of a basket as columns of whole numbers, in which prices are worked out.

A cell holds pieces of one line that went the same way so far. A basket starts with a cell for each
line and, behind them, one for each way of shipping; only offers that take pieces ever split one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from attrs import define

from privlib.commands.baskets import Basket, BasketColumns

__all__ = ["Cells", "cells_of"]


@define(eq=False)
class Cells:
    """Columns, a row a cell: its line, pieces, and the totals of their list price, shelf and floor.

    `of_line` has the cells of each line, in order; shipping lines come after those of goods.
    """

    lines: list[int]
    pieces: list[int]
    lists: list[int]
    members: list[int]
    floors: list[int]
    of_line: list[tuple[int, ...]]
    goods: int
    is_split: bool = False
    has_floors: bool = False

    def of(self, lines: Sequence[int]) -> Sequence[int]:
        """The cells of some lines."""
        if not self.is_split:
            return lines
        of_line = self.of_line
        return list(chain.from_iterable([of_line[line] for line in lines]))

    def kinds(self, products: Sequence[str]) -> list[str]:
        """The product of each cell, from those of the lines; ways of shipping are of none."""
        return [products[line] if line < len(products) else "" for line in self.lines]

    def carried(self, totals: Sequence[int], finer: Cells) -> list[int]:
        """Totals of these cells as totals of finer ones."""
        if finer is self:
            return list(totals)
        made = [0] * len(finer.lines)
        for own, parts in zip(self.of_line, finer.of_line, strict=True):
            rest = iter(parts)
            for cell in own:
                places: list[int] = []
                sizes: list[int] = []
                while sum(sizes) < self.pieces[cell]:
                    places.append(next(rest))
                    sizes.append(finer.pieces[places[-1]])
                for place, part in zip(
                    places, shares(totals[cell], self.pieces[cell], sizes), strict=True
                ):
                    made[place] = part
        return made

    def split(self, parts: dict[int, list[int]]) -> tuple[Cells, list[tuple[int, ...]]]:
        """Other cells, in which some are split into parts of so many pieces, and the parts of each.

        Its totals are shared so that the first pieces of a cell bear the odd minor units.
        """
        made = Cells([], [], [], [], [], [], self.goods, is_split=True, has_floors=self.has_floors)
        places: list[tuple[int, ...]] = []
        for cell, pieces in enumerate(self.pieces):
            sizes = parts.get(cell, [pieces])
            start = len(made.lines)
            made.lines += [self.lines[cell]] * len(sizes)
            made.pieces += sizes
            made.lists += shares(self.lists[cell], pieces, sizes)
            made.members += shares(self.members[cell], pieces, sizes)
            made.floors += shares(self.floors[cell], pieces, sizes)
            places.append(tuple(range(start, len(made.lines))))
        made.of_line = [
            tuple(chain.from_iterable(places[cell] for cell in cells)) for cells in self.of_line
        ]
        return made, places


def shares(total: int, pieces: int, sizes: Sequence[int]) -> list[int]:
    """A total over pieces, the first of which bear the odd units, as totals of so many each.

    >>> shares(11, 3, [1, 2])
    [4, 7]
    """
    each, odd = divmod(total, pieces)
    given, made = 0, []
    for size in sizes:
        extra = min(max(odd - given, 0), size)
        made.append(each * size + extra)
        given += size
    return made


def cells_of(
    basket: Basket, columns: BasketColumns, *, shelf: Sequence[int], floors: Sequence[int]
) -> Cells:
    """The cells of what is sold of a basket; shelf prices and floors are those of one piece.

    Without any, the list price is the shelf price, and nothing has a floor: such are made once.
    """
    if shelf or floors:
        return _made(basket, columns, shelf, floors)
    cells = columns.made.get("cells")
    if not isinstance(cells, Cells):
        cells = columns.made["cells"] = _made(basket, columns, (), ())
    return cells


def _made(
    basket: Basket, columns: BasketColumns, shelf: Sequence[int], floors: Sequence[int]
) -> Cells:
    pieces, lists = columns.pieces, columns.lists
    members, lows = _whole(shelf, pieces) or lists, _whole(floors, pieces) or [0] * len(pieces)
    goods = len(pieces)
    if basket.shipping:
        costs = [way.price.minor for way in basket.shipping]
        pieces, lists = pieces + [1] * len(costs), lists + costs
        members, lows = members + costs, lows + [0] * len(costs)
    rows = list(range(len(pieces)))
    of_line: list[tuple[int, ...]] = list(zip(rows, strict=True))
    return Cells(rows, pieces, lists, members, lows, of_line, goods, has_floors=any(floors))


def _whole(each: Sequence[int], pieces: Sequence[int]) -> list[int]:
    """What all pieces of each line come to."""
    return [price * count for price, count in zip(each, pieces, strict=True)] if each else []
