"""Remainder: who gets the minor units that rounding down leaves over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

__all__ = ["Remainder", "largest_first", "with_rest"]


class Remainder(StrEnum):
    """Who gets the minor units that are left when every exact share is rounded down.

    `largest`: one each for the largest fractions, among equal ones the earlier (largest-remainder
    method). `first`: one each from the first on. `last`: all of them the last. `largest_share`:
    all of them whoever has most.
    """

    LARGEST = "largest"
    FIRST = "first"
    LAST = "last"
    LARGEST_SHARE = "largest_share"


def largest_first(values: Sequence[int]) -> list[int]:
    """Places by their values, of equal ones the earlier first."""
    return sorted(range(len(values)), key=values.__getitem__, reverse=True)


def with_rest(
    shares: list[int], rest: int, *, fractions: list[int], rooms: list[int], rule: Remainder
) -> tuple[int, ...]:
    """Give out what rounding down has left, one each or all at once, where there is room."""
    places = range(len(shares))
    match rule:
        case Remainder.LARGEST:
            order: Iterable[int] = largest_first(fractions)
        case Remainder.FIRST:
            order = places
        case Remainder.LAST:
            order = reversed(places)
        case Remainder.LARGEST_SHARE:
            order = largest_first(shares)
    most = 1 if rule is Remainder.LARGEST or rule is Remainder.FIRST else rest
    for place in order:
        if not rest:
            break
        given = min(rest, most, rooms[place])
        shares[place] += given
        rest -= given
    return tuple(shares)
