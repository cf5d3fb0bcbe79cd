"""The outbox and the timers in SQL: claimed by row and lease, settled by attempt."""

from __future__ import annotations

import pendulum
from sqlalchemy import Connection, bindparam, select, update

from privlib.adapters.sql.tables import OUTBOX, TIMERS, keyed
from privlib.decisions import stored
from privlib.plugins.deliveries import Delivery
from privlib.plugins.outbox_rules import after_delivery
from privlib.plugins.storages import Claimed
from privlib.timers import Timer
from privlib.values.moment import later, moment, to_micros

__all__ = ["claim_requests", "settle_request", "timers_due"]


def claim_requests(
    connection: Connection, shop: str, *, at: pendulum.DateTime, limit: int, lease_seconds: int
) -> tuple[Claimed, ...]:
    """Take requests that are due: nobody else gets them until the lease is over.

    Rows that somebody else is taking at this moment are passed over, not waited for.
    """
    at = moment(at)
    statement = (
        select(OUTBOX.c["key"], OUTBOX.c.attempts, OUTBOX.c.body)
        .where(
            OUTBOX.c.shop == shop,
            OUTBOX.c.state == "pending",
            OUTBOX.c.due <= to_micros(at),
        )
        .order_by(OUTBOX.c.due, OUTBOX.c.recorded_at, OUTBOX.c.decision, OUTBOX.c.number)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(statement).all()
    if rows:
        until = to_micros(later(at, seconds=lease_seconds))
        connection.execute(
            _LEASE, [{"the_shop": shop, "the_key": key, "until": until} for key, _, _ in rows]
        )
    return tuple(Claimed(stored.REQUESTS.load(body), attempts + 1) for _, attempts, body in rows)


def settle_request(
    connection: Connection,
    shop: str,
    claimed: Claimed,
    delivery: Delivery,
    *,
    at: pendulum.DateTime,
) -> bool:
    """Write down what became of a request; False where the lease has passed to somebody else."""
    state, due = after_delivery(delivery, claimed.attempt, at=moment(at))
    statement = (
        update(OUTBOX)
        .where(
            OUTBOX.c.shop == shop,
            OUTBOX.c["key"] == claimed.request.key,
            OUTBOX.c.attempts == claimed.attempt,
            OUTBOX.c.state == "pending",
        )
        .values(state=state, due=to_micros(due), reason=delivery.reason)
    )
    return bool(connection.execute(statement).rowcount)


def timers_due(
    connection: Connection, shop: str, *, at: pendulum.DateTime, limit: int
) -> tuple[Timer, ...]:
    """The timers whose moment has come, the earliest first."""
    statement = (
        select(TIMERS.c.body)
        .where(TIMERS.c.shop == shop, TIMERS.c.due <= to_micros(moment(at)))
        .order_by(TIMERS.c.due, TIMERS.c["key"])
        .limit(limit)
    )
    return tuple(stored.TIMERS.load(body) for (body,) in connection.execute(statement))


_LEASE = (
    update(OUTBOX)
    .where(*keyed(OUTBOX, "shop", "key"))
    .values(attempts=OUTBOX.c.attempts + 1, due=bindparam("until"))
)
