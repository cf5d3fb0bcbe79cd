"""TOML files: their text and what it holds, of a bounded size and in UTF-8."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from privlib.errors import Problem, ProgramError

__all__ = ["toml_document", "toml_text"]

_LARGEST: Final = 4 * 2**20


def toml_text(path: str | Path, what: str) -> str:
    """The text of a file; `what` it is for is said where it cannot be.

    Raises ProgramError where it is too large or not UTF-8, or OSError.
    """
    source = Path(path)
    if source.stat().st_size > _LARGEST:
        raise ProgramError([Problem(str(path), f"{what} has at most 4 MiB")])
    try:
        return source.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ProgramError([Problem(str(path), f"{what} is UTF-8 text")]) from None


def toml_document(text: str) -> dict[str, Any]:
    """The tables of a text.

    Raises ProgramError where it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # a ValueError too: a number too long to read
        raise ProgramError([Problem("", f"not TOML: {fault}")]) from None
