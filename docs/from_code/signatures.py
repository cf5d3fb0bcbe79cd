"""Signatures as the source writes them, each name in them linked to where it is described."""

from __future__ import annotations

from inspect import Parameter, isfunction, signature
from typing import Final

from attrs import NOTHING, fields, frozen, has
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.inspect import stringify_signature
from sphinx.util.nodes import make_refnode

import privlib

__all__ = ["as_written", "is_field_alias", "linked"]

_CALLED: Final = {"class", "exception", "function", "method"}


@frozen(repr=False)
class _Brief:
    """A default that is told in a word."""

    word: str

    def __repr__(self) -> str:
        return self.word


def as_written(_app: Sphinx, *asked: object) -> tuple[str, str | None] | None:
    """The signature of a value by its fields, of a function by its annotations, unresolved."""
    what, _name, thing, _options, told, _returns = asked
    if what not in _CALLED or not told:
        return None
    found = signature(thing)
    types = {}
    if isinstance(thing, type) and has(thing):  # attrs tells what its converters take
        types = {each.alias: each.type for each in fields(thing)}
    parameters = [
        each.replace(annotation=types.get(each.name, each.annotation), default=_brief(each.default))
        for each in found.parameters.values()
        if each.name not in ("self", "cls")
    ]
    text = stringify_signature(found.replace(parameters=parameters), show_return_annotation=False)
    gives = None if isinstance(thing, type) else found.return_annotation
    return text, None if gives is found.empty else gives


def _brief(default: object) -> object:
    """A default as a reader would write it."""
    if default is privlib.SYSTEM:
        return _Brief("SYSTEM")
    if isfunction(default):
        return _Brief(default.__name__)
    if default is NOTHING:
        return _Brief("...")
    if isinstance(default, tuple) and default and has(type(default[0])):
        return _Brief(f"({type(default[0]).__name__}(), ...)")
    is_value = default is not Parameter.empty and has(type(default))
    return _Brief(f"{type(default).__name__}()") if is_value else default


def linked(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: Element
) -> Element | None:
    """A link from a name as written to the one thing of this name that is described."""
    python = env.get_domain("py")
    ending = f".{node.get('reftarget')}"
    found = {
        described: python.objects[described]
        for described in python.objects
        if described.endswith(ending) and not python.objects[described].aliased
    }
    if node.get("refdomain") != "py" or len(found) != 1:
        return None
    ((described, place),) = found.items()
    target = (node["refdoc"], place.docname, place.node_id)
    return make_refnode(app.builder, *target, shown, described)


def is_field_alias(_app: Sphinx, *asked: object) -> bool | None:
    """Whether a member is only a named tuple's field, which its signature has told already."""
    _what, _name, member, *_ = asked
    return True if type(member).__name__ == "_tuplegetter" else None
