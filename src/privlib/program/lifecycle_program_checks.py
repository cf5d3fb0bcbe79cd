"""Lifecycle checks beside other parts: names that stand twice, tiers that there are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from privlib.conditions import Condition
from privlib.errors import Problem
from privlib.program.condition_checks import known_values, unknown_values
from privlib.program.lifecycle import Lifecycle
from privlib.program.naming import duplicate_names

__all__ = ["lifecycle_problems"]


def lifecycle_problems(
    lifecycles: Mapping[int, Lifecycle], parts: Mapping[str, Any]
) -> Iterator[Problem]:
    """What is wrong between lifecycles, each at its position, and with what they name."""
    names = {at: lifecycle.name for at, lifecycle in lifecycles.items()}
    yield from duplicate_names(names, "lifecycles[{}].name")
    known = known_values(parts)
    for at, lifecycle in lifecycles.items():
        for path, condition in _conditions(lifecycle):
            for problem in unknown_values(condition, known):
                yield problem.under(f"lifecycles[{at}].{path}")


def _conditions(lifecycle: Lifecycle) -> Iterator[tuple[str, Condition]]:
    for at, stage in enumerate(lifecycle.stages):
        for step, move in enumerate(stage.moves):
            yield f"stages[{at}].moves[{step}].when", move.when
        yield f"stages[{at}].enters_when", stage.enters_when
        yield f"stages[{at}].leaves_when", stage.leaves_when
