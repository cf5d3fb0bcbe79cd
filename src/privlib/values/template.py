"""Templates: a text with a fixed list of variables, filled in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["render", "variables_of"]

_VARIABLE = re.compile(r"\{([A-Za-z_]+)\}")


def variables_of(text: str) -> tuple[str, ...]:
    """The variables that a text names, in order of their first coming.

    >>> variables_of("Hello {name}, welcome to {shop}!")
    ('name', 'shop')
    """
    return tuple(dict.fromkeys(_VARIABLE.findall(text)))


def render(text: str, values: Mapping[str, str]) -> str:
    """Fill in the variables; what a value holds is never read as a template again.

    >>> render("Hello {name}!", {"name": "{shop}"})
    'Hello {shop}!'
    """
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)
