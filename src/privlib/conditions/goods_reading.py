"""Goods reading: which goods a condition measures, and amounts, as TOML has them."""

from __future__ import annotations

from typing import Any, Final

from attrs import fields_dict

from privlib.conditions.noting import entries, named, noted, refuse
from privlib.errors import InvalidValueError, Problem
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.naming import did_you_mean

__all__ = ["OF_GOODS", "goods_from_plain", "money_from_plain"]

OF_GOODS: Final = tuple(fields_dict(Goods))
"""What a table of goods may hold."""


def money_from_plain(value: object, currency: str) -> Money:
    """An amount in this currency: a whole number, or a decimal in quotes.

    >>> money_from_plain("19.90", "CNY")
    Money(minor=1990, currency='CNY')
    """
    if type(value) is int or isinstance(value, str):
        return Money.parse(value, currency)
    raise InvalidValueError(
        f'expected a whole number or a decimal in quotes ("19.90"); got {named(value)}'
    )


def goods_from_plain(value: object, currency: str) -> Goods:
    """Goods as TOML describes them.

    >>> goods_from_plain({"categories": ["tea"]}, "CNY").categories
    ('tea',)

    Raises ProgramError with every fault and its path.
    """
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for key, inner in entries(value).items():
        with noted(problems, key):
            part: Any = _part(key, inner, currency)
            Goods(**{key: part})
            read[key] = part
    refuse(problems)
    return Goods(**read)


def _part(key: str, value: object, currency: str) -> object:
    if key not in OF_GOODS:
        raise InvalidValueError(f"unknown key{did_you_mean(key, OF_GOODS)}")
    if key in ("price_from", "price_below"):
        return money_from_plain(value, currency)
    if key == "without":
        return goods_from_plain(value, currency)
    if not isinstance(value, list):
        raise InvalidValueError(f"expected a list; got {named(value)}")
    return value
