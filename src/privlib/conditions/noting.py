"""Noting: the faults of a part among those of the whole, each with its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from privlib.errors import InvalidValueError, Problem, ProgramError

__all__ = ["entries", "named", "noted", "refuse"]


@contextmanager
def noted(problems: list[Problem], path: str) -> Iterator[None]:
    """What goes wrong inside is a problem at this path, and the rest is read on."""
    try:
        yield
    except ProgramError as fault:
        problems.extend(problem.under(path) for problem in fault.problems)
    except InvalidValueError as fault:
        problems.append(Problem(path, str(fault)))


def refuse(problems: list[Problem]) -> None:
    """Raise all that was noted, if anything was."""
    if problems:
        raise ProgramError(problems)


def entries(value: object) -> Mapping[str, object]:
    """What stands in a table, by its keys.

    Raises ProgramError where it is none.
    """
    if isinstance(value, Mapping):
        return {str(key): inner for key, inner in value.items()}
    raise ProgramError([Problem("", f"expected a table; got {named(value)}")])


def named(value: object) -> str:
    """How plain data is called."""
    names = {bool: "true or false", dict: "a table", list: "a list", str: "text"}
    return names.get(type(value), type(value).__name__)
