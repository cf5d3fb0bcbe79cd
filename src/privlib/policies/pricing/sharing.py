"""Sharing: the part of an amount that a rate takes, and an amount over lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define

from privlib.values.allocation import Overflow, allocate, shared
from privlib.values.rate import Rate, Rounding, divide
from privlib.values.remainder import Remainder

__all__ = ["Column", "Cut", "Sharing", "rounder"]

Column: TypeAlias = Sequence[int]

Cut: TypeAlias = Callable[[Column, Column, Column], list[int]]
"""What is taken off each line: of (what it is reckoned on, room, pieces)."""


def rounder(rate: Rate, rounding: Rounding) -> Callable[[int], int]:
    """The share of an amount of 0 or more, rounded by name."""
    above, below = rate.numerator, rate.denominator
    if above == below:
        return lambda amount: amount
    if rounding is Rounding.HALF_UP:
        twice, half = 2 * below, 2 * above
        return lambda amount: (amount * half + below) // twice
    if rounding in (Rounding.DOWN, Rounding.FLOOR):
        return lambda amount: amount * above // below
    return lambda amount: divide(amount * above, below, rounding=rounding)


@define(eq=False)
class Sharing:
    """How an amount is shared over lines: by weight, within the room of each."""

    remainder: Remainder = Remainder.LARGEST
    overflow: Overflow = Overflow.RESHARED

    @property
    def loses_odd_units(self) -> bool:
        """Whether the odd units may lie on a line that has no room for them, and are lost."""
        return self.overflow is Overflow.LOST and self.remainder is not Remainder.LARGEST

    def __call__(self, amount: int, weights: Column, room: Column) -> list[int]:
        """The shares, which sum to the amount or to all that there is room for."""
        if room is weights and self.remainder is Remainder.LARGEST:
            return _of_itself(amount, weights)
        if self.overflow is Overflow.RESHARED:
            open_room = sum([top for top, weight in zip(room, weights, strict=True) if weight])
            if amount >= open_room:
                return [top if weight else 0 for top, weight in zip(room, weights, strict=True)]
        if not amount or not any(weights):
            return [0] * len(weights)
        if len(weights) == 1:
            return [min(amount, room[0])]
        whole = sum(weights)
        if all(amount * weight <= top * whole for weight, top in zip(weights, room, strict=True)):
            parts = shared(amount, weights, whole, self.remainder)
            if all(part <= top for part, top in zip(parts, room, strict=True)):
                return parts
        return list(
            allocate(amount, weights, caps=room, remainder=self.remainder, overflow=self.overflow)
        )


def _of_itself(amount: int, weights: Column) -> list[int]:
    """The shares where there is as much room as weight: none is more, unless there is too much."""
    whole = sum(weights)
    if amount >= whole:
        return list(weights)
    return shared(amount, weights, whole, Remainder.LARGEST)
