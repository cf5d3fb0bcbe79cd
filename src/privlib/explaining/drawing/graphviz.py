"""DOT: graphs as the text that Graphviz draws from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from privlib.explaining.drawing.graph import Graph

__all__ = ["dot"]

_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def dot(graphs: Iterable[Graph]) -> str:
    r"""One directed graph, with a cluster for each.

    >>> from privlib.explaining.drawing import Node
    >>> print(dot([Graph(name="stages", nodes=[Node(name='"new"', said=["客户"])])]), end="")
    digraph program {
      node [shape=box];
      subgraph cluster0 {
        label="stages";
        g0n0 [label="\"new\"\n客户"];
      }
    }
    """
    return "\n".join(["digraph program {", "  node [shape=box];", *_clusters(graphs), "}", ""])


def _clusters(graphs: Iterable[Graph]) -> Iterator[str]:
    for at, graph in enumerate(graphs):
        yield f"  subgraph cluster{at} {{"
        yield f"    label={_quoted([graph.name])};"
        for place, node in enumerate(graph.nodes):
            rounded = ", style=rounded" if node.is_start else ""
            yield f"    g{at}n{place} [label={_quoted(node.lines)}{rounded}];"
        for way in graph.ways:
            dashed = ", style=dashed" if way.is_back else ""
            label = f"label={_quoted([way.said])}{dashed}"
            yield f"    g{at}n{way.source} -> g{at}n{way.target} [{label}];"
        yield "  }"


def _quoted(lines: Iterable[str]) -> str:
    r"""Lines as one label, joined by DOT's own `\n`; `&` would begin an entity of HTML."""
    plain = (_UNSEEN.sub(" ", line).replace("\\", "\\\\").replace("&", "&amp;") for line in lines)
    label = "\\n".join(line.replace('"', '\\"') for line in plain)
    return f'"{label}"'
