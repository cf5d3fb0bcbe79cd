"""Survey flow: which answers count, what is asked next, and what the answers tell."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Final

import pendulum
from attrs import frozen

from privlib.conditions import Condition, compile_condition
from privlib.entities import Customer, ProfileField, Relation, SurveyRecord
from privlib.program.questions import OneChoice, Question, SeveralChoices, YesNo
from privlib.program.survey import Survey
from privlib.program.survey_outcome import SurveyOutcome
from privlib.requests import SendMessage, Variable
from privlib.values.answer import Answer
from privlib.values.dates import same_time_after_days
from privlib.values.ids import join_key
from privlib.values.money import Money
from privlib.values.personal import PersonalRef
from privlib.values.template import render, variables_of

__all__ = [
    "Standing",
    "again_at",
    "closes_at",
    "nudge_at",
    "profile_of",
    "question_message",
    "reason_of",
    "standing",
    "tags_of",
]

_NOT_ANSWERED: Final = "-"


@frozen
class Standing:
    """How a survey stands: the answers that count, by question, and the question to ask next.

    Skip rules are seen anew each time, so that it follows from the answers alone and not from the
    order in which they came.
    """

    survey: Survey
    answers: Mapping[str, Answer]
    ahead: Question | None

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds of the answers that count."""
        return compile_condition(condition, self.survey.words)(_facts(self.survey, self.answers))

    @property
    def outcomes(self) -> tuple[SurveyOutcome, ...]:
        """The outcomes that follow."""
        return tuple(each for each in self.survey.outcomes if self.holds(each.when))


def standing(survey: Survey, record: SurveyRecord) -> Standing:
    """How a survey stands with a customer; an answer to a question that is skipped counts not."""
    counted: dict[str, Answer] = {}
    ahead: Question | None = None
    for question in survey.questions:
        asked = compile_condition(question.asked_when, survey.words)
        if not asked(_facts(survey, counted)):
            continue
        answer = record.answer(question.id)
        if answer is not None:
            counted[question.id] = answer.value
        elif ahead is None:
            ahead = question
    return Standing(survey, counted, ahead)


def _facts(survey: Survey, answers: Mapping[str, Answer]) -> SimpleNamespace:
    """The answers as conditions ask for them; several choices are a set."""
    facts = {id: _fact(answers.get(id)) for id in survey.ids}
    return SimpleNamespace(**facts)


def _fact(answer: Answer | None) -> object:
    return frozenset(answer) if isinstance(answer, tuple) else answer


def closes_at(survey: Survey, record: SurveyRecord, *, zone: str) -> pendulum.DateTime | None:
    """From when on no more answers are taken; None where it never closes."""
    if survey.open_days is None or record.asked_at is None:
        return None
    return same_time_after_days(record.asked_at, survey.open_days, zone)


def again_at(survey: Survey, record: SurveyRecord, *, zone: str) -> pendulum.DateTime | None:
    """From when on the customer may be asked again; None for never."""
    if survey.again_after_days is None or record.asked_at is None:
        return None
    return same_time_after_days(record.asked_at, survey.again_after_days, zone)


def nudge_at(survey: Survey, record: SurveyRecord, *, zone: str) -> pendulum.DateTime | None:
    """When the customer is to be nudged, if he is: once, with a question open, before the end."""
    last, days = record.last_sign, survey.nudge_after_days
    if days is None or last is None or record.asking is None or record.nudged_at is not None:
        return None
    due, ends = same_time_after_days(last, days, zone), closes_at(survey, record, zone=zone)
    return due if ends is None or due < ends else None


def profile_of(now: Standing, record: SurveyRecord) -> Mapping[str, ProfileField | None]:
    """What each answered question says of the customer's profile, by source; None for nothing."""
    told: dict[str, ProfileField | None] = {}
    for answer in record.answers:
        question = now.survey.question(answer.question)
        if question is None or question.field is None:
            continue
        source = join_key("survey", now.survey.name, question.id)
        counts = question.id in now.answers
        told[source] = (
            ProfileField(field=question.field, source=source, value=answer.value, at=answer.at)
            if counts
            else None
        )
    return told


def tags_of(now: Standing, record: SurveyRecord) -> Mapping[str, frozenset[str]]:
    """The tags by each cause: of the answered questions, and of outcomes once it has an end."""
    tags: dict[str, frozenset[str]] = {}
    for answer in record.answers:
        question = now.survey.question(answer.question)
        if isinstance(question, OneChoice | SeveralChoices):
            cause = join_key("survey", now.survey.name, question.id)
            tags[cause] = frozenset(question.tags_of(_chosen(now.answers.get(question.id))))
    drawn = now.outcomes if record.has_ended else ()
    for outcome in now.survey.outcomes:
        cause = join_key("survey", now.survey.name, "outcome", outcome.name)
        tags[cause] = frozenset(outcome.tags) if outcome in drawn else frozenset()
    return tags


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    if isinstance(answer, tuple):
        return tuple(str(each) for each in answer)
    return (answer,) if isinstance(answer, str) else ()


def reason_of(outcome: SurveyOutcome, now: Standing) -> str:
    """Why an outcome suggests what it does, filled in with the answers; none is personal."""
    said = {
        question.id: _said(question, now.answers.get(question.id))
        for question in now.survey.questions
        if not question.personal
    }
    return render(outcome.reason, said)


def _said(question: Question, answer: Answer | None) -> str:
    match answer:
        case None | PersonalRef():
            return _NOT_ANSWERED
        case bool() if isinstance(question, YesNo):
            return question.yes if answer else question.no
        case tuple():
            return ", ".join(str(each) for each in answer)
        case Money():
            whole, _, part = answer.amount.partition(".")
            return answer.amount if part.strip("0") else whole
        case _:
            return str(answer)


def question_message(
    question: Question,
    relation: Relation,
    customer: Customer,
    *,
    key: str,
    shop: str,
    name_if_unknown: str,
    not_after: pendulum.DateTime | None,
) -> SendMessage | None:
    """A question as it is sent; None where the relation is a blank."""
    if relation.customer is None or relation.employee is None or relation.carrier is None:
        return None
    name = Variable("name", customer.name or name_if_unknown, name_if_unknown)
    variables = {"shop": Variable("shop", shop), "name": name}
    text = question.message
    return SendMessage(
        key=key,
        customer=relation.customer,
        relation=relation.id,
        employee=relation.employee,
        carrier=relation.carrier,
        text=text,
        variables=tuple(variables[used] for used in variables_of(text)),
        not_after=not_after,
    )
