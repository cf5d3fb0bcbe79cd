"""Agreeing: whether conditions can all hold of the same facts, as far as it can be seen cheaply.

A condition is taken apart into alternatives, each a list of comparisons; of each field, the values
that all comparisons let through are worked out. Where nothing is left of a field in any
alternative, the conditions contradict each other. Where it would take too long it is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice, product
from typing import Any, Final, TypeAlias

import pendulum

from privlib.conditions.checking import leaf_bound
from privlib.conditions.comparing import HOLD_OF_NOTHING
from privlib.conditions.kinds import Kind
from privlib.conditions.stretches import Piece, Stretches
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
from privlib.conditions.vocabulary import Field, Vocabulary
from privlib.values.comparison import Comparison, opposite
from privlib.values.moment import to_micros
from privlib.values.money import Money

__all__ = ["can_hold_together"]

Test: TypeAlias = tuple[Compared | Measured, bool]
"""A comparison, and whether it must hold or must not."""

_MOST_ALTERNATIVES: Final = 2_000
_OF_SETS: Final = frozenset(
    {
        Comparison.CONTAINS_ANY,
        Comparison.CONTAINS_NONE,
        Comparison.CONTAINS_ALL,
        Comparison.LACKS_ANY,
    }
)


def can_hold_together(conditions: Iterable[Condition], vocabulary: Vocabulary) -> bool:
    """Whether these conditions may all hold at once; False only where they surely cannot.

    >>> from privlib.conditions import RELATION, field
    >>> fresh = field("days_since_last_order").less_than(90)
    >>> silent = field("days_since_last_order").at_least(90)
    >>> can_hold_together([fresh, silent], RELATION)
    False
    >>> can_hold_together([fresh, field("orders").at_least(2)], RELATION)
    True
    """
    alternatives = _all_of(_alternatives(each, must=True) for each in conditions)
    return any(
        tried == _MOST_ALTERNATIVES or _is_possible(tests, vocabulary)
        for tried, tests in enumerate(alternatives, 1)
    )


def _alternatives(condition: Condition, *, must: bool) -> Iterator[tuple[Test, ...]]:
    """The ways in which a condition holds, or does not: for each, what has to be so."""
    match condition:
        case Always():
            yield from [()] if must else []
        case Not():
            yield from _alternatives(condition.condition, must=not must)
        case EarlyAccess():
            yield from _alternatives(condition.spelled_out, must=must)
        case All() | AnyOf():
            parts = [_alternatives(each, must=must) for each in condition.conditions]
            all_are_needed = isinstance(condition, All) is must
            yield from _all_of(parts) if all_are_needed else chain.from_iterable(parts)
        case Compared() | Measured():
            yield ((condition, must),)


def _all_of(parts: Iterable[Iterator[tuple[Test, ...]]]) -> Iterator[tuple[Test, ...]]:
    few = [tuple(islice(each, _MOST_ALTERNATIVES)) for each in parts]
    for chosen in product(*few):
        yield tuple(chain.from_iterable(chosen))


def _is_possible(tests: Iterable[Test], vocabulary: Vocabulary) -> bool:
    """Whether some value of each field passes all tests; what is not seen through may be so."""
    left: dict[str, Stretches] = {}
    for leaf, must in tests:
        if isinstance(leaf, Measured) or leaf.comparison in _OF_SETS:
            continue
        word = vocabulary[leaf.field]
        let = _let_through(leaf, vocabulary)
        known = left.get(word.name) or _possible(word)
        left[word.name] = known & (let if must else ~let)
        if left[word.name].is_nothing:
            return False
    return True


def _possible(word: Field) -> Stretches:
    """The values that a field can have at all."""
    piece = (0, 2) if word.kind is Kind.YES_NO else (None, None)
    return Stretches(unknown=not word.always_known, pieces=[piece])


def _let_through(leaf: Compared, vocabulary: Vocabulary) -> Stretches:
    """The values of which a comparison holds."""
    comparison = leaf.comparison
    if comparison in HOLD_OF_NOTHING:
        return ~_let_through_known(opposite(comparison), leaf, vocabulary)
    if comparison is Comparison.OUTSIDE:
        inside = _let_through_known(opposite(comparison), leaf, vocabulary)
        return Stretches(pieces=(~inside).pieces)
    return _let_through_known(comparison, leaf, vocabulary)


def _let_through_known(comparison: Comparison, leaf: Compared, vocabulary: Vocabulary) -> Stretches:
    """The known values of which a comparison holds that does not hold of the unknown."""
    if comparison is Comparison.KNOWN:
        return Stretches(pieces=[(None, None)])
    bound = leaf_bound(leaf, vocabulary)
    read = [_point(each) for each in (bound if isinstance(bound, frozenset | tuple) else (bound,))]
    low, high = read[0], read[-1]
    match comparison:
        case Comparison.AT_LEAST:
            pieces: list[Piece] = [(low, None)]
        case Comparison.MORE_THAN:
            pieces = [(_after(low), None)]
        case Comparison.LESS_THAN:
            pieces = [(None, low)]
        case Comparison.AT_MOST:
            pieces = [(None, _after(low))]
        case Comparison.BETWEEN:
            pieces = [(low, high)] if low < high else [(None, high), (low, None)]
        case _:
            pieces = _points(read)
    return Stretches(pieces=pieces)


def _points(read: Iterable[Any]) -> list[Piece]:
    """Just these values; neighbours are one piece."""
    pieces: list[Piece] = []
    for each in sorted(read):
        if pieces and pieces[-1][1] == each:
            pieces[-1] = (pieces[-1][0], _after(each))
        else:
            pieces.append((each, _after(each)))
    return pieces


def _after(point: Any) -> Any:  # noqa: ANN401 - a number or text
    """The next value after one: nothing lies between a text and itself with a NUL at its end."""
    return point + "\0" if isinstance(point, str) else point + 1


def _point(value: object) -> Any:  # noqa: ANN401 - a number or text
    """A value as a point of a line, where all values of a kind have their order."""
    match value:
        case Money():
            return value.minor
        case pendulum.DateTime():
            return to_micros(value)
        case date():
            return value.toordinal()
        case int():
            return int(value)
    return str(value)
