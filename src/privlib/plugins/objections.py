"""Objections: what is wrong with something that a plugin gave, if anything is."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from privlib.plugins.channels import Capabilities, Channel
from privlib.plugins.storages import WholeStorage

__all__ = ["no_channel", "no_function", "no_storage"]

_ASYNC = "which is async, and nobody awaits it"


def no_storage(given: object) -> str | None:
    """Why something is no storage: all that it lacks.

    >>> no_storage(object())[:45]
    'which is no storage: it lacks claim, due, era'
    """
    missing = _missing(given, WholeStorage)
    return f"which is no storage: it lacks {', '.join(missing)}" if missing else None


def no_channel(given: object) -> str | None:
    """Why something is no channel: what it lacks, or what cannot be used of it."""
    missing = _missing(given, Channel)
    if missing:
        return f"which is no channel: it lacks {', '.join(missing)}"
    if not isinstance(given, Channel) or not isinstance(given.capabilities, Capabilities):
        return "whose capabilities are no Capabilities"
    if not _can_be_called(given.send, ("request", "text")):
        return "whose send cannot be called with (request, text)"
    return _ASYNC if inspect.iscoroutinefunction(given.send) else None


def no_function(given: object, *, takes: tuple[str, ...]) -> str | None:
    """Why something is no function that can be called with these and answers at once.

    >>> no_function(str.upper, takes=("request", "at"))
    'which cannot be called with (request, at)'
    """
    if not callable(given):
        return "which cannot be called"
    if not _can_be_called(given, takes):
        return f"which cannot be called with ({', '.join(takes)})"
    is_async = any(map(inspect.iscoroutinefunction, (given, given.__call__)))
    return _ASYNC if is_async else None


def _missing(given: object, protocol: type) -> list[str]:
    wanted = (name for name in dir(protocol) if not name.startswith("_"))
    return [name for name in wanted if not hasattr(given, name)]


def _can_be_called(function: Callable[..., object], names: tuple[str, ...]) -> bool:
    """Whether it takes so many arguments by position; what says nothing of itself is believed."""
    try:
        inspect.signature(function).bind(*names)
    except TypeError:
        return False
    except ValueError:
        return True
    return True
