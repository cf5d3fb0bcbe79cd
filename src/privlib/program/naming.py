"""Names inside a program: unique, and near misses pointed out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from privlib.errors import Problem

__all__ = ["did_you_mean", "duplicate_names"]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest known name as the end of a sentence, or nothing.

    >>> did_you_mean("treshold", ["name", "threshold"])
    '; did you mean "threshold"?'
    """
    near = get_close_matches(name[:80], list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def duplicate_names(names: Mapping[int, str], path: str) -> Iterator[Problem]:
    """A problem for every name that was there before; `path` has a `{}` for the position."""
    first: dict[str, int] = {}
    for position, name in names.items():
        if name in first:
            yield Problem(path.format(position), f'"{name}" stands at [{first[name]}] already')
        first.setdefault(name, position)
