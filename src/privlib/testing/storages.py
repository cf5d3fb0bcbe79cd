"""Storages under test: how an empty one is made, and how it is given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from privlib.adapters.clock import Clock
from privlib.adapters.in_memory import InMemory
from privlib.plugins.storages import WholeStorage

__all__ = ["MakeStorage", "close_storage", "in_memory"]

MakeStorage: TypeAlias = Callable[[Clock], WholeStorage]


def in_memory(clock: Clock) -> InMemory:
    """The storage where none is asked for."""
    return InMemory(clock=clock)


def close_storage(storage: WholeStorage) -> None:
    """Close a storage that can be closed; not each has anything to give back."""
    close = getattr(storage, "close", None)
    if close is not None:
        close()
