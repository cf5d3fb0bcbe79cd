"""The console channel: prints what would be sent."""

from __future__ import annotations

import sys
from typing import TextIO, get_args

from attrs import define, evolve, field

from privlib.explaining import explain
from privlib.plugins.channels import Capabilities
from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.hookspecs import hookimpl
from privlib.program.program import Program
from privlib.requests import Request, SendMessage

__all__ = ["ConsoleChannel"]


@define(eq=False)
class ConsoleChannel:
    """Prints every request in a sentence, and takes it as accepted.

    Plugged in, it prints times in the zone of the shop, unless another `zone` is given.

    >>> from privlib import yuan
    >>> from privlib.requests import ShipGift
    >>> gift = ShipGift(key="k", customer="wei", gift="silver-pack", value=yuan(300))
    >>> ConsoleChannel().send(gift, "").outcome.value
    Send wei the gift silver-pack, worth 300 yuan.
    'accepted'
    """

    stream: TextIO | None = None
    locale: str = "en"
    zone: str | None = None
    name: str = "console"
    capabilities: Capabilities = field(
        init=False,
        default=Capabilities(
            carriers=frozenset({"console"}),
            requests=frozenset(get_args(Request)),
        ),
    )

    @hookimpl
    def privlib_channels(self, program: Program) -> list[ConsoleChannel]:
        return [self if self.zone is not None else evolve(self, zone=program.zone)]

    def send(self, request: Request, text: str) -> Delivery:
        said = evolve(request, text=text) if isinstance(request, SendMessage) else request
        line = explain(said, locale=self.locale, zone=self.zone)
        print(line, file=self.stream or sys.stdout)
        return Delivery(outcome=Outcome.ACCEPTED)
