"""TOML reading: tables and lists as the parts of a program, nothing turned into what it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from types import GenericAlias
from typing import Any, get_args, get_origin

from attrs import Attribute, fields_dict, has, resolve_types
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from privlib.errors import InvalidValueError
from privlib.program.stages import Stage, Stages
from privlib.values.money import Money

__all__ = ["toml_reader"]


def toml_reader(currency: str) -> Converter:
    """Reads TOML's plain values: nothing is turned into what it is not."""
    reader = Converter(forbid_extra_keys=True, detailed_validation=True)

    def amount(value: object, _type: object) -> Money:
        if type(value) is int or isinstance(value, str):
            return Money.parse(value, currency)
        raise InvalidValueError(
            f'expected a whole number or a decimal in quotes ("19.90"); got {_named(value)}'
        )

    def day(value: object, _type: object) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise InvalidValueError(f"expected a date such as 2026-06-01; got {_named(value)}")

    def several(value: object, type_: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as cattrs has it
        if not isinstance(value, list):
            raise InvalidValueError(f"expected a list; got {_named(value)}")
        wanted: Any = GenericAlias(list, get_args(type_)[:1])
        return tuple(reader.structure(value, wanted))

    def stages(value: object, _type: object) -> Stages:
        return Stages(stages=reader.structure(value, tuple[Stage, ...]))

    reader.register_structure_hook(Money, amount)
    reader.register_structure_hook(date, day)
    for type_ in (int, str):  # by class: cattrs asks its own hooks of these before any predicate
        reader.register_structure_hook(type_, _exactly)
    reader.register_structure_hook_factory(has, lambda type_: _table(type_, reader))
    reader.register_structure_hook_func(_is_tuple, several)
    # Last, so that it comes first: a list of stages is the graph of stages.
    reader.register_structure_hook_func(lambda type_: type_ is Stages, stages)
    return reader


def _table(type_: type[Any], reader: Converter) -> Callable[[Mapping[str, Any], Any], Any]:
    """Reads one table field by field, each checked by itself, so that all faults come at once."""
    resolve_types(type_)
    fields = {
        attribute.name: override(struct_hook=partial(_field, reader, attribute))
        for attribute in fields_dict(type_).values()
        if attribute.init
    }
    read = make_dict_structure_fn(type_, reader, **fields)  # type: ignore[arg-type]  # overrides

    def table(value: object, wanted: type[Any]) -> Any:  # noqa: ANN401 - as cattrs has it
        if not isinstance(value, Mapping):
            raise InvalidValueError(f"expected a table; got {_named(value)}")
        return read(value, wanted)

    return table


def _field(reader: Converter, attribute: Attribute[Any], value: object, _type: object) -> object:
    type_: Any = attribute.type
    is_choice = isinstance(type_, type) and issubclass(type_, StrEnum)
    read = reader.structure(value, str if is_choice else type_)
    convert: Any = attribute.converter
    if convert is not None:
        read = convert(read)
    if attribute.validator is not None:
        attribute.validator(None, attribute, read)
    return read


def _named(value: object) -> str:
    return {bool: "true or false", float: "a decimal without quotes", dict: "a table"}.get(
        type(value), type(value).__name__
    )


def _exactly(value: object, kind: type) -> object:
    if type(value) is not kind:
        wanted = {int: "a whole number", str: "text in quotes"}[kind]
        raise InvalidValueError(f"expected {wanted}; got {_named(value)}")
    return value


def _is_tuple(type_: object) -> bool:
    origin: object = get_origin(type_)
    return origin is tuple
