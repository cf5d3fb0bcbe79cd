"""The converter between privlib's values and plain data, made on first use."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

import pendulum

from privlib.errors import UnknownSchemaError
from privlib.values.ids import EntityRef
from privlib.values.moment import from_micros, moment, to_micros
from privlib.values.money import Money
from privlib.values.personal import Masked, PersonalRef
from privlib.values.rate import Rate

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["converter"]

_EXACT = (bool, int, str)  # bool before int, which it is a kind of


def _money(value: object, _type: object) -> Money:
    match value:
        case [int(minor), str(currency)]:
            return Money(minor, currency)
    raise UnknownSchemaError("stored money is not [minor, currency]")


def _moment(value: object, _type: object) -> pendulum.DateTime:
    if type(value) is not int:
        raise UnknownSchemaError("a stored moment is not a whole number of microseconds")
    return from_micros(value)


def _micros(value: datetime) -> int:
    return to_micros(moment(value))


def _date(value: object, _type: object) -> date:
    if not isinstance(value, str):
        raise UnknownSchemaError("a stored date is not ISO text")
    return date.fromisoformat(value)


def _rate(value: object, _type: object) -> Rate:
    match value:
        case [int(numerator), int(denominator)]:
            return Rate(numerator, denominator)
    raise UnknownSchemaError("a stored rate is not [numerator, denominator]")


def _ref(value: object, _type: object) -> EntityRef:
    match value:
        case [str(kind), str(id)]:
            return EntityRef(kind, id)
    raise UnknownSchemaError("a stored reference is not [kind, id]")


def _exactly(value: object, kind: type) -> object:
    """Takes a value of just this type and converts nothing; a choice is read from its text."""
    plain = next(type_ for type_ in _EXACT if issubclass(kind, type_))
    if type(value) is not plain:
        raise UnknownSchemaError(
            f"stored data has {type(value).__name__} in place of {kind.__name__}"
        )
    return value if kind is plain else kind(value)


def _text_or_ref(value: object, _type: object) -> str | PersonalRef:
    match value:
        case str():
            return value
        case {"id": str(id), **rest} if not rest:
            return PersonalRef(id)
    raise UnknownSchemaError("a stored variable is neither text nor a personal reference")


@cache
def converter(*, whole: bool = False) -> Converter:
    """The converter: keeps integers whole and refuses unknown keys.

    It leaves defaults out, unless the whole is asked for: a program says all it means, so that a
    default that changes one day does not change what was decided.
    """
    import cattrs  # noqa: PLC0415 - 40 ms of import that a caller of the core need not pay

    made = cattrs.Converter(
        forbid_extra_keys=True, omit_if_default=not whole, detailed_validation=False
    )
    made.register_unstructure_hook(Money, lambda money: [money.minor, money.currency])
    made.register_structure_hook(Money, _money)
    made.register_unstructure_hook(datetime, _micros)
    made.register_structure_hook(pendulum.DateTime, _moment)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, _date)
    made.register_unstructure_hook(Rate, lambda rate: [rate.numerator, rate.denominator])
    made.register_structure_hook(Rate, _rate)
    made.register_unstructure_hook(Masked, Masked.reveal)
    made.register_structure_hook(Masked, lambda value, _type: Masked(value))
    made.register_unstructure_hook(EntityRef, list)
    made.register_structure_hook(EntityRef, _ref)
    made.register_structure_hook(str | PersonalRef, _text_or_ref)
    for type_ in _EXACT:  # by class: cattrs asks its own hooks of these before any predicate
        made.register_structure_hook(type_, _exactly)
    return made
