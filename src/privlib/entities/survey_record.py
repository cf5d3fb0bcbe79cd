"""The survey as it went with one customer: what he was asked, and what he answered."""

from __future__ import annotations

from typing import ClassVar

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import (
    Event,
    QuestionAsked,
    SuggestionMade,
    SurveyAnswered,
    SurveyClosed,
    SurveyFinished,
    SurveyNudged,
    SurveyReopened,
    SurveyStarted,
)
from privlib.values.answer import Answer, as_answer
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, replace
from privlib.values.ids import LONGEST_RELATION_ID, CustomerId, RelationId, checked_id
from privlib.values.moment import moment

__all__ = ["RecordedAnswer", "SurveyRecord"]


def _record_id(value: str) -> str:
    return checked_id(value, "id of a survey's record", longest=LONGEST_RELATION_ID)


@frozen(kw_only=True)
class RecordedAnswer:
    """The newest answer to a question, and when it was given."""

    question: str
    value: Answer = field(converter=as_answer)
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class SurveyRecord(Referable):
    """A survey as it went with one customer: the newest answer to each question, and its end.

    `asking` is the question that was sent last and is open. Asked anew, it starts without answers;
    `rounds` counts how often. Without `asked_at` it is a blank: the customer was never asked.
    """

    kind: ClassVar[str] = "survey"

    id: str = field(converter=_record_id)
    version: int = 0
    survey: str | None = None
    customer: CustomerId | None = None
    relation: RelationId | None = None
    rounds: int = 0
    asked_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    asking: str | None = None
    answers: tuple[RecordedAnswer, ...] = field(default=(), converter=as_tuple)
    nudged_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    finished_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    closed_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    suggested: tuple[str, ...] = field(default=(), converter=as_tuple)

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        if self.customer is None or self.survey is None:
            return ()
        return (IndexKey("customer", self.customer), IndexKey("survey", self.survey))

    @property
    def last_sign(self) -> pendulum.DateTime | None:
        """When the customer was asked, or last answered."""
        if self.asked_at is None:
            return None
        return max((self.asked_at, *(answer.at for answer in self.answers)))

    @property
    def has_ended(self) -> bool:
        """Whether it is finished or closed, so that conclusions are drawn."""
        return self.finished_at is not None or self.closed_at is not None

    def answer(self, question: str) -> RecordedAnswer | None:
        """The newest answer to a question, if there is one."""
        return next((answer for answer in self.answers if answer.question == question), None)

    def apply(self, event: Event) -> SurveyRecord:  # noqa: C901, PLR0911 - one row an event
        """The record after what happened."""
        version = self.version + 1
        is_ours = event.about.kind == self.kind
        if is_ours and self.asked_at is None and not isinstance(event, SurveyStarted):
            raise impossible(self, event, "the customer was never asked")
        match event:
            case SurveyStarted():
                return SurveyRecord(
                    id=self.id,
                    version=version,
                    survey=event.survey,
                    customer=event.customer,
                    relation=event.relation,
                    rounds=self.rounds + 1,
                    asked_at=event.at,
                )
            case QuestionAsked():
                return replace(self, version=version, asking=event.question)
            case SurveyAnswered():
                return replace(self, version=version, answers=self._answers_with(event))
            case SurveyNudged():
                if self.nudged_at is not None:
                    raise impossible(self, event, "the customer was nudged before")
                return replace(self, version=version, nudged_at=event.at)
            case SurveyFinished():
                return replace(self, version=version, finished_at=event.at, asking=None)
            case SurveyReopened():
                return replace(self, version=version, finished_at=None)
            case SurveyClosed():
                return replace(self, version=version, closed_at=event.at, asking=None)
            case SuggestionMade():
                if event.outcome in self.suggested:
                    raise impossible(self, event, "that was suggested before")
                suggested = (*self.suggested, event.outcome)
                return replace(self, version=version, suggested=suggested)
            case _:
                raise foreign_event(self, event)

    def _answers_with(self, event: SurveyAnswered) -> tuple[RecordedAnswer, ...]:
        known = self.answer(event.question)
        if known is not None and known.at > event.at:
            raise impossible(self, event, "there is a newer answer")
        answer = RecordedAnswer(question=event.question, value=event.value, at=event.at)
        others = [each for each in self.answers if each.question != event.question]
        return tuple(sorted([*others, answer], key=lambda each: each.question))
