"""Start a survey: a customer is asked its first question."""

from __future__ import annotations

import pendulum

from privlib.commands import SurveyStart
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import check_customer_id
from privlib.decisions.state import State
from privlib.decisions.surveying import settle
from privlib.entities import SurveyRecord
from privlib.events import SurveyStarted
from privlib.policies.survey_flow import again_at, closes_at
from privlib.program.program import Program
from privlib.program.survey import Survey
from privlib.refusals import RelationUnknown, SurveyAlreadyAsked, SurveyUnknown
from privlib.timers import SurveyCloses, survey_closes_key
from privlib.values.actor import SYSTEM, Actor

__all__ = ["start_survey"]


def start_survey(
    state: State, start: SurveyStart, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """Ask a customer a survey over a relation: its first question, its nudge and its end.

    Refused where there is no such survey or relation, and of somebody who was asked before, unless
    the survey may be asked again by now.

    Raises InvalidIdError for a customer id that is a phone number or e-mail address.
    """
    check_customer_id(start.customer, program)
    draft = Draft(state, start, program, at=at, by=by)
    survey = program.survey(start.survey)
    if survey is None:
        known = [each.name for each in program.surveys]
        return draft.refuse(SurveyUnknown(survey=start.survey, known=known))
    if state.relation(start.relation).customer != start.customer:
        return draft.refuse(RelationUnknown(relation=start.relation))
    objection = _asked_before(state.of(SurveyRecord, start.record), survey, draft)
    if objection is not None:
        return draft.refuse(objection)
    draft.record(
        SurveyStarted(
            survey=survey.name, customer=start.customer, relation=start.relation, at=draft.at
        )
    )
    settle(draft, survey, start.record)
    _set_end(draft, survey, start)
    return draft.decision()


def _asked_before(record: SurveyRecord, survey: Survey, draft: Draft) -> SurveyAlreadyAsked | None:
    if record.asked_at is None or record.customer is None:
        return None
    again = again_at(survey, record, zone=draft.program.zone)
    if again is not None and again <= draft.at:
        return None
    return SurveyAlreadyAsked(
        survey=survey.name, customer=record.customer, since=record.asked_at, again_at=again
    )


def _set_end(draft: Draft, survey: Survey, start: SurveyStart) -> None:
    """Set when the survey closes, in place of the end it had when it was asked before."""
    record = draft.of(SurveyRecord, start.record)
    ends = closes_at(survey, record, zone=draft.program.zone)
    if ends is not None:
        draft.set(
            SurveyCloses(
                survey=survey.name, customer=start.customer, relation=start.relation, due=ends
            )
        )
    elif record.rounds > 1:
        draft.cancel(survey_closes_key(survey.name, start.customer))
