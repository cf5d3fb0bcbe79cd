"""Tagged kinds: several classes that are told apart by a tag, as the kinds of an offer are."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, Final

__all__ = ["TAG", "is_tagged", "kinds_by_tag"]

TAG: Final = "kind"
"""The key under which plain data says of which kind it is."""


def is_tagged(kind: object) -> bool:
    """Whether it is a union of classes that all have a tag.

    >>> from privlib.program.offers import Offer
    >>> is_tagged(Offer), is_tagged(int | None)
    (True, False)
    """
    return isinstance(kind, UnionType) and all(hasattr(each, "tag") for each in kind.__args__)


def kinds_by_tag(kind: UnionType) -> Mapping[str, type[Any]]:
    """The classes of such a union by their tags."""
    return {each.tag: each for each in kind.__args__}
