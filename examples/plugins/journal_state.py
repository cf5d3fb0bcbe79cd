"""What the lines of a journal come to: entities, decisions, limits, timers and the outbox."""

from __future__ import annotations

from collections.abc import Iterable

import pendulum
from attrs import define, field

from privlib import Decision, Entity, EntityRef, Exhausted, Program
from privlib.decisions.records import load_decision
from privlib.decisions.state import applied
from privlib.entities.query import Query
from privlib.plugins import Recorded
from privlib.plugins.saving import SavePlan
from privlib.program.loading import program_from_parts
from privlib.program.program import Part
from privlib.requests import Request
from privlib.timers import Timer
from privlib.values.moment import from_micros

__all__ = ["JournalState"]


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
                    self._save(load_decision(each), from_micros(now + place))
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
        plan.check_guards(self._version_of)
        plan.check_fires(self.timers.get)
        after = plan.limits_after(lambda key: self.limits.get(key, 0))
        return after if isinstance(after, Exhausted) else None

    def _version_of(self, ref: EntityRef) -> int:
        return self.entities[ref].version if ref in self.entities else 0

    def page(self, query: Query) -> tuple[Entity, ...]:
        """One page of what a query finds, by looking at everything."""
        return query.page_of(each for ref, each in self.entities.items() if ref.kind == query.kind)

    def claimable(self, at: pendulum.DateTime) -> list[Waiting]:
        """The requests that are due, in the order in which they are handed out."""
        due = [each for each in self.outbox.values() if each.state == "pending" and each.due <= at]
        return sorted(due, key=lambda waiting: (waiting.due, waiting.written))

    def told(self, refs: Iterable[EntityRef]) -> tuple[Recorded, ...]:
        """The events about these entities, in the order in which they were decided."""
        found = [recorded for ref in set(refs) for recorded in self.history.get(ref, ())]
        return tuple(sorted(found, key=lambda recorded: recorded.place))
