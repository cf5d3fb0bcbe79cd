"""Drawing: the ladder, the lifecycle and the welcome of a program, as Mermaid or DOT text."""

from __future__ import annotations

from privlib.explaining.drawing.graph import Graph, Node, Way
from privlib.explaining.drawing.graphviz import dot
from privlib.explaining.drawing.mermaid import mermaid
from privlib.explaining.drawing.program_graphs import GRAPHS, program_graphs

__all__ = ["GRAPHS", "Graph", "Node", "Way", "dot", "mermaid", "program_graphs"]
