"""Writing: conditions in plain tables, as TOML has them."""

from __future__ import annotations

from privlib.conditions.goods_reading import OF_GOODS
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
from privlib.values.comparison import OF_NOTHING, Operand
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["condition_to_plain"]


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
    named = {name: getattr(goods, name) for name in OF_GOODS}
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
