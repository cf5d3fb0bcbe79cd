"""What the lines of a journal come to: entities, decisions, limits, timers and the outbox."""

from __future__ import annotations

from collections.abc import Iterable

import pendulum
from attrs import define, field

from privlib import (
    Actor,
    Decision,
    Entity,
    EntityRef,
    Exhausted,
    Program,
    StaleDecisionError,
    StorageBugError,
)
from privlib.adapters.saving import SavePlan
from privlib.decisions.state import applied
from privlib.decisions.stored import EVENTS, REQUESTS, DecisionRecord
from privlib.entities.query import Query
from privlib.plugins import Recorded
from privlib.program.loading import program_from_parts
from privlib.program.program import Part
from privlib.requests import Request
from privlib.timers import Timer
from privlib.values.moment import from_micros, to_micros

__all__ = ["JournalState", "decision_line"]


def decision_line(decision: Decision) -> dict[str, object]:
    """A decision as a journal keeps it: without its personal values."""
    return {
        "key": decision.key,
        "input_hash": decision.input_hash,
        "program": decision.program,
        "at": to_micros(decision.at),
        "by": [decision.by.kind, decision.by.id],
        "events": [EVENTS.dump(event) for event in decision.events],
        "requests": [REQUESTS.dump(request) for request in decision.requests],
        "rest": DecisionRecord.of(decision).dump(),
    }


def _decision_of(line: dict) -> Decision:
    return DecisionRecord.load(line["rest"]).decision(
        key=line["key"],
        input_hash=line["input_hash"],
        program=line["program"],
        at=from_micros(line["at"]),
        by=Actor(*line["by"]),
        events=tuple(map(EVENTS.load, line["events"])),
        requests=tuple(map(REQUESTS.load, line["requests"])),
    )


@define(eq=False)
class Waiting:
    """A request in the outbox, and what became of it so far."""

    request: Request
    due: pendulum.DateTime
    written: int
    attempts: int = 0
    state: str = "pending"


@define(eq=False)
class JournalState:
    """The fold of all lines so far."""

    entities: dict[EntityRef, Entity] = field(factory=dict)
    history: dict[EntityRef, list[Recorded]] = field(factory=dict)
    decisions: dict[str, Decision] = field(factory=dict)
    limits: dict[str, int] = field(factory=dict)
    timers: dict[str, Timer] = field(factory=dict)
    outbox: dict[str, Waiting] = field(factory=dict)
    programs: dict[str, Program] = field(factory=dict)

    def on_line(self, line: dict) -> None:
        """Let happen what a line says."""
        match line:
            case {"saved": saved, "now": now}:
                for place, each in enumerate(saved):
                    self._save(_decision_of(each), from_micros(now + place))
            case {"claimed": keys, "until": until}:
                for key in keys:
                    self.outbox[key].attempts += 1
                    self.outbox[key].due = from_micros(until)
            case {"settled": key, "state": state, "due": due}:
                self.outbox[key].state, self.outbox[key].due = state, from_micros(due)
            case {"program": version, "parts": parts}:
                self.programs[version] = program_from_parts([Part(*part) for part in parts])

    def _save(self, decision: Decision, now: pendulum.DateTime) -> None:
        self.decisions[decision.key] = decision
        for number, event in enumerate(decision.events):
            recorded = Recorded(
                event=event,
                decision=decision.key,
                number=number,
                decided_at=decision.at,
                recorded_at=now,
            )
            self.history.setdefault(applied(self.entities, event), []).append(recorded)
        for key in (*(timer.key for timer in decision.fires), *decision.cancels):
            self.timers.pop(key, None)
        self.timers.update((timer.key, timer) for timer in decision.timers)
        for each in decision.reservations:
            self.limits[each.limit_key] = self.limits.get(each.limit_key, 0) + each.amount
        for request in decision.requests:
            self.outbox[request.key] = Waiting(request, decision.at, written=len(self.outbox))

    def check(self, plan: SavePlan) -> Exhausted | None:
        """Whether all is as the plan takes it to be, and which limit has no room."""
        for ref, version in plan.guards.items():
            if (self.entities[ref].version if ref in self.entities else 0) != version:
                raise StaleDecisionError(f"{ref.kind} has changed since it was read")
        for timer in plan.fires:
            if self.timers.get(timer.key) != timer:
                raise StaleDecisionError("the timer has been moved, cancelled or fired since")
        used = dict(self.limits)
        for each in plan.reservations:
            before = used.get(each.limit_key, 0)
            used[each.limit_key] = before + each.amount
            if each.amount > 0 and used[each.limit_key] > each.limit:
                return Exhausted(
                    limit_key=each.limit_key, used=before, limit=each.limit, wanted=each.amount
                )
            if used[each.limit_key] < 0:
                raise StorageBugError("more is given back to a limit than was taken from it")
        return None

    def page(self, query: Query) -> tuple[Entity, ...]:
        """One page of what a query finds, by looking at everything."""
        of_kind = [entity for ref, entity in self.entities.items() if ref.kind == query.kind]
        placed = [(query.position_of(entity), entity) for entity in of_kind]
        found = [((at.value, at.id), entity) for at, entity in placed if at is not None]
        last = query.after and (query.after.value, query.after.id)
        found = [(at, entity) for at, entity in found if last is None or at > last]
        return tuple(entity for _, entity in sorted(found, key=_position))[: query.limit]

    def claimable(self, at: pendulum.DateTime) -> list[Waiting]:
        """The requests that are due, in the order in which they are handed out."""
        due = [each for each in self.outbox.values() if each.state == "pending" and each.due <= at]
        return sorted(due, key=lambda waiting: (waiting.due, waiting.written))

    def told(self, refs: Iterable[EntityRef]) -> tuple[Recorded, ...]:
        """The events about these entities, in the order in which they were decided."""
        found = [recorded for ref in set(refs) for recorded in self.history.get(ref, ())]
        return tuple(sorted(found, key=lambda recorded: recorded.place))


def _position(placed: tuple[tuple[str, str], Entity]) -> tuple[str, str]:
    return placed[0]
