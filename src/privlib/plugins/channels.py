"""Channels: what sends requests, what it can do, and who is asked before it does."""

from __future__ import annotations

from datetime import date
from typing import Protocol, get_args, runtime_checkable

import pendulum
from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.plugins.deliveries import Delivery
from privlib.requests import Request
from privlib.values.choice import as_set

__all__ = ["Capabilities", "Channel", "SendCheck"]


@frozen(kw_only=True)
class Capabilities:
    """What a channel can do, as dated data: which carriers it serves and which kinds of request.

    `deduplicates` says that it sends a request of the same key only once, so that one whose
    outcome is unknown may be handed to it again. A message of more than `longest_text` characters
    is refused, and the channel is not called. `as_of` and `source` say since when this is known,
    and from where.
    """

    carriers: frozenset[str] = field(converter=as_set)
    requests: frozenset[type] = field(converter=as_set)
    deduplicates: bool = False
    longest_text: int | None = field(default=None)
    as_of: date | None = None
    source: str = ""

    @requests.validator
    def _kinds_of_request(self, _attribute: object, requests: frozenset[type]) -> None:
        for each in requests:
            if each not in get_args(Request):
                raise InvalidValueError(f"requests are kinds such as ShipGift; got {each!r:.60}")

    @longest_text.validator
    def _some_characters(self, _attribute: object, longest: int | None) -> None:
        if longest is not None and (type(longest) is not int or longest <= 0):
            raise InvalidValueError(f"longest_text is a whole number above 0; got {longest!r:.40}")


@runtime_checkable
class Channel(Protocol):
    """Sends requests. `text` is a message with its variables filled in, else empty."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def send(self, request: Request, text: str) -> Delivery:
        """Do what is asked; the request's key is the same each time it is handed over."""


class SendCheck(Protocol):
    """Is asked before a request is sent: None is no opinion, a text is a reason not to send.

    `at` is in the zone of the shop: at ten at night its `hour` is 22.
    """

    def __call__(self, request: Request, at: pendulum.DateTime) -> str | None: ...
