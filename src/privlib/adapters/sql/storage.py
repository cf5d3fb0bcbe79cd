"""SqlStorage: the storage on a SQL database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pendulum
from attrs import define, field

from privlib.adapters.clock import Clock, system_clock
from privlib.adapters.sql.connecting import Access, Source, access_to
from privlib.adapters.sql.errors import DuplicateRowError
from privlib.adapters.sql.finding import find_entities, read_entities
from privlib.adapters.sql.keeping import (
    erase_values,
    is_kept,
    read_program,
    read_values,
    write_program,
)
from privlib.adapters.sql.outbox import claim_requests, settle_request, timers_due
from privlib.adapters.sql.reading import read_decisions, read_events, read_input_hashes
from privlib.adapters.sql.room import read_limits
from privlib.adapters.sql.writing import write_plan
from privlib.decisions.decision import Decision
from privlib.entities import Entity
from privlib.entities.query import Query
from privlib.plugins.deliveries import Delivery
from privlib.plugins.hookspecs import hookimpl
from privlib.plugins.saving import plan_save
from privlib.plugins.storages import Claimed, Recorded, Saved
from privlib.program.program import Program
from privlib.reservations import Exhausted
from privlib.timers import Timer
from privlib.values.ids import CustomerId, EntityRef, plain_id
from privlib.values.moment import moment, to_micros
from privlib.values.personal import Masked, PersonalRef

__all__ = ["SqlStorage"]


class _NoRoom(Exception):  # noqa: N818 - it only carries the answer out of the transaction
    """Rolls a transaction back because a limit has no room."""

    def __init__(self, exhausted: Exhausted) -> None:
        self.exhausted = exhausted


@define(eq=False)
class SqlStorage:
    """Keeps everything in a SQL database: a SQLite file, or PostgreSQL, by URL.

    Given the host's own Connection or Session, or his raw connection of sqlite3 or psycopg, it
    works in savepoints of the host's transaction and leaves it to the host to commit. (Where a raw
    connection commits every statement by itself, and the host has begun no transaction, each save
    is committed too.) `shop` sets apart several shops in one database.
    `durability` is "full" (the default: what is saved survives a power cut) or "normal" (a
    SQLite file may lose the last moments, but is never damaged).

    Raises StorageUnavailableError where the database does not open, SchemaVersionError where
    another release has laid it out.
    """

    source: Source = field(repr=False)
    shop: str = field(default="shop", converter=plain_id)
    durability: str = field(default="full", kw_only=True)
    clock: Clock = field(default=system_clock, kw_only=True)
    name: str = field(default="sql", kw_only=True)
    _access: Access = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._access = access_to(self.source, durability=self.durability)

    @hookimpl
    def privlib_storage(self) -> SqlStorage:
        return self

    @property
    def joined(self) -> bool:
        return self._access.joined

    def close(self) -> None:
        """Give back the connections of an engine that was opened here by URL."""
        self._access.close()

    def get(self, refs: Iterable[EntityRef]) -> tuple[Entity, ...]:
        with self._access.reading() as connection:
            return read_entities(connection, self.shop, refs)

    def find(self, query: Query) -> tuple[Entity, ...]:
        with self._access.reading() as connection:
            return find_entities(connection, self.shop, query)

    def limits(self, keys: Iterable[str]) -> Mapping[str, int]:
        with self._access.reading() as connection:
            return read_limits(connection, self.shop, keys)

    def stored(self, key: str) -> Decision | None:
        with self._access.reading() as connection:
            return read_decisions(connection, self.shop, [key]).get(key)

    def save(self, *decisions: Decision) -> Saved | Exhausted:
        try:
            try:
                return self._saved(decisions)
            except DuplicateRowError:
                # Somebody told the same at the same time: by now his decision can be read.
                return self._saved(decisions)
        except _NoRoom as full:
            return full.exhausted

    def _saved(self, decisions: tuple[Decision, ...]) -> Saved:
        now = to_micros(moment(self.clock()))
        with self._access.saving() as connection:
            keys = [decision.key for decision in decisions]
            plan = plan_save(decisions, read_input_hashes(connection, self.shop, keys))
            exhausted = write_plan(connection, self.shop, plan, now=now)
            if exhausted is not None:
                raise _NoRoom(exhausted)
            known = read_decisions(connection, self.shop, plan.replayed)
        return plan.saved(known)

    def claim(
        self, *, at: pendulum.DateTime, limit: int = 100, lease_seconds: int = 60
    ) -> tuple[Claimed, ...]:
        with self._access.working() as connection:
            return claim_requests(
                connection, self.shop, at=at, limit=limit, lease_seconds=lease_seconds
            )

    def settle(self, claimed: Claimed, delivery: Delivery, *, at: pendulum.DateTime) -> bool:
        with self._access.working() as connection:
            return settle_request(connection, self.shop, claimed, delivery, at=at)

    def due(self, at: pendulum.DateTime, *, limit: int = 100) -> tuple[Timer, ...]:
        with self._access.reading() as connection:
            return timers_due(connection, self.shop, at=at, limit=limit)

    def history(self, refs: Iterable[EntityRef]) -> tuple[Recorded, ...]:
        with self._access.reading() as connection:
            return read_events(connection, self.shop, refs)

    def keep_program(self, program: Program) -> None:
        with self._access.reading() as connection:
            if is_kept(connection, self.shop, program.version):
                return
        with self._access.saving() as connection:
            write_program(connection, self.shop, program)

    def program(self, version: str) -> Program | None:
        with self._access.reading() as connection:
            return read_program(connection, self.shop, version)

    def personal(self, refs: Iterable[PersonalRef]) -> Mapping[PersonalRef, Masked]:
        with self._access.reading() as connection:
            return read_values(connection, self.shop, refs)

    def erase_personal(self, customer: CustomerId) -> int:
        with self._access.saving() as connection:
            return erase_values(connection, self.shop, customer)
