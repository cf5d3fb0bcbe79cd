"""Faults: what goes wrong with a storage, and at which of its calls."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from typing import Final

from attrs import evolve, field, frozen

from privlib.errors import (
    InvalidValueError,
    KeyConflictError,
    OutcomeUnknownError,
    StaleDecisionError,
    StorageBugError,
    StorageError,
    StorageUnavailableError,
)
from privlib.values.choice import as_tuple, chosen, each_of

__all__ = ["STORAGE_ERRORS", "WRITING_CALLS", "Fault", "FaultPlan", "Mishap"]

WRITING_CALLS: Final = frozenset({"claim", "erase_personal", "keep_program", "save", "settle"})
"""The calls of a storage that write."""

STORAGE_ERRORS: Final = (
    StaleDecisionError,
    StorageUnavailableError,
    OutcomeUnknownError,
    KeyConflictError,
    StorageBugError,
)
"""The five errors of a storage."""


class Mishap(StrEnum):
    """What happens at a call: an error or the death of the process, before its work or after.

    An error after the work is done is an acknowledgement that was lost on its way.
    """

    RAISE_BEFORE = "raise before"
    RAISE_AFTER = "raise after"
    KILL_BEFORE = "kill before"
    KILL_AFTER = "kill after"

    @property
    def comes_first(self) -> bool:
        """Whether it comes before the call has done anything."""
        return self in (Mishap.RAISE_BEFORE, Mishap.KILL_BEFORE)

    @property
    def kills(self) -> bool:
        """Whether the process dies of it."""
        return self in (Mishap.KILL_BEFORE, Mishap.KILL_AFTER)


def _mishap(value: str) -> Mishap:
    return chosen(Mishap, value)


def _quoted(mishap: Mishap) -> str:
    return repr(mishap.value)


def _named(error: type[StorageError]) -> str:
    return error.__name__


@frozen(kw_only=True)
class Fault:
    """One mishap at one call of a storage, counted from 1; `for_good`, at every later one too.

    The error is one of a storage's five. Without one it is what an honest storage says:
    StorageUnavailableError before the call, OutcomeUnknownError after it.

    >>> Fault(call=3, mishap="raise after")
    Fault(call=3, mishap='raise after', error=OutcomeUnknownError, for_good=False)

    Raises InvalidValueError for what cannot go wrong so.
    """

    call: int
    mishap: Mishap = field(converter=_mishap, repr=_quoted)
    error: type[StorageError] = field(repr=_named)
    for_good: bool = False

    @error.default
    def _what_is_honest(self) -> type[StorageError]:
        return StorageUnavailableError if self.mishap.comes_first else OutcomeUnknownError

    def __attrs_post_init__(self) -> None:
        if type(self.call) is not int or self.call < 1:
            raise InvalidValueError(f"calls are counted from 1; got {self.call!r:.40}")
        if self.error not in STORAGE_ERRORS:
            known = ", ".join(error.__name__ for error in STORAGE_ERRORS)
            raise InvalidValueError(f"{self.error!r:.60} is not one of: {known}")
        if self.mishap.kills and self.for_good:
            raise InvalidValueError("a process is killed once: leave out for_good")

    def meets(self, call: int) -> bool:
        """Whether it happens at this call."""
        return call == self.call or (self.for_good and call > self.call)


@frozen
class FaultPlan:
    """What goes wrong in one run: its faults, at most one a call. Without any, nothing does.

    Print it where a test fails: what is printed makes the same plan again, and so does its seed.

    >>> plan = FaultPlan.from_seed(7, calls=40)
    >>> plan.faults[0]
    Fault(call=35, mishap='raise before', error=StorageUnavailableError, for_good=False)
    >>> FaultPlan.from_seed(7, calls=40) == plan
    True

    Raises InvalidValueError for two faults at one call.
    """

    faults: tuple[Fault, ...] = field(default=(), converter=as_tuple, validator=each_of(Fault))
    seed: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        calls = [fault.call for fault in self.faults]
        if len(set(calls)) < len(calls):
            raise InvalidValueError("two faults of a plan are at one call")

    @classmethod
    def from_seed(
        cls,
        seed: int,
        *,
        calls: int,
        faults: int = 1,
        mishaps: Iterable[str] = (Mishap.RAISE_BEFORE, Mishap.RAISE_AFTER),
    ) -> FaultPlan:
        """So many faults somewhere in a run of so many calls: the same ones for the same seed.

        Raises InvalidValueError for more faults than calls, and without any mishap.
        """
        kinds = [_mishap(mishap) for mishap in mishaps]
        if not kinds or not 0 <= faults <= calls:
            raise InvalidValueError(
                f"{faults} faults of {len(kinds)} kinds do not fit into {calls} calls"
            )
        shuffled = sorted(range(1, calls + 1), key=lambda call: _drawn(seed, "call", call))
        return cls(
            [
                Fault(call=call, mishap=kinds[_drawn(seed, "mishap", call) % len(kinds)])
                for call in sorted(shuffled[:faults])
            ],
            seed=seed,
        )

    @classmethod
    def at_each(
        cls,
        calls: Iterable[str],
        mishap: str,
        *,
        error: type[StorageError] | None = None,
        for_good: bool = False,
        only: Iterable[str] | None = None,
    ) -> tuple[FaultPlan, ...]:
        """A plan for each call of a recorded run, or for each of those that `only` names.

        Each has one fault, at that call.

        >>> [plan.faults[0].call for plan in FaultPlan.at_each(
        ...     ("keep_program", "get", "save"), "kill before", only=WRITING_CALLS)]
        [1, 3]
        """
        first = Fault(call=1, mishap=mishap, for_good=for_good)
        if error is not None:
            first = evolve(first, error=error)
        wanted = None if only is None else frozenset(only)
        return tuple(
            cls([evolve(first, call=number)])
            for number, name in enumerate(calls, start=1)
            if wanted is None or name in wanted
        )

    def at(self, call: int) -> Fault | None:
        """What happens at this call: the fault planned for it, else the last one for good."""
        met = [fault for fault in self.faults if fault.meets(call)]
        return max(met, key=lambda fault: fault.call, default=None)


def _drawn(seed: int, what: str, call: int) -> int:
    """A number that anybody, in any release of Python, draws from this seed."""
    return int.from_bytes(sha256(f"{seed}/{what}/{call}".encode()).digest()[:8])
