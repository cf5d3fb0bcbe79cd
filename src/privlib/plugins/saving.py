"""Saving: what a storage has to check and write for some decisions, worked out once for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import Factory, define, evolve

from privlib.decisions.decision import Decision
from privlib.entities import Entity
from privlib.errors import KeyConflictError, StaleDecisionError, StorageBugError
from privlib.events import Event
from privlib.plugins.storages import Saved
from privlib.requests import Request
from privlib.reservations import Exhausted, Reservation
from privlib.timers import Timer
from privlib.values.ids import EntityRef
from privlib.values.personal import PersonalValue

__all__ = ["SavePlan", "comparable_hashes", "plan_save"]


@define
class SavePlan:
    """The writes of one transaction: those of several decisions, put together.

    `told` are all the decisions, `fresh` those of them that are not stored yet. `guards` are the
    versions that entities must have now; `entities` how they are afterwards.
    Timers are what is left after setting and cancelling; a timer that fires must be set.
    """

    told: tuple[Decision, ...]
    fresh: list[Decision] = Factory(list)
    guards: dict[EntityRef, int] = Factory(dict)
    entities: dict[EntityRef, Entity] = Factory(dict)
    events: list[tuple[EntityRef, int, Decision, int, Event]] = Factory(list)
    requests: list[tuple[Decision, int, Request]] = Factory(list)
    fires: list[Timer] = Factory(list)
    timers: dict[str, Timer | None] = Factory(dict)
    reservations: list[Reservation] = Factory(list)
    personal: list[PersonalValue] = Factory(list)
    _versions: dict[EntityRef, int] = Factory(dict)
    _places: dict[str, int] = Factory(dict)

    def check_guards(self, version_of: Callable[[EntityRef], int]) -> None:
        """Compare the versions that were read with those that are there now, 0 for none.

        Raises StaleDecisionError where one is another.
        """
        for ref, version in self.guards.items():
            if version_of(ref) != version:
                raise StaleDecisionError(f"{ref.kind} has changed since it was read")

    def check_fires(self, timer_of: Callable[[str], Timer | None]) -> None:
        """Compare the timers that fire with those that are set now under their keys.

        Raises StaleDecisionError where one was moved, cancelled or fired since.
        """
        for timer in self.fires:
            if timer_of(timer.key) != timer:
                raise StaleDecisionError("the timer has been moved, cancelled or fired since")

    def limits_after(self, used_of: Callable[[str], int]) -> dict[str, int] | Exhausted:
        """How much of each limit is used afterwards, or which one has no room.

        Raises StorageBugError where more would be given back than was taken.
        """
        after: dict[str, int] = {}
        for each in self.reservations:
            used = after[each.limit_key] if each.limit_key in after else used_of(each.limit_key)
            if each.amount > 0 and used + each.amount > each.limit:
                return Exhausted(
                    limit_key=each.limit_key, used=used, limit=each.limit, wanted=each.amount
                )
            if used + each.amount < 0:
                raise StorageBugError("more is given back to a limit than was taken from it")
            after[each.limit_key] = used + each.amount
        return after

    def saved(self, known: Mapping[str, Decision]) -> Saved:
        """What to answer once all is written; `known` has the decisions that are replayed."""
        return Saved(
            tuple(
                each if is_fresh else evolve(known[each.key], replayed=True)
                for each, is_fresh in self._told_freshly()
            )
        )

    @property
    def replayed(self) -> tuple[str, ...]:
        """The keys of the decisions that were stored before."""
        return tuple(each.key for each, is_fresh in self._told_freshly() if not is_fresh)

    def _told_freshly(self) -> Iterator[tuple[Decision, bool]]:
        """Each decision that was told, and whether it is written now; an equal one may be not."""
        fresh = {id(decision) for decision in self.fresh}
        return ((each, id(each) in fresh) for each in self.told)

    def recorded_at(self, decision: Decision, now: int) -> int:
        """When a decision is written down, in microseconds: those of one save one after the other.

        Histories and the outbox are read in this order.
        """
        return now + self._places[decision.key]

    def add(self, decision: Decision) -> None:
        """Put the writes of one more decision after those of the ones before it."""
        self.fresh.append(decision)
        self._places[decision.key] = len(self._places)
        for entry in decision.before:
            ref = entry.ref
            if self._versions.setdefault(ref, entry.version) != entry.version:
                raise StaleDecisionError(f"{ref.kind} changed within the decisions to be saved")
            self.guards.setdefault(ref, entry.version)
        for number, (about, event) in enumerate(zip(decision.abouts, decision.events, strict=True)):
            self._versions[about] += 1
            self.events.append((about, self._versions[about], decision, number, event))
        self.entities.update(decision.changes)
        self.requests.extend(
            (decision, number, request) for number, request in enumerate(decision.requests)
        )
        self._add_timers(decision)
        self.reservations.extend(decision.reservations)
        self.personal.extend(decision.personal)

    def _add_timers(self, decision: Decision) -> None:
        for timer in decision.fires:
            if timer.key not in self.timers:
                self.fires.append(timer)
            elif self.timers[timer.key] != timer:
                raise StaleDecisionError("a timer was changed within the decisions to be saved")
            self.timers[timer.key] = None
        self.timers.update(dict.fromkeys(decision.cancels))
        self.timers.update((timer.key, timer) for timer in decision.timers)


def comparable_hashes(stored: str, told: str) -> bool:
    """Whether two input hashes can be compared: they were keyed by the same secret."""
    return stored.partition(":")[0] == told.partition(":")[0]


def plan_save(decisions: tuple[Decision, ...], known: Mapping[str, str]) -> SavePlan:
    """What to write for these decisions, given the input hashes of the keys stored before.

    A known key with the same input is left out. Among several decisions that is only right where
    the decision knew of it too and changes nothing; otherwise the ones after it were decided upon
    a state that is not there.

    Raises KeyConflictError for a known key with other input, StaleDecisionError.
    """
    plan = SavePlan(decisions)
    hashes = dict(known)
    for decision in decisions:
        stored = hashes.get(decision.key)
        if stored is None:
            plan.add(decision)
        elif comparable_hashes(stored, decision.input_hash) and stored != decision.input_hash:
            raise KeyConflictError(f"{decision.key} was told before with other content")
        elif len(decisions) > 1 and not decision.changes_nothing:
            raise StaleDecisionError(f"{decision.key} was stored before: decide one by one")
        hashes.setdefault(decision.key, decision.input_hash)
    plan.guards = dict(sorted(plan.guards.items()))
    plan.reservations.sort(key=lambda reservation: reservation.limit_key)
    return plan
