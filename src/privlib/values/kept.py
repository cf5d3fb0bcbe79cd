"""Kept: what was worked out of a value once, and is kept beside it."""

from __future__ import annotations

__all__ = ["Kept"]


class Kept(dict[str, object]):
    """Things worked out of a value, by their names; a copy or a pickle of it starts without any.

    >>> import pickle
    >>> kept = Kept(plan=print)
    >>> pickle.loads(pickle.dumps(kept))
    {}
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type[Kept], tuple[()]]:
        return Kept, ()
