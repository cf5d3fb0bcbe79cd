"""Tagged kinds: several classes that are told apart by a tag, as the kinds of an offer are."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, Final

from attrs import has

__all__ = ["TAG", "is_tagged", "kinds_by_tag", "tag_of"]

TAG: Final = "kind"
"""The key under which plain data says of which kind it is."""


def tag_of(kind: type[Any]) -> str:
    """The tag of a class: its own one, or else its name.

    >>> from privlib.program.offers import PercentOff
    >>> tag_of(PercentOff)
    'percent_off'
    """
    return str(getattr(kind, "tag", kind.__name__))


def is_tagged(kind: object) -> bool:
    """Whether it is a union of classes with fields, which are told apart by their tags.

    >>> from privlib.program.offers import Offer
    >>> is_tagged(Offer), is_tagged(int | None)
    (True, False)
    """
    return isinstance(kind, UnionType) and all(has(each) for each in kind.__args__)


def kinds_by_tag(kind: UnionType) -> Mapping[str, type[Any]]:
    """The classes of such a union by their tags."""
    return {tag_of(each): each for each in kind.__args__}
