"""The layers of imports, as the contract that is checked has them."""

from __future__ import annotations

import tomllib
from importlib import import_module
from inspect import getdoc
from pathlib import Path

__all__ = ["layers"]

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def layers() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every layer, the highest first, with what it holds; those still to come are left out."""
    contracts = tomllib.loads(PROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return ("layer", "what it holds"), [
        (", ".join(f"`{name}`" for name in names), "<br>".join(map(_first_line, names)))
        for line in contracts[0]["layers"]
        if (names := [name for name in line.split(" | ") if "(" not in name])
    ]


def _first_line(name: str) -> str:
    return (getdoc(import_module(f"privlib.{name}")) or "").partition("\n")[0]
