"""Lifecycle: which moves between stages are allowed, and when a follow-up is due."""

from __future__ import annotations

import pendulum

from privlib.entities.relation import Relation
from privlib.program.stages import Stages
from privlib.refusals import StageMoveNotAllowed, StageUnknown
from privlib.timers import FollowUpDue
from privlib.values.dates import same_time_after_days

__all__ = ["follow_up_due", "move_objection"]


def move_objection(
    relation: Relation, to: str, stages: Stages
) -> StageUnknown | StageMoveNotAllowed | None:
    """What speaks against moving a relation to a stage, if anything does.

    A relation in a stage that the program no longer has may move anywhere.
    """
    if stages.get(to) is None:
        return StageUnknown(stage=to, known=stages.names)
    stage = stages.get(relation.stage)
    if stage is None or to in stage.leads_to:
        return None
    return StageMoveNotAllowed(stage=stage.name, to=to, allowed=stage.leads_to)


def follow_up_due(
    relation: Relation, stages: Stages, *, at: pendulum.DateTime, zone: str
) -> FollowUpDue | None:
    """The reminder that a relation's stage asks for: so many local days after entering it."""
    stage = stages.get(relation.stage)
    if stage is None or stage.follow_up_days is None or relation.customer is None:
        return None
    return FollowUpDue(
        relation=relation.id,
        customer=relation.customer,
        stage=stage.name,
        version=relation.version,
        due=same_time_after_days(at, stage.follow_up_days, zone),
    )
