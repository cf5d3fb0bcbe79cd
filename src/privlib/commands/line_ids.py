"""Line ids: each line of a basket, an order or a refund is told apart from the others."""

from __future__ import annotations

from collections.abc import Iterable

from privlib.errors import InvalidValueError

__all__ = ["check_unique"]


def check_unique(ids: Iterable[str], what: str) -> None:
    """Refuse two lines of one id.

    >>> check_unique(["cup", "pot", "cup"], "a basket")
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: two lines of a basket have the id 'cup': give each its own
    """
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise InvalidValueError(f"two lines of {what} have the id {id!r}: give each its own")
        seen.add(id)
