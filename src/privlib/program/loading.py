"""Loading: a program from TOML or from its stored parts, with every problem and its path."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

from attrs import Attribute, fields_dict, has, resolve_types
from cattrs import AttributeValidationNote, Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from privlib.encoding.canonical import parse_canonical
from privlib.encoding.converting import converter
from privlib.errors import InvalidValueError, Problem, ProgramError, UnknownSchemaError
from privlib.program.campaign import CampaignRules
from privlib.program.ladder import Tier, tier_problems
from privlib.program.naming import did_you_mean, duplicate_names
from privlib.program.program import PART_TYPES, Part, Program, between_parts
from privlib.program.stages import Stage, Stages, stage_problems
from privlib.values.money import Money, minor_digits

__all__ = ["default_program", "load_program", "program_from_parts", "program_from_toml"]

T = TypeVar("T")
_LARGEST_FILE = 4 * 2**20


def load_program(path: str | Path) -> Program:
    """Read a program from a TOML file.

    Raises ProgramError with every problem of the file, each with its path, or OSError.
    """
    source = Path(path)
    if source.stat().st_size > _LARGEST_FILE:
        raise ProgramError([Problem(str(path), "a program has at most 4 MiB")])
    try:
        return program_from_toml(source.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise ProgramError([Problem(str(path), "a program is UTF-8 text")]) from None


def program_from_toml(text: str) -> Program:
    r"""Read a program from TOML.

    Each part is read by itself, so that the faults of all parts come at once; then come the faults
    that lie between the parts. Amounts are whole numbers, or decimals in quotes, in the currency
    of the shop.

    >>> program_from_toml('[shop]\nname = "Tea"\n[welcome]\ntxet = "Hi"')
    Traceback (most recent call last):
    privlib.errors.ProgramError: stages: is missing
    welcome.text: is missing
    welcome.txet: unknown key; did you mean "text"?
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # a ValueError too: a number too long to read
        raise ProgramError([Problem("", f"not TOML: {fault}")]) from None
    reader = _toml_converter(_currency_of(document))
    parts: dict[str, Any] = {}
    parts_there_are = f"; a program is made of {', '.join(PART_TYPES)}"
    problems = [
        Problem(key, f"unknown key{did_you_mean(key, PART_TYPES) or parts_there_are}")
        for key in document
        if key not in PART_TYPES
    ]
    for name, type_ in PART_TYPES.items():
        try:
            if name in document:
                parts[name] = reader.structure(document[name], type_)
            elif name in _REQUIRED:
                problems.append(Problem(name, "is missing"))
        except Exception as fault:  # noqa: BLE001 - cattrs raises what values raise, in groups
            problems.extend(_problems_of(fault, name))
            problems.extend(_between_siblings(reader, name, document[name]))
    if not problems:
        return Program(**parts)
    raise ProgramError(dict.fromkeys([*problems, *between_parts(parts)]))


@cache
def default_program() -> Program:
    """The program that holds where a shop names none: four tiers, one welcome, one campaign.

    >>> [str(tier.threshold) for tier in default_program().ladder.tiers]
    ['5000.00 CNY', '10000.00 CNY', '50000.00 CNY', '100000.00 CNY']
    """
    return program_from_toml(
        files("privlib.program").joinpath("default.toml").read_text(encoding="utf-8")
    )


def program_from_parts(parts: Iterable[Part]) -> Program:
    """The program whose parts were stored.

    Raises UnknownSchemaError for parts that this release cannot read.
    """
    reader = converter(whole=True)
    try:
        fields: dict[str, Any] = {
            part.name: reader.structure(parse_canonical(part.text), PART_TYPES[part.name])
            for part in parts
        }
        return Program(**fields)
    except UnknownSchemaError:
        raise
    except Exception as fault:  # noqa: BLE001 - cattrs raises what values raise, and its own
        raise UnknownSchemaError(f"a stored program does not hold: {fault}") from None


def _between_siblings(reader: Converter, part: str, raw: Any) -> Iterator[Problem]:  # noqa: ANN401 - as TOML has it
    """What is wrong between those tiers, stages or campaigns that can be read."""
    if part == "ladder" and isinstance(raw, Mapping):
        tiers = _readable(reader, raw.get("tiers"), Tier)
        yield from (problem.under(part) for problem in tier_problems(tiers))
    elif part == "stages" and isinstance(raw, list):
        named = [each.get("name") for each in raw if isinstance(each, Mapping)]
        names = [name for name in named if isinstance(name, str)]
        problems = stage_problems(_readable(reader, raw, Stage), names)
        yield from (problem.under(part) for problem in problems)
    elif part == "campaigns":
        campaigns = _readable(reader, raw, CampaignRules)
        yield from duplicate_names(
            {at: rules.name for at, rules in campaigns.items()}, "campaigns[{}].name"
        )
        problems = _seen_without_faults(reader, raw, CampaignRules)
        yield from (problem.under(part) for problem in problems)


def _readable(reader: Converter, raw: Any, type_: type[T]) -> dict[int, T]:  # noqa: ANN401 - as TOML has it
    """The tables of a list that can be read by their position, without what is wrong in them."""
    tables = enumerate(raw) if isinstance(raw, list) else ()
    read = ((at, _without_faults(reader, table, type_)) for at, table in tables)
    return {at: value for at, value in read if value is not None}


def _without_faults(reader: Converter, table: Any, type_: type[T]) -> T | None:  # noqa: ANN401 - as TOML has it
    if not isinstance(table, Mapping):
        return None
    for _ in range(2):
        wrong = _faulty(_faults(reader, table, type_))
        if not wrong:
            return reader.structure(table, type_)
        table = {key: value for key, value in table.items() if key not in wrong}
    return None


def _seen_without_faults(reader: Converter, raw: Any, type_: type[T]) -> Iterator[Problem]:  # noqa: ANN401 - as TOML has it
    """What is wrong between the settings of each table, were those left out that are faulty."""
    for at, table in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(table, Mapping):
            wrong = _faulty(_faults(reader, table, type_))
            rest = {key: value for key, value in table.items() if key not in wrong}
            for problem in _faults(reader, rest, type_):
                if not wrong & _faulty([problem]):
                    yield problem.under(f"[{at}]")


def _faults(reader: Converter, table: Mapping[str, Any], type_: type[T]) -> list[Problem]:
    try:
        reader.structure(table, type_)
    except Exception as fault:  # noqa: BLE001 - cattrs raises what values raise, in groups
        return list(_problems_of(fault, ""))
    return []


def _faulty(problems: Iterable[Problem]) -> set[str]:
    """The settings of a table that these problems are with."""
    return {_STEP.match(problem.path)[0] for problem in problems}  # type: ignore[index]  # it matches all


_STEP = re.compile(r"[^.\[]*")
_REQUIRED = frozenset({"shop", "stages", "welcome"})


def _currency_of(document: Mapping[str, Any]) -> str:
    """The shop's currency, or a stand-in with two digits where that is itself a fault."""
    shop = document.get("shop")
    currency = shop.get("currency", "CNY") if isinstance(shop, Mapping) else "CNY"
    try:
        minor_digits(currency if isinstance(currency, str) else "")
    except InvalidValueError:
        return "CNY"
    return str(currency)


def _toml_converter(currency: str) -> Converter:
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


def _keys(type_: type[Any]) -> list[str]:
    """What a table of this type may hold."""
    return [name for name, attribute in fields_dict(type_).items() if attribute.init]


def _problems_of(fault: BaseException, path: str) -> Iterator[Problem]:
    """Every problem in what cattrs raised, each with its path."""
    if isinstance(fault, ClassValidationError | IterableValidationError):
        named, unnamed = fault.group_exceptions()
        for inner, note in named:
            step = note.name if isinstance(note, AttributeValidationNote) else f"[{note.index}]"
            yield from _problems_of(inner, Problem(str(step), "").under(path).path)
        for inner in unnamed:
            yield from _problems_of(inner, path)
    elif isinstance(fault, ForbiddenExtraKeysError):
        for key in sorted(fault.extra_fields):
            near = did_you_mean(key, _keys(fault.cl))
            yield Problem(key, f"unknown key{near}").under(path)
    elif isinstance(fault, ProgramError):
        yield from (problem.under(path) for problem in fault.problems)
    elif isinstance(fault, KeyError):
        yield Problem(path, "is missing")
    else:
        yield Problem(path, str(fault))
