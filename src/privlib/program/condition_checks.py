"""Condition checks: tiers, stages and holidays that a condition names and there are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from privlib.conditions import Compared, Condition, leaves
from privlib.errors import Problem
from privlib.program.naming import no_such
from privlib.values.comparison import values_in

__all__ = ["known_values", "unknown_values"]


def known_values(parts: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """Of which fields a program itself says what they can hold; a shop may have tiers elsewhere."""
    ladder, lifecycles, service = (parts.get(name) for name in ("ladder", "lifecycles", "service"))
    known = {
        "tier": () if ladder is None else tuple(tier.name for tier in ladder.tiers),
        "stage": lifecycles[0].names if lifecycles else (),
    }
    some = {field: values for field, values in known.items() if values}
    if service is not None:  # no other holidays are kept anywhere
        some["holiday"] = tuple(dict.fromkeys(holiday.name for holiday in service.holidays))
    return some


def unknown_values(condition: Condition, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Tiers, stages and holidays in a condition that there are not."""
    for leaf in leaves(condition):
        if isinstance(leaf, Compared) and leaf.field in known:
            for value in values_in(leaf.value):
                if isinstance(value, str) and value not in known[leaf.field]:
                    yield Problem("", no_such(leaf.field, value, known[leaf.field]))
