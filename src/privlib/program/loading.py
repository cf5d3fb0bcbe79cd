"""Loading: a program from TOML or from its stored parts, with every problem and its path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from attrs import fields_dict
from cattrs import Converter

from privlib.encoding.canonical import parse_canonical
from privlib.encoding.converting import converter
from privlib.errors import InvalidValueError, Problem, ProgramError, UnknownSchemaError
from privlib.program.faults import problems_of
from privlib.program.program import PART_TYPES, VOCABULARIES, Part, Program, between_parts
from privlib.program.siblings import sibling_problems
from privlib.program.toml_files import toml_document, toml_text
from privlib.program.toml_reading import toml_reader
from privlib.values.money import minor_digits
from privlib.values.naming import did_you_mean

__all__ = ["default_program", "load_program", "program_from_parts", "program_from_toml"]

_REQUIRED: Final = frozenset({"shop", "lifecycles", "welcome"})


def load_program(path: str | Path) -> Program:
    """Read a program from a TOML file.

    Raises ProgramError with every problem of the file, each with its path, or OSError.
    """
    return program_from_toml(toml_text(path, "a program"))


def program_from_toml(text: str) -> Program:
    r"""Read a program from TOML.

    Each part is read by itself, so that the faults of all parts come at once; then come the faults
    that lie between the parts. Amounts are whole numbers, or decimals in quotes, in the currency
    of the shop.

    >>> program_from_toml('[shop]\nname = "Tea"\n[welcome]\ntxet = "Hi"')
    Traceback (most recent call last):
    privlib.errors.ProgramError: lifecycles: is missing
    welcome.text: is missing
    welcome.txet: unknown key; did you mean "text"?
    """
    document = toml_document(text)
    readers = _Readers(_currency_of(document))
    parts: dict[str, Any] = {}
    defaults = fields_dict(Program)
    parts_there_are = f"; a program is made of {', '.join(PART_TYPES)}"
    problems = [
        Problem(key, f"unknown key{did_you_mean(key, PART_TYPES) or parts_there_are}")
        for key in document
        if key not in PART_TYPES
    ]
    for name, type_ in PART_TYPES.items():
        try:
            if name in document:
                parts[name] = readers[name].structure(document[name], type_)
            elif name in _REQUIRED:
                problems.append(Problem(name, "is missing"))
            else:
                parts[name] = defaults[name].default
        except Exception as fault:  # noqa: BLE001 - cattrs raises what values raise, in groups
            problems.extend(problems_of(fault, name))
    if not problems:
        return Program(**parts)
    for name in PART_TYPES:
        if name in document and name not in parts:
            problems.extend(sibling_problems(readers[name], name, document[name], parts))
    raise ProgramError(dict.fromkeys([*problems, *between_parts(parts)]))


class _Readers(dict[str, Converter]):
    """Readers by the part they read, since the conditions of a part have a vocabulary."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency

    def __missing__(self, part: str) -> Converter:
        if part in VOCABULARIES:
            reader = toml_reader(self._currency, VOCABULARIES[part])
        else:
            reader = self[""] if part else toml_reader(self._currency)
        self[part] = reader
        return reader


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


def _currency_of(document: Mapping[str, Any]) -> str:
    """The shop's currency, or a stand-in with two digits where that is itself a fault."""
    shop = document.get("shop")
    currency = shop.get("currency", "CNY") if isinstance(shop, Mapping) else "CNY"
    try:
        minor_digits(currency if isinstance(currency, str) else "")
    except InvalidValueError:
        return "CNY"
    return str(currency)
