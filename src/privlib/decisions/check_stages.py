"""Check stages: days have passed, and a relation may go on by itself."""

from __future__ import annotations

import pendulum

from privlib.decisions.decision import Decision, Draft
from privlib.decisions.moving import move_on
from privlib.decisions.state import State
from privlib.program.program import Program
from privlib.timers import StageCheckDue
from privlib.values.actor import SYSTEM, Actor

__all__ = ["check_stages"]


def check_stages(
    state: State,
    timer: StageCheckDue,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """What follows when days have passed: the moves that are due by now, and when to look again."""
    draft = Draft(state, timer, program, at=at, by=by)
    draft.fire(timer)
    move_on(draft, timer.relation)
    return draft.decision()
