"""A graph to be drawn: its nodes, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.values.choice import as_tuple, each_of

__all__ = ["Graph", "Node", "Way"]


def _lines(lines: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(lines)


@frozen(kw_only=True)
class Node:
    """Something to stand in: its name, and what else is said of it, line by line."""

    name: str
    said: tuple[str, ...] = field(default=(), converter=_lines)
    is_start: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is written in it; an empty line holds a blank, which all that draw can bear."""
        return tuple(line or " " for line in (self.name, *self.said))


@frozen(kw_only=True)
class Way:
    """A way from one node to another, by their places; `is_back` for one that undoes another."""

    source: int
    target: int
    said: str = ""
    is_back: bool = False


@frozen(kw_only=True)
class Graph:
    """What is drawn in one frame, under its name.

    Raises InvalidValueError for a way from or to where there is no node.
    """

    name: str
    nodes: tuple[Node, ...] = field(converter=as_tuple, validator=each_of(Node))
    ways: tuple[Way, ...] = field(default=(), converter=as_tuple, validator=each_of(Way))

    @ways.validator
    def _between_nodes(self, _attribute: object, ways: tuple[Way, ...]) -> None:
        for way in ways:
            for end in (way.source, way.target):
                if not 0 <= end < len(self.nodes):
                    raise InvalidValueError(f"there is no node {end} of {len(self.nodes)}")
