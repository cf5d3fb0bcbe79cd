"""Walking: the comparisons in a tree, and the amounts of money in them."""

from __future__ import annotations

from collections.abc import Iterator

from privlib.conditions.tree import (
    All,
    Always,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Measured,
    Not,
)
from privlib.values.comparison import values_in
from privlib.values.money import Money

__all__ = ["amounts_in", "leaves"]


def leaves(condition: Condition) -> Iterator[Compared | Measured]:
    """All comparisons of a tree, those of early access among them."""
    match condition:
        case Compared() | Measured():
            yield condition
        case All() | AnyOf():
            for each in condition.conditions:
                yield from leaves(each)
        case Not():
            yield from leaves(condition.condition)
        case EarlyAccess():
            yield from leaves(condition.spelled_out)
        case Always():
            pass


def amounts_in(condition: Condition) -> Iterator[Money]:
    """All amounts of money in a tree, those in the goods that it measures among them."""
    for leaf in leaves(condition):
        yield from (value for value in values_in(leaf.value) if isinstance(value, Money))
        if isinstance(leaf, Measured):
            yield from leaf.of.amounts
