"""Names inside a program: unique, and near misses pointed out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from privlib.errors import Problem
from privlib.values.naming import did_you_mean

__all__ = ["duplicate_names", "no_such"]


def no_such(kind: str, name: str, known: Iterable[str]) -> str:
    """Says that there is nothing of this kind and name, and which name is near.

    >>> no_such("tier", "sliver", ["silver", "gold"])
    'there is no tier "sliver"; did you mean "silver"?'
    """
    return f'there is no {kind} "{name}"{did_you_mean(name, known)}'


def duplicate_names(names: Mapping[int, str], path: str) -> Iterator[Problem]:
    """A problem for every name that was there before; `path` has a `{}` for the position."""
    first: dict[str, int] = {}
    for position, name in names.items():
        if name in first:
            yield Problem(path.format(position), f'"{name}" stands at [{first[name]}] already')
        first.setdefault(name, position)
