"""Unit amounts: so much off the first piece, and so much off each next one."""

from __future__ import annotations

from collections.abc import Sequence

from privlib.policies.pricing.sharing import Column, Cut
from privlib.program.offers import Spread, UnitAmounts

__all__ = ["in_turn_of", "unit_amounts_cut"]


def unit_amounts_cut(offer: UnitAmounts) -> Cut:
    in_turn = in_turn_of(offer)
    if offer.spread is Spread.ONCE:
        return in_turn

    def by_line(base: Column, room: Column, pieces: Column) -> list[int]:
        rows = zip(base, room, pieces, strict=True)
        return [in_turn((price,), (top,), (count,))[0] for price, top, count in rows]

    return by_line


def in_turn_of(offer: UnitAmounts) -> Cut:
    """So much off the first piece, and off each next one, of all that is given."""
    first, then, most = offer.first.minor, offer.next.minor, offer.most

    def in_turn(base: Column, room: Column, pieces: Column) -> list[int]:
        taken = _in_turn(_dearest_first(base, room, pieces), first, then, most)
        return [taken.get(row, 0) for row in range(len(pieces))]

    return in_turn


def _dearest_first(base: Column, room: Column, pieces: Column) -> list[tuple[int, int, int]]:
    """Runs of pieces of one price as (room in one, count, row), the dearest first."""
    runs = []
    for row, (total, whole, count) in enumerate(zip(base, room, pieces, strict=True)):
        each, odd = divmod(total, count)
        floor = each - (whole - odd) // count
        runs += [(each + 1, odd, row, floor), (each, count - odd, row, floor)]
    runs = sorted([run for run in runs if run[1]], key=lambda run: (-run[0], run[2]))
    return [(max(price - floor, 0), count, row) for price, count, row, floor in runs]


def _in_turn(
    runs: Sequence[tuple[int, int, int]], first: int, then: int, most: int | None
) -> dict[int, int]:
    """So much off the first piece, and so much off each next one, by row."""
    taken: dict[int, int] = {}
    left = sum(count for _, count, _ in runs) if most is None else most
    is_first = True
    for price, run, row in runs:
        count = min(run, left)
        left -= count
        if count and is_first:
            taken[row] = taken.get(row, 0) + min(first, price)
            count, is_first = count - 1, False
        taken[row] = taken.get(row, 0) + count * min(then, price)
    return taken
