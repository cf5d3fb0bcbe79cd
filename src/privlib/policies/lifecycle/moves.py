"""Moves: what speaks against one by hand, and which are gone by themselves."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, TypeAlias

from privlib.conditions import RELATION, unmet
from privlib.policies.lifecycle.facts import TieFacts
from privlib.policies.lifecycle.ways import Ways
from privlib.refusals import StageMoveNotAllowed, StageUnknown
from privlib.refusals.conditions import Unmet

__all__ = ["Move", "automatic_moves", "move_objections"]

Objection: TypeAlias = StageUnknown | StageMoveNotAllowed | Unmet


class Move(NamedTuple):
    """From one stage to another."""

    came_from: str
    to: str


def move_objections(stage: str, to: str, facts: TieFacts, ways: Ways) -> tuple[Objection, ...]:
    """All that speaks against moving a tie by hand from one stage to another.

    A way that is not listed, and every condition on leaving and entering that is not met, with its
    numbers. Out of a stage that the program has no longer all ways are open.
    """
    out = ways.stages.get(stage)
    if out is not None and to in out.by_hand:
        guard = out.by_hand[to]
        if guard is None or guard(facts):
            return ()
    target = ways.stages.get(to)
    if target is None:
        known = ways.lifecycle.names
        return (StageUnknown(lifecycle=ways.lifecycle.name, stage=to, known=known),)
    if out is None:
        return unmet(target.stage.enters_when, facts, RELATION)
    guards = unmet(out.stage.leaves_when & target.stage.enters_when, facts, RELATION)
    if to in out.by_hand:
        return guards
    objection = StageMoveNotAllowed(
        lifecycle=ways.lifecycle.name, stage=stage, to=to, allowed=out.stage.leads_to
    )
    return (objection, *guards)


def automatic_moves(
    stage: str, facts: TieFacts, ways: Ways, *, passed: Collection[str] = ()
) -> tuple[Move, ...]:
    """The moves that a tie makes by itself now, one after the other.

    Of a stage's moves the first that holds is gone. No stage is entered twice, nor any of those
    that were `passed` before.
    """
    moves: list[Move] = []
    entered = {stage, *passed}
    out = ways.stages.get(stage)
    while out is not None:
        to = next((to for to, holds in out.by_itself if to not in entered and holds(facts)), None)
        if to is None:
            break
        moves.append(Move(out.stage.name, to))
        entered.add(to)
        facts = facts.just_moved() if len(moves) == 1 else facts
        out = ways.stages.get(to)
    return tuple(moves)
