"""Checking: whether the words of a condition are those of a vocabulary, and used as they can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from privlib.conditions.kinds import Bound, Kind, bound
from privlib.conditions.noting import refuse
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
from privlib.conditions.walking import amounts_in
from privlib.errors import CurrencyMismatchError, InvalidValueError, Problem
from privlib.values.comparison import Operand
from privlib.values.money import Money
from privlib.values.naming import did_you_mean

__all__ = ["check_condition", "check_date", "condition_problems", "leaf_bound", "unknown_word"]


@lru_cache(maxsize=4_096)
def check_condition(condition: Condition, vocabulary: Vocabulary) -> None:
    """Make sure that a condition can be asked in a vocabulary.

    Raises ProgramError with every fault and its path, such as `any[1].tier`.
    """
    refuse(list(condition_problems(condition, vocabulary)))


def condition_problems(condition: Condition, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What is wrong with a condition in a vocabulary, each with its path."""
    match condition:
        case Compared() | Measured():
            name = condition.field if isinstance(condition, Compared) else condition.measure
            try:
                leaf_bound(condition, vocabulary)
            except InvalidValueError as fault:
                yield Problem(str(name), str(fault))
        case All() | AnyOf():
            name = "all" if isinstance(condition, All) else "any"
            for place, each in enumerate(condition.conditions):
                for problem in condition_problems(each, vocabulary):
                    yield problem.under(f"{name}[{place}]")
        case Not():
            for problem in condition_problems(condition.condition, vocabulary):
                yield problem.under("not")
        case EarlyAccess():
            yield from _early_problems(condition, vocabulary)
        case Always():
            pass


def _early_problems(condition: EarlyAccess, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What is wrong with early access: who is early, and whether the date can be asked for."""
    try:
        check_date(vocabulary)
    except InvalidValueError as fault:
        yield Problem("early_access", str(fault))
    for problem in condition_problems(condition.early, vocabulary):
        yield problem.under("early_access.early")


def check_date(vocabulary: Vocabulary) -> None:
    """Make sure that the day of today can be asked for, which early access depends on.

    Raises InvalidValueError where it cannot.
    """
    word = vocabulary.get("date")
    if word is None or word.kind is not Kind.DATE:
        raise InvalidValueError("early access needs a field named date that holds one")


@lru_cache(maxsize=4_096)
def leaf_bound(leaf: Compared | Measured, vocabulary: Vocabulary) -> Bound:
    """What facts are held against by a comparison.

    Raises InvalidValueError where the vocabulary does not know the field, or it is of another kind.
    """
    if isinstance(leaf, Measured):
        if leaf.measure not in vocabulary.measures:
            raise InvalidValueError("no goods are measured here")
        return _measure_bound(leaf)
    word = vocabulary.get(leaf.field)
    if word is None:
        raise InvalidValueError(unknown_word(leaf.field, vocabulary))
    return bound(word.kind, leaf.comparison, leaf.value)


def _measure_bound(leaf: Measured) -> Bound:
    """What measured goods are held against: a number, of minor units where it is money."""
    if leaf.measure is not Measure.AMOUNT:
        return bound(Kind.NUMBER, leaf.comparison, leaf.value)
    bound(Kind.MONEY, leaf.comparison, leaf.value)
    amounts = list(amounts_in(leaf))
    for amount in amounts:
        if amount.currency != amounts[0].currency:
            raise CurrencyMismatchError(f"{amounts[0]} and {amount} are in two currencies")
    return bound(Kind.NUMBER, leaf.comparison, _minors(leaf.value))


def _minors(value: Operand) -> Operand:
    if isinstance(value, tuple):
        return tuple(each.minor if isinstance(each, Money) else each for each in value)
    return value.minor if isinstance(value, Money) else value


def unknown_word(name: str, vocabulary: Vocabulary) -> str:
    """Says that a vocabulary has no such word, and which is near."""
    near = did_you_mean(name, vocabulary.names)
    return f"unknown field{near or '; there are ' + ', '.join(vocabulary.names)}"
