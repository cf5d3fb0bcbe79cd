"""Ways: a program's lifecycles made ready: for each stage, its ways out with their guards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from privlib.conditions import (
    RELATION,
    Always,
    Compared,
    Condition,
    Holds,
    compile_condition,
    leaves,
)
from privlib.program.lifecycle import Lifecycle
from privlib.program.program import Program
from privlib.program.stage import Stage
from privlib.values.comparison import OF_NOTHING, Comparison, values_in

__all__ = ["COUNTED", "StageWays", "Ways", "ways_of"]

COUNTED: Final = frozenset({"days_in_stage", "days_since_added", "days_since_last_order", "date"})
"""The fields that change by themselves, as days pass."""

_FROM: Final = frozenset(
    {Comparison.AT_LEAST, Comparison.LESS_THAN, Comparison.BETWEEN, Comparison.OUTSIDE}
)
_PAST: Final = frozenset({Comparison.MORE_THAN, Comparison.AT_MOST})


@frozen(kw_only=True)
class StageWays:
    """The ways out of a stage: those by hand by their targets, those gone by themselves in order.

    A way without a guard is always open. `turns` are, for each field that counts days, the days
    on which a condition on it may come to hold, or cease to.
    """

    stage: Stage
    by_hand: Mapping[str, Holds | None]
    by_itself: tuple[tuple[str, Holds], ...]
    turns: tuple[tuple[str, tuple[int, ...]], ...]


@frozen(kw_only=True)
class Ways:
    """A lifecycle, and the ways out of each of its stages by its name."""

    lifecycle: Lifecycle
    stages: Mapping[str, StageWays]
    moves_by_itself: bool
    counts_days: bool

    def rests_in(self, stage: str) -> bool:
        """Whether nothing ever moves a tie by itself out of this stage."""
        out = self.stages.get(stage)
        return out is None or not out.by_itself


def ways_of(program: Program) -> Mapping[str, Ways]:
    """The ways of each lifecycle of a program by its name, worked out once."""
    made = program.made.get("lifecycles")
    if not isinstance(made, dict):
        made = {each.name: _ways(each) for each in program.lifecycles}
        program.made["lifecycles"] = made
    return made


def _ways(lifecycle: Lifecycle) -> Ways:
    stages = {stage.name: _of_stage(stage, lifecycle) for stage in lifecycle.stages}
    return Ways(
        lifecycle=lifecycle,
        stages=stages,
        moves_by_itself=any(each.by_itself for each in stages.values()),
        counts_days=any(each.turns for each in stages.values()),
    )


def _of_stage(stage: Stage, lifecycle: Lifecycle) -> StageWays:
    enters = {each.name: each.enters_when for each in lifecycle.stages}
    by_itself = {
        place: move.when & stage.leaves_when & enters[move.to]
        for place, move in enumerate(stage.moves)
    }
    return StageWays(
        stage=stage,
        by_hand={to: _guard(stage.leaves_when & enters[to]) for to in stage.leads_to},
        by_itself=tuple(
            (stage.moves[place].to, compile_condition(condition, RELATION))
            for place, condition in by_itself.items()
        ),
        turns=_turns(by_itself.values()),
    )


def _guard(condition: Condition) -> Holds | None:
    return None if isinstance(condition, Always) else compile_condition(condition, RELATION)


def _turns(conditions: Iterable[Condition]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: dict[str, set[int]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Compared) and leaf.field in COUNTED:
                found.setdefault(leaf.field, set()).update(_days(leaf))
    return tuple((name, tuple(sorted(days))) for name, days in found.items() if days)


def _days(leaf: Compared) -> Iterator[int]:
    """On which days, counted as its field does, a comparison may come to hold, or cease to."""
    if leaf.comparison in OF_NOTHING:
        return
    for value in values_in(leaf.value):
        day = value.toordinal() if isinstance(value, date) else value
        if isinstance(day, int):
            if leaf.comparison not in _PAST:
                yield day
            if leaf.comparison not in _FROM:
                yield day + 1
