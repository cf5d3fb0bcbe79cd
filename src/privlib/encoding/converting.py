"""The converter between privlib's values and plain data, made on first use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_args, get_origin

import pendulum

from privlib.encoding.tagged import TAG, is_tagged, kinds_by_tag, tag_of
from privlib.errors import UnknownSchemaError
from privlib.values.answer import Answer, Told
from privlib.values.comparison import Operand, operand
from privlib.values.ids import EntityRef
from privlib.values.moment import from_micros, moment, to_micros
from privlib.values.money import Money
from privlib.values.personal import Masked, PersonalRef
from privlib.values.rate import Rate

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["converter"]

T = TypeVar("T")
Structured: TypeAlias = Callable[[Any, Any], Any]


def _money(value: object, _type: object) -> Money:
    if isinstance(value, list | tuple) and len(value) == 2 and type(value[1]) is str:
        return Money(value[0], value[1])
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
    if isinstance(value, list | tuple) and len(value) == 2:
        return EntityRef(_text(value[0], str), _text(value[1], str))
    raise UnknownSchemaError("a stored reference is not [kind, id]")


def _text_or_ref(value: object, _type: object) -> str | PersonalRef:
    match value:
        case str():
            return value
        case {"id": str(id), **rest} if not rest:
            return PersonalRef(id)
    raise UnknownSchemaError("a stored variable is neither text nor a personal reference")


def _exactly(kind: type[T]) -> Callable[[object, object], T]:
    """Takes a value of just this type, and converts nothing."""

    def exact(value: object, _type: object) -> T:
        if type(value) is kind:
            return value
        raise UnknownSchemaError(
            f"stored data has {type(value).__name__} in place of {kind.__name__}"
        )

    return exact


_text = _exactly(str)


def _choice(value: object, kind: Callable[[str], StrEnum]) -> StrEnum:
    return kind(_text(value, str))


def _operand(value: object, _type: object) -> Operand:
    """What is compared with, or nothing: money, days and moments say which they are."""
    match value:
        case list() | tuple():
            return operand([_operand(each, _type) for each in value])
        case {"money": money, **rest} if not rest:
            return _money(money, Money)
        case {"date": day, **rest} if not rest:
            return _date(day, date)
        case {"moment": micros, **rest} if not rest:
            return _moment(micros, pendulum.DateTime)
        case str() | int():
            return operand(value)
    raise UnknownSchemaError(f"nothing is compared with a stored {type(value).__name__}")


def _plain_operand(value: Operand) -> object:
    match value:
        case tuple():
            return [_plain_operand(each) for each in value]
        case Money():
            return {"money": [value.minor, value.currency]}
        case datetime():
            return {"moment": _micros(value)}
        case date():
            return {"date": value.isoformat()}
    return value


def _operand_or_none(value: object, _type: object) -> Operand | None:
    return None if value is None else _operand(value, _type)


def _answer(value: object, _type: object) -> Answer:
    match value:
        case {"personal": str(id), **rest} if not rest:
            return PersonalRef(id)
    return _operand(value, _type)


def _plain_answer(value: Answer) -> object:
    return {"personal": value.id} if isinstance(value, PersonalRef) else _plain_operand(value)


def _told(value: object, _type: object) -> Told:
    match value:
        case {"masked": str(text), **rest} if not rest:
            return Masked(text)
    return _operand(value, _type)


def _plain_told(value: Told) -> object:
    return {"masked": value.reveal()} if isinstance(value, Masked) else _plain_operand(value)


def _of_tag(kind: UnionType, converter: Converter) -> Structured:
    """One of several classes, by its tag."""
    kinds = kinds_by_tag(kind)

    def of_tag(value: object, _type: object) -> object:
        match value:
            case {"kind": str(tag), **fields} if tag in kinds:
                return converter.structure(fields, kinds[tag])
        raise UnknownSchemaError(f"stored data is none of: {', '.join(kinds)}")

    return of_tag


def _with_tag(_kind: UnionType, converter: Converter) -> Callable[[Any], Any]:
    """One of several classes, with its tag."""

    def with_tag(value: Any) -> dict[str, object]:  # noqa: ANN401 - of any of them
        return {TAG: tag_of(type(value)), **converter.unstructure(value)}

    return with_tag


def _is_optional(kind: object) -> bool:
    return isinstance(kind, UnionType) and len(kind.__args__) == 2 and NoneType in kind.__args__


def _optional(kind: UnionType, converter: Converter) -> Structured:
    """What is None or of one other type, which is looked up once."""
    (other,) = (each for each in kind.__args__ if each is not NoneType)
    structured: Structured = converter.get_structure_hook(other)

    def optional(value: object, _type: object) -> object:
        return None if value is None else structured(value, other)

    return optional


def _is_set(kind: object) -> bool:
    return get_origin(kind) is frozenset


def _set(kind: object, converter: Converter) -> Structured:
    """A set of one type, which has been written as a list."""
    many = _many(kind, converter)
    return lambda value, type_: frozenset(many(value, type_))


def _sorted(kind: object, converter: Converter) -> Callable[[Any], Any]:
    """A set as the list of its members in their order."""
    plain = converter.get_unstructure_hook(get_args(kind)[0])
    return lambda value: sorted(plain(each) for each in value)


def _is_tuple_of_many(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _many(kind: object, converter: Converter) -> Structured:
    """Any number of one type, which is looked up once."""
    each_kind = get_args(kind)[0]
    structured: Structured = converter.get_structure_hook(each_kind)

    def many(value: object, _type: object) -> tuple[object, ...]:
        if not isinstance(value, list | tuple):
            raise UnknownSchemaError(f"stored data has {type(value).__name__} in place of a list")
        return tuple([structured(each, each_kind) for each in value])

    return many


@cache
def converter(*, whole: bool) -> Converter:
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
    for kind in (bool, int, str):
        made.register_structure_hook(kind, _exactly(kind))
    made.register_structure_hook(StrEnum, _choice)
    made.register_structure_hook_factory(_is_optional)(_optional)
    made.register_structure_hook_factory(is_tagged)(_of_tag)
    made.register_unstructure_hook_factory(is_tagged)(_with_tag)
    made.register_structure_hook(Operand, _operand)
    made.register_unstructure_hook(Operand, _plain_operand)
    made.register_structure_hook(Operand | None, _operand_or_none)
    made.register_unstructure_hook(Operand | None, _plain_operand)
    made.register_structure_hook(Answer, _answer)
    made.register_unstructure_hook(Answer, _plain_answer)
    made.register_structure_hook(Told, _told)
    made.register_unstructure_hook(Told, _plain_told)
    made.register_structure_hook_factory(_is_tuple_of_many)(_many)
    made.register_structure_hook_factory(_is_set)(_set)
    made.register_unstructure_hook_factory(_is_set)(_sorted)
    return made
