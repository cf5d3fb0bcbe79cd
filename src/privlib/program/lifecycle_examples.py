"""Examples of lifecycles that others have drawn, to begin with or to stand beside one's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from privlib.conditions import RELATION
from privlib.errors import InvalidValueError
from privlib.program.lifecycle import Lifecycle
from privlib.program.toml_files import toml_document
from privlib.program.toml_reading import toml_reader
from privlib.values.naming import did_you_mean

__all__ = ["EXAMPLES", "example_lifecycle"]

EXAMPLES: Final = ("aipl", "aarrr", "five_phases")
"""The names of the examples that are shipped."""


@cache
def example_lifecycle(name: str) -> Lifecycle:
    """A lifecycle that is shipped: AIPL, AARRR, or 引入 / 成长 / 成熟 / 休眠 / 流失.

    >>> example_lifecycle("aipl").names
    ('aware', 'interested', 'purchased', 'loyal')

    Raises InvalidValueError for another name.
    """
    if name not in EXAMPLES:
        known = ", ".join(EXAMPLES)
        raise InvalidValueError(
            f"{name!r:.40} is not one of: {known}{did_you_mean(str(name), EXAMPLES)}"
        )
    path = files("privlib.program").joinpath("lifecycles").joinpath(f"{name}.toml")
    document = toml_document(path.read_text(encoding="utf-8"))
    lifecycle: Lifecycle = toml_reader("CNY", RELATION).structure(document, Lifecycle)
    return lifecycle
