"""How Sphinx builds the docs: `sphinx-build -W docs docs/_build`."""

project = "privlib"
author = "The privlib founders"
copyright = "2026, the privlib founders"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "privlib"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"members": True, "undoc-members": False}
add_module_names = False
nitpicky = False
