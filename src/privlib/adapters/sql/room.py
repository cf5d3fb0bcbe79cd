"""Room: what is taken from shared limits, each in the statement that checks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from privlib.adapters.sql.chunks import in_chunks
from privlib.adapters.sql.prepared import Prepared, inserting_new
from privlib.adapters.sql.tables import LIMITS, keyed
from privlib.errors import StorageBugError
from privlib.reservations import Exhausted, Reservation
from privlib.values.money import LARGEST_MINOR

__all__ = ["read_limits", "take_room"]

_OPEN_LIMIT: Final = inserting_new(LIMITS)
_TAKE_ROOM: Final = Prepared(
    update(LIMITS)
    .where(
        *keyed(LIMITS, "shop", "key"),
        LIMITS.c.used <= bindparam("room"),
        LIMITS.c.used >= bindparam("floor"),
    )
    .values(used=LIMITS.c.used + bindparam("amount"))
)
_USED: Final = Prepared(select(LIMITS.c.used).where(*keyed(LIMITS, "shop", "key")))


def read_limits(connection: Connection, shop: str, keys: Iterable[str]) -> dict[str, int]:
    """How much of each limit is used, nothing where nobody has taken any."""
    used = dict.fromkeys(keys, 0)
    for chunk in in_chunks(used):
        statement = select(LIMITS.c["key"], LIMITS.c.used).where(
            LIMITS.c.shop == shop, LIMITS.c["key"].in_(chunk)
        )
        used.update((key, amount) for key, amount in connection.execute(statement))
    return used


def take_room(
    connection: Connection, shop: str, reservations: Sequence[Reservation]
) -> Exhausted | None:
    """Take room from each limit, in the order of their keys, or say which one has none."""
    keys = dict.fromkeys(each.limit_key for each in reservations)
    _OPEN_LIMIT.execute_many(connection, [{"shop": shop, "key": key, "used": 0} for key in keys])
    for each in reservations:
        limit = {"the_shop": shop, "the_key": each.limit_key}
        taking = {
            "amount": each.amount,
            "room": each.limit - each.amount if each.amount > 0 else LARGEST_MINOR,
            "floor": max(0, -each.amount),
        }
        if _TAKE_ROOM.execute(connection, {**limit, **taking}).rowcount == 1:
            continue
        if each.amount <= 0:
            raise StorageBugError("more is given back to a limit than was taken from it")
        used = _USED.execute(connection, limit).scalar()
        return Exhausted(
            limit_key=each.limit_key, used=used or 0, limit=each.limit, wanted=each.amount
        )
    return None
