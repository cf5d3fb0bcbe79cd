"""Naming: near misses among the names that are known, pointed out."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean"]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest known name as the end of a sentence, or nothing.

    >>> did_you_mean("treshold", ["name", "threshold"])
    '; did you mean "threshold"?'
    """
    near = get_close_matches(name[:80], list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
