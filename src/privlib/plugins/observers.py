"""Observers: who is told of what was decided. No base class is needed."""

from __future__ import annotations

from typing import Protocol

from privlib.decisions.decision import Decision

__all__ = ["Observer"]


class Observer(Protocol):
    """Is told of every new decision, after it was committed."""

    def __call__(self, decision: Decision) -> None: ...
