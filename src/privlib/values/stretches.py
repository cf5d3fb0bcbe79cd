"""Stretches: from one whole number, which belongs to it, until another, which does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

__all__ = ["Stretch", "merged"]

Stretch: TypeAlias = tuple[int, int]


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same whole numbers in as few stretches as can be, in their order.

    >>> merged([(5, 9), (1, 3), (3, 4), (6, 7)])
    ((1, 4), (5, 9))
    """
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif start < end:
            found.append((start, end))
    return tuple(found)
