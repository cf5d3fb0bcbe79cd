"""Codes: what a customer types in to bring a promotion into play."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CodeMatching", "matched_code", "plain_code"]


class CodeMatching(StrEnum):
    """Which letters of a code are the same: `any_case` (default), or only those `as_written`."""

    ANY_CASE = "any_case"
    AS_WRITTEN = "as_written"


def plain_code(code: str) -> str:
    """A code as it is compared: without blanks at its ends, ASCII letters in lower case.

    >>> plain_code(" SPRING-26 ")
    'spring-26'
    """
    stripped = code.strip()
    if stripped.isascii():
        return stripped.lower()
    return "".join(letter.lower() if letter.isascii() else letter for letter in stripped)


def matched_code(code: str, matching: CodeMatching) -> str:
    """A code as it is compared by a setting; blanks at its ends never count."""
    return plain_code(code) if matching is CodeMatching.ANY_CASE else code.strip()
