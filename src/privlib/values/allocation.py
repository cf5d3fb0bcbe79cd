"""Allocation: one amount shared over many by weight, to the last minor unit."""

from __future__ import annotations

from collections.abc import Sequence

from privlib.errors import InvalidValueError
from privlib.values.frozen import made_of
from privlib.values.money import Money

__all__ = ["allocate", "allocate_money"]


def allocate(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share a whole amount by weight, losing and inventing nothing.

    Each share is the exact one rounded up or down (the largest-remainder method); among equal
    remainders the earlier one comes first. A weight of zero gets nothing.

    >>> allocate(100, [1, 1, 1])
    (34, 33, 33)
    >>> allocate(7, [0, 1, 3])
    (0, 2, 5)

    Raises InvalidValueError for a negative amount or weight, for one that is not a whole number,
    and where something is to be shared over nothing.
    """
    whole = sum(weights)
    if type(amount) is not int or type(whole) is not int:
        raise InvalidValueError("allocation takes whole numbers only")
    if amount < 0 or min(weights, default=0) < 0:
        raise InvalidValueError("allocation takes an amount and weights of 0 or more")
    if not whole:
        if amount:
            raise InvalidValueError(f"cannot share {amount} over weights that sum to 0")
        return tuple(0 for _ in weights)
    shares = [amount * weight // whole for weight in weights]
    rest = amount - sum(shares)
    if rest:
        remainders = [amount * weight % whole for weight in weights]
        largest = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
        for index in largest[:rest]:
            shares[index] += 1
    return tuple(shares)


def allocate_money(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """Share money by weight, to the last minor unit.

    >>> from privlib.values.money import yuan
    >>> [str(share) for share in allocate_money(yuan(1), [1, 2])]
    ['0.33 CNY', '0.67 CNY']
    """
    shares = allocate(amount.minor, weights)
    return tuple([_share(share, amount.currency) for share in shares])


_share = made_of(Money)  # no share is more than the whole
