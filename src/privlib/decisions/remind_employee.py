"""Remind an employee: a follow-up has come due."""

from __future__ import annotations

import pendulum

from privlib.decisions.decision import Decision, Draft
from privlib.decisions.state import State
from privlib.events import FollowUpRaised
from privlib.policies.lifecycle import standing_in
from privlib.program.program import Program
from privlib.requests import RemindEmployee
from privlib.timers import FollowUpDue
from privlib.values.actor import SYSTEM, Actor

__all__ = ["remind_employee"]


def remind_employee(
    state: State, timer: FollowUpDue, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows when a follow-up is due: one reminder, if the relation still stands there."""
    draft = Draft(state, timer, program, at=at, by=by)
    draft.fire(timer)
    relation = state.relation(timer.relation)
    lifecycle = program.lifecycle(timer.lifecycle)
    standing = None if lifecycle is None else standing_in(relation, lifecycle)
    if standing is None or standing.stage != timer.stage or relation.employee is None:
        return draft.decision()
    draft.record(
        FollowUpRaised(
            relation=relation.id,
            customer=timer.customer,
            employee=relation.employee,
            stage=timer.stage,
            at=draft.at,
        )
    )
    draft.ask(
        RemindEmployee(
            key=draft.derived_id("reminder", 1),
            customer=timer.customer,
            relation=relation.id,
            employee=relation.employee,
            stage=timer.stage,
            since=standing.since,
        )
    )
    return draft.decision()
