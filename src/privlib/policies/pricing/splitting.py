"""Splitting: a standing in finer cells."""

from __future__ import annotations

from itertools import pairwise

from privlib.policies.pricing.applying import Standing
from privlib.policies.pricing.cells import shares

__all__ = ["leveled", "split", "uneven"]


def leveled(standing: Standing) -> Standing:
    """The same standing in cells whose pieces all have one price, on every base."""
    parts = uneven(standing)
    return split(standing, parts)[0] if parts else standing


def uneven(standing: Standing) -> dict[int, list[int]]:
    """The cells whose pieces have more than one price, and how many pieces have each."""
    cells = standing.cells
    columns = (standing.left, cells.lists, cells.members, *standing.after)
    parts: dict[int, list[int]] = {}
    for cell, count in enumerate(cells.pieces):
        odd = {whole[cell] % count for whole in columns} - {0}
        if odd:
            parts[cell] = [high - low for low, high in pairwise(sorted({0, *odd, count}))]
    return parts


def split(
    standing: Standing, parts: dict[int, list[int]]
) -> tuple[Standing, list[tuple[int, ...]]]:
    """The standing with some cells split into parts of so many pieces, and the parts of each."""
    cells, places = standing.cells.split(parts)
    counts = standing.cells.pieces
    left, *after = [
        [
            part
            for cell, count in enumerate(counts)
            for part in shares(whole[cell], count, parts.get(cell, [count]))
        ]
        for whole in (standing.left, *standing.after)
    ]
    return Standing(cells, left, standing.payable, tuple(after)), places
