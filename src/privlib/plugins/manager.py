"""The manager: takes plugins in, checks them, and asks each hook once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias

import pluggy
from attrs import frozen

from privlib.errors import PluginError
from privlib.plugins import hookspecs
from privlib.plugins.objections import no_channel, no_function, no_storage
from privlib.plugins.storages import WholeStorage
from privlib.program.program import Program
from privlib.values.naming import did_you_mean

__all__ = ["Named", "PluginFault", "Plugins"]

Objection: TypeAlias = Callable[[object], str | None]
_HOOKS = tuple(name for name in hookspecs.__all__ if name.startswith("privlib_"))
_no_observer: Objection = partial(no_function, takes=("decision",))
_no_send_check: Objection = partial(no_function, takes=("request", "at"))


@frozen
class PluginFault:
    """A plugin that raised or returned junk while it was used: its name, the hook, what it did."""

    plugin: str
    hook: str
    fault: str


@frozen
class Named:
    """Something a plugin gave, with the plugin's name."""

    plugin: str
    given: Any


class Plugins:
    """The plugins of one domain; two domains share nothing. A hook may ask for the program.

    Raises PluginError, naming the plugin, for a hook that does not exist, for two plugins of one
    name, and for a plugin that raises or gives something that is not what the hook asks for.
    """

    def __init__(self, plugins: Iterable[object], *, program: Program) -> None:
        if isinstance(plugins, str) or not isinstance(plugins, Iterable):
            raise PluginError(f"a list of plugins is expected; got {type(plugins).__name__}")
        self._program = program
        self._manager = pluggy.PluginManager("privlib")
        self._manager.add_hookspecs(hookspecs)
        for plugin in plugins:
            self._register(plugin)
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError as fault:
            raise PluginError(f"{self._name(fault.plugin)}: {fault}") from None
        self.storage: WholeStorage | None = self._one_storage()
        self.channels: tuple[Named, ...] = tuple(self._listed("privlib_channels", no_channel))
        self.observers: tuple[Named, ...] = tuple(self._listed("privlib_observers", _no_observer))
        self.send_checks: tuple[Named, ...] = tuple(
            self._listed("privlib_send_checks", _no_send_check)
        )

    def _register(self, plugin: object) -> None:
        name = _plugin_name(plugin)
        if isinstance(plugin, type):
            raise PluginError(f"{name} is a class: give an object made from it")
        _check_hooks(plugin, name)
        if self._manager.has_plugin(name):
            raise PluginError(f"two plugins are named {name}: give one of them another `name`")
        try:
            self._manager.register(plugin, name)
        except pluggy.PluginValidationError as fault:
            raise PluginError(f"{name}: {fault}") from None
        except ValueError:
            raise PluginError(
                f"{name} equals another plugin: let plugins be compared by identity, "
                "as with @define(eq=False)"
            ) from None
        if not self._manager.get_hookcallers(plugin):
            raise PluginError(f"{name} has no hook: mark what it offers with @hookimpl")

    def _name(self, plugin: object) -> str:
        return self._manager.get_name(plugin) or _plugin_name(plugin)

    def _answers(self, hook: str) -> Iterator[Named]:
        """What each plugin gives for a hook, in the order in which the plugins were given."""
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            name = implementation.plugin_name
            if inspect.iscoroutinefunction(implementation.function):
                raise PluginError(f"{name}: {hook} is async, and nobody awaits it")
            try:
                given = implementation.function(*[self._program for _ in implementation.argnames])
            except Exception as fault:
                raise PluginError(f"{name} raised in {hook}: {type(fault).__name__}") from fault
            if given is not None:
                yield Named(name, given)

    def _one_storage(self) -> WholeStorage | None:
        given = list(self._answers("privlib_storage"))
        if not given:
            return None
        if len(given) > 1:
            names = " and ".join(sorted(one.plugin for one in given))
            raise PluginError(f"{names} each give a storage; a domain has one")
        storage: WholeStorage = _checked(given[0], "privlib_storage", no_storage).given
        return storage

    def _listed(self, hook: str, objection: Objection) -> Iterator[Named]:
        for answer in self._answers(hook):
            if not isinstance(answer.given, list | tuple):
                raise PluginError(
                    f"{answer.plugin} gave {type(answer.given).__name__} in {hook}; "
                    "a list is expected"
                )
            for given in answer.given:
                yield _checked(Named(answer.plugin, given), hook, objection)


def _checked(answer: Named, hook: str, objection: Objection) -> Named:
    """What a plugin gave, unless there is something against it."""
    given = answer.given
    if isinstance(given, type):
        raise PluginError(
            f"{answer.plugin} gave the class {given.__name__} in {hook}: "
            "give an object made from it"
        )
    try:
        why = objection(given)
    except Exception as fault:  # noqa: BLE001 - a plugin may raise anything
        why = f"which raised {type(fault).__name__} when it was looked at"
    if why is not None:
        raise PluginError(f"{answer.plugin} gave {type(given).__name__} in {hook}, {why}")
    return answer


def _plugin_name(plugin: object) -> str:
    """A plugin's own `name`, or that of its module or class."""
    names = (getattr(plugin, "name", None), getattr(plugin, "__name__", None))
    return next((name for name in names if name and isinstance(name, str)), type(plugin).__name__)


def _check_hooks(plugin: object, name: str) -> None:
    """Refuse what pluggy would pass over in silence: unmarked hooks, and keyword-only arguments."""
    for attribute in dir(plugin):
        if not attribute.startswith("privlib_"):
            continue
        if attribute not in _HOOKS:
            raise PluginError(
                f"{name}: there is no hook {attribute}{did_you_mean(attribute, _HOOKS)}"
            )
        hook = getattr(plugin, attribute)
        if not hasattr(hook, "privlib_impl"):
            raise PluginError(f"{name}: {attribute} lacks the mark @hookimpl")
        try:
            kinds = [each.kind for each in inspect.signature(hook).parameters.values()]
        except ValueError:
            raise PluginError(f"{name}: {attribute} is a method and needs self") from None
        if inspect.Parameter.KEYWORD_ONLY in kinds:
            raise PluginError(f"{name}: {attribute} has keyword-only arguments, which are lost")
