"""Re-map a stage: put a relation into another one, since its lifecycle was changed."""

from __future__ import annotations

import pendulum

from privlib.commands import StageRemap
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.moving import move, move_on
from privlib.decisions.state import State
from privlib.events import MoveCause
from privlib.policies.lifecycle import standing_in
from privlib.program.program import Program
from privlib.refusals import LifecycleUnknown, RelationUnknown, StageUnknown
from privlib.values.actor import SYSTEM, Actor

__all__ = ["remap_stage"]


def remap_stage(
    state: State, wish: StageRemap, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows when stages are merged or removed: whoever stands in one goes to another.

    Nothing guards it. Whoever is there already stays; from there he goes on by himself where the
    lifecycle says so.
    """
    draft = Draft(state, wish, program, at=at, by=by)
    lifecycle = program.lifecycle(wish.lifecycle)
    if lifecycle is None:
        known = tuple(each.name for each in program.lifecycles)
        return draft.refuse(LifecycleUnknown(lifecycle=wish.lifecycle, known=known))
    relation = state.relation(wish.relation)
    standing = standing_in(relation, lifecycle)
    if standing is None:
        return draft.refuse(RelationUnknown(relation=wish.relation))
    if lifecycle.get(wish.to) is None:
        return draft.refuse(
            StageUnknown(lifecycle=lifecycle.name, stage=wish.to, known=lifecycle.names)
        )
    left = standing.stage
    if left != wish.to:
        move(draft, relation, lifecycle.name, left, wish.to, cause=MoveCause.RE_MAPPED)
        move_on(draft, relation.id, left={lifecycle.name: left})
    return draft.decision()
