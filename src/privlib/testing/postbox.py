"""The postbox: a channel that sends nothing, and remembers what it was handed."""

from __future__ import annotations

from collections import Counter
from typing import Final

from attrs import Factory, define, field

from privlib.plugins.channels import Capabilities
from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.hookspecs import hookimpl
from privlib.requests import RemindEmployee, RemindOfDay, Request, SendMessage, ShipGift

__all__ = ["Postbox"]

_MOST_PUT_OFF: Final = 3


@define(eq=False)
class Postbox:
    """Takes every request as sent, or, while it is out of order, puts each off up to three times.

    >>> from privlib import yuan
    >>> postbox = Postbox()
    >>> gift = ShipGift(key="k", customer="wei", gift="silver-pack", value=yuan(300))
    >>> postbox.send(gift, "").outcome.value, postbox.accepted["k"]
    ('accepted', 1)
    """

    carriers: frozenset[str] = frozenset({"console"})
    out_of_order: bool = False
    accepted: Counter[str] = Factory(Counter)
    put_off: Counter[str] = Factory(Counter)
    name: str = "postbox"
    capabilities: Capabilities = field(init=False)

    @capabilities.default
    def _all_requests(self) -> Capabilities:
        kinds = frozenset({SendMessage, ShipGift, RemindEmployee, RemindOfDay})
        return Capabilities(carriers=self.carriers, requests=kinds)

    @hookimpl
    def privlib_channels(self) -> list[Postbox]:
        return [self]

    def send(self, request: Request, _text: str) -> Delivery:
        if self.out_of_order and self.put_off[request.key] < _MOST_PUT_OFF:
            self.put_off[request.key] += 1
            return Delivery(outcome=Outcome.RETRY, retry_seconds=60)
        self.accepted[request.key] += 1
        return Delivery(outcome=Outcome.ACCEPTED)
