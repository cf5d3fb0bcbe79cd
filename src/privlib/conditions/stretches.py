"""Stretches: the values of a field that comparisons let through, as pieces of a line."""

from __future__ import annotations

from typing import Any, TypeAlias

from attrs import field, frozen

from privlib.values.choice import as_tuple

__all__ = ["Piece", "Stretches"]

Piece: TypeAlias = tuple[Any, Any]
"""From a value on until another, which is not in it; None where it has no end."""


@frozen(kw_only=True)
class Stretches:
    """Pieces of a line in their order, none touching another; and whether the unknown is in.

    >>> from_ten = Stretches(pieces=[(10, None)])
    >>> from_ten & Stretches(pieces=[(None, 5), (8, 12)])
    Stretches(unknown=False, pieces=((10, 12),))
    >>> ~from_ten
    Stretches(unknown=True, pieces=((None, 10),))
    """

    unknown: bool = False
    pieces: tuple[Piece, ...] = field(default=(), converter=as_tuple)

    @property
    def is_nothing(self) -> bool:
        """Whether no value is in it."""
        return not (self.unknown or self.pieces)

    def __and__(self, other: Stretches) -> Stretches:
        pieces = [_overlap(one, two) for one in self.pieces for two in other.pieces]
        return Stretches(
            unknown=self.unknown and other.unknown,
            pieces=[piece for piece in pieces if piece is not None],
        )

    def __invert__(self) -> Stretches:
        gaps: list[Piece] = []
        start = None
        for low, high in self.pieces:
            if low is not None:
                gaps.append((start, low))
            if high is None:
                break
            start = high
        else:
            gaps.append((start, None))
        return Stretches(unknown=not self.unknown, pieces=gaps)


def _overlap(one: Piece, other: Piece) -> Piece | None:
    lows = [low for low, _ in (one, other) if low is not None]
    highs = [high for _, high in (one, other) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low >= high else (low, high)
