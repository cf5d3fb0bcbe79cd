"""Follow-up: when an employee should be in touch with somebody who stays in a stage."""

from __future__ import annotations

import pendulum

from privlib.entities.relation import Relation
from privlib.policies.lifecycle.standing import standing_in
from privlib.program.lifecycle import Lifecycle
from privlib.timers import FollowUpDue
from privlib.values.dates import same_time_after_days

__all__ = ["follow_up_due"]


def follow_up_due(
    relation: Relation, lifecycle: Lifecycle, *, at: pendulum.DateTime, zone: str
) -> FollowUpDue | None:
    """The reminder that a tie's stage asks for: so many local days after entering it."""
    standing = standing_in(relation, lifecycle)
    stage = None if standing is None else lifecycle.get(standing.stage)
    if stage is None or stage.follow_up_days is None or relation.customer is None:
        return None
    return FollowUpDue(
        relation=relation.id,
        customer=relation.customer,
        lifecycle=lifecycle.name,
        stage=stage.name,
        version=relation.version,
        due=same_time_after_days(at, stage.follow_up_days, zone),
    )
