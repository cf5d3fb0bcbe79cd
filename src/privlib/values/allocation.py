"""Allocation: one amount shared over many by weight, to the last minor unit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from privlib.errors import CurrencyMismatchError, InvalidValueError
from privlib.values.choice import chosen
from privlib.values.frozen import made_of
from privlib.values.money import Money
from privlib.values.remainder import Remainder, largest_first, with_rest

__all__ = ["Overflow", "allocate", "allocate_money", "shared"]


class Overflow(StrEnum):
    """What becomes of that part of a share which is above its cap.

    `reshared`: the others share it by their weights. `lost`: nobody gets it.
    """

    RESHARED = "reshared"
    LOST = "lost"


def allocate(
    amount: int,
    weights: Sequence[int],
    *,
    caps: Sequence[int] | None = None,
    floors: Sequence[int] | None = None,
    remainder: Remainder | str = Remainder.LARGEST,
    overflow: Overflow | str = Overflow.RESHARED,
) -> tuple[int, ...]:
    """Share a whole amount by weight, losing and inventing nothing.

    Each share is the exact one rounded up or down; who gets the rest, `remainder` says. A weight
    of zero gets nothing.

    >>> allocate(100, [1, 1, 1])
    (34, 33, 33)
    >>> allocate(7, [0, 1, 3])
    (0, 2, 5)

    No share is above its cap or below its floor. What a capped one cannot take is shared over the
    others, as `overflow` says; where all are at their caps, the shares sum to less than the amount.

    >>> allocate(90, [1, 1, 1], caps=[10, 50, 50])
    (10, 40, 40)
    >>> allocate(90, [1, 1, 1], caps=[10, 50, 50], overflow="lost")
    (10, 30, 30)
    >>> allocate(90, [1, 1, 7], floors=[20, 0, 0])
    (20, 9, 61)

    Raises InvalidValueError for a negative amount, weight, cap or floor, for one that is not a
    whole number, for floors above caps or above the amount, and where something is to be shared
    over nothing.
    """
    whole = _checked_sum(amount, weights)
    rule, over = _rules(remainder, overflow)
    if not whole:
        if amount:
            raise InvalidValueError(f"cannot share {amount} over weights that sum to 0")
        return tuple(0 for _ in weights)
    if caps is None and floors is None:
        return tuple(shared(amount, weights, whole, rule))
    tops = _bounds(caps, weights, missing=amount, name="caps")
    bottoms = _bounds(floors, weights, missing=0, name="floors")
    _check_bounds(amount, weights, tops, bottoms)
    if over is Overflow.LOST:
        free = allocate(amount, weights, floors=floors, remainder=rule)
        return tuple(map(min, free, tops))
    return _within(amount, weights, tops=tops, bottoms=bottoms, rule=rule)


def _rules(remainder: Remainder | str, overflow: Overflow | str) -> tuple[Remainder, Overflow]:
    if remainder is Remainder.LARGEST and overflow is Overflow.RESHARED:
        return remainder, overflow
    return chosen(Remainder, remainder), chosen(Overflow, overflow)


def _checked_sum(amount: int, weights: Sequence[int]) -> int:
    whole = sum(weights)
    if type(amount) is not int or type(whole) is not int:
        raise InvalidValueError("allocation takes whole numbers only")
    if amount < 0 or min(weights, default=0) < 0:
        raise InvalidValueError("allocation takes an amount and weights of 0 or more")
    return whole


def shared(amount: int, weights: Sequence[int], whole: int, rule: Remainder) -> list[int]:
    """The same without bounds, of what is known to be whole numbers of 0 or more.

    `whole` is the sum of the weights, and more than 0.
    """
    shares = [amount * weight // whole for weight in weights]
    rest = amount - sum(shares)
    if not rest:
        return shares
    fractions = [amount * weight % whole for weight in weights]
    if rule is Remainder.LARGEST:  # more have a fraction than there are minor units left
        for place in largest_first(fractions)[:rest]:
            shares[place] += 1
        return shares
    rooms = [rest if weight else 0 for weight in weights]
    return list(with_rest(shares, rest, fractions=fractions, rooms=rooms, rule=rule))


def _bounds(
    given: Sequence[int] | None, weights: Sequence[int], *, missing: int, name: str
) -> list[int]:
    """The bounds of all shares; a weight of zero has none but zero."""
    if given is None:
        return [missing if weight else 0 for weight in weights]
    if len(given) != len(weights):
        raise InvalidValueError(f"there are {len(given)} {name} for {len(weights)} weights")
    if any(type(bound) is not int or bound < 0 for bound in given):
        raise InvalidValueError(f"{name} are whole numbers of 0 or more")
    return [
        bound if weight or name == "floors" else 0
        for bound, weight in zip(given, weights, strict=True)
    ]


def _check_bounds(
    amount: int, weights: Sequence[int], tops: Sequence[int], bottoms: Sequence[int]
) -> None:
    for place, (top, bottom) in enumerate(zip(tops, bottoms, strict=True)):
        if bottom > top:
            raise InvalidValueError(
                f"share {place} is to be at least {bottom} and at most {top}"
                + ("" if weights[place] else ", since its weight is 0")
            )
    if sum(bottoms) > amount:
        raise InvalidValueError(f"the floors ask for {sum(bottoms)}, and there are {amount}")


def _within(
    amount: int,
    weights: Sequence[int],
    *,
    tops: Sequence[int],
    bottoms: Sequence[int],
    rule: Remainder,
) -> tuple[int, ...]:
    """Shares between their bounds: whoever would be beyond one is held there, the rest shared anew.

    Where some would be too high and others too low, those are held of which there is more to make
    up for, since only they stay so (CSS resolves flexible lengths in this way).
    """
    held = {at: 0 for at, weight in enumerate(weights) if not weight}
    while True:
        free = {at: weight for at, weight in enumerate(weights) if at not in held}
        left, whole = amount - sum(held.values()), sum(free.values())
        too_high = {at: tops[at] for at in free if left * free[at] > tops[at] * whole}
        too_low = {at: bottoms[at] for at in free if left * free[at] < bottoms[at] * whole}
        if not too_high and not too_low:
            break
        excess = sum(left * free[at] - top * whole for at, top in too_high.items())
        lack = sum(bottom * whole - left * free[at] for at, bottom in too_low.items())
        held |= too_high if excess >= lack else {}
        held |= too_low if lack >= excess else {}
    shares = [held[at] if at in held else left * free[at] // whole for at in range(len(weights))]
    if not free:
        return tuple(shares)
    return with_rest(
        shares,
        amount - sum(shares),
        fractions=[left * free[at] % whole if at in free else 0 for at in range(len(weights))],
        rooms=[tops[at] - share if at in free else 0 for at, share in enumerate(shares)],
        rule=rule,
    )


_share = made_of(Money)  # no share is more than the whole


def allocate_money(
    amount: Money,
    weights: Sequence[int],
    *,
    caps: Sequence[Money] | None = None,
    floors: Sequence[Money] | None = None,
    remainder: Remainder | str = Remainder.LARGEST,
    overflow: Overflow | str = Overflow.RESHARED,
) -> tuple[Money, ...]:
    """Share money by weight, to the last minor unit. See `allocate`.

    >>> from privlib.values.money import yuan
    >>> [str(share) for share in allocate_money(yuan(1), [1, 2])]
    ['0.33 CNY', '0.67 CNY']

    Raises CurrencyMismatchError for a cap or floor in another currency than the amount.
    """
    code = amount.currency
    shares = allocate(
        amount.minor,
        weights,
        caps=None if caps is None else _minors(caps, code),
        floors=None if floors is None else _minors(floors, code),
        remainder=remainder,
        overflow=overflow,
    )
    return tuple([_share(share, code) for share in shares])


def _minors(bounds: Sequence[Money], currency: str) -> list[int]:
    for bound in bounds:
        if bound.currency != currency:
            raise CurrencyMismatchError(f"a bound in {bound.currency} for a sum in {currency}")
    return [bound.minor for bound in bounds]
