"""Plugins: what a storage or a channel has to be, and how it is found."""

from __future__ import annotations

from privlib.plugins.channels import Capabilities, Channel, SendCheck
from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.hookspecs import hookimpl
from privlib.plugins.manager import PluginFault, Plugins
from privlib.plugins.observers import Observer
from privlib.plugins.storages import (
    Claimed,
    Keeping,
    Outbox,
    Recorded,
    Saved,
    Storage,
    Timers,
    WholeStorage,
)

__all__ = [
    "Capabilities",
    "Channel",
    "Claimed",
    "Delivery",
    "Keeping",
    "Observer",
    "Outbox",
    "Outcome",
    "PluginFault",
    "Plugins",
    "Recorded",
    "Saved",
    "SendCheck",
    "Storage",
    "Timers",
    "WholeStorage",
    "hookimpl",
]
