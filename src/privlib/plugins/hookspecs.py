"""Hooks: all there are. Each is called once, when a PrivateDomain is built.

A plugin that has no use for the `program` leaves that argument out.
"""

from __future__ import annotations

import pluggy

from privlib.plugins.channels import Channel, SendCheck
from privlib.plugins.observers import Observer
from privlib.plugins.storages import WholeStorage
from privlib.program.program import Program

__all__ = [
    "hookimpl",
    "hookspec",
    "privlib_channels",
    "privlib_observers",
    "privlib_send_checks",
    "privlib_storage",
]

hookspec = pluggy.HookspecMarker("privlib")
hookimpl = pluggy.HookimplMarker("privlib")


@hookspec
def privlib_storage(program: Program) -> WholeStorage:  # type: ignore[empty-body]  # a specification
    """Give the storage of this domain. Exactly one plugin does."""


@hookspec
def privlib_channels(program: Program) -> list[Channel]:  # type: ignore[empty-body]  # a specification
    """Give the channels over which requests are sent."""


@hookspec
def privlib_observers(program: Program) -> list[Observer]:  # type: ignore[empty-body]  # a specification
    """Give functions that are told of every new decision after it was committed."""


@hookspec
def privlib_send_checks(program: Program) -> list[SendCheck]:  # type: ignore[empty-body]  # a specification
    """Give functions that are asked before each request is sent."""
