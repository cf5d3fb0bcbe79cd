"""Answer a survey: what a customer said to one question or several."""

from __future__ import annotations

from collections.abc import Iterator

import pendulum

from privlib.commands import GivenAnswer, SurveyAnswer, SurveyAnswers
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import check_currency, check_customer_id
from privlib.decisions.state import State
from privlib.decisions.surveying import settle
from privlib.encoding.canonical import canonical
from privlib.entities import SurveyRecord
from privlib.errors import InvalidValueError, SecretMissingError
from privlib.events import SurveyAnswered
from privlib.policies.answer_reading import answer_objection, in_order, read_answer
from privlib.policies.survey_flow import closes_at
from privlib.program.program import Program
from privlib.program.questions import FreeText, Question
from privlib.program.survey import Survey
from privlib.refusals import (
    QuestionUnknown,
    Refusal,
    SurveyAskedElsewhere,
    SurveyHasClosed,
    SurveyNotAsked,
    SurveyUnknown,
)
from privlib.values.actor import SYSTEM, Actor
from privlib.values.answer import Answer
from privlib.values.ids import join_key
from privlib.values.moment import to_micros
from privlib.values.money import Money
from privlib.values.personal import Masked, PersonalRef, PersonalValue

__all__ = ["answer_survey"]


def answer_survey(
    state: State,
    answer: SurveyAnswer | SurveyAnswers,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """Take down answers, in whatever order they come: of each question the newest counts.

    What they tell goes into the profile and the tags at once. Then the next open question is asked,
    or the survey is finished and the employee told what the answers suggest. Refused with all
    reasons: survey or question unknown, not asked, closed, and every value that is no answer.

    Raises InvalidIdError for a customer id that is a phone number or e-mail address,
    InvalidValueError for a personal answer in plain text, SecretMissingError for a personal answer
    told to a program without a secret.
    """
    check_customer_id(answer.customer, program)
    draft = Draft(state, answer, program, at=at, by=by)
    survey = program.survey(answer.survey)
    if survey is None:
        known = [each.name for each in program.surveys]
        return draft.refuse(SurveyUnknown(survey=answer.survey, known=known))
    _check_masked(answer, survey, program)
    record = state.of(SurveyRecord, answer.record)
    if record.asked_at is None:
        return draft.refuse(SurveyNotAsked(survey=survey.name, customer=answer.customer))
    refusals = [*_objections(answer, survey, record, program)]
    if refusals:
        return draft.refuse(*refusals)
    for given in answer.answers:
        _take_down(draft, answer, given, survey)
    settle(draft, survey, answer.record)
    return draft.decision()


def _check_masked(answer: SurveyAnswer | SurveyAnswers, survey: Survey, program: Program) -> None:
    """Refuse what is personal and plain to see, or has no secret to key its hash."""
    for given in answer.answers:
        question, is_masked = survey.question(given.question), isinstance(given.value, Masked)
        if question is not None and question.personal and not is_masked:
            raise InvalidValueError(f"the answer to {question.id} is personal: it must be Masked")
        if is_masked and program.secret is None:
            raise SecretMissingError(
                "an answer is personal: give the program a secret first (Program.with_secret)"
            )
        if isinstance(given.value, Money):
            check_currency(given.value, program)


def _objections(
    answer: SurveyAnswer | SurveyAnswers, survey: Survey, record: SurveyRecord, program: Program
) -> Iterator[Refusal]:
    if record.relation is not None and record.relation != answer.relation:
        yield SurveyAskedElsewhere(
            survey=survey.name, relation=record.relation, told=answer.relation
        )
    yield from _too_late(answer, survey, record, program)
    for given in answer.answers:
        question = survey.question(given.question)
        if question is None:
            yield QuestionUnknown(survey=survey.name, question=given.question, known=survey.ids)
        else:
            yield from _value_objections(question, given, program)


def _too_late(
    answer: SurveyAnswer | SurveyAnswers, survey: Survey, record: SurveyRecord, program: Program
) -> Iterator[SurveyHasClosed]:
    """After the end of this round; before its beginning where there was a round before."""
    ends, told = closes_at(survey, record, zone=program.zone), answer.answered_at
    if ends is not None and told >= ends:
        yield SurveyHasClosed(survey=survey.name, closed_at=ends, answered_at=told)
    if record.rounds > 1 and record.asked_at is not None and told < record.asked_at:
        yield SurveyHasClosed(survey=survey.name, closed_at=record.asked_at, answered_at=told)


def _value_objections(
    question: Question, given: GivenAnswer, program: Program
) -> Iterator[Refusal]:
    if not isinstance(given.value, Masked):
        found = answer_objection(question, given.value)
    elif isinstance(question, FreeText):
        found = answer_objection(question, given.value.reveal())
    else:
        read = read_answer(question, given.value.reveal(), currency=program.currency)
        found = read if isinstance(read, Refusal) else None
    if found is not None:
        yield found


def _take_down(
    draft: Draft, answer: SurveyAnswer | SurveyAnswers, given: GivenAnswer, survey: Survey
) -> None:
    """Record an answer, unless there is a newer one; a personal one goes into its own table."""
    question = survey.question(given.question)
    known = draft.of(SurveyRecord, answer.record).answer(given.question)
    if question is None:
        return
    value: Answer
    if isinstance(given.value, Masked):
        micros = str(to_micros(answer.answered_at))
        key = join_key("answer", survey.name, question.id, micros, answer.customer)
        value = PersonalRef(key)
    else:
        value = in_order(question, given.value)
    told = (answer.answered_at, canonical(value))
    if known is not None and told <= (known.at, canonical(known.value)):
        return
    if isinstance(given.value, Masked) and isinstance(value, PersonalRef):
        draft.keep(PersonalValue(ref=value, customer=answer.customer, value=given.value))
    draft.record(
        SurveyAnswered(
            survey=survey.name,
            customer=answer.customer,
            question=question.id,
            value=value,
            at=answer.answered_at,
        )
    )
