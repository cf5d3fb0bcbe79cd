"""Chunks: many keys, so many at a time as one statement takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from privlib.values.ids import EntityRef

__all__ = ["ids_by_kind", "in_chunks"]

T = TypeVar("T")
_CHUNK: Final = 500


def in_chunks(items: Iterable[T]) -> Iterable[list[T]]:
    """The items, each once, so many at a time as one statement takes."""
    listed = list(dict.fromkeys(items))
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))


def ids_by_kind(refs: Iterable[EntityRef]) -> dict[str, list[str]]:
    """The ids of these references, by kind: one statement takes many of one kind."""
    kinds: dict[str, list[str]] = {}
    for ref in refs:
        kinds.setdefault(ref.kind, []).append(ref.id)
    return kinds
