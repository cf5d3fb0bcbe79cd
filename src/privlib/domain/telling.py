"""Telling: load what a command needs, decide, save; again where somebody was faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from time import sleep
from typing import Final, TypeAlias

import pendulum
from attrs import define, evolve, field

from privlib.adapters.clock import Clock
from privlib.commands import Command, MemberImport, NewFriend, Order, Refund
from privlib.decisions.decision import Decision
from privlib.decisions.needs import needs
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.entities import ENTITY_KINDS, Entity
from privlib.errors import (
    InvalidValueError,
    KeyConflictError,
    SecretMissingError,
    StaleDecisionError,
)
from privlib.plugins.manager import Named, PluginFault
from privlib.plugins.protocols import WholeStorage
from privlib.program.program import Program
from privlib.reservations import Exhausted
from privlib.timers import Timer
from privlib.values.actor import Actor
from privlib.values.ids import EntityRef

__all__ = ["OnDecision", "OnProblem", "Summary", "Telling", "moment_of"]

OnDecision: TypeAlias = Callable[[Command, Decision], None]
OnProblem: TypeAlias = Callable[[Command, Exception], None]

_MOST_TRIES: Final = 16
_LONGEST_PAUSE: Final = 0.1
_BATCH: Final = 500
_PROBLEMS: Final = (InvalidValueError, KeyConflictError, SecretMissingError)


@define
class Summary:
    """What came of many commands: decided anew, known before, refused, or no command at all.

    A refused one is counted as new or known too, since its refusal is a decision.
    """

    told: int = 0
    new: int = 0
    replayed: int = 0
    refused: int = 0
    problems: int = 0

    def count(self, decision: Decision) -> None:
        """Count one decision."""
        self.told += 1
        self.refused += bool(decision.refusals)
        if decision.replayed:
            self.replayed += 1
        else:
            self.new += 1


def moment_of(command: Command) -> pendulum.DateTime | None:
    """When a fact happened, where it says so itself."""
    match command:
        case Order():
            return command.paid_at
        case Refund():
            return command.refunded_at
        case NewFriend():
            return command.added_at
        case MemberImport():
            return None
        case _:
            return None


@define
class Telling:
    """One storage and one program, and what is done between them for each command."""

    storage: WholeStorage
    program: Program
    clock: Clock
    observers: tuple[Named, ...]
    faults: list[PluginFault]
    _unobserved: list[str] = field(factory=list)
    _program_kept: bool = False

    def tell(
        self, command: Command | Timer, *, at: pendulum.DateTime | None, by: Actor
    ) -> Decision:
        """Decide one command and save what was decided.

        In the host's transaction nothing is tried again: the host retries the whole.
        """
        self._keep_program()
        at = self.clock() if at is None else at
        full: dict[str, int] = {}
        for tries in range(1, _MOST_TRIES + 1):
            state = self._load(command, full)
            decision = decide(state, command, self.program, at=at, by=by)
            try:
                outcome = self.storage.save(decision)
            except StaleDecisionError:
                if self.storage.joined or tries == _MOST_TRIES:
                    raise
                sleep(min(0.001 * 2**tries, _LONGEST_PAUSE))
                continue
            if isinstance(outcome, Exhausted):
                full[outcome.limit_key] = outcome.used
                continue
            return self._told(command, outcome.decisions[0], decision)
        raise StaleDecisionError(f"{_MOST_TRIES} tries, and others were faster each time")

    def _told(self, command: Command | Timer, stored: Decision, decided: Decision) -> Decision:
        """What to answer; a replay has the state as it is, read anew if it was not known before."""
        if not stored.replayed:
            self._observe(stored)
            return stored
        known = decided.changes_nothing
        return evolve(stored, after=decided.after if known else self._load(command, {}))

    def tell_many(
        self,
        commands: Iterable[Command],
        *,
        by: Actor,
        on_decision: OnDecision | None,
        on_problem: OnProblem | None,
    ) -> Summary:
        """Decide many commands in their order, many in one transaction.

        What comes out is the same as of one by one; where a batch cannot be saved as a whole, it
        is told one by one. A command that is no command is passed to `on_problem` and skipped.
        """
        self._keep_program()
        summary = Summary()
        for batch in _batches(commands):
            for command, told in self._tell_batch(batch, by):
                if isinstance(told, Decision):
                    summary.count(told)
                    if on_decision is not None:
                        on_decision(command, told)
                else:
                    summary.problems += 1
                    if on_problem is not None:
                        on_problem(command, told)
        return summary

    def _tell_batch(
        self, batch: list[Command], by: Actor
    ) -> Iterable[tuple[Command, Decision | Exception]]:
        results = self._decide_batch(batch, by)
        decisions = [result for _, result in results if isinstance(result, Decision)]
        try:
            outcome = self.storage.save(*decisions)
        except (StaleDecisionError, KeyConflictError):
            return self._one_by_one(batch, by)
        if isinstance(outcome, Exhausted):
            return self._one_by_one(batch, by)
        saved = iter(outcome.decisions)
        return [
            (
                command,
                self._told(command, next(saved), result)
                if isinstance(result, Decision)
                else result,
            )
            for command, result in results
        ]

    def _one_by_one(
        self, batch: list[Command], by: Actor
    ) -> Iterator[tuple[Command, Decision | Exception]]:
        for command in batch:
            try:
                yield command, self.tell(command, at=moment_of(command), by=by)
            except _PROBLEMS as problem:
                yield command, problem

    def _decide_batch(
        self, batch: list[Command], by: Actor
    ) -> list[tuple[Command, Decision | Exception]]:
        """Decide each command upon the state that the ones before it leave behind."""
        wanted = [needs(command) for command in batch]
        entities = self._entities(ref for each in wanted for ref in each.entities)
        limits = dict(self.storage.limits(key for each in wanted for key in each.limits))
        results: list[tuple[Command, Decision | Exception]] = []
        for command, need in zip(batch, wanted, strict=True):
            state = State.of_refs(
                {ref: entities[ref] for ref in need.entities},
                {key: limits[key] for key in need.limits},
            )
            try:
                at = moment_of(command) or self.clock()
                decision = decide(state, command, self.program, at=at, by=by)
            except _PROBLEMS as problem:
                results.append((command, problem))
                continue
            results.append((command, decision))
            entities.update(decision.changes)
            for each in decision.reservations:
                limits[each.limit_key] = limits.get(each.limit_key, 0) + each.amount
        return results

    def _load(self, command: Command | Timer, full: Mapping[str, int]) -> State:
        need = needs(command)
        used = dict(self.storage.limits(need.limits)) if need.limits else {}
        for key, amount in full.items():
            used[key] = max(amount, used.get(key, 0))
        return State.of_refs(self._entities(need.entities), used)

    def _entities(self, refs: Iterable[EntityRef]) -> dict[EntityRef, Entity]:
        """What there is of these, and blanks for the rest: that there is nothing is guarded too."""
        wanted = list(dict.fromkeys(refs))
        found = {_ref(entity): entity for entity in self.storage.get(wanted)}
        return {ref: found.get(ref) or ENTITY_KINDS[ref.kind](id=ref.id) for ref in wanted}

    def _keep_program(self) -> None:
        """Keep the program that the decisions name; in the host's transaction, see each time."""
        if not self._program_kept:
            self.storage.keep_program(self.program)
            self._program_kept = not self.storage.joined

    def _observe(self, decision: Decision) -> None:
        if not self.observers:
            return
        if self.storage.joined:
            self._unobserved.append(decision.key)
        else:
            self._notify(decision)

    def observe_committed(self) -> None:
        """Tell the observers of what the host has committed by now; what he rolled back is gone."""
        keys, self._unobserved = self._unobserved, []
        for key in keys:
            decision = self.storage.stored(key)
            if decision is not None:
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


def _ref(entity: Entity) -> EntityRef:
    return EntityRef(entity.kind, entity.id)


def _batches(commands: Iterable[Command]) -> Iterator[list[Command]]:
    stream = iter(commands)
    while batch := list(islice(stream, _BATCH)):
        yield batch
