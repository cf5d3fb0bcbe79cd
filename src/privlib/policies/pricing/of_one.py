"""Of one: what a cut takes off a single line, which is all that most promotions find in a basket.

The functions are a few for all promotions, and the numbers stand beside them: a basket meets many
promotions once, and each thing more that has to be fetched for one costs as much as its sum.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from privlib.policies.pricing.sharing import Cut
from privlib.program.offers import AmountOff, PercentOff, Spread
from privlib.program.pricing import Pricing
from privlib.values.rate import Rounding

__all__ = ["OfOne", "Terms", "of_one"]

OfOne: TypeAlias = Callable[[int, int, int, int, int], int]
"""What is taken off: of (what it is reckoned on, room, pieces, the two numbers of its terms)."""


class Terms(NamedTuple):
    """What is taken off a single line, and the two numbers that it is reckoned with.

    None stands for what has to be worked out in another way.
    """

    of_one: OfOne | None
    first: int = 0
    second: int = 0


def of_one(offer: object, cut: Cut, pricing: Pricing) -> Terms:
    """The cut of an offer where it touches one line."""
    match offer:
        case PercentOff(ceiling=None, rounded=Spread.LINE | Spread.ONCE, percent=rate):
            part = _PARTS.get(pricing.rounding)
            if part is not None:
                return Terms(part, rate.numerator, rate.denominator)
        case AmountOff(spread=Spread.LINE | Spread.ONCE, amount=amount):
            return Terms(_amount, amount.minor)
    return Terms(lambda base, room, pieces, _first, _second: cut((base,), (room,), (pieces,))[0])


def _half_up(base: int, room: int, _pieces: int, above: int, below: int) -> int:
    taken = (base * above + (below >> 1)) // below
    return min(room, taken)


def _down(base: int, room: int, _pieces: int, above: int, below: int) -> int:
    taken = base * above // below
    return min(room, taken)


def _amount(base: int, room: int, _pieces: int, amount: int, _second: int) -> int:
    return (min(room, amount)) if base else 0


_PARTS = {Rounding.HALF_UP: _half_up, Rounding.DOWN: _down, Rounding.FLOOR: _down}
