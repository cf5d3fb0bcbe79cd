"""Saving: how checks bring things into a storage, where that has to go well."""

from __future__ import annotations

from privlib.commands import Command
from privlib.decisions.decision import Decision
from privlib.plugins.storages import Saved, WholeStorage
from privlib.testing.conformance.samples import decided

__all__ = ["saved", "tell"]


def saved(storage: WholeStorage, *decisions: Decision) -> tuple[Decision, ...]:
    """Save decisions, for which there has to be room; what the storage says is stored."""
    outcome = storage.save(*decisions)
    assert isinstance(outcome, Saved)
    return outcome.decisions


def tell(storage: WholeStorage, command: Command) -> Decision:
    """Decide a command as things stand, and save what follows."""
    (decision,) = saved(storage, decided(storage, command))
    return decision
