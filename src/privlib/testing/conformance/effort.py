"""Effort: how hard the suite tries to break a promise about many callers."""

from __future__ import annotations

import os
from typing import Final

from attrs import frozen

from privlib.errors import InvalidValueError

__all__ = ["Effort", "effort", "profile"]


@frozen(kw_only=True)
class Effort:
    """How often each race is run, and by how many workers those that are slow to win."""

    rounds: int
    workers: int


_PROFILES: Final = {"ci": Effort(rounds=3, workers=8), "full": Effort(rounds=50, workers=40)}


def effort() -> Effort:
    """How hard the profile that is asked for tries."""
    return _PROFILES[profile()]


def profile() -> str:
    """The profile that `PRIVLIB_PROFILE` asks for: `ci` without it, or `full`."""
    name = os.environ.get("PRIVLIB_PROFILE", "ci")
    if name not in _PROFILES:
        raise InvalidValueError(f"PRIVLIB_PROFILE is ci or full; got {name!r:.40}")
    return name
