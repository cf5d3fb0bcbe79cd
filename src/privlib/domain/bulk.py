"""Bulk: many commands in their order, many of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, TypeAlias

from attrs import Factory, define

from privlib.commands import Command
from privlib.decisions.decision import Decision
from privlib.decisions.needs import Needs, needs
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.domain.telling import Telling
from privlib.entities import Entity
from privlib.errors import (
    InvalidValueError,
    KeyConflictError,
    SecretMissingError,
    StaleDecisionError,
)
from privlib.reservations import Exhausted
from privlib.values.actor import Actor
from privlib.values.ids import EntityRef

__all__ = ["Bulk", "OnDecision", "OnProblem", "Summary"]

OnDecision: TypeAlias = Callable[[Command, Decision], None]
OnProblem: TypeAlias = Callable[[Command, Exception], None]
Told: TypeAlias = tuple[Command, Decision | Exception]

_BATCH: Final = 1_000
_MOST_REMEMBERED: Final = 20_000
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


@define
class Bulk:
    """Tells many commands, batch by batch; what comes out is the same as of one by one.

    It remembers the entities it wrote last, since members come back. Where somebody else has
    changed one in the meantime the storage says so, and the batch is told one by one, from what
    is stored.
    """

    telling: Telling
    by: Actor
    summary: Summary = Factory(Summary)
    _remembered: dict[EntityRef, Entity] = Factory(dict)

    def tell(
        self,
        commands: Iterable[Command],
        on_decision: OnDecision | None,
        on_problem: OnProblem | None,
    ) -> Summary:
        """Tell them all; one that is no command of this shop is passed to `on_problem`."""
        self.telling.keep_program()
        stream = iter(commands)
        while batch := list(islice(stream, _BATCH)):
            for command, told in self._told(batch):
                if isinstance(told, Decision):
                    self.summary.count(told)
                    if on_decision is not None:
                        on_decision(command, told)
                else:
                    self.summary.problems += 1
                    if on_problem is not None:
                        on_problem(command, told)
        return self.summary

    def _told(self, batch: list[Command]) -> Iterable[Told]:
        results = self._decided(batch)
        decisions = [result for _, result in results if isinstance(result, Decision)]
        try:
            outcome = self.telling.storage.save(*decisions)
        except (StaleDecisionError, KeyConflictError):
            return self._one_by_one(batch)
        if isinstance(outcome, Exhausted):
            return self._one_by_one(batch)
        saved = iter(outcome.decisions)
        return [
            (
                command,
                self.telling.told(command, next(saved), result)
                if isinstance(result, Decision)
                else result,
            )
            for command, result in results
        ]

    def _one_by_one(self, batch: list[Command]) -> Iterator[Told]:
        self._remembered.clear()
        for command in batch:
            try:
                yield command, self.telling.tell(command, at=None, by=self.by)
            except _PROBLEMS as problem:
                yield command, problem

    def _decided(self, batch: list[Command]) -> list[Told]:
        """Decide each command upon the state that the ones before it leave behind."""
        wanted = [needs(command) for command in batch]
        entities = self._entities(ref for each in wanted for ref in each.entities)
        entities |= self._entities(self._besides(batch, wanted, entities))
        limits = dict(self.telling.storage.limits(key for each in wanted for key in each.limits))
        results: list[Told] = []
        for command, need in zip(batch, wanted, strict=True):
            state = State.of_refs(
                {ref: entities[ref] for ref in need.entities},
                {key: limits[key] for key in need.limits},
            )
            more = needs(command, state).entities
            if more:
                state = state.with_more(*(entities[ref] for ref in more))
            try:
                decision = decide(
                    state,
                    command,
                    self.telling.program,
                    at=self.telling.moment_of(command),
                    by=self.by,
                )
            except _PROBLEMS as problem:
                results.append((command, problem))
                continue
            results.append((command, decision))
            entities.update(decision.changes)
            for each in decision.reservations:
                limits[each.limit_key] = limits.get(each.limit_key, 0) + each.amount
        self._remember(entities)
        return results

    def _besides(
        self, batch: list[Command], wanted: list[Needs], entities: dict[EntityRef, Entity]
    ) -> Iterator[EntityRef]:
        """What the commands need on top, by what is known before any of them is decided."""
        for command, need in zip(batch, wanted, strict=True):
            state = State.of_refs({ref: entities[ref] for ref in need.entities})
            yield from needs(command, state).entities

    def _entities(self, wanted: Iterable[EntityRef]) -> dict[EntityRef, Entity]:
        refs = set(wanted)
        known = {ref: self._remembered[ref] for ref in refs & self._remembered.keys()}
        return known | self.telling.entities(sorted(refs - known.keys()))

    def _remember(self, entities: dict[EntityRef, Entity]) -> None:
        """Keep what may come back; an order seldom does."""
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered.update(
            (ref, entity) for ref, entity in entities.items() if ref.kind != "order"
        )
