"""Deliveries: what a channel says of a request that was handed to it."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.values.choice import choice_field
from privlib.values.ids import plain_text

__all__ = ["Delivery", "Outcome"]

_LONGEST_RETRY = 30 * 86_400  # keys are kept for 30 days, and longer than anybody retries


class Outcome(StrEnum):
    """What became of a request that was taken from the outbox.

    `expired` and `waiting` are the shell's own: too late to send, or no channel that serves it.
    """

    ACCEPTED = "accepted"
    RETRY = "retry"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    WAITING = "waiting"


@frozen(kw_only=True)
class Delivery:
    """What a channel says of a request: accepted, try again in so many seconds, refused, unknown.

    Accepted is not delivered. A send that timed out is unknown: neither sent nor failed.
    """

    outcome: Outcome = choice_field(Outcome)
    retry_seconds: int = field(default=60)
    reason: str = field(default="", converter=plain_text)

    @retry_seconds.validator
    def _some_seconds(self, _attribute: object, seconds: int) -> None:
        if type(seconds) is not int or not 0 <= seconds <= _LONGEST_RETRY:
            raise InvalidValueError(f"retry_seconds is 0 to 2,592,000; got {seconds!r:.40}")
