"""Comparing: whether what is so is as it is asked for."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from privlib.conditions.kinds import Bound, crosses_midnight
from privlib.values.comparison import Comparison

__all__ = ["HOLD_OF_NOTHING", "is_so"]

HOLD_OF_NOTHING: Final = frozenset(
    {
        Comparison.NOT_EQUAL,
        Comparison.NONE_OF,
        Comparison.CONTAINS_NONE,
        Comparison.LACKS_ANY,
        Comparison.UNKNOWN,
    }
)
"""The comparisons that hold of what is not known."""


def is_so(comparison: Comparison, has: object, against: Bound) -> bool:
    """Whether a comparison holds of what is had, which is None where it is not known.

    >>> is_so(Comparison.BETWEEN, 60, (1320, 360)), is_so(Comparison.BETWEEN, None, (1320, 360))
    (True, False)
    """
    if has is None:
        return comparison in HOLD_OF_NOTHING
    return bool(_TESTS[comparison](has, against))


def _lies_in(has: Any, stretch: tuple[Any, Any]) -> bool:  # noqa: ANN401 - all of one kind
    low, high = stretch
    if crosses_midnight(low, high):
        return bool(has >= low or has < high)
    return bool(low <= has < high)


_TESTS: Final[Mapping[Comparison, Callable[[Any, Any], bool]]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.NOT_EQUAL: operator.ne,
    Comparison.ONE_OF: lambda has, among: has in among,
    Comparison.NONE_OF: lambda has, among: has not in among,
    Comparison.AT_LEAST: operator.ge,
    Comparison.LESS_THAN: operator.lt,
    Comparison.MORE_THAN: operator.gt,
    Comparison.AT_MOST: operator.le,
    Comparison.BETWEEN: _lies_in,
    Comparison.OUTSIDE: lambda has, stretch: not _lies_in(has, stretch),
    Comparison.CONTAINS_ANY: lambda has, among: not among.isdisjoint(has),
    Comparison.CONTAINS_NONE: lambda has, among: among.isdisjoint(has),
    Comparison.CONTAINS_ALL: lambda has, among: among <= has,
    Comparison.LACKS_ANY: lambda has, among: not among <= has,
    Comparison.KNOWN: lambda _has, _nothing: True,
    Comparison.UNKNOWN: lambda _has, _nothing: False,
}
