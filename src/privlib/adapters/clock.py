"""The system clock: the one place where the time of day is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pendulum

__all__ = ["Clock", "system_clock"]

Clock: TypeAlias = Callable[[], pendulum.DateTime]


def system_clock() -> pendulum.DateTime:
    """The present moment."""
    return pendulum.now("UTC")  # noqa: TID251 - the one place that reads the clock
