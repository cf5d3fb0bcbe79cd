"""Move a relation to another stage of a lifecycle."""

from __future__ import annotations

import pendulum

from privlib.commands import StageMove
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.moving import BY_HAND, move, move_on, tie_facts
from privlib.decisions.state import State
from privlib.policies.lifecycle import move_objections, standing_in, ways_of
from privlib.program.program import Program
from privlib.refusals import LifecycleUnknown, RelationUnknown
from privlib.values.actor import SYSTEM, Actor

__all__ = ["move_stage"]


def move_stage(
    state: State, wish: StageMove, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows from a move by hand: the old stage's follow-up is off, the new one's is set.

    Only the ways that the lifecycle lists are open, and only while the conditions on leaving the
    one stage and entering the other are met: all that speaks against it comes at once. From there
    it goes on by itself where the lifecycle says so.
    """
    draft = Draft(state, wish, program, at=at, by=by)
    lifecycle = program.lifecycle(wish.lifecycle)
    if lifecycle is None:
        known = tuple(each.name for each in program.lifecycles)
        return draft.refuse(LifecycleUnknown(lifecycle=str(wish.lifecycle), known=known))
    relation, ways = state.relation(wish.relation), ways_of(program)[lifecycle.name]
    facts, standing = tie_facts(draft, relation, ways), standing_in(relation, lifecycle)
    if facts is None or standing is None:
        return draft.refuse(RelationUnknown(relation=wish.relation))
    objections = move_objections(standing.stage, wish.to, facts, ways)
    if objections:
        return draft.refuse(*objections)
    left = standing.stage
    move(draft, relation, lifecycle.name, left, wish.to, cause=BY_HAND)
    move_on(draft, relation.id, left={lifecycle.name: left})
    return draft.decision()
