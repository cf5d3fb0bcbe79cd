"""Reading: conditions as TOML has them, in plain tables, and written so again.

`{ tier = ["gold", "platinum"], pieces = { at_least = 3, of = { categories = ["tea"] } } }`: what
stands in one table must all be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import fields_dict

from privlib.conditions.checking import leaf_bound, unknown_word
from privlib.conditions.kinds import Kind
from privlib.conditions.tree import (
    DEEPEST,
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
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.values.comparison import (
    OF_NOTHING,
    OF_SEVERAL,
    Comparison,
    Operand,
    Scalar,
    operand,
    opposite,
)
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.naming import did_you_mean
from privlib.values.period import checked_day

__all__ = ["condition_from_plain", "condition_to_plain"]

_COMPARISONS: Final = frozenset(Comparison)
_OF_GOODS: Final = tuple(fields_dict(Goods))
_OF_EARLY: Final = ("opens", "early", "early_opens")


def condition_from_plain(value: object, vocabulary: Vocabulary, *, currency: str) -> Condition:
    """A condition as TOML has it; amounts are in this currency.

    >>> from privlib.conditions.facts import SHOPPING
    >>> condition_from_plain({"tier": "gold"}, SHOPPING, currency="CNY")
    Compared(field='tier', comparison=<Comparison.EQUAL: 'equal'>, value='gold')

    Raises ProgramError with every fault and its path, such as `any[1].tier`.
    """
    reading = _Reading(vocabulary, currency)
    condition = reading.table(value, "", depth=1)
    if reading.problems:
        raise ProgramError(reading.problems)
    return condition


class _Reading:
    """One reading of a tree: what can be read is, and what is wrong is noted with its path."""

    def __init__(self, vocabulary: Vocabulary, currency: str) -> None:
        self._vocabulary = vocabulary
        self._currency = currency
        self.problems: list[Problem] = []

    def table(self, value: object, path: str, *, depth: int) -> Condition:
        """All that stands in one table, which must all be so."""
        parts: list[Condition] = []
        for key, inner in self._entries(value, path):
            try:
                parts += self._entry(key, inner, _step(path, key), depth)
            except InvalidValueError as fault:
                self._wrong(_step(path, key), fault)
        return All(parts) if len(parts) > 1 else parts[0] if parts else Always()

    def _entry(self, key: str, value: object, path: str, depth: int) -> Sequence[Condition]:
        if depth >= DEEPEST:
            raise InvalidValueError(f"at most {DEEPEST} conditions lie within each other")
        match key:
            case "all":
                return [All(self._list(value, path, depth))]
            case "any":
                return [AnyOf(self._list(value, path, depth))]
            case "not":
                return [Not(self.table(value, path, depth=depth + 1))]
            case "early_access":
                return self._early(value, path, depth)
            case "amount" | "pieces" | "distinct":
                return self._measured(Measure(key), value, path)
        return self._compared(key, value, path)

    def _list(self, value: object, path: str, depth: int) -> list[Condition]:
        if not isinstance(value, list):
            raise InvalidValueError(f"expected a list of tables; got {_named(value)}")
        return [
            self.table(each, f"{path}[{place}]", depth=depth + 1)
            for place, each in enumerate(value)
        ]

    def _early(self, value: object, path: str, depth: int) -> Sequence[Condition]:
        given = dict(self._entries(value, path))
        for key in given:
            if key not in _OF_EARLY:
                self._wrong(_step(path, key), f"unknown key{did_you_mean(key, _OF_EARLY)}")
        self._check_date()
        if "early" not in given:
            self._wrong(_step(path, "early"), "is missing")
        early = self.table(given.get("early", {}), _step(path, "early"), depth=depth + 1)
        opens = self._day(given, "opens", path)
        if opens is None:
            return []
        early_opens = self._day(given, "early_opens", path) if "early_opens" in given else None
        return [EarlyAccess(opens=opens, early=early, early_opens=early_opens)]

    def _day(self, given: Mapping[str, object], key: str, path: str) -> date | None:
        try:
            return checked_day(given[key])
        except KeyError:
            self._wrong(_step(path, key), "is missing")
        except InvalidValueError as fault:
            self._wrong(_step(path, key), fault)
        return None

    def _check_date(self) -> None:
        word = self._vocabulary.get("date")
        if word is None or word.kind is not Kind.DATE:
            raise InvalidValueError("needs a field named date that is one")

    def _compared(self, name: str, value: object, path: str) -> Sequence[Condition]:
        word = self._vocabulary.get(name)
        if word is None:
            raise InvalidValueError(unknown_word(name, self._vocabulary))
        if not isinstance(value, Mapping):
            comparison = _meant(word.kind, value)
            return [self._leaf(name, word.kind, comparison, value)]
        parts: list[Condition] = []
        for key, inner in self._comparisons(value, path):
            try:
                parts.append(self._leaf(name, word.kind, key, inner))
            except InvalidValueError as fault:
                self._wrong(_step(path, key), fault)
        return parts

    def _leaf(self, name: str, kind: Kind, comparison: Comparison, value: object) -> Compared:
        if comparison in OF_NOTHING:
            leaf = Compared(field=name, comparison=_known(comparison, value))
        else:
            against = self._operand(kind, comparison, value)
            leaf = Compared(field=name, comparison=comparison, value=against)
        leaf_bound(leaf, self._vocabulary)
        return leaf

    def _measured(self, measure: Measure, value: object, path: str) -> Sequence[Condition]:
        if not isinstance(value, Mapping):
            raise InvalidValueError(f"expected a table such as {{ at_least = 3 }}; got {value!r}")
        given = dict(value)
        goods = self._goods(given.pop("of", {}), _step(path, "of"))
        base = given.pop("base", "list")
        kind = Kind.MONEY if measure is Measure.AMOUNT else Kind.NUMBER
        parts: list[Condition] = []
        for key, inner in self._comparisons(given, path):
            try:
                against = self._operand(kind, key, inner)
                leaf = Measured(measure=measure, of=goods, base=base, comparison=key, value=against)
                leaf_bound(leaf, self._vocabulary)
                parts.append(leaf)
            except InvalidValueError as fault:
                self._wrong(_step(path, key), fault)
        return parts

    def _comparisons(
        self, value: Mapping[Any, object], path: str
    ) -> Iterator[tuple[Comparison, object]]:
        if not value:
            self._wrong(path, "nothing is asked; expected such as { at_least = 3 }")
        for key, inner in value.items():
            if key in _COMPARISONS:
                yield Comparison(key), inner
            else:
                near = did_you_mean(str(key), _COMPARISONS)
                self._wrong(_step(path, str(key)), f"unknown comparison{near}")

    def _operand(self, kind: Kind, comparison: Comparison, value: object) -> Operand:
        if isinstance(value, list):
            return tuple(self._scalar(kind, each) for each in value)
        one = self._scalar(kind, value)
        return (one,) if comparison in OF_SEVERAL else one

    def _scalar(self, kind: Kind, value: object) -> Scalar:
        if kind is Kind.MONEY:
            return self._money(value)
        read = operand(value)
        if isinstance(read, tuple):
            raise InvalidValueError("a list in a list is no value")
        return read

    def _money(self, value: object) -> Money:
        if type(value) is int or isinstance(value, str):
            return Money.parse(value, self._currency)
        raise InvalidValueError(
            f'expected a whole number or a decimal in quotes ("19.90"); got {_named(value)}'
        )

    def _goods(self, value: object, path: str) -> Goods:
        read: dict[str, Any] = {}
        for key, inner in self._entries(value, path):
            try:
                read[key] = self._part_of_goods(key, inner, path)
                Goods(**{key: read[key]})
            except InvalidValueError as fault:
                self._wrong(_step(path, key), fault)
                read.pop(key, None)
        try:
            return Goods(**read)
        except InvalidValueError as fault:
            self._wrong(path, fault)
            return Goods()

    def _part_of_goods(self, key: str, value: object, path: str) -> object:
        if key not in _OF_GOODS:
            raise InvalidValueError(f"unknown key{did_you_mean(key, _OF_GOODS)}")
        if key in ("price_from", "price_below"):
            return self._money(value)
        if key == "without":
            return self._goods(value, _step(path, key))
        if not isinstance(value, list):
            raise InvalidValueError(f"expected a list; got {_named(value)}")
        return value

    def _entries(self, value: object, path: str) -> Iterable[tuple[str, object]]:
        """What stands in a table; nothing, and a problem, where it is none."""
        if isinstance(value, Mapping):
            return [(str(key), inner) for key, inner in value.items()]
        self._wrong(path, f"expected a table; got {_named(value)}")
        return []

    def _wrong(self, path: str, fault: object) -> None:
        self.problems.append(Problem(path, str(fault)))


def _step(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _named(value: object) -> str:
    return {bool: "true or false", dict: "a table", list: "a list", str: "text"}.get(
        type(value), type(value).__name__
    )


def _meant(kind: Kind, value: object) -> Comparison:
    """What a value or a list alone asks for."""
    if kind is Kind.TEXTS:
        return Comparison.CONTAINS_ANY
    return Comparison.ONE_OF if isinstance(value, list) else Comparison.EQUAL


def _known(comparison: Comparison, value: object) -> Comparison:
    if not isinstance(value, bool):
        raise InvalidValueError(f"expected true or false; got {_named(value)}")
    return comparison if value else opposite(comparison)


def condition_to_plain(condition: Condition) -> dict[str, object]:
    """A condition in plain tables, of which `condition_from_plain` makes it again.

    >>> from privlib.conditions.asking import field
    >>> condition_to_plain(~field("tier").equals("gold"))
    {'not': {'tier': {'equal': 'gold'}}}
    """
    match condition:
        case Always():
            return {}
        case All() | AnyOf():
            name = "all" if isinstance(condition, All) else "any"
            return {name: [condition_to_plain(each) for each in condition.conditions]}
        case Not():
            return {"not": condition_to_plain(condition.condition)}
        case EarlyAccess():
            return {"early_access": _plain_early(condition)}
        case Measured():
            return {condition.measure.value: _plain_measured(condition)}
        case Compared():
            return {condition.field: _plain_comparison(condition)}


def _plain_comparison(leaf: Compared | Measured) -> dict[str, object]:
    value = True if leaf.comparison in OF_NOTHING else _plain_operand(leaf.value)
    return {leaf.comparison.value: value}


def _plain_early(condition: EarlyAccess) -> dict[str, object]:
    later = {} if condition.early_opens is None else {"early_opens": condition.early_opens}
    return {"opens": condition.opens, "early": condition_to_plain(condition.early), **later}


def _plain_measured(leaf: Measured) -> dict[str, object]:
    of = {} if leaf.of.is_all else {"of": _plain_goods(leaf.of)}
    base = {} if leaf.base == "list" else {"base": leaf.base}
    return {**_plain_comparison(leaf), **of, **base}


def _plain_goods(goods: Goods) -> dict[str, object]:
    named = {name: getattr(goods, name) for name in _OF_GOODS}
    return {
        name: _plain_goods(value) if isinstance(value, Goods) else _plain_operand(value)
        for name, value in named.items()
        if value not in (None, ())
    }


def _plain_operand(value: Operand) -> object:
    match value:
        case tuple():
            return [_plain_operand(each) for each in value]
        case Money():
            return value.amount
    return value
