"""Drawing in SVG by plain Python: boxes, arrows and words, in the colours of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

__all__ = ["Point", "arrow", "box", "drawing", "words"]

Point: TypeAlias = tuple[int, int]

_LINE = 20
_STYLE = """
.from-code { width: 100%; height: auto; font: 14px var(--font-stack, sans-serif); }
.from-code text { fill: var(--color-foreground-primary, #000); }
.from-code .name { font-family: var(--font-stack--monospace, monospace); font-weight: 600; }
.from-code .quiet { fill: var(--color-foreground-secondary, #555); font-size: 13px; }
.from-code rect, .from-code polyline { fill: none; stroke: var(--color-foreground-muted, #777); }
.from-code rect { fill: var(--color-background-secondary, #f8f9fb); }
.from-code marker path { fill: var(--color-foreground-muted, #777); }
"""
_HEAD = (
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
    ' markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z"/></marker></defs>'
)


def words(at: Point, text: str, *, style: str = "quiet") -> str:
    """One line of words, which starts at a point."""
    return f'<text x="{at[0]}" y="{at[1]}" class="{style}">{escape(text)}</text>'


def box(at: Point, width: int, title: str, lines: Iterable[tuple[str, str]]) -> str:
    """A box with a title, and under it lines of a name and what it says."""
    left, top = at
    lines = list(lines)
    height = _LINE * (len(lines) + 1) + 12
    parts = [f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="6"/>']
    parts.append(words((left + 12, top + _LINE), title, style="name"))
    for number, (name, said) in enumerate(lines, 2):
        line = top + _LINE * number
        parts.append(words((left + 12, line), name, style="name" if said else "quiet"))
        parts.append(words((left + 124, line), said))
    return "\n".join(parts)


def arrow(*points: Point) -> str:
    """An arrow along some points."""
    path = " ".join(f"{x},{y}" for x, y in points)
    return f'<polyline points="{path}" marker-end="url(#head)"/>'


def drawing(size: Point, title: str, parts: Iterable[str]) -> str:
    """The whole drawing; the title is read out to those who cannot see it."""
    opening = f'<svg class="from-code" role="img" viewBox="0 0 {size[0]} {size[1]}"'
    inside = "\n".join(parts)
    return (
        f'{opening} xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style>{_HEAD}\n{inside}\n</svg>"
    )
