"""The settings of a program: each with what it may be and its default, read from the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin

from attrs import NOTHING, Attribute, fields, has, resolve_types

from privlib import program
from privlib.conditions import Always, Condition
from privlib.encoding.tagged import TAG, is_tagged, kinds_by_tag
from privlib.program import Program
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["settings"]

_KINDS = {
    bool: "`true` or `false`",
    str: "text",
    int: "whole number",
    Money: "amount",
    Rate: "percentage",
    date: "date",
    Goods: "{py:obj}`goods <privlib.values.goods.Goods>`",
    Condition: "[condition](conditions.md)",
}


_NOT_WRITTEN = {"secret", "lunar_calendar"}


def settings() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every setting, by its path in TOML; `[]` stands for each of a list."""
    return ("setting", "may be", "default"), list(_settings_of(Program, ""))


def _settings_of(part: type, path: str) -> Iterator[tuple[str, ...]]:
    resolve_types(part)
    for each in fields(part):
        if each.init and each.name not in _NOT_WRITTEN:
            yield from _setting(each, path)


def _setting(each: Attribute[Any], path: str) -> Iterator[tuple[str, ...]]:
    """One setting, or all those of the part that it holds."""
    kind = _without_none(each.type)
    inner = get_args(kind)[0] if get_origin(kind) is tuple else kind
    inner = getattr(inner, "__supertype__", inner)  # an id is text
    name = f"{path}.{each.name}" if path else each.name
    many = get_origin(kind) is tuple
    if has(inner) and inner not in _KINDS:
        yield from _settings_of(inner, f"{name}[]" if many else name)
    else:
        listed = "a list of " if many else ""
        yield f"`{name}`", f"{listed}{_may_be(inner)}", _default(each.default)


def _without_none(kind: object) -> object:
    some = [each for each in get_args(kind) if each is not type(None)]
    return some[0] if type(None) in get_args(kind) else kind


def _may_be(kind: Any) -> str:  # noqa: ANN401 - a union is no type
    if kind in _KINDS:
        return _KINDS[kind]
    if is_tagged(kind):
        return f"a table whose `{TAG}` is one of {_quoted(kinds_by_tag(kind))}"
    if issubclass(kind, StrEnum):
        home = "privlib.program" if hasattr(program, kind.__name__) else kind.__module__
        return f"{_quoted(kind)} ({{py:obj}}`{kind.__name__} <{home}.{kind.__name__}>`)"
    raise KeyError(kind)


def _quoted(choices: Iterable[str]) -> str:
    return ", ".join(f'`"{choice}"`' for choice in choices)


def _default(value: object) -> str:
    if value is NOTHING:
        return "required"
    if value is None or value == () or isinstance(value, Always):
        return "none"
    if isinstance(value, Goods):
        return "all"
    if has(type(value)) and hasattr(value, "tag"):
        return f'`{{ {TAG} = "{value.tag}" }}`'
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"
