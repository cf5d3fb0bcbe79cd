"""Many at once: which of many conditions hold of facts, found by what they say must be equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias, TypeGuard

from attrs import frozen

from privlib.conditions.checking import check_condition
from privlib.conditions.compiling import FACTS, Source, read_bound
from privlib.conditions.noting import noted, refuse
from privlib.conditions.tree import All, Compared, Condition, all_of
from privlib.conditions.vocabulary import Vocabulary
from privlib.errors import Problem
from privlib.values.comparison import Comparison

__all__ = ["Which", "compile_many"]

Which: TypeAlias = Callable[[object], tuple[str, ...]]
"""Says of facts the names of the conditions that hold of them."""

_MOST_FIELDS: Final = 3
_WORTH: Final = 0.1  # a field that leaves more than nine tenths to be tested is not looked up
_MOST_KEYS: Final = 10_000
_OTHER: Final = object()  # any value that no condition names
_CHOICES: Final = (Comparison.EQUAL, Comparison.ONE_OF)


def compile_many(conditions: Mapping[str, Condition], vocabulary: Vocabulary) -> Which:
    """A function that says of facts which conditions hold, by name, in the order they are given.

    What several of them want equal is looked up once, and only the rest of those that can still
    hold is tested, by one function for each set of them.

    >>> from types import SimpleNamespace
    >>> from privlib.conditions import CUSTOMER, field
    >>> segments = {"gold": field("tier").equals("gold"), "new": field("nth_order").equals(1)}
    >>> compile_many(segments, CUSTOMER)(SimpleNamespace(tier="gold", orders=0))
    ('gold', 'new')

    Raises ProgramError with every fault of every condition, under its name.
    """
    problems: list[Problem] = []
    for name, condition in conditions.items():
        with noted(problems, name):
            check_condition(condition, vocabulary)
    refuse(problems)
    return _Lookup(
        [_Named(name, *_choices(each, vocabulary)) for name, each in conditions.items()], vocabulary
    ).function()


@frozen
class _Named:
    """A condition with its name: which values it wants of some fields, and what else it wants."""

    name: str
    choices: Mapping[str, frozenset[object]]
    others: tuple[Condition, ...]

    def rest(self, looked_up: Sequence[str]) -> Condition:
        """What is still to be tested where some fields were looked up."""
        parts = [each for each in self.others if not (_is_choice(each) and each.field in looked_up)]
        return all_of(parts)


def _is_choice(condition: Condition) -> TypeGuard[Compared]:
    return isinstance(condition, Compared) and condition.comparison in _CHOICES


def _choices(
    condition: Condition, vocabulary: Vocabulary
) -> tuple[Mapping[str, frozenset[object]], tuple[Condition, ...]]:
    parts = tuple(_conjuncts(condition))
    choices: dict[str, frozenset[object]] = {}
    for part in filter(_is_choice, parts):
        bound = read_bound(part, vocabulary)
        values = bound if isinstance(bound, frozenset) else frozenset({bound})
        choices[part.field] = choices.get(part.field, values) & values
    return choices, parts


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for each in condition.conditions:
            yield from _conjuncts(each)
    else:
        yield condition


class _Lookup:
    """From the values of a few fields to a function that tests what can still hold."""

    def __init__(self, named: Sequence[_Named], vocabulary: Vocabulary) -> None:
        self._named = named
        self._vocabulary = vocabulary
        self._fields = _worth_looking_up(named)
        self._mentioned = [_mentioned(named, field) for field in self._fields]
        self._by_key: dict[tuple[object, ...], Which] = {}
        self._by_known: dict[tuple[object, ...], Which] = {}
        self._by_candidates: dict[tuple[int, ...], Which] = {}

    def function(self) -> Which:
        """The function that looks up and tests."""
        source = Source(self._vocabulary)
        reads = "".join(f"{FACTS}.{self._vocabulary[field].reads}, " for field in self._fields)
        table, look_up = source.named(self._by_key), source.named(self._look_up)
        which: Which = source.function(
            "which",
            f"def which({FACTS}):\n"
            f"    key = ({reads})\n"
            f"    tests = {table}.get(key) or {look_up}(key)\n"
            f"    return tests({FACTS})",
        )
        return which

    def _look_up(self, key: tuple[object, ...]) -> Which:
        """The tests for a key that was not seen before."""
        known = tuple(
            value if value in mentioned else _OTHER
            for value, mentioned in zip(key, self._mentioned, strict=True)
        )
        tests = self._by_known.get(known)
        if tests is None:
            tests = self._by_known[known] = self._tests(known)
        if len(self._by_key) < _MOST_KEYS:
            self._by_key[key] = tests
        return tests

    def _tests(self, key: tuple[object, ...]) -> Which:
        candidates = tuple(
            place
            for place, each in enumerate(self._named)
            if all(
                value in each.choices[field]
                for field, value in zip(self._fields, key, strict=True)
                if field in each.choices
            )
        )
        if candidates not in self._by_candidates:
            self._by_candidates[candidates] = self._written(candidates)
        return self._by_candidates[candidates]

    def _written(self, candidates: Iterable[int]) -> Which:
        """One function that tests what is left of these."""
        source = Source(self._vocabulary)
        lines = [f"def tests({FACTS}):", "    found = []"]
        for place in candidates:
            each = self._named[place]
            holds = source.of(each.rest(self._fields))
            lines.append(f"    if {holds}: found.append({source.named(each.name)})")
        tests: Which = source.function(
            "tests", "\n".join([*lines, f"    return {source.named(tuple)}(found)"])
        )
        return tests


def _mentioned(named: Iterable[_Named], field: str) -> frozenset[object]:
    """All values that any condition wants of a field."""
    return frozenset().union(*(each.choices.get(field, ()) for each in named))


def _worth_looking_up(named: Sequence[_Named]) -> tuple[str, ...]:
    """The fields that together leave the least to be tested, the best first."""
    shares = {
        field: _shares(named, field) for field in dict.fromkeys(f for n in named for f in n.choices)
    }
    left = [1.0] * len(named)
    chosen: list[str] = []
    while len(chosen) < _MOST_FIELDS and shares:
        best = min(shares, key=lambda field: _tested(left, shares[field]))
        if _tested(left, shares[best]) > (1 - _WORTH) * sum(left):
            break
        left = [one * other for one, other in zip(left, shares.pop(best), strict=True)]
        chosen.append(best)
    return tuple(chosen)


def _shares(named: Sequence[_Named], field: str) -> list[float]:
    """For each condition, which share of a field's values it lets through."""
    among = len(_mentioned(named, field)) + 1
    return [len(each.choices[field]) / among if field in each.choices else 1 for each in named]


def _tested(left: Iterable[float], shares: Iterable[float]) -> float:
    """How many conditions are still to be tested, on average."""
    return sum(one * other for one, other in zip(left, shares, strict=True))
