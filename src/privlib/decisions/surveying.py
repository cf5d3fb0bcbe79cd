"""Surveying: what the verbs of surveys have in common, once the answers are taken down."""

from __future__ import annotations

from privlib.decisions.decision import Draft
from privlib.decisions.moving import move_on
from privlib.entities import Customer, ProfileField, Relation, SurveyRecord
from privlib.events import (
    ProfileFieldCleared,
    ProfileFieldSet,
    QuestionAsked,
    SuggestionMade,
    SurveyFinished,
    SurveyReopened,
    TagsChanged,
)
from privlib.policies.survey_flow import (
    Standing,
    closes_at,
    nudge_at,
    profile_of,
    question_message,
    reason_of,
    standing,
    tags_of,
)
from privlib.program.questions import Question
from privlib.program.survey import Survey
from privlib.program.survey_outcome import Suggests
from privlib.requests import SuggestToEmployee
from privlib.timers import SurveyNudgeDue, survey_nudge_key
from privlib.values.ids import RelationId

__all__ = ["send_question", "settle"]


def settle(draft: Draft, survey: Survey, id: str) -> None:
    """What follows from the answers as they are now.

    The next question or the end, profile and tags, suggestions once there is an end, the nudge. All
    of it goes by the answers alone: whatever their order of arrival, it comes out the same. Tags
    that change may move the tie on in its lifecycles.
    """
    now = standing(survey, draft.of(SurveyRecord, id))
    _go_on(draft, now, id)
    _write_profile(draft, now, id)
    if _write_tags(draft, now, id):
        move_on(draft, RelationId(draft.of(SurveyRecord, id).relation or ""))
    if draft.of(SurveyRecord, id).has_ended:
        _suggest(draft, now, id)
    _set_nudge(draft, survey, id)


def _go_on(draft: Draft, now: Standing, id: str) -> None:
    """Ask what is open and was not asked last, or see that all is answered."""
    record = draft.of(SurveyRecord, id)
    if record.customer is None or record.asked_at is None:
        return
    name, customer = now.survey.name, record.customer
    if now.ahead is None:
        counted = [answer.at for answer in record.answers if answer.question in now.answers]
        ended = max((record.asked_at, *counted))
        if record.finished_at != ended:
            draft.record(SurveyFinished(survey=name, customer=customer, at=ended))
        return
    if record.finished_at is not None:
        draft.record(SurveyReopened(survey=name, customer=customer, at=draft.at))
    if record.closed_at is None and record.asking != now.ahead.id:
        draft.record(
            QuestionAsked(survey=name, customer=customer, question=now.ahead.id, at=draft.at)
        )
        send_question(draft, now.survey, now.ahead, id, kind="question")


def send_question(draft: Draft, survey: Survey, question: Question, id: str, *, kind: str) -> None:
    """Send a question over the relation by which the survey is asked."""
    record, program = draft.of(SurveyRecord, id), draft.program
    message = question_message(
        question,
        draft.of(Relation, record.relation or ""),
        draft.of(Customer, record.customer or ""),
        key=draft.derived_id(kind, 1),
        shop=program.shop.name,
        name_if_unknown=program.welcome.name_if_unknown,
        not_after=closes_at(survey, record, zone=program.zone),
    )
    if message is not None:
        draft.ask(message)


def _write_profile(draft: Draft, now: Standing, id: str) -> None:
    """Bring the customer's profile to what the answers say of it."""
    record = draft.of(SurveyRecord, id)
    customer = draft.of(Customer, record.customer or "")
    known = {said.source: said for said in customer.profile}
    for source, said in profile_of(now, record).items():
        was = known.get(source)
        if was is not None and (said is None or said.field != was.field):
            draft.record(
                ProfileFieldCleared(
                    customer=customer.id, field=was.field, source=source, at=draft.at
                )
            )
        if said is not None and said != was:
            _set_field(draft, customer, said)


def _set_field(draft: Draft, customer: Customer, said: ProfileField) -> None:
    draft.record(
        ProfileFieldSet(
            customer=customer.id,
            field=said.field,
            source=said.source,
            value=said.value,
            at=said.at,
        )
    )


def _write_tags(draft: Draft, now: Standing, id: str) -> bool:
    """Bring the relation's tags to what the answers say, by each cause; whether any changed."""
    record = draft.of(SurveyRecord, id)
    relation = draft.of(Relation, record.relation or "")
    if record.customer is None:
        return False
    has_changed = False
    for cause, tags in tags_of(now, record).items():
        had = {each.tag for each in relation.tagged if each.cause == cause}
        if tags != had:
            has_changed = True
            draft.record(
                TagsChanged(
                    relation=relation.id,
                    customer=record.customer,
                    cause=cause,
                    added=sorted(tags - had),
                    removed=sorted(had - tags),
                    at=draft.at,
                )
            )
    return has_changed


def _suggest(draft: Draft, now: Standing, id: str) -> None:
    """Tell the employee what the answers suggest, of each outcome once."""
    record = draft.of(SurveyRecord, id)
    relation = draft.of(Relation, record.relation or "")
    if record.customer is None or relation.employee is None:
        return
    ahead = [each for each in now.outcomes if each.suggests is not Suggests.NOTHING]
    new = [outcome for outcome in ahead if outcome.name not in record.suggested]
    for number, outcome in enumerate(new, 1):
        draft.record(
            SuggestionMade(
                survey=now.survey.name,
                customer=record.customer,
                outcome=outcome.name,
                suggests=outcome.suggests.value,
                what=outcome.what,
                at=draft.at,
            )
        )
        draft.ask(
            SuggestToEmployee(
                key=draft.derived_id("suggestion", number),
                customer=record.customer,
                relation=relation.id,
                employee=relation.employee,
                survey=now.survey.name,
                suggests=outcome.suggests.value,
                what=outcome.what,
                reason=reason_of(outcome, now),
            )
        )


def _set_nudge(draft: Draft, survey: Survey, id: str) -> None:
    """Set the one nudge so long after the last sign of the customer, or take it off."""
    record = draft.of(SurveyRecord, id)
    if record.customer is None or record.relation is None or survey.nudge_after_days is None:
        return
    due = nudge_at(survey, record, zone=draft.program.zone)
    if due is None:
        draft.cancel(survey_nudge_key(survey.name, record.customer))
    else:
        draft.set(
            SurveyNudgeDue(
                survey=survey.name,
                customer=record.customer,
                relation=record.relation,
                due=due,
            )
        )
