"""Move a relation to another stage of its lifecycle."""

from __future__ import annotations

import pendulum

from privlib.commands import StageMove
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.state import State
from privlib.entities import Relation
from privlib.events import StageMoved
from privlib.policies.lifecycle import follow_up_due, move_objection
from privlib.program.program import Program
from privlib.refusals import RelationUnknown
from privlib.timers import follow_up_key
from privlib.values.actor import SYSTEM, Actor

__all__ = ["move_stage"]


def move_stage(
    state: State, move: StageMove, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows from a move: the old stage's follow-up is off, the new stage's is set.

    Only the ways that the program's stages list are open.
    """
    draft = Draft(state, move, program, at=at, by=by)
    relation = state.relation(move.relation)
    if relation.stage is None or relation.customer is None:
        return draft.refuse(RelationUnknown(relation=move.relation))
    objection = move_objection(relation, move.to, program.stages)
    if objection is not None:
        return draft.refuse(objection)
    draft.record(
        StageMoved(
            relation=relation.id,
            customer=relation.customer,
            came_from=relation.stage,
            to=move.to,
            at=draft.at,
        )
    )
    moved = draft.of(Relation, relation.id)
    timer = follow_up_due(moved, program.stages, at=draft.at, zone=program.zone)
    if timer is None:
        draft.cancel(follow_up_key(relation.id))
    else:
        draft.set(timer)
    return draft.decision()
