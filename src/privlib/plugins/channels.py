"""Channels: what sends requests, what it can do, and who is asked before it does."""

from __future__ import annotations

from datetime import date
from typing import Protocol, runtime_checkable

import pendulum
from attrs import frozen

from privlib.plugins.deliveries import Delivery
from privlib.requests import Request

__all__ = ["Capabilities", "Channel", "SendCheck"]


@frozen(kw_only=True)
class Capabilities:
    """What a channel can do, as dated data: which carriers it serves and which kinds of request.

    `deduplicates` says that it sends a request of the same key only once, so that one whose
    outcome is unknown may be handed to it again.
    """

    carriers: frozenset[str]
    requests: frozenset[type]
    deduplicates: bool = False
    longest_text: int | None = None
    as_of: date | None = None
    source: str = ""


@runtime_checkable
class Channel(Protocol):
    """Sends requests. `text` is a message with its variables filled in, else empty."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def send(self, request: Request, text: str) -> Delivery:
        """Do what is asked; the request's key is the same each time it is handed over."""


class SendCheck(Protocol):
    """Is asked before a request is sent: None is no opinion, a text is a reason not to send."""

    def __call__(self, request: Request, at: pendulum.DateTime) -> str | None: ...
