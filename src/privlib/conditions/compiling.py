"""Compiling: a condition as a Python function, written out of its tree once.

The source holds names of attributes, as the vocabulary has them, and names of what is compared
with; no text of a user's is ever in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final, TypeAlias

from privlib.conditions.checking import check_condition, leaf_bound
from privlib.conditions.comparing import HOLD_OF_NOTHING
from privlib.conditions.kinds import Bound, crosses_midnight
from privlib.conditions.tree import (
    All,
    Always,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Measure,
    Measured,
    Not,
)
from privlib.conditions.vocabulary import Vocabulary
from privlib.values.comparison import OF_NOTHING, Comparison, Scalar

__all__ = [
    "FACTS",
    "Holds",
    "Select",
    "Source",
    "compile_condition",
    "compile_filter",
    "read_bound",
]

Holds: TypeAlias = Callable[[object], bool]
Select: TypeAlias = Callable[[Iterable[object]], list[object]]

FACTS: Final = "facts"
"""How facts are called in what is written here."""
_KEPT: Final = 4_096
_KNOWN: Final = {Comparison.KNOWN: "is not", Comparison.UNKNOWN: "is"}
_SAME: Final = {Comparison.EQUAL: "is", Comparison.NOT_EQUAL: "is not"}
_SIGNS: Final = {
    Comparison.EQUAL: "==",
    Comparison.NOT_EQUAL: "!=",
    Comparison.AT_LEAST: ">=",
    Comparison.MORE_THAN: ">",
    Comparison.AT_MOST: "<=",
    Comparison.LESS_THAN: "<",
}
_OF_ONE: Final = {
    Comparison.ONE_OF: "{read} == {only}",
    Comparison.NONE_OF: "{read} != {only}",
    Comparison.CONTAINS_ANY: "{only} in {read}",
    Comparison.CONTAINS_ALL: "{only} in {read}",
    Comparison.CONTAINS_NONE: "{only} not in {read}",
    Comparison.LACKS_ANY: "{only} not in {read}",
}
_OF_MANY: Final = {
    Comparison.ONE_OF: "{read} in {among}",
    Comparison.NONE_OF: "{read} not in {among}",
    Comparison.CONTAINS_ANY: "not {read}.isdisjoint({among})",
    Comparison.CONTAINS_ALL: "{among} <= {read}",
    Comparison.CONTAINS_NONE: "{read}.isdisjoint({among})",
    Comparison.LACKS_ANY: "not {among} <= {read}",
}
_NEED_NOTHING_KNOWN: Final = OF_NOTHING | {
    Comparison.EQUAL,
    Comparison.NOT_EQUAL,
    Comparison.ONE_OF,
    Comparison.NONE_OF,
}


@lru_cache(maxsize=_KEPT)
def compile_condition(condition: Condition, vocabulary: Vocabulary) -> Holds:
    """A function that says of facts whether a condition holds.

    Raises ProgramError where the condition cannot be asked in this vocabulary.
    """
    check_condition(condition, vocabulary)
    source = Source(vocabulary)
    text = f"def holds({FACTS}):\n    return {source.of(condition)}"
    holds: Holds = source.function("holds", text)
    return holds


@lru_cache(maxsize=_KEPT)
def compile_filter(condition: Condition, vocabulary: Vocabulary) -> Select:
    """A function that picks, of many facts, those of which a condition holds, in their order.

    Raises ProgramError where the condition cannot be asked in this vocabulary.
    """
    check_condition(condition, vocabulary)
    source = Source(vocabulary)
    text = f"def select(many):\n    return [{FACTS} for {FACTS} in many if {source.of(condition)}]"
    select: Select = source.function("select", text)
    return select


class Source:
    """Python source as it is written, and the values that it names."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._names: dict[str, Any] = {"__builtins__": {}}

    def function(self, name: str, text: str) -> Any:  # noqa: ANN401 - what it takes, the text says
        """The function of this name that a text defines."""
        exec(text, self._names)  # noqa: S102 - written here, of names only
        return self._names[name]

    def named(self, value: object) -> str:
        """A name for a value; numbers, and yes and no, are written as they are."""
        if isinstance(value, bool | int):
            return repr(value)
        name = f"v{len(self._names)}"
        self._names[name] = value
        return name

    def of(self, condition: Condition) -> str:
        """An expression that is true where a condition holds."""
        match condition:
            case Always():
                return "True"
            case Not():
                return f"(not {self.of(condition.condition)})"
            case All() | AnyOf():
                joint = " and " if isinstance(condition, All) else " or "
                return f"({joint.join(map(self.of, condition.conditions))})"
            case EarlyAccess():
                return self.of(condition.spelled_out)
            case Measured():
                return self._measured(condition)
            case Compared():
                return self._compared(condition)

    def _measured(self, leaf: Measured) -> str:
        arguments = [self.named(leaf.of)]
        if leaf.measure is Measure.AMOUNT:
            arguments.append(self.named(leaf.base))
        read = f"{FACTS}.{leaf.measure}({', '.join(arguments)})"
        return self._tested(read, leaf.comparison, leaf_bound(leaf, self._vocabulary))

    def _compared(self, leaf: Compared) -> str:
        word = self._vocabulary[leaf.field]
        read = f"{FACTS}.{word.reads}"
        tested = self._tested(read, leaf.comparison, read_bound(leaf, self._vocabulary))
        if word.always_known or leaf.comparison in _NEED_NOTHING_KNOWN:
            return tested
        if leaf.comparison in HOLD_OF_NOTHING:
            return f"({read} is None or {tested})"
        return f"({read} is not None and {tested})"

    def _tested(self, read: str, comparison: Comparison, against: Bound) -> str:
        match against:
            case None:
                return f"({read} {_KNOWN[comparison]} None)"
            case bool():
                return f"({read} {_SAME[comparison]} {against})"
            case (low, high):
                inside = self._inside(read, low, high)
                return inside if comparison is Comparison.BETWEEN else f"(not {inside})"
            case frozenset():
                return self._chosen(read, comparison, against)
            case _:
                return f"({read} {_SIGNS[comparison]} {self.named(against)})"

    def _inside(self, read: str, low: Scalar, high: Scalar) -> str:
        from_low, below_high = f"{read} >= {self.named(low)}", f"{read} < {self.named(high)}"
        return f"({from_low} {'or' if crosses_midnight(low, high) else 'and'} {below_high})"

    def _chosen(self, read: str, comparison: Comparison, among: frozenset[Scalar]) -> str:
        if len(among) == 1:
            (only,) = among
            return f"({_OF_ONE[comparison].format(read=read, only=self.named(only))})"
        return f"({_OF_MANY[comparison].format(read=read, among=self.named(among))})"


def read_bound(leaf: Compared, vocabulary: Vocabulary) -> Bound:
    """What the attribute that is read is held against."""
    return _less(leaf_bound(leaf, vocabulary), vocabulary[leaf.field].plus)


def _less(against: Bound, plus: int) -> Bound:
    """What a number has to be before something is added to it."""
    match against:
        case int() if plus:
            return against - plus
        case (int(low), int(high)) if plus:
            return low - plus, high - plus
        case frozenset() if plus:
            return frozenset(each - plus for each in against if isinstance(each, int))
    return against
