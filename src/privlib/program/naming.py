"""Names inside a program: unique, and near misses pointed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from privlib.errors import Problem
from privlib.values.naming import did_you_mean

__all__ = ["did_you_mean", "duplicate_names"]


def duplicate_names(names: Mapping[int, str], path: str) -> Iterator[Problem]:
    """A problem for every name that was there before; `path` has a `{}` for the position."""
    first: dict[str, int] = {}
    for position, name in names.items():
        if name in first:
            yield Problem(path.format(position), f'"{name}" stands at [{first[name]}] already')
        first.setdefault(name, position)
