"""A storage that somebody else has written: one journal, for a shop with a single machine.

It promises all that a storage must, to any number of threads and processes, but it cannot join the
transaction of a host. Every answer comes from memory, brought up to date from the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pendulum
from attrs import define, field

from journal_file import JournalFile
from journal_names import JournalNames
from journal_state import JournalState
from privlib import Decision, Entity, EntityRef, Exhausted, Masked, PersonalRef, Program, hookimpl
from privlib.adapters.clock import system_clock
from privlib.decisions.records import dump_decision
from privlib.entities.query import Query
from privlib.plugins import Claimed, Delivery, Recorded, Saved
from privlib.plugins.outbox_rules import after_delivery
from privlib.plugins.saving import plan_save
from privlib.timers import Timer
from privlib.values.moment import later, moment, to_micros

__all__ = ["JournalStorage"]


@define(eq=False)
class JournalStorage:
    """Keeps everything in the journal at `path`, and names in a small file beside it."""

    path: Path = field(converter=Path)
    clock: Callable[[], pendulum.DateTime] = system_clock
    name: str = "journal"
    joined: bool = field(default=False, init=False)
    _state: JournalState = field(factory=JournalState, init=False, repr=False)
    _journal: JournalFile = field(init=False, repr=False)
    _names: JournalNames = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._journal = JournalFile(self.path, self._state.on_line)
        self._names = JournalNames(
            self.path.with_suffix(".names"), self._state.decisions.__contains__
        )

    @hookimpl
    def privlib_storage(self) -> JournalStorage:
        return self

    @contextmanager
    def _now(self) -> Iterator[JournalState]:
        with self._journal.held():
            yield self._state

    def get(self, refs: Iterable[EntityRef]) -> tuple[Entity, ...]:
        with self._now() as state:
            wanted = dict.fromkeys(refs)
            return tuple(state.entities[ref] for ref in wanted if ref in state.entities)

    def find(self, query: Query) -> tuple[Entity, ...]:
        with self._now() as state:
            return state.page(query)

    def limits(self, keys: Iterable[str]) -> Mapping[str, int]:
        with self._now() as state:
            return {key: state.limits.get(key, 0) for key in keys}

    def stored(self, key: str) -> Decision | None:
        with self._now() as state:
            return state.decisions.get(key)

    def save(self, *decisions: Decision) -> Saved | Exhausted:
        now = to_micros(moment(self.clock()))
        with self._journal.held() as file:
            stored = self._state.decisions
            known = {each.key: stored[each.key] for each in decisions if each.key in stored}
            plan = plan_save(decisions, {key: each.input_hash for key, each in known.items()})
            exhausted = self._state.check(plan)
            if exhausted is not None:
                return exhausted
            self._names.add(plan.fresh)
            if plan.fresh:
                saved = [dump_decision(each) for each in plan.fresh]
                self._journal.append(file, {"saved": saved, "now": now})
            return plan.saved(stored)

    def claim(
        self, *, at: pendulum.DateTime, limit: int = 100, lease_seconds: int = 60
    ) -> tuple[Claimed, ...]:
        with self._journal.held() as file:
            taken = self._state.claimable(moment(at))[:limit]
            if taken:
                keys = [waiting.request.key for waiting in taken]
                until = to_micros(later(moment(at), seconds=lease_seconds))
                self._journal.append(file, {"claimed": keys, "until": until})
            return tuple(Claimed(waiting.request, waiting.attempts) for waiting in taken)

    def settle(self, claimed: Claimed, delivery: Delivery, *, at: pendulum.DateTime) -> bool:
        key = claimed.request.key
        with self._journal.held() as file:
            waiting = self._state.outbox.get(key)
            if waiting is None or (waiting.attempts, waiting.state) != (claimed.attempt, "pending"):
                return False
            state, due = after_delivery(delivery, claimed.attempt, at=moment(at))
            self._journal.append(file, {"settled": key, "state": state, "due": to_micros(due)})
            return True

    def due(self, at: pendulum.DateTime, *, limit: int = 100) -> tuple[Timer, ...]:
        with self._now() as state:
            ready = [timer for timer in state.timers.values() if timer.due <= moment(at)]
        return tuple(sorted(ready, key=lambda timer: (timer.due, timer.key))[:limit])

    def history(self, refs: Iterable[EntityRef]) -> tuple[Recorded, ...]:
        with self._now() as state:
            return state.told(refs)

    def keep_program(self, program: Program) -> None:
        with self._journal.held() as file:
            if program.version not in self._state.programs:
                parts = [[part.name, part.digest, part.text] for part in program.parts]
                self._journal.append(file, {"program": program.version, "parts": parts})

    def program(self, version: str) -> Program | None:
        with self._now() as state:
            return state.programs.get(version)

    def personal(self, refs: Iterable[PersonalRef]) -> Mapping[PersonalRef, Masked]:
        with self._now():
            return self._names.read(refs)

    def erase_personal(self, customer: str) -> int:
        with self._now():
            return self._names.erase(customer)
