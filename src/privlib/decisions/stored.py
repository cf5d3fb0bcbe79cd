"""Stored forms: how entities, events and the like are written, each kind with its version."""

from __future__ import annotations

from typing import get_args

from privlib.encoding.documents import Documents
from privlib.entities import ENTITY_KINDS, Entity
from privlib.events import Event
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.timers import Timer

__all__ = ["ENTITIES", "EVENTS", "REFUSALS", "REQUESTS", "TIMERS"]

ENTITIES: Documents[Entity] = Documents(*ENTITY_KINDS.values())
EVENTS: Documents[Event] = Documents(*get_args(Event))
REQUESTS: Documents[Request] = Documents(*get_args(Request))
TIMERS: Documents[Timer] = Documents(*get_args(Timer))
REFUSALS: Documents[Refusal] = Documents(*get_args(Refusal))
