"""Tables of what the library has, read from its unions and its `__all__`s."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from inspect import isroutine, signature
from types import UnionType
from typing import TypeAlias, get_args

from attrs import fields_dict

import privlib
from from_code.checking import checks_table, laws_table, promises_table
from from_code.command_line import command_line
from from_code.docstrings import link, sentence
from from_code.layers import layers
from from_code.settings import settings
from privlib import errors
from privlib.commands import Command
from privlib.conditions import SHOPPING
from privlib.conditions.kinds import ALLOWED
from privlib.domain import PrivateDomain
from privlib.entities import ENTITY_KINDS
from privlib.events import Event
from privlib.plugins import hookspecs
from privlib.program.offers import Offer
from privlib.program.questions import Question
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.testing import strategies
from privlib.timers import Timer
from privlib.values.comparison import Comparison

__all__ = ["TABLES", "Table", "markdown"]

Table: TypeAlias = tuple[tuple[str, ...], Iterable[tuple[str, ...]]]


def markdown(table: Table) -> str:
    """A table as Markdown."""
    header, rows = table
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class _Anything(str):
    """Stands for any value: it has every field, each of them anything too."""

    __slots__ = ()

    def __getattr__(self, name: str) -> _Anything:
        return self


def _events() -> Table:
    """Every event, under the kind of entity that it is about."""
    about = {event: event.about.fget(_Anything()).kind for event in get_args(Event)}
    kinds = list(ENTITY_KINDS)
    return ("about a", "event", "it happened"), [
        (f"`{about[event]}`", link("privlib.events", event.__name__), sentence(event))
        for event in sorted(about, key=lambda event: kinds.index(about[event]))
    ]


def _members(module: str, union: object, *header: str) -> Table:
    """Every member of a union, with its sentence."""
    rows = [(link(module, each.__name__), sentence(each)) for each in get_args(union)]
    return header, rows


def _commands() -> Table:
    """Every command, the verb of the shell that takes it, and by what it is known again."""
    return ("command", "verb", "known again by"), [
        (
            link("privlib.commands", command.__name__),
            f"{{py:meth}}`~privlib.domain.PrivateDomain.{_verb_of(command)}`",
            "your `key`" if "key" in fields_dict(command) else "its own ids",
        )
        for command in get_args(Command)
    ]


def _verb_of(command: type) -> str:
    """The method of the shell whose subject is this command."""
    for name, method in vars(PrivateDomain).items():
        taken = list(signature(method).parameters.values())[1:2] if isroutine(method) else []
        if any(command.__name__ in each.annotation.split(" | ") for each in taken):
            return name
    raise LookupError(f"no verb takes {command.__name__}")


def _errors() -> Table:
    """Every error, and what of Python's own it is too."""
    return ("error", "is a", "when"), [
        (
            link("privlib.errors", name),
            ", ".join(f"`{parent.__name__}`" for parent in getattr(errors, name).__bases__),
            sentence(getattr(errors, name)),
        )
        for name in errors.__all__
        if issubclass(getattr(errors, name), Exception)
    ]


def _hooks() -> Table:
    """Every hook, what it gives, and what that is for."""
    names = [name for name in hookspecs.__all__ if name.startswith("privlib_")]
    return ("hook", "gives", "what for"), [
        (
            link("privlib.plugins.hookspecs", name),
            f"`{signature(getattr(hookspecs, name)).return_annotation}`",
            sentence(getattr(hookspecs, name)),
        )
        for name in names
    ]


def _entities() -> Table:
    """Every kind of entity."""
    return ("kind", "entity", "what it is"), [
        (f"`{kind}`", link("privlib.entities", entity.__name__), sentence(entity))
        for kind, entity in ENTITY_KINDS.items()
    ]


def _offers() -> Table:
    """Every kind of offer, by its name in TOML."""
    return ("kind", "offer", "what it gives"), [
        (f"`{offer.tag}`", link("privlib.program.offers", offer.__name__), sentence(offer))
        for offer in get_args(Offer)
    ]


def _questions() -> Table:
    """Every kind of question, by its name in TOML."""
    return ("kind", "question", "it asks for"), [
        (f"`{asked.tag}`", link("privlib.program.questions", asked.__name__), sentence(asked))
        for asked in get_args(Question)
    ]


def _strategies() -> Table:
    """Every strategy that draws something."""
    return ("strategy", "draws"), [
        (link("privlib.testing.strategies", name), sentence(getattr(strategies, name)))
        for name in strategies.__all__
    ]


def _words() -> Table:
    """Every field that conditions can ask for, what it holds, and how it may be compared."""
    return ("field", "holds", "compared by"), [
        (
            f"`{word.name}`",
            f"`{word.kind}`",
            ", ".join(f"`{each}`" for each in Comparison if each in ALLOWED[word.kind]),
        )
        for word in SHOPPING.fields
    ]


def _window() -> Table:
    """Every name that can be imported from `privlib`, and where it lives."""
    names = [name for name in privlib.__all__ if not name.startswith("_")]
    return ("name", "what it is"), [
        (link(privlib._HOME[name], name), _summary(name))  # noqa: SLF001 - its own docs
        for name in sorted(names, key=str.lower)
    ]


def _summary(name: str) -> str:
    """What a name is: its first sentence, or what it stands for."""
    thing = getattr(privlib, name)
    if isinstance(thing, UnionType):
        return f"Any of the {len(get_args(thing))} kinds of {name.lower()}."
    return _SAID.get(name) or sentence(thing)


# What has no docstring of its own.
_SAID = {
    "SYSTEM": "The actor of what nobody in particular told: the shop's own software.",
    "hookimpl": "Marks a method of a plugin as what it offers for the hook of the same name.",
}

TABLES: dict[str, Callable[[], Table]] = {
    "checks": checks_table,
    "command-line": command_line,
    "commands": _commands,
    "entities": _entities,
    "errors": _errors,
    "events": _events,
    "hooks": _hooks,
    "laws": laws_table,
    "layers": layers,
    "names": _window,
    "offers": _offers,
    "promises": promises_table,
    "questions": _questions,
    "refusals": partial(_members, "privlib.refusals", Refusal, "refusal", "why not"),
    "requests": partial(_members, "privlib.requests", Request, "request", "please"),
    "settings": settings,
    "strategies": _strategies,
    "timers": partial(_members, "privlib.timers", Timer, "timer", "wake me when"),
    "words": _words,
}
