"""Delivering: requests out of the outbox, through the send checks, to a channel, and settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pendulum
from attrs import define

from privlib.adapters.clock import Clock
from privlib.plugins.channels import Capabilities
from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.manager import Named, PluginFault
from privlib.plugins.storages import Claimed, WholeStorage
from privlib.requests import Request, SendMessage
from privlib.values.moment import later, to_micros
from privlib.values.personal import PersonalRef
from privlib.values.template import render

__all__ = ["Delivering", "DeliveryReport"]

_PAGE: Final = 50
_LEASE: Final = 60
_WAIT_FOR_CHANNEL: Final = 3600
_OF_CHANNELS: Final = (Outcome.ACCEPTED, Outcome.RETRY, Outcome.REFUSED, Outcome.UNKNOWN)


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
    zone: str

    def deliver_all(self, clock: Clock, *, committed: Callable[[], None]) -> DeliveryReport:
        """Send what is due now, each request once; `committed` is called between the claims.

        A channel has half a minute for each; what is still unsent after half of the lease is left
        to the next one who claims it.
        """
        report = DeliveryReport()
        since = clock()
        while claimed := self._claim(since, clock()):
            committed()
            until = later(clock(), seconds=_LEASE // 2)
            for each in claimed:
                if (now := clock()) >= until:
                    break
                self._deliver(each, report, at=now)
        committed()
        return report

    def _claim(self, since: pendulum.DateTime, now: pendulum.DateTime) -> tuple[Claimed, ...]:
        """Take what was due when it all began, on a lease that begins now."""
        passed = max(0, to_micros(now) - to_micros(since)) // 1_000_000
        return self.storage.claim(at=since, limit=_PAGE, lease_seconds=_LEASE + passed)

    def _deliver(self, claimed: Claimed, report: DeliveryReport, *, at: pendulum.DateTime) -> None:
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
        if not self.checks:
            return None
        local = at.in_timezone(self.zone)
        for check in self.checks:
            try:
                reason = check.given(request, local)
                if reason is None:
                    continue
                if isinstance(reason, str):
                    return Delivery(outcome=Outcome.REFUSED, reason=f"{check.plugin}: {reason}")
                fault = f"returned {type(reason).__name__}"
            except Exception as raised:  # noqa: BLE001 - a plugin may raise anything
                fault = f"raised {type(raised).__name__}"
            self._note(check.plugin, "privlib_send_checks", fault)
            return Delivery(outcome=Outcome.RETRY, reason=f"{check.plugin} failed")
        return None

    def _sent(self, request: Request) -> Delivery:
        for channel in self.channels:
            can = self._serving(channel, request)
            if can is not None:
                return self._sent_over(channel, can, request)
        return Delivery(
            outcome=Outcome.WAITING,
            retry_seconds=_WAIT_FOR_CHANNEL,
            reason="no channel serves this request",
        )

    def _serving(self, channel: Named, request: Request) -> Capabilities | None:
        """What a channel can do, if it serves a request."""
        try:
            can: Capabilities = channel.given.capabilities
            return can if _is_within(can, request) else None
        except Exception as raised:  # noqa: BLE001 - a plugin may raise anything
            self._note(channel.plugin, "privlib_channels", f"raised {type(raised).__name__}")
            return None

    def _sent_over(self, channel: Named, can: Capabilities, request: Request) -> Delivery:
        text = self._text(request)
        if can.longest_text is not None and len(text) > can.longest_text:
            reason = (
                f"the text has {len(text)} characters; {channel.plugin} carries {can.longest_text}"
            )
            return Delivery(outcome=Outcome.REFUSED, reason=reason)
        delivery = self._answer(channel, request, text)
        if delivery.outcome is Outcome.UNKNOWN and can.deduplicates:
            return Delivery(outcome=Outcome.RETRY, reason=delivery.reason)
        return delivery

    def _answer(self, channel: Named, request: Request, text: str) -> Delivery:
        """What the channel says of it. Nobody knows what one did that raised or returned junk."""
        try:
            delivery = channel.given.send(request, text)
            if isinstance(delivery, Delivery) and delivery.outcome in _OF_CHANNELS:
                return delivery
            fault = f"returned {_shape(delivery)}"
        except Exception as raised:  # noqa: BLE001 - a plugin may raise anything
            fault = f"raised {type(raised).__name__}"
        self._note(channel.plugin, "privlib_channels", fault)
        return Delivery(outcome=Outcome.UNKNOWN, reason=f"{channel.plugin} failed")

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
                values[variable.name] = variable.otherwise
        return render(request.text, values)

    def _note(self, plugin: str, hook: str, fault: str) -> None:
        self.faults.append(PluginFault(plugin, hook, fault))


def _is_within(can: Capabilities, request: Request) -> bool:
    if type(request) not in can.requests:
        return False
    return not isinstance(request, SendMessage) or request.carrier in can.carriers


def _shape(delivery: object) -> str:
    return delivery.outcome.value if isinstance(delivery, Delivery) else type(delivery).__name__
