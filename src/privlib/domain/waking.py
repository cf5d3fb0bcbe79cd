"""Waking: the timers that have come due, decided one after the other."""

from __future__ import annotations

from typing import Final

import pendulum
from attrs import define, field

from privlib.decisions.decision import Decision
from privlib.domain.telling import Telling
from privlib.errors import (
    OutcomeUnknownError,
    PrivlibError,
    StaleDecisionError,
    StorageUnavailableError,
)
from privlib.plugins.storages import WholeStorage
from privlib.timers import Timer
from privlib.values.actor import Actor

__all__ = ["Waking"]

_PAGE: Final = 50
_TRIES: Final = 4  # a timer that was moved or cancelled meanwhile is stale each time


@define
class Waking:
    """One pass over the timers that are due: each is tried once, whatever becomes of the others."""

    storage: WholeStorage
    telling: Telling
    by: Actor
    _decided: list[Decision] = field(factory=list)
    _tried: set[Timer] = field(factory=set)
    _problems: list[PrivlibError] = field(factory=list)

    def wake(self, *, at: pendulum.DateTime) -> tuple[Decision, ...]:
        """Decide all that is due; then raise the first problem, if there was one."""
        while ahead := self._ahead(at):
            for timer in ahead:
                self._tried.add(timer)
                self._decide(timer, at=at)
        if self._problems:
            raise self._problems[0]
        return tuple(self._decided)

    def _ahead(self, at: pendulum.DateTime) -> list[Timer]:
        due = self.storage.due(at, limit=_PAGE + len(self._tried))
        return [timer for timer in due if timer not in self._tried]

    def _decide(self, timer: Timer, *, at: pendulum.DateTime) -> None:
        try:
            decision = self.telling.tell(timer, at=at, by=self.by, most_tries=_TRIES)
        except StaleDecisionError:
            if self.storage.joined:
                raise
        except (StorageUnavailableError, OutcomeUnknownError):
            raise
        except PrivlibError as problem:
            self._problems.append(problem)
        else:
            if not decision.replayed:
                self._decided.append(decision)
