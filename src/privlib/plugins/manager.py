"""The manager: takes plugins in, checks them, and asks each hook once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pluggy
from attrs import frozen

from privlib.errors import PluginError
from privlib.plugins import hookspecs
from privlib.plugins.protocols import Channel, WholeStorage
from privlib.program.naming import did_you_mean

__all__ = ["Named", "PluginFault", "Plugins"]

T = TypeVar("T")
_HOOKS = tuple(name for name in hookspecs.__all__ if name.startswith("privlib_"))


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
    """The plugins of one domain; two domains share nothing.

    Raises PluginError, naming the plugin, for a hook that does not exist, for two plugins of one
    name, and for a plugin that raises or gives something that is not what the hook asks for.
    """

    def __init__(self, plugins: Iterable[object]) -> None:
        self._manager = pluggy.PluginManager("privlib")
        self._manager.add_hookspecs(hookspecs)
        for plugin in plugins:
            self._register(plugin)
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError as fault:
            raise PluginError(f"{self._name(fault.plugin)}: {fault}") from None
        self.storage: WholeStorage | None = self._one_storage()
        self.channels: tuple[Named, ...] = tuple(self._listed("privlib_channels", _is_channel))
        self.observers: tuple[Named, ...] = tuple(self._listed("privlib_observers", callable))
        self.send_checks: tuple[Named, ...] = tuple(self._listed("privlib_send_checks", callable))

    def _register(self, plugin: object) -> None:
        name = plugin_name(plugin)
        if isinstance(plugin, type):
            raise PluginError(f"{name} is a class: give an object made from it")
        _check_hooks(plugin, name)
        if self._manager.has_plugin(name):
            raise PluginError(f"two plugins are named {name}: give one of them another `name`")
        try:
            self._manager.register(plugin, name)
        except (pluggy.PluginValidationError, ValueError) as fault:
            raise PluginError(f"{name}: {fault}") from None

    def _name(self, plugin: object) -> str:
        return self._manager.get_name(plugin) or plugin_name(plugin)

    def _answers(self, hook: str) -> Iterator[Named]:
        """What each plugin gives for a hook, in the order in which the plugins were given."""
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            name = implementation.plugin_name
            try:
                given = implementation.function()
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
        storage = given[0].given
        if not isinstance(storage, WholeStorage):
            missing = ", ".join(_missing(storage, WholeStorage))
            raise PluginError(
                f"{given[0].plugin} gave {type(storage).__name__} in privlib_storage, which is "
                f"no storage: it lacks {missing}"
            )
        return storage

    def _listed(self, hook: str, fits: Callable[[object], bool]) -> Iterator[Named]:
        for answer in self._answers(hook):
            if not isinstance(answer.given, list | tuple):
                raise PluginError(
                    f"{answer.plugin} gave {type(answer.given).__name__} in {hook}; "
                    "a list is expected"
                )
            for given in answer.given:
                if not fits(given):
                    raise PluginError(
                        f"{answer.plugin} gave {type(given).__name__} in {hook}, "
                        "which is not what this hook asks for"
                    )
                yield Named(answer.plugin, given)


def plugin_name(plugin: object) -> str:
    """A plugin's own `name`, or that of its class or module."""
    name = getattr(plugin, "name", None) or getattr(plugin, "__name__", None)
    return name if isinstance(name, str) else type(plugin).__name__


def _is_channel(given: object) -> bool:
    return isinstance(given, Channel)


def _missing(given: object, protocol: type) -> list[str]:
    wanted = [name for name in dir(protocol) if not name.startswith("_")]
    return [name for name in wanted if not hasattr(given, name)]


def _check_hooks(plugin: object, name: str) -> None:
    """Refuse what pluggy would pass over in silence: unmarked hooks, and keyword-only arguments."""
    for attribute in dir(plugin):
        if not attribute.startswith("privlib_"):
            continue
        hook = inspect.getattr_static(type(plugin), attribute, None) or getattr(plugin, attribute)
        if attribute not in _HOOKS:
            raise PluginError(
                f"{name}: there is no hook {attribute}{did_you_mean(attribute, _HOOKS)}"
            )
        if not hasattr(hook, "privlib_impl"):
            raise PluginError(f"{name}: {attribute} lacks the mark @hookimpl")
        kinds = [each.kind for each in inspect.signature(hook).parameters.values()]
        if inspect.Parameter.KEYWORD_ONLY in kinds:
            raise PluginError(f"{name}: {attribute} has keyword-only arguments, which are lost")
