"""Everything privlib raises. A business "no" is never here: it is a refusal, with its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = [
    "CurrencyMismatchError",
    "ImpossibleEventError",
    "InvalidIdError",
    "InvalidValueError",
    "KeyConflictError",
    "LawBrokenError",
    "LunarCalendarMissingError",
    "MoneyOverflowError",
    "NaiveMomentError",
    "NotCommittedError",
    "OutcomeUnknownError",
    "PluginError",
    "PrivlibError",
    "Problem",
    "ProgramError",
    "SchemaVersionError",
    "SecretMissingError",
    "StaleDecisionError",
    "StorageBugError",
    "StorageError",
    "StorageUnavailableError",
    "UnknownSchemaError",
]


class PrivlibError(Exception):
    """The parent of every error that privlib raises."""


class InvalidValueError(PrivlibError, ValueError):
    """A value that cannot be: the message says what was given and what was expected."""


class InvalidIdError(InvalidValueError):
    """An id that is empty, too long, holds unfit characters, or is a phone number or e-mail."""


class NaiveMomentError(InvalidValueError):
    """A time without a zone, of which nobody can say when it was."""


class CurrencyMismatchError(InvalidValueError):
    """Two currencies met in one sum, comparison or program."""


class MoneyOverflowError(InvalidValueError, OverflowError):
    """An amount beyond 64 bits of minor units."""


class ImpossibleEventError(PrivlibError, RuntimeError):
    """An event was applied to an entity to which it cannot have happened: a bug, not a "no"."""


class SecretMissingError(PrivlibError, ValueError):
    """Personal values were told to a program without a secret to key their hash with."""


class LunarCalendarMissingError(PrivlibError, ValueError):
    """A lunar day has come due under a program that was not given its lunar calendar."""


class UnknownSchemaError(PrivlibError, ValueError):
    """Stored data of a kind or format version that this release does not know."""


class Problem(NamedTuple):
    """One fault of a program: where it is and what is wrong."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def under(self, prefix: str) -> Problem:
        """The same problem seen from one level further out."""
        if not prefix:
            return self
        joint = "" if not self.path or self.path.startswith("[") else "."
        return Problem(f"{prefix}{joint}{self.path}", self.message)


class ProgramError(PrivlibError, ValueError):
    """A program that does not hold together; `problems` has every fault with its path."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PluginError(PrivlibError, RuntimeError):
    """A plugin that cannot be used as it is; the message names the plugin and the hook."""


class StorageError(PrivlibError):
    """The parent of the five things that can go wrong between a decision and its storage."""


class StaleDecisionError(StorageError):
    """Something the decision was based on has changed since: reload and decide again."""


class StorageUnavailableError(StorageError, ConnectionError):
    """The storage could not be reached; nothing was written."""


class OutcomeUnknownError(StorageError):
    """The connection broke while committing: ask by the decision's key whether it was stored."""


class KeyConflictError(StorageError, ValueError):
    """The same key was told before with other content; nothing was changed."""


class StorageBugError(StorageError, RuntimeError):
    """The storage failed in a way it should not; the message holds no personal value."""


class SchemaVersionError(PrivlibError, RuntimeError):
    """A storage was laid out by another release; nothing was read or written."""


class NotCommittedError(PrivlibError, RuntimeError):
    """Delivery was asked for while the host's transaction is still open: commit first."""


class LawBrokenError(PrivlibError, AssertionError):
    """A law does not hold under a program: which, how it is broken, and the smallest example."""

    def __init__(self, law: str, breach: str, example: object) -> None:
        self.law = law
        self.breach = breach
        self.example = example
        super().__init__(f"{law} does not hold: {breach}\nthe smallest example: {example!r}")
