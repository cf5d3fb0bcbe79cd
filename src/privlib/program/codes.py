"""Codes: what a customer types in to bring a promotion into play."""

from __future__ import annotations

__all__ = ["plain_code"]


def plain_code(code: str) -> str:
    """A code as it is compared: without blanks at its ends, ASCII letters in lower case.

    >>> plain_code(" SPRING-26 ")
    'spring-26'
    """
    stripped = code.strip()
    if stripped.isascii():
        return stripped.lower()
    return "".join(letter.lower() if letter.isascii() else letter for letter in stripped)
