"""Reading: conditions as TOML has them, in plain tables.

`{ tier = ["gold", "platinum"], pieces = { at_least = 3, of = { categories = ["tea"] } } }`: what
stands in one table must all be so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from privlib.conditions.checking import check_date, leaf_bound, unknown_word
from privlib.conditions.goods_reading import goods_from_plain, money_from_plain
from privlib.conditions.kinds import Kind
from privlib.conditions.noting import entries, named, noted, refuse
from privlib.conditions.tree import (
    DEEPEST,
    All,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Measure,
    Measured,
    Not,
    all_of,
)
from privlib.conditions.vocabulary import Field, Vocabulary
from privlib.errors import InvalidValueError, Problem
from privlib.values.comparison import OF_NOTHING, OF_SEVERAL, Comparison, Operand, operand, opposite
from privlib.values.goods import Goods
from privlib.values.ids import plain_id
from privlib.values.naming import did_you_mean
from privlib.values.period import checked_day

__all__ = ["condition_from_plain"]

_COMPARISONS: Final = frozenset(Comparison)
_OF_EARLY: Final = ("opens", "early", "early_opens")


def condition_from_plain(value: object, vocabulary: Vocabulary, *, currency: str) -> Condition:
    """A condition as TOML has it; amounts are in this currency.

    >>> from privlib.conditions.facts import SHOPPING
    >>> condition_from_plain({"tier": "gold"}, SHOPPING, currency="CNY")
    Compared(field='tier', comparison=<Comparison.EQUAL: 'equal'>, value='gold')

    Raises ProgramError with every fault and its path, such as `any[1].tier`.
    """
    return _table(value, _Words(vocabulary, currency), depth=1)


@frozen
class _Words:
    """In which words a condition is read, and in which currency."""

    vocabulary: Vocabulary
    currency: str


def _table(value: object, words: _Words, *, depth: int) -> Condition:
    """All that stands in one table, which must all be so."""
    problems: list[Problem] = []
    parts: list[Condition] = []
    for key, inner in entries(value).items():
        with noted(problems, key):
            parts += _entry(key, inner, words, depth)
    refuse(problems)
    return all_of(parts)


def _entry(key: str, value: object, words: _Words, depth: int) -> Sequence[Condition]:
    if depth >= DEEPEST:
        raise InvalidValueError(f"at most {DEEPEST} conditions lie within each other")
    match key:
        case "all":
            return [All(_tables(value, words, depth))]
        case "any":
            return [AnyOf(_tables(value, words, depth))]
        case "not":
            return [Not(_table(value, words, depth=depth + 1))]
        case "early_access":
            return [_early(value, words, depth)]
        case "amount" | "pieces" | "distinct":
            return _measured(Measure(key), value, words)
    return _compared(key, value, words)


def _tables(value: object, words: _Words, depth: int) -> list[Condition]:
    if not isinstance(value, list):
        raise InvalidValueError(f"expected a list of tables; got {named(value)}")
    problems: list[Problem] = []
    parts: list[Condition] = []
    for place, each in enumerate(value):
        with noted(problems, f"[{place}]"):
            parts.append(_table(each, words, depth=depth + 1))
    refuse(problems)
    return parts


def _early(value: object, words: _Words, depth: int) -> EarlyAccess:
    given = entries(value)
    problems = [
        Problem(key, f"unknown key{did_you_mean(key, _OF_EARLY)}")
        for key in given
        if key not in _OF_EARLY
    ]
    problems += [Problem(key, "is missing") for key in _OF_EARLY[:2] if key not in given]
    read: dict[str, Any] = {}
    for key in given:
        with noted(problems, key):
            if key == "early":
                read[key] = _table(given[key], words, depth=depth + 1)
            elif key in _OF_EARLY:
                read[key] = checked_day(given[key])
    refuse(problems)
    check_date(words.vocabulary)
    return EarlyAccess(**read)


def _compared(name: str, value: object, words: _Words) -> Sequence[Condition]:
    word = words.vocabulary.get(name)
    if word is None:
        raise InvalidValueError(unknown_word(name, words.vocabulary))
    if not isinstance(value, Mapping):
        return [_leaf(word, _meant(word.kind, value), value, words)]
    problems: list[Problem] = []
    parts: list[Condition] = []
    for key, inner in entries(value).items():
        with noted(problems, key):
            parts.append(_leaf(word, _comparison(key), inner, words))
    _check_asked(parts or problems)
    refuse(problems)
    return parts


def _leaf(word: Field, comparison: Comparison, value: object, words: _Words) -> Compared:
    if comparison in OF_NOTHING:
        leaf = Compared(field=word.name, comparison=_known(comparison, value))
    else:
        against = _operand(word.kind, comparison, value, words.currency)
        leaf = Compared(field=word.name, comparison=comparison, value=against)
    leaf_bound(leaf, words.vocabulary)
    return leaf


def _measured(measure: Measure, value: object, words: _Words) -> Sequence[Condition]:
    if not isinstance(value, Mapping):
        raise InvalidValueError(f"expected a table such as {{ at_least = 3 }}; got {value!r:.40}")
    given = dict(entries(value))
    problems: list[Problem] = []
    goods, base = Goods(), "list"
    with noted(problems, "of"):
        goods = goods_from_plain(given.pop("of", {}), words.currency)
    with noted(problems, "base"):
        base = plain_id(given.pop("base", base))  # type: ignore[arg-type]  # that is checked there
    parts: list[Condition] = []
    kind = Kind.MONEY if measure is Measure.AMOUNT else Kind.NUMBER
    for key, inner in given.items():
        with noted(problems, key):
            comparison = _comparison(key)
            against = _operand(kind, comparison, inner, words.currency)
            leaf = Measured(
                measure=measure, of=goods, base=base, comparison=comparison, value=against
            )
            leaf_bound(leaf, words.vocabulary)
            parts.append(leaf)
    _check_asked(parts or problems)
    refuse(problems)
    return parts


def _check_asked(found: Sequence[object]) -> None:
    if not found:
        raise InvalidValueError("nothing is asked; expected such as { at_least = 3 }")


def _comparison(key: str) -> Comparison:
    if key not in _COMPARISONS:
        raise InvalidValueError(f"unknown comparison{did_you_mean(key, _COMPARISONS)}")
    return Comparison(key)


def _meant(kind: Kind, value: object) -> Comparison:
    """What a value or a list alone asks for."""
    if kind is Kind.TEXTS:
        return Comparison.CONTAINS_ANY
    return Comparison.ONE_OF if isinstance(value, list) else Comparison.EQUAL


def _known(comparison: Comparison, value: object) -> Comparison:
    if not isinstance(value, bool):
        raise InvalidValueError(f"expected true or false; got {named(value)}")
    return comparison if value else opposite(comparison)


def _operand(kind: Kind, comparison: Comparison, value: object, currency: str) -> Operand:
    several = value if isinstance(value, list) else [value]
    read = [money_from_plain(each, currency) if kind is Kind.MONEY else each for each in several]
    if isinstance(value, list) or comparison in OF_SEVERAL:
        return operand(read)
    return operand(read[0])
