"""Telling: load what a command needs, decide, save; again where somebody was faster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import sleep
from typing import Final

import pendulum
from attrs import define, evolve, field

from privlib.adapters.clock import Clock
from privlib.commands import Command, happened_at
from privlib.decisions.decision import Decision
from privlib.decisions.needs import needs
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.entities import ENTITY_KINDS, Entity
from privlib.errors import StaleDecisionError
from privlib.plugins.manager import Named, PluginFault
from privlib.plugins.storages import WholeStorage
from privlib.program.program import Program
from privlib.reservations import Exhausted
from privlib.timers import Timer
from privlib.values.actor import Actor
from privlib.values.ids import EntityRef

__all__ = ["Telling"]

_MOST_TRIES: Final = 16
_LONGEST_PAUSE: Final = 0.1


@define
class Telling:
    """One storage and one program, and what is done between them for each command."""

    storage: WholeStorage
    program: Program
    clock: Clock
    observers: tuple[Named, ...]
    faults: list[PluginFault]
    _unobserved: dict[str, Decision] = field(factory=dict)
    _program_kept: bool = False

    def tell(
        self,
        command: Command | Timer,
        *,
        at: pendulum.DateTime | None,
        by: Actor,
        most_tries: int = _MOST_TRIES,
    ) -> Decision:
        """Decide one command and save what was decided.

        Without `at` it is decided as of when it happened, or else as of now. In the host's
        transaction nothing is tried again: the host retries the whole.
        """
        self.keep_program()
        at = self.moment_of(command) if at is None else at
        full: dict[str, int] = {}
        for tries in range(1, most_tries + 1):
            try:
                state = self._load(command, full)
                decision = decide(state, command, self.program, at=at, by=by)
                outcome = self.storage.save(decision)
            except StaleDecisionError:
                if self.storage.joined or tries == most_tries:
                    raise
                sleep(min(0.001 * 2**tries, _LONGEST_PAUSE))
                continue
            if isinstance(outcome, Exhausted):
                full[outcome.limit_key] = outcome.used
                continue
            stored = outcome.decisions[0]
            if stored.replayed:  # what was read before it may be half of it only
                return evolve(stored, after=self._load(command, {}))
            self._observe(stored)
            return stored
        raise StaleDecisionError(f"{most_tries} tries, and others were faster each time")

    def moment_of(self, command: Command | Timer) -> pendulum.DateTime:
        """When a command happened, where it says so; else now."""
        told = None if isinstance(command, Timer) else happened_at(command)
        return self.clock() if told is None else told

    def told(self, command: Command | Timer, stored: Decision, decided: Decision) -> Decision:
        """What to answer; a replay has the state as it is, read anew if it was not known before."""
        if not stored.replayed:
            self._observe(stored)
            return stored
        known = decided.changes_nothing
        return evolve(stored, after=decided.after if known else self._load(command, {}))

    def _load(self, command: Command | Timer, full: Mapping[str, int]) -> State:
        need = needs(command)
        used = dict(self.storage.limits(need.limits)) if need.limits else {}
        for key, amount in full.items():
            used[key] = max(amount, used.get(key, 0))
        entities = self.entities(need.entities)
        state = State.of_refs(entities, used)
        more = needs(command, state).entities
        return State.of_refs(entities | self.entities(more), used) if more else state

    def entities(self, refs: Iterable[EntityRef]) -> dict[EntityRef, Entity]:
        """What there is of these, and blanks for the rest: that there is nothing is guarded too."""
        wanted = list(dict.fromkeys(refs))
        found = {entity.ref: entity for entity in self.storage.get(wanted)}
        return {ref: found.get(ref) or ENTITY_KINDS[ref.kind](id=ref.id) for ref in wanted}

    def keep_program(self) -> None:
        """Keep the program that the decisions name; in the host's transaction, see each time."""
        if not self._program_kept:
            self.storage.keep_program(self.program)
            self._program_kept = not self.storage.joined

    def _observe(self, decision: Decision) -> None:
        if not self.observers:
            return
        if self.storage.joined:
            self._unobserved[decision.key] = decision
        else:
            self._notify(decision)

    def observe_committed(self) -> None:
        """Tell the observers of what the host has committed by now; what he rolled back is gone."""
        told, self._unobserved = self._unobserved, {}
        for key, decision in told.items():
            if self.storage.stored(key) is not None:
                self._notify(decision)

    def _notify(self, decision: Decision) -> None:
        for observer in self.observers:
            try:
                observer.given(decision)
            except Exception as fault:  # noqa: BLE001 - a plugin may raise anything
                self.faults.append(
                    PluginFault(
                        observer.plugin, "privlib_observers", f"raised {type(fault).__name__}"
                    )
                )
