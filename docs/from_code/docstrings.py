"""What a docstring says in short, and the link to where the thing is described."""

from __future__ import annotations

from inspect import getdoc

__all__ = ["link", "sentence"]


def sentence(thing: object) -> str:
    """The first paragraph of a docstring, on one line, as a cell of a table."""
    return " ".join((getdoc(thing) or "").partition("\n\n")[0].split()).replace("|", r"\|")


def link(module: str, name: str) -> str:
    """A link to where a name is described."""
    return f"{{py:obj}}`{name} <{module}.{name}>`"
