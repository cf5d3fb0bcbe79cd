"""Faults: every problem in what a reader raised, each with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import fields_dict
from cattrs import AttributeValidationNote
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from privlib.errors import Problem, ProgramError
from privlib.values.naming import did_you_mean

__all__ = ["problems_of"]


def problems_of(fault: BaseException, path: str) -> Iterator[Problem]:
    """Every problem in what cattrs raised, each with its path."""
    if isinstance(fault, ClassValidationError | IterableValidationError):
        named, unnamed = fault.group_exceptions()
        for inner, note in named:
            step = note.name if isinstance(note, AttributeValidationNote) else f"[{note.index}]"
            yield from problems_of(inner, Problem(str(step), "").under(path).path)
        for inner in unnamed:
            yield from problems_of(inner, path)
    elif isinstance(fault, ForbiddenExtraKeysError):
        for key in sorted(fault.extra_fields):
            near = did_you_mean(key, _keys(fault.cl))
            yield Problem(key, f"unknown key{near}").under(path)
    elif isinstance(fault, ProgramError):
        yield from (problem.under(path) for problem in fault.problems)
    elif isinstance(fault, KeyError):
        yield Problem(path, "is missing")
    else:
        yield Problem(path, str(fault))


def _keys(type_: type[Any]) -> list[str]:
    """What a table of this type may hold."""
    return [name for name, attribute in fields_dict(type_).items() if attribute.init]
