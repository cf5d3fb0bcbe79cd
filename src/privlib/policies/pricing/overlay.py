"""Overlay: an index with a few other entries over it, so that one more copies none of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

__all__ = ["Lists", "Overlay", "overlaid"]

_SHARE: Final = 32
"""Where one in so many entries lies over the others, they are made one again."""

Lists = Mapping[str, list[int]]


class Overlay(Lists):
    """Lists by name: those of an index that is shared, and over it those that are other or new.

    >>> index = Overlay({"cup": [0], "pot": [1]}, {"cup": [0, 2]})
    >>> index["cup"], index["pot"], "tea" in index
    ([0, 2], [1], False)
    """

    __slots__ = ("_above", "_below")

    def __init__(self, below: dict[str, list[int]], above: dict[str, list[int]]) -> None:
        self._below, self._above = below, above

    def __getitem__(self, name: str) -> list[int]:
        above = self._above
        return above[name] if name in above else self._below[name]

    def __contains__(self, name: object) -> bool:
        return name in self._below or name in self._above

    def __iter__(self) -> Iterator[str]:
        yield from self._below
        yield from (name for name in self._above if name not in self._below)

    def __len__(self) -> int:
        return len(self._below) + sum(name not in self._below for name in self._above)

    def __bool__(self) -> bool:
        return bool(self._below or self._above)

    def with_lists(self, lists: Lists) -> Lists:
        """The same with other lists over it."""
        above = {**self._above, **lists}
        if len(above) * _SHARE > len(self._below):
            return {**self._below, **above}
        return Overlay(self._below, above)


def overlaid(index: Lists, lists: Lists) -> Lists:
    """An index with other lists over it; the index itself stays as it is."""
    if isinstance(index, Overlay):
        return index.with_lists(lists)
    return Overlay(dict(index) if not isinstance(index, dict) else index, {}).with_lists(lists)
