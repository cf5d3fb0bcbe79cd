"""Choices: a setting out of a closed list or of one type, refused where it is none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from types import UnionType
from typing import Any, TypeVar

from attrs import NOTHING, Attribute, field

from privlib.errors import InvalidValueError

__all__ = ["as_set", "as_tuple", "choice_field", "chosen", "each_of", "expected", "kind_of"]

Choice = TypeVar("Choice", bound=StrEnum)
Kind = TypeVar("Kind")


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
        converter=lambda value: value if type(value) is kind else chosen(kind, value),
    )


def as_tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    """Many as a tuple, which nobody can change afterwards.

    >>> as_tuple(["tea", "cup"])
    ('tea', 'cup')
    >>> as_tuple("tea")
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: expected several, such as a list; got one text
    """
    if type(values) is tuple:
        return values
    if isinstance(values, str):
        raise InvalidValueError("expected several, such as a list; got one text")
    try:
        return tuple(values)
    except TypeError:
        raise InvalidValueError(
            f"expected several, such as a list; got {type(values).__name__}"
        ) from None


def as_set(values: Iterable[Any]) -> frozenset[Any]:
    """Many as a set, which nobody can change afterwards.

    >>> sorted(as_set(["tea", "cup", "tea"]))
    ['cup', 'tea']
    """
    return frozenset(as_tuple(values))


def expected(kind: type[Kind], value: object) -> Kind:
    """A value, if it is of this type.

    >>> expected(int, 3)
    3
    >>> expected(int, "three")
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: int is expected; got str
    """
    if not isinstance(value, kind):
        raise InvalidValueError(f"{kind.__name__} is expected; got {type(value).__name__}")
    return value


def kind_of(kind: type[Any] | UnionType) -> Callable[[object, Attribute[Any], object], None]:
    """An attrs validator: the value is of this type."""
    return partial(_check_kind, kind)


def each_of(kind: type[Any]) -> Callable[[object, Attribute[Any], Iterable[object]], None]:
    """An attrs validator: all of the values are of this type."""
    return partial(_check_each, kind)


def _check_kind(
    kind: type[Any] | UnionType, _owner: object, attribute: Attribute[Any], value: object
) -> None:
    if not isinstance(value, kind):
        wanted = kind.__name__ if isinstance(kind, type) else f"one of {len(kind.__args__)} kinds"
        raise InvalidValueError(f"{attribute.name} must be {wanted}; got {type(value).__name__}")


def _check_each(
    kind: type[Any], _owner: object, attribute: Attribute[Any], values: Iterable[object]
) -> None:
    for place, value in enumerate(values):
        if not isinstance(value, kind):
            raise InvalidValueError(
                f"{attribute.name}[{place}] must be {kind.__name__}; got {type(value).__name__}"
            )
