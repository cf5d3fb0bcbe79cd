"""What a survey's timers bring: one nudge, and the end."""

from __future__ import annotations

import pendulum

from privlib.decisions.decision import Decision, Draft
from privlib.decisions.state import State
from privlib.decisions.surveying import send_question, settle
from privlib.entities import SurveyRecord
from privlib.events import SurveyClosed, SurveyNudged
from privlib.policies.survey_flow import nudge_at
from privlib.program.program import Program
from privlib.timers import SurveyCloses, SurveyNudgeDue
from privlib.values.actor import SYSTEM, Actor

__all__ = ["close_survey", "nudge_survey"]


def nudge_survey(
    state: State,
    timer: SurveyNudgeDue,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """Send the open question once more; after that the customer is left in peace."""
    draft = Draft(state, timer, program, at=at, by=by)
    draft.fire(timer)
    survey, record = program.survey(timer.survey), state.of(SurveyRecord, timer.record)
    question = None if survey is None else survey.question(record.asking or "")
    if survey is None or question is None:
        return draft.decision()
    due = nudge_at(survey, record, zone=program.zone)
    if due is None or draft.at < due:
        return draft.decision()
    draft.record(
        SurveyNudged(survey=survey.name, customer=timer.customer, question=question.id, at=draft.at)
    )
    send_question(draft, survey, question, timer.record, kind="nudge")
    return draft.decision()


def close_survey(
    state: State,
    timer: SurveyCloses,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """End a survey: what was answered counts, also where it is not all."""
    draft = Draft(state, timer, program, at=at, by=by)
    draft.fire(timer)
    survey, record = program.survey(timer.survey), state.of(SurveyRecord, timer.record)
    if survey is None or record.asked_at is None or record.closed_at is not None:
        return draft.decision()
    draft.record(SurveyClosed(survey=survey.name, customer=timer.customer, at=timer.due))
    settle(draft, survey, timer.record)
    return draft.decision()
