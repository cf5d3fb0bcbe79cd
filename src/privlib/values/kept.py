"""Kept: what was worked out of a value once, and is kept beside it."""

from __future__ import annotations

__all__ = ["kept"]


class _Kept(dict[str, object]):
    __slots__ = ()

    def __reduce__(self) -> tuple[type[_Kept], tuple[()]]:
        return _Kept, ()


def kept() -> dict[str, object]:
    """A place for things worked out of a value, by their names.

    A copy or a pickle of it starts without any.

    >>> import pickle
    >>> made = kept()
    >>> made["plan"] = print
    >>> pickle.loads(pickle.dumps(made))
    {}
    """
    return _Kept()
