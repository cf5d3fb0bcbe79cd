"""What these pages take from the code when they are built: tables and drawings.

A page asks for one by name, so that no list is kept by hand and no drawing goes stale:

    ```{from-code} table events
    ```
    ```{from-code} drawing decision-path
    ```
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from from_code.decision_path import decision_path
from from_code.pricing_layers import pricing_layers
from from_code.search_tree import search_tree
from from_code.signatures import as_written, is_field_alias, linked
from from_code.tables import TABLES, markdown

DRAWINGS = {
    "decision-path": decision_path,
    "pricing-layers": pricing_layers,
    "search-tree": search_tree,
}


class FromCode(SphinxDirective):
    """Puts a table or a drawing that is made of the code where a page asks for it."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        kind, name = self.arguments
        if kind == "table" and name in TABLES:
            return self.parse_text_to_nodes(markdown(TABLES[name]()))
        if kind == "drawing" and name in DRAWINGS:
            return [nodes.raw("", DRAWINGS[name](), format="html")]
        raise self.error(f"there is no {kind} named {name}")


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx asks an extension."""
    app.connect("autodoc-process-signature", as_written)
    app.connect("missing-reference", linked)
    app.connect("autodoc-skip-member", is_field_alias)
    app.add_directive("from-code", FromCode)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
