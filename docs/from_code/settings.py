"""The settings of a program: each with what it may be and its default, read from the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin

from attrs import NOTHING, Attribute, fields, has, resolve_types

from privlib.program import Program
from privlib.values.money import Money

__all__ = ["settings"]

_KINDS = {str: "text", int: "whole number", Money: "amount", date: "date"}


def settings() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every setting, by its path in TOML; `[]` stands for each of a list."""
    return ("setting", "may be", "default"), list(_settings_of(Program, ""))


def _settings_of(part: type, path: str) -> Iterator[tuple[str, ...]]:
    resolve_types(part)
    for each in fields(part):
        if each.init and each.name != "secret":
            yield from _setting(each, path)


def _setting(each: Attribute[Any], path: str) -> Iterator[tuple[str, ...]]:
    """One setting, or all those of the part that it holds."""
    kind = _without_none(each.type)
    inner = get_args(kind)[0] if get_origin(kind) is tuple else kind
    inner = getattr(inner, "__supertype__", inner)  # an id is text
    name = f"{path}.{each.name}" if path else each.name
    if name == "stages.stages":  # in TOML the list stands by itself
        name = "stages"
    many = get_origin(kind) is tuple
    if has(inner) and inner is not Money:
        yield from _settings_of(inner, f"{name}[]" if many else name)
    else:
        listed = "a list of " if many else ""
        yield f"`{name}`", f"{listed}{_may_be(inner)}", _default(each.default)


def _without_none(kind: object) -> object:
    some = [each for each in get_args(kind) if each is not type(None)]
    return some[0] if type(None) in get_args(kind) else kind


def _may_be(kind: type) -> str:
    if issubclass(kind, StrEnum):
        choices = ", ".join(f'`"{choice}"`' for choice in kind)
        return f"{choices} ({{py:obj}}`{kind.__name__} <privlib.program.{kind.__name__}>`)"
    return _KINDS[kind]


def _default(value: object) -> str:
    if value is NOTHING:
        return "required"
    if value is None or value == ():
        return "none"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"
