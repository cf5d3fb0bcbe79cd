"""Reservations: take this much from a shared limit, atomically, or say that it is exhausted."""

from __future__ import annotations

from privlib.errors import InvalidValueError
from privlib.values.frozen import frozen
from privlib.values.money import LARGEST_MINOR

__all__ = ["Exhausted", "Reservation"]


@frozen(kw_only=True)
class Reservation:
    """So much of the limit of this key; a negative amount gives room back.

    Storage applies `used + amount <= limit` in the statement that writes it.
    """

    limit_key: str
    amount: int
    limit: int

    def __attrs_post_init__(self) -> None:
        for name in ("amount", "limit"):
            value = getattr(self, name)
            if type(value) is not int or not -LARGEST_MINOR <= value <= LARGEST_MINOR:
                raise InvalidValueError(f"the {name} of a reservation is a 64-bit whole number")
        if self.limit < 0:
            raise InvalidValueError(f"a limit is 0 or more; got {self.limit}")

    @classmethod
    def give_back(cls, limit_key: str, amount: int) -> Reservation:
        """Give back room that was taken before, whatever the limit is by now."""
        return cls(limit_key=limit_key, amount=-amount, limit=LARGEST_MINOR)


@frozen(kw_only=True)
class Exhausted:
    """A limit that has no room for what was wanted; nothing was saved."""

    limit_key: str
    used: int
    limit: int
    wanted: int
