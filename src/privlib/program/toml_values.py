"""TOML values: text, numbers, amounts, days and moments, each taken as what it is and no other."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Final

import pendulum
from cattrs import Converter

from privlib.errors import InvalidValueError
from privlib.values.moment import moment
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["named", "register_values"]

_WANTED: Final[dict[type, str]] = {
    bool: "true or false",
    int: "a whole number",
    str: "text in quotes",
}


def register_values(reader: Converter, currency: str) -> None:
    """Lets a reader take single values; amounts are in this currency."""
    for kind in _WANTED:  # by class: cattrs asks its own hooks of these before any predicate
        reader.register_structure_hook(kind, _exactly)
    reader.register_structure_hook(Money, partial(_amount, currency))
    reader.register_structure_hook(date, _day)
    reader.register_structure_hook(pendulum.DateTime, _moment)
    reader.register_structure_hook(Rate, _as_it_is)


def named(value: object) -> str:
    """What a value of TOML is called."""
    return {bool: "true or false", float: "a decimal without quotes", dict: "a table"}.get(
        type(value), type(value).__name__
    )


def _exactly(value: object, kind: type) -> object:
    if type(value) is not kind:
        raise InvalidValueError(f"expected {_WANTED[kind]}; got {named(value)}")
    return value


def _amount(currency: str, value: object, _type: object) -> Money:
    if type(value) is int or isinstance(value, str):
        return Money.parse(value, currency)
    raise InvalidValueError(
        f'expected a whole number or a decimal in quotes ("19.90"); got {named(value)}'
    )


def _day(value: object, _type: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise InvalidValueError(f"expected a date such as 2026-06-01; got {named(value)}")


def _moment(value: object, _type: object) -> pendulum.DateTime:
    if isinstance(value, datetime):
        return moment(value)
    raise InvalidValueError(
        f"expected a time such as 2026-06-01T12:00:00+08:00; got {named(value)}"
    )


def _as_it_is(value: object, _type: object) -> object:
    """A rate is written as its field has it: in percent, or as a number of times."""
    if type(value) is int or isinstance(value, str | Rate):
        return value
    raise InvalidValueError(
        f'expected a whole number or a decimal in quotes ("12.5"); got {named(value)}'
    )
