"""Kinds: a family of things, one strategy a kind, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from hypothesis import strategies as st

from privlib.errors import InvalidValueError

__all__ = ["of_kinds"]

T = TypeVar("T")


def of_kinds(
    family: Mapping[type[T], st.SearchStrategy[T]], kinds: Iterable[type[T]] | None
) -> st.SearchStrategy[T]:
    """Things of a family, of the kinds named only; of all its kinds where none are named.

    Raises InvalidValueError for a kind that is none of the family's, and for no kind at all.
    """
    wanted = list(family) if kinds is None else list(kinds)
    for kind in wanted:
        if kind not in family:
            name = getattr(kind, "__name__", repr(kind))
            known = ", ".join(each.__name__ for each in family)
            raise InvalidValueError(f"{name:.40} is not one of: {known}")
    if not wanted:
        raise InvalidValueError("name at least one kind, or leave kinds out for all of them")
    return st.one_of([family[kind] for kind in wanted])
