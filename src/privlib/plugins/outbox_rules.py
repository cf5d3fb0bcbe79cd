"""Outbox rules: what becomes of a request after a delivery, the same for every storage."""

from __future__ import annotations

from typing import Final

import pendulum

from privlib.plugins.deliveries import Delivery, Outcome
from privlib.values.moment import later

__all__ = ["MOST_ATTEMPTS", "after_delivery"]

MOST_ATTEMPTS: Final = 10


def after_delivery(
    delivery: Delivery, attempt: int, *, at: pendulum.DateTime
) -> tuple[str, pendulum.DateTime]:
    """The state of a request after a delivery, and when it is due again.

    A request that was tried ten times in vain is dead: it holds up nobody, and is kept to be
    looked at. Even a retry at once waits for a second, so that no moment has two of them.

    >>> at = pendulum.datetime(2026, 6, 1)
    >>> after_delivery(Delivery(outcome="retry", retry_seconds=30), 1, at=at)[0]
    'pending'
    >>> after_delivery(Delivery(outcome="retry"), 10, at=at)[0]
    'dead'
    """
    if delivery.outcome not in (Outcome.RETRY, Outcome.WAITING):
        return delivery.outcome.value, at
    if delivery.outcome is Outcome.RETRY and attempt >= MOST_ATTEMPTS:
        return "dead", at
    return "pending", later(at, seconds=max(1, delivery.retry_seconds))
