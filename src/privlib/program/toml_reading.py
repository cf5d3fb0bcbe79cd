"""TOML reading: tables and lists as the parts of a program, nothing turned into what it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from types import GenericAlias
from typing import Any, TypeAlias, cast, get_args, get_origin

from attrs import Attribute, fields_dict, has, resolve_types
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from privlib.conditions import SHOPPING, Condition, Field, Vocabulary, condition_from_plain
from privlib.encoding.tagged import TAG, is_tagged, kinds_by_tag
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.faults import problems_of
from privlib.program.questions import Option, Question
from privlib.program.survey import Survey
from privlib.program.toml_values import named, register_values
from privlib.values.naming import did_you_mean

__all__ = ["toml_reader"]

Read: TypeAlias = Callable[[Any, Any], Any]


def toml_reader(currency: str, vocabulary: Vocabulary = SHOPPING) -> Converter:
    """Reads TOML's plain values: nothing is turned into what it is not.

    Conditions are read in the words of the vocabulary.
    """
    reader = Converter(forbid_extra_keys=True, detailed_validation=True)
    register_values(reader, currency)
    reader.register_structure_hook_factory(has, lambda type_: _table(type_, reader))
    reader.register_structure_hook_factory(is_tagged, lambda type_: _tagged(type_, reader))
    reader.register_structure_hook_func(_is(tuple), partial(_several, reader))
    reader.register_structure_hook_func(_is(frozenset), partial(_several, reader))
    reader.register_structure_hook_func(_is(Mapping), partial(_entries, reader))
    # Last, so that it comes first: a condition is written in words of its own.
    reader.register_structure_hook_func(
        lambda type_: type_ == Condition,
        lambda value, _type: condition_from_plain(value, vocabulary, currency=currency),
    )
    reader.register_structure_hook_func(
        lambda type_: type_ is Survey, lambda value, _type: _survey(currency, value)
    )
    option = _table(Option, reader)
    reader.register_structure_hook_func(
        lambda type_: type_ is Option,
        lambda value, type_: Option(value) if isinstance(value, str) else option(value, type_),
    )
    return reader


def _table(type_: type[Any], reader: Converter) -> Read:
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
            raise InvalidValueError(f"expected a table; got {named(value)}")
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


def _tagged(type_: Any, reader: Converter) -> Read:  # noqa: ANN401 - a union is no type
    """Reads a table of one of several kinds, which it names."""
    kinds = kinds_by_tag(type_)

    def tagged(value: object, _type: object) -> object:
        if not isinstance(value, Mapping):
            raise InvalidValueError(f"expected a table; got {named(value)}")
        fields = dict(value)
        tag = fields.pop(TAG, None)
        if not isinstance(tag, str) or tag not in kinds:
            raise ProgramError([Problem(TAG, _no_kind(tag, kinds))])
        return reader.structure(fields, kinds[tag])

    return tagged


def _no_kind(tag: object, kinds: Mapping[str, object]) -> str:
    known = ", ".join(kinds)
    if tag is None:
        return f"is missing; it is one of: {known}"
    if not isinstance(tag, str):
        return f"expected text in quotes; got {named(tag)}"
    return f"{tag!r:.40} is not one of: {known}{did_you_mean(tag, kinds)}"


def _several(reader: Converter, value: object, type_: Any) -> Any:  # noqa: ANN401 - as cattrs has it
    """Reads a list as the tuple or set of its members."""
    if not isinstance(value, list):
        raise InvalidValueError(f"expected a list; got {named(value)}")
    wanted: Any = GenericAlias(list, get_args(type_)[:1])
    made: Any = get_origin(type_)
    return made(reader.structure(value, wanted))


def _entries(reader: Converter, value: object, type_: Any) -> dict[str, Any]:  # noqa: ANN401 - as cattrs has it
    """Reads a table whose keys are names that the shop gives."""
    if not isinstance(value, Mapping):
        raise InvalidValueError(f"expected a table; got {named(value)}")
    _, wanted = get_args(type_)
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, inner in value.items():
        try:
            read[key] = reader.structure(inner, wanted)
        except Exception as fault:  # noqa: BLE001 - cattrs raises what values raise, in groups
            problems.extend(problems_of(fault, key))
    if problems:
        raise ProgramError(problems)
    return read


def _survey(currency: str, value: object) -> Survey:
    """Reads a survey; its conditions ask in the words that its own questions make."""
    raw = value.get("questions") if isinstance(value, Mapping) else None
    kinds = kinds_by_tag(Question)
    words: dict[str, Field] = {}
    for each in raw if isinstance(raw, list) else ():
        kind = kinds.get(str(each.get(TAG))) if isinstance(each, Mapping) else None
        try:
            if kind is not None:
                words.setdefault(each["id"], Field(name=each["id"], kind=kind.holds))
        except (InvalidValueError, KeyError, TypeError):  # that is said where it is read
            continue
    reader = toml_reader(currency, Vocabulary(fields=words.values()))
    return cast("Survey", _table(Survey, reader)(value, Survey))


def _is(origin: type[Any]) -> Callable[[object], bool]:
    """Whether a type is this one with a type of its members."""
    return lambda type_: get_origin(type_) is origin
