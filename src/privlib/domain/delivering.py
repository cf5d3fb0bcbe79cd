"""Delivering: requests out of the outbox, through the send checks, to a channel, and settled."""

from __future__ import annotations

import pendulum
from attrs import define

from privlib.plugins.manager import Named, PluginFault
from privlib.plugins.protocols import (
    Capabilities,
    Channel,
    Claimed,
    Delivery,
    Outcome,
    WholeStorage,
)
from privlib.requests import Request, SendMessage
from privlib.values.personal import PersonalRef
from privlib.values.template import render

__all__ = ["Delivering", "DeliveryReport"]

_WAIT_FOR_CHANNEL = 3600


@define
class DeliveryReport:
    """How many requests were accepted, put off, refused, left unknown, or were too late.

    Those that no channel serves are `waiting`: they stay in the outbox.
    """

    accepted: int = 0
    retry: int = 0
    refused: int = 0
    unknown: int = 0
    expired: int = 0
    waiting: int = 0

    def count(self, outcome: Outcome) -> None:
        """Count one more."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)


@define
class Delivering:
    """Hands one request after the other to its channel."""

    storage: WholeStorage
    channels: tuple[Named, ...]
    checks: tuple[Named, ...]
    faults: list[PluginFault]

    def deliver(self, claimed: Claimed, report: DeliveryReport, *, at: pendulum.DateTime) -> None:
        """Send one request, if it may still be sent, and write down what became of it."""
        request = claimed.request
        if request.not_after is not None and at > request.not_after:
            delivery = Delivery(outcome=Outcome.EXPIRED, reason="past its not_after")
        else:
            delivery = self._checked(request, at) or self._sent(request)
        if self.storage.settle(claimed, delivery, at=at):
            report.count(delivery.outcome)

    def _checked(self, request: Request, at: pendulum.DateTime) -> Delivery | None:
        """What the send checks have against it. One that fails puts the request off."""
        for check in self.checks:
            try:
                reason = check.given(request, at)
            except Exception as fault:  # noqa: BLE001 - a plugin may raise anything
                self._note(check.plugin, "privlib_send_checks", f"raised {type(fault).__name__}")
                return Delivery(outcome=Outcome.RETRY, reason=f"{check.plugin} failed")
            if isinstance(reason, str):
                return Delivery(outcome=Outcome.REFUSED, reason=f"{check.plugin}: {reason}")
            if reason is not None:
                self._note(check.plugin, "privlib_send_checks", f"returned {type(reason).__name__}")
                return Delivery(outcome=Outcome.RETRY, reason=f"{check.plugin} failed")
        return None

    def _sent(self, request: Request) -> Delivery:
        served = next((each for each in self.channels if _serves(each.given, request)), None)
        if served is None:
            return Delivery(
                outcome=Outcome.WAITING,
                retry_seconds=_WAIT_FOR_CHANNEL,
                reason="no channel serves this request",
            )
        try:
            delivery = served.given.send(request, self._text(request))
        except Exception as fault:  # noqa: BLE001 - a plugin may raise anything
            self._note(served.plugin, "privlib_channels", f"raised {type(fault).__name__}")
            delivery = Delivery(outcome=Outcome.UNKNOWN, reason=f"{served.plugin} failed")
        if not isinstance(delivery, Delivery):
            self._note(served.plugin, "privlib_channels", f"returned {type(delivery).__name__}")
            delivery = Delivery(outcome=Outcome.UNKNOWN, reason=f"{served.plugin} failed")
        if delivery.outcome is Outcome.UNKNOWN and served.given.capabilities.deduplicates:
            return Delivery(outcome=Outcome.RETRY, reason=delivery.reason)
        return delivery

    def _text(self, request: Request) -> str:
        """A message with its variables filled in, personal ones at this last step."""
        if not isinstance(request, SendMessage):
            return ""
        refs = [each.value for each in request.variables if isinstance(each.value, PersonalRef)]
        personal = self.storage.personal(refs) if refs else {}
        values = {}
        for variable in request.variables:
            if isinstance(variable.value, str):
                values[variable.name] = variable.value
            elif variable.value in personal:
                values[variable.name] = personal[variable.value].reveal()
            else:
                values[variable.name] = ""
        return render(request.text, values)

    def _note(self, plugin: str, hook: str, fault: str) -> None:
        self.faults.append(PluginFault(plugin, hook, fault))


def _serves(channel: Channel, request: Request) -> bool:
    can: Capabilities = channel.capabilities
    if type(request) not in can.requests:
        return False
    return not isinstance(request, SendMessage) or request.carrier in can.carriers
