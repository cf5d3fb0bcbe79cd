"""Writing: one plan, statement by statement, each kind of row in the order of its key."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete

from privlib.adapters.sql.entity_rows import write_entities
from privlib.adapters.sql.prepared import Prepared, inserting
from privlib.adapters.sql.room import take_room
from privlib.adapters.sql.tables import DECISIONS, EVENTS, OUTBOX, PERSONAL, TIMERS, keyed
from privlib.decisions import stored
from privlib.decisions.records import DecisionRecord
from privlib.errors import StaleDecisionError
from privlib.plugins.saving import SavePlan
from privlib.reservations import Exhausted
from privlib.values.moment import to_micros

__all__ = ["write_plan"]

_INSERT_DECISION: Final = inserting(DECISIONS)
_INSERT_EVENT: Final = inserting(EVENTS)
_INSERT_REQUEST: Final = inserting(OUTBOX)
_INSERT_TIMER: Final = inserting(TIMERS)
_INSERT_PERSONAL: Final = inserting(PERSONAL)
_FIRE_TIMER: Final = Prepared(delete(TIMERS).where(*keyed(TIMERS, "shop", "key", "body")))
_DELETE_TIMER: Final = Prepared(delete(TIMERS).where(*keyed(TIMERS, "shop", "key")))
_DELETE_PERSONAL: Final = Prepared(delete(PERSONAL).where(*keyed(PERSONAL, "shop", "ref")))


def write_plan(connection: Connection, shop: str, plan: SavePlan, *, now: int) -> Exhausted | None:
    """Check all that the plan is based on and write all that it says.

    Says which limit has no room, if one has not; then the caller rolls back.
    """
    _write_decisions(connection, shop, plan, now)
    write_entities(connection, shop, plan)
    exhausted = take_room(connection, shop, plan.reservations)
    if exhausted is not None:
        return exhausted
    _write_events(connection, shop, plan, now)
    _write_timers(connection, shop, plan)
    _write_requests(connection, shop, plan, now)
    _write_personal(connection, shop, plan)
    return None


def _write_decisions(connection: Connection, shop: str, plan: SavePlan, now: int) -> None:
    rows = [
        {
            "shop": shop,
            "key": decision.key,
            "input_hash": decision.input_hash,
            "program": decision.program,
            "at": to_micros(decision.at),
            "recorded_at": plan.recorded_at(decision, now),
            "by_kind": decision.by.kind.value,
            "by_id": decision.by.id,
            "body": DecisionRecord.of(decision).dump(),
        }
        for decision in sorted(plan.fresh, key=lambda decision: decision.key)
    ]
    _INSERT_DECISION.execute_many(connection, rows)


def _write_events(connection: Connection, shop: str, plan: SavePlan, now: int) -> None:
    rows = [
        {
            "shop": shop,
            "kind": ref.kind,
            "id": ref.id,
            "version": version,
            "decision": decision.key,
            "number": number,
            "decided_at": to_micros(decision.at),
            "recorded_at": plan.recorded_at(decision, now),
            "body": stored.EVENTS.dump(event),
        }
        for ref, version, decision, number, event in plan.events
    ]
    _INSERT_EVENT.execute_many(connection, rows)


def _write_timers(connection: Connection, shop: str, plan: SavePlan) -> None:
    for fired in sorted(plan.fires, key=lambda timer: timer.key):
        body = stored.TIMERS.dump(fired)
        row = {"the_shop": shop, "the_key": fired.key, "the_body": body}
        if _FIRE_TIMER.execute(connection, row).rowcount != 1:
            raise StaleDecisionError("the timer has been moved, cancelled or fired since")
    keys = sorted(plan.timers)
    _DELETE_TIMER.execute_many(connection, [{"the_shop": shop, "the_key": key} for key in keys])
    rows = [
        {
            "shop": shop,
            "key": key,
            "due": to_micros(timer.due),
            "body": stored.TIMERS.dump(timer),
        }
        for key in keys
        if (timer := plan.timers[key]) is not None
    ]
    _INSERT_TIMER.execute_many(connection, rows)


def _write_requests(connection: Connection, shop: str, plan: SavePlan, now: int) -> None:
    rows = [
        {
            "shop": shop,
            "key": request.key,
            "decision": decision.key,
            "number": number,
            "customer": request.customer,
            "state": "pending",
            "due": to_micros(decision.at),
            "recorded_at": plan.recorded_at(decision, now),
            "attempts": 0,
            "reason": "",
            "body": stored.REQUESTS.dump(request),
        }
        for decision, number, request in plan.requests
    ]
    _INSERT_REQUEST.execute_many(connection, rows)


def _write_personal(connection: Connection, shop: str, plan: SavePlan) -> None:
    for value in plan.personal:
        _DELETE_PERSONAL.execute(connection, {"the_shop": shop, "the_ref": value.ref.id})
        row = {
            "shop": shop,
            "ref": value.ref.id,
            "customer": value.customer,
            "value": value.value.reveal(),
        }
        _INSERT_PERSONAL.execute(connection, row)
