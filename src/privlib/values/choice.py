"""Choices: a setting out of a closed list, refused with the list where it is none of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

from attrs import NOTHING, field

from privlib.errors import InvalidValueError

__all__ = ["as_tuple", "choice_field", "chosen"]

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(kind: type[Choice], value: object) -> Choice:
    """The member of an enum that a value names.

    >>> from privlib.values.rate import Rounding
    >>> chosen(Rounding, "half_up").value
    'half_up'
    """
    try:
        return kind(value)  # type: ignore[arg-type]  # the enum itself refuses what is wrong
    except ValueError:
        known = ", ".join(kind)
        raise InvalidValueError(f"{value!r:.40} is not one of: {known}") from None


def choice_field(kind: type[Choice], default: Choice | None = None) -> Any:  # noqa: ANN401 - attrs' own field() is typed so
    """An attrs field that holds a choice."""
    return field(
        default=NOTHING if default is None else default,
        converter=lambda value: chosen(kind, value),
    )


def as_tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    """Many as a tuple, which nobody can change afterwards."""
    return tuple(values)
