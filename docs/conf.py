"""How Sphinx builds the docs: `sphinx-build -W docs docs/_build`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "privlib"
author = "The privlib founders"
copyright = "2026, the privlib founders"
extensions = ["myst_parser", "sphinx.ext.autodoc", "from_code"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "from_code"]
html_theme = "furo"
html_title = "privlib"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
default_role = "code"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
add_module_names = False
python_use_unqualified_type_names = True
nitpicky = True
# What a signature names and these pages do not describe: Python's own, and other packages'.
nitpick_ignore_regex = [
    ("py:.*", r"(attrs|collections|datetime|pendulum|pytest|sqlalchemy|st)\..*"),
    ("py:class", r"AbstractContextManager|Callable|Collection|Iterable|Mapping|Sequence"),
    ("py:class", r"Connection|Decimal|Path|TextIO|date|datetime|time"),
    ("py:class", r"E|Found|Indexed"),  # type variables, and a protocol for the inside
    ("py:class", r"privlib\.commands\.baskets\.BasketColumns"),  # for the inside too
    ("py:class", r"Pricer"),  # `quote_basket`, or what stands in its place
]
