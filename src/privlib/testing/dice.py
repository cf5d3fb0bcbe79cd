"""Dice: whole numbers thrown from a seed, the same on every machine and in every release."""

from __future__ import annotations

from attrs import define

__all__ = ["Dice"]

_MASK = 2**64 - 1


@define
class Dice:
    """Throws dice by a seed: Knuth's linear congruential generator, of which the high bits count.

    >>> dice = Dice(7)
    >>> [dice.below(10) for _ in range(8)]
    [4, 9, 9, 2, 2, 1, 4, 3]
    """

    _state: int

    def below(self, end: int) -> int:
        """A whole number from 0 on, below `end`."""
        self._state = (self._state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) & _MASK
        return (self._state >> 32) * end >> 32
