"""Drawing: a program's graphs as Mermaid, or as SVG where Graphviz is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable

from privlib.errors import InvalidValueError
from privlib.explaining.drawing import Graph, dot, mermaid

__all__ = ["FORMATS", "drawn"]

FORMATS = ("mermaid", "svg")


def drawn(graphs: Iterable[Graph], kind: str) -> str:
    """The graphs as text of a format.

    Raises InvalidValueError where SVG is asked for and Graphviz cannot draw it.
    """
    return mermaid(graphs) if kind == "mermaid" else _svg(dot(graphs))


def _svg(text: str) -> str:
    program = shutil.which("dot")
    if program is None:
        raise InvalidValueError(
            "SVG is drawn by Graphviz, whose dot is not on the PATH: install it (apt install "
            "graphviz, brew install graphviz), or take --format mermaid"
        )
    run = subprocess.run(  # noqa: S603 - the program that was found, and no argument of a user's
        [program, "-Tsvg"], input=text, capture_output=True, encoding="utf-8", check=False
    )
    if run.returncode:
        raise InvalidValueError(f"Graphviz did not draw it: {run.stderr.strip():.200}")
    return run.stdout
