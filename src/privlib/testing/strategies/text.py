"""Strategies for texts: any that can be stored, and templates with variables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hypothesis import strategies as st

__all__ = ["templates", "texts"]

_CHARACTERS: Final = st.characters(codec="utf-8", exclude_characters="\0{}")
_TEXTS: Final = st.sampled_from(["", "tea set", "私域", "茶 🍵"]) | st.text(
    _CHARACTERS, max_size=32
)


def texts() -> st.SearchStrategy[str]:
    """Texts that can be stored and name no variable."""
    return _TEXTS


def templates(*, variables: Iterable[str] = ("name", "shop")) -> st.SearchStrategy[str]:
    """Texts with some of these variables in them, such as `Hello {name}`."""
    named = [f"{{{name}}}" for name in variables]
    pieces = st.sampled_from([*named, "Hello ", ", ", "!"]) | _TEXTS
    return st.lists(pieces, max_size=4).map("".join)
