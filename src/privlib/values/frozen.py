"""Frozen values that cost little to make and to replace: attrs classes with a writable twin.

attrs writes every field of a frozen object through `object.__setattr__`, and `attrs.evolve` runs
the whole constructor again. Here an object is of a twin, a subclass that is not frozen, while its
fields are written, and of its own class from then on. Only what checks its fields sees the twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs

__all__ = ["frozen", "made_of", "made_of_some", "replace", "replacer"]

T = TypeVar("T")
_FACTORY: Any = type(attrs.Factory(list))

if TYPE_CHECKING:  # for type checkers these are what attrs has, misspelt fields and all
    from collections.abc import Callable, Iterator, Sequence

    from attrs import (
        evolve as replace,
        frozen as frozen,  # noqa: PLC0414 - to be imported from here
    )
else:

    def frozen(cls: type | None = None, /, **options: object) -> object:
        """`attrs.frozen`, with the twin. Such a class is final, and has no weak references.

        >>> @frozen(kw_only=True)
        ... class Tea:
        ...     grams: int
        ...     kind: str = "green"
        >>> replace(Tea(grams=50), grams=100)
        Tea(grams=100, kind='green')
        """
        if cls is None:
            return lambda cls: frozen(cls, **options)
        made = attrs.frozen(cls, weakref_slot=False, **options)
        functions = _compiled(made)
        made.__init__ = functions["__init__"]
        made.__copied__ = functions["__copied__"]
        made.__made__ = staticmethod(functions["__made__"])
        made.__twin__ = functions["_twin"]
        made.__init_subclass__ = classmethod(_refuse_subclass)
        return made

    def replace(thing: T, /, **changes: object) -> T:
        """The same thing with other values in some fields, which are taken as they are.

        What is given must be what the constructor would have made of it: nothing is converted or
        checked again. A field that the constructor does not take has its default again. Raises
        AttributeError for a field that is not there.
        """
        copied = thing.__copied__()
        for name, value in changes.items():
            setattr(copied, name, value)
        copied.__class__ = thing.__class__
        return copied


def made_of(cls: Callable[..., T]) -> Callable[..., T]:
    """A maker of a frozen class's objects out of all their fields in order, taken as they are."""
    made: Callable[..., T] = cls.__made__  # type: ignore[attr-defined]  # see frozen()
    return made


def made_of_some(cls: Callable[..., T], names: Sequence[str]) -> Callable[..., T]:
    """The same out of these fields only: the rest is empty, for a class that fills it when asked.

    What is read of an empty field goes to the class's `__getattr__`.
    """
    scope: dict[str, Any] = {"_cls": cls, "_twin": cls.__twin__, "_new": object.__new__}  # type: ignore[attr-defined]
    source = "\n".join(_maker([(name, name) for name in names]))
    exec(source, scope)  # noqa: S102 - written below, of field names only
    made: Callable[..., T] = scope["__made__"]
    return made


def replacer(cls: Callable[..., T], *names: str) -> Callable[..., T]:
    """What replaces these fields, given in this order after the object: `replace`, written out.

    Raises AttributeError for a field that is not there.
    """
    made: Any = cls
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(made)
    given = {name: f"value_{place}" for place, name in enumerate(names)}
    for name in given.keys() - {each.name for each in fields}:
        raise AttributeError(f"{made.__name__} has no field {name}")
    scope: dict[str, Any] = {"_cls": made, "_twin": made.__twin__, "_new": object.__new__}
    values = [(each.name, given.get(each.name) or _copied_value(each, scope)) for each in fields]
    source = "\n".join(_maker(values, ["self", *given.values()]))
    exec(source, scope)  # noqa: S102 - written below, of field names only
    replaced: Callable[..., T] = scope["__made__"]
    return replaced


def _refuse_subclass(cls: type, **_options: object) -> None:
    raise TypeError(f"{cls.__name__}: {cls.__base__.__name__} is final")  # type: ignore[union-attr]  # every class here has a base


def _compiled(cls: type) -> dict[str, Any]:
    """The functions that make objects of a class through its twin, written out field by field."""
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cls)
    for each in fields:
        _check_field(each)
    scope: dict[str, Any] = {
        "_cls": cls,
        "_twin": _twin_of(cls, fields),
        "_new": object.__new__,
        "_set": object.__setattr__,
        "_missing": attrs.NOTHING,
    }
    values = [f"value_{place}" for place in range(len(fields))]
    source = [
        *_constructor(cls, fields, scope),
        "def __copied__(self):",
        "    _made = _new(_twin)",
        *(f"    _made.{each.name} = {_copied_value(each, scope)}" for each in fields),
        "    return _made",
        *_maker([(each.name, value) for each, value in zip(fields, values, strict=True)]),
    ]
    exec("\n".join(source), scope)  # noqa: S102 - written above, of field names only
    scope["__init__"].__annotations__ = {
        each.alias: each.type for each in fields if each.init and each.type is not None
    } | {"return": None}
    for name in ("__init__", "__copied__", "__made__"):
        scope[name].__qualname__ = f"{cls.__qualname__}.{name}"
        scope[name].__module__ = cls.__module__
    return scope


def _maker(fields: Sequence[tuple[str, str]], taken: Sequence[str] = ()) -> Iterator[str]:
    """The lines of a function that makes an object out of what is taken: mostly its values."""
    yield f"def __made__({', '.join(taken or [value for _, value in fields])}):"
    yield "    _made = _new(_twin)"
    for name, value in fields:
        yield f"    _made.{name} = {value}"
    yield "    _made.__class__ = _cls"
    yield "    return _made"


def _check_field(each: attrs.Attribute[Any]) -> None:
    """Refuse what attrs knows and the functions written here do not."""
    if isinstance(each.converter, attrs.Converter):
        raise TypeError(f"{each.name}: a converter here is a plain function of the value")
    default: Any = each.default
    if not each.init and (default is attrs.NOTHING or isinstance(default, _FACTORY)):
        raise TypeError(f"{each.name}: a field that is not given needs a default that is a value")


def _twin_of(cls: type, fields: tuple[attrs.Attribute[Any], ...]) -> type:
    """The same class but for its fields, which can be written, by the names they are given by."""
    unfrozen = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    aliases = {
        str(each.alias): getattr(cls, each.name) for each in fields if each.alias != each.name
    }
    names = {"__slots__": (), "__module__": cls.__module__}
    return type(cls.__name__, (cls,), {**names, **unfrozen, **aliases})


def _copied_value(each: attrs.Attribute[Any], scope: dict[str, Any]) -> str:
    return f"self.{each.name}" if each.init else _value(each, scope)


def _constructor(
    cls: type, fields: tuple[attrs.Attribute[Any], ...], scope: dict[str, Any]
) -> Iterator[str]:
    """The lines of `__init__`: defaults, converters, validators and all, as attrs has them."""
    arguments = {each.name: _argument(each, scope) for each in fields}
    places = [arguments[each.name] for each in fields if each.init and not each.kw_only]
    names = [arguments[each.name] for each in fields if each.init and each.kw_only]
    star = ["*"] if names else []
    yield f"def __init__({', '.join(['self', *places, *star, *names])}):"
    yield "    _set(self, '__class__', _twin)"
    for each in fields:
        yield f"    self.{each.name} = {_value(each, scope)}"
    for each in fields:
        if each.validator is not None:
            scope[f"_validate_{each.name}"], scope[f"_field_{each.name}"] = each.validator, each
            yield f"    _validate_{each.name}(self, _field_{each.name}, self.{each.name})"
    yield "    self.__class__ = _cls"
    if hasattr(cls, "__attrs_post_init__"):
        yield "    self.__attrs_post_init__()"


def _argument(each: attrs.Attribute[Any], scope: dict[str, Any]) -> str:
    """How a field is asked for, with its default."""
    default: Any = each.default
    if default is attrs.NOTHING:
        return str(each.alias)
    is_made = isinstance(default, _FACTORY)
    scope[f"_default_{each.name}"] = default.factory if is_made else default
    return f"{each.alias}=_missing" if is_made else f"{each.alias}=_default_{each.name}"


def _value(each: attrs.Attribute[Any], scope: dict[str, Any]) -> str:
    """What is written into a field: what was given or made, converted."""
    default: Any = each.default
    converter: Any = each.converter
    value = str(each.alias) if each.init else "_missing"
    if isinstance(default, _FACTORY):
        made = f"_default_{each.name}({'self' if default.takes_self else ''})"
        value = f"({made} if {value} is _missing else {value})"
    elif not each.init:
        value = f"_default_{each.name}"
        scope[value] = default
    if converter is None:
        return value
    scope[f"_convert_{each.name}"] = converter
    return f"_convert_{each.name}({value})"
