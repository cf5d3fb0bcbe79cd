"""Tagged kinds: several classes that are told apart by a tag or by their names."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, Final

from attrs import has

__all__ = ["TAG", "is_tagged", "kinds_by_tag", "tag_of"]

TAG: Final = "kind"
"""The key under which plain data says of which kind it is."""


def is_tagged(kind: object) -> bool:
    """Whether it is a union of classes of our own, and of nothing else.

    >>> from privlib.program.offers import Offer
    >>> is_tagged(Offer), is_tagged(int | None)
    (True, False)
    """
    return isinstance(kind, UnionType) and all(map(has, kind.__args__))


def tag_of(kind: type[Any]) -> str:
    """The tag of a class, such as an offer's; of one that has none, its name."""
    return str(getattr(kind, "tag", kind.__name__))


def kinds_by_tag(kind: UnionType) -> Mapping[str, type[Any]]:
    """The classes of such a union by their tags."""
    return {tag_of(each): each for each in kind.__args__}
