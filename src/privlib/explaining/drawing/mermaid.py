"""Mermaid: graphs as the text of one flowchart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from privlib.explaining.drawing.graph import Graph

__all__ = ["mermaid"]

# Mermaid reads marks of its own inside quotes too: entities (#), directives (%%{), HTML, formulas,
# and lists of Markdown (a line that begins with "- " or "1. "). Such marks are written by number.
_MARK: Final = re.compile(r"[^A-Za-z0-9 ,.'()/:!?\x80-\U0010ffff-]|^-|^[0-9]+(?=[.)])")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def mermaid(graphs: Iterable[Graph]) -> str:
    """One flowchart, with a frame for each graph.

    >>> from privlib.explaining.drawing import Node, Way
    >>> print(mermaid([Graph(name="stages", nodes=[Node(name='"new"'), Node(name="客户")],
    ...                      ways=[Way(source=0, target=1, said="buys")])]), end="")
    flowchart TD
      subgraph g0["stages"]
        g0n0["#34;new#34;"]
        g0n1["客户"]
        g0n0 -->|"buys"| g0n1
      end
    """
    return "\n".join(["flowchart TD", *_frames(graphs), ""])


def _frames(graphs: Iterable[Graph]) -> Iterator[str]:
    for at, graph in enumerate(graphs):
        frame = f"g{at}"
        yield f"  subgraph {frame}[{_quoted([graph.name])}]"
        for place, node in enumerate(graph.nodes):
            shape = "([{}])" if node.is_start else "[{}]"
            yield f"    {frame}n{place}{shape.format(_quoted(node.lines))}"
        for way in graph.ways:
            arrow = "-.->" if way.is_back else "-->"
            said = f"|{_quoted([way.said])}|" if way.said else ""
            yield f"    {frame}n{way.source} {arrow}{said} {frame}n{way.target}"
        yield "  end"


def _quoted(lines: Iterable[str]) -> str:
    """Lines as one label; a line break within one becomes a blank, and so does no text."""
    label = "<br/>".join(_MARK.sub(_numbered, _UNSEEN.sub(" ", line)) for line in lines)
    return f'"{label or " "}"'


def _numbered(found: re.Match[str]) -> str:
    return "".join(f"#{ord(mark)};" for mark in found[0])
