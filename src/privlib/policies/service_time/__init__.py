"""Service time: whether customers are served, from when on, and how much of it has passed."""

from __future__ import annotations

from privlib.policies.service_time.asking import (
    after_service_minutes,
    is_service_time,
    next_service,
    next_service_day,
    service_minutes_between,
)
from privlib.policies.service_time.openings import Openings, openings_of

__all__ = [
    "Openings",
    "after_service_minutes",
    "is_service_time",
    "next_service",
    "next_service_day",
    "openings_of",
    "service_minutes_between",
]
