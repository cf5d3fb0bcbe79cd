"""Lifecycle cycles: automatic moves that could chase each other for ever.

All moves round a cycle are made at one moment, so what is so of the customer stays as it is, and
whoever has just come into a stage is there for 0 days. A cycle is allowed where that contradicts
the conditions on it; whether it does is decided on the safe side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from privlib.conditions import RELATION, Compared, Condition, can_hold_together
from privlib.errors import Problem
from privlib.program.stage import Stage
from privlib.values.comparison import Comparison

__all__ = ["chasing_problems"]

Way: TypeAlias = tuple[int, int]
"""An automatic move: the position of its stage, and its own among the moves of that."""

_MOST_WAYS: Final = 5_000
_AT_ONE_MOMENT: Final = (
    Compared(field="days_in_stage", comparison=Comparison.EQUAL, value=0),
    *(
        Compared(field=name, comparison=Comparison.AT_LEAST, value=0)
        for name in ("orders", "days_since_added", "follow_ups")
    ),
)


def chasing_problems(stages: Sequence[Stage]) -> Iterator[Problem]:
    """The first cycle of automatic moves whose conditions can all hold at once, if there is one."""
    search = _Search(stages)
    for start in range(len(stages)):
        cycle = search.cycle_from(start)
        if cycle is not None:
            at, step = cycle[0]
            yield Problem(f"stages[{at}].moves[{step}]", search.said(cycle))
            return


class _Search:
    """Looks for cycles along the moves whose conditions do not contradict each other."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._stages = stages
        self._places = {stage.name: at for at, stage in enumerate(stages)}
        self._left = _MOST_WAYS
        self._back: Mapping[int, frozenset[int]] = {
            at: self._leading_to(at) for at in range(len(stages))
        }

    def cycle_from(self, start: int) -> tuple[Way, ...] | None:
        """A cycle through this stage and later ones only, if there is one that could go on."""
        return self._from(start, start, (), _AT_ONE_MOMENT)

    def _from(
        self, start: int, at: int, way: tuple[Way, ...], asked: tuple[Condition, ...]
    ) -> tuple[Way, ...] | None:
        passed = {place for place, _ in way}
        for step, move in enumerate(self._stages[at].moves):
            target = self._places[move.to]
            if target != start and (target < start or target in passed):
                continue
            if target not in self._back[start]:
                continue
            wanted = (*asked, *self._asked(at, step))
            longer = (*way, (at, step))
            if not self._can_hold(wanted):
                continue
            if target == start:
                return longer
            found = self._from(start, target, longer, wanted)
            if found is not None:
                return found
        return None

    def _can_hold(self, asked: tuple[Condition, ...]) -> bool:
        """Whether these can hold together; where too many were looked at, it is taken that so."""
        self._left -= 1
        return self._left < 0 or can_hold_together(asked, RELATION)

    def _asked(self, at: int, step: int) -> Iterator[Condition]:
        """What must hold for a move: its own condition, and what guards both stages."""
        stage, move = self._stages[at], self._stages[at].moves[step]
        yield move.when
        yield stage.leaves_when
        yield self._stages[self._places[move.to]].enters_when

    def _leading_to(self, at: int) -> frozenset[int]:
        """The stages from which automatic moves lead to one, and itself."""
        seen = {at}
        grows = True
        while grows:
            more = {
                place
                for place, stage in enumerate(self._stages)
                if any(self._places[move.to] in seen for move in stage.moves)
            }
            grows = not more <= seen
            seen |= more
        return frozenset(seen)

    def said(self, cycle: tuple[Way, ...]) -> str:
        """Which moves chase each other, as a sentence."""
        names = [self._stages[at].name for at, _ in cycle]
        way = " -> ".join(f'"{name}"' for name in (*names, names[0]))
        return (
            f"the moves {way} chase each other for ever: their conditions can all hold at once; "
            "let one of them exclude another, or ask for days_in_stage"
        )
