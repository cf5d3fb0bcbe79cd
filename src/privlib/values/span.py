"""A span: from which character of a text to which."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Span"]


class Span(NamedTuple):
    """Where something stands in a text, half open: `text[span.start : span.end]` is it."""

    start: int
    end: int
