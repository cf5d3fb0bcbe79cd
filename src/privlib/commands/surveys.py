"""Commands: surveys to be asked, and the answers to them."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.errors import InvalidValueError
from privlib.values.answer import Told, as_told
from privlib.values.choice import as_tuple, each_of
from privlib.values.frozen import frozen
from privlib.values.ids import (
    CustomerId,
    RelationId,
    customer_id,
    join_key,
    plain_id,
    relation_id,
    survey_record_id,
)
from privlib.values.moment import moment, to_micros

__all__ = ["GivenAnswer", "SurveyAnswer", "SurveyAnswers", "SurveyStart"]


@frozen(kw_only=True)
class SurveyStart:
    """A wish to ask a customer a survey, over a relation."""

    key: str = field(converter=plain_id)
    survey: str = field(converter=plain_id)
    customer: CustomerId = field(converter=customer_id)
    relation: RelationId = field(converter=relation_id)

    @property
    def record(self) -> str:
        """The id of the survey's record of this customer."""
        return survey_record_id(self.survey, self.customer)

    @property
    def decision_key(self) -> str:
        return join_key("start-survey", self.key)


@frozen
class GivenAnswer:
    """The answer to one question. What is personal is Masked, and so is every free text."""

    question: str = field(converter=plain_id)
    value: Told = field(converter=as_told)


@frozen(kw_only=True)
class SurveyAnswer:
    """A customer answered one question of a survey that he was asked over a relation.

    The value is what the question asks for: a label or several, a whole number, money, true or
    false, a date. What is personal is Masked, and needs a program with a secret.
    """

    survey: str = field(converter=plain_id)
    customer: CustomerId = field(converter=customer_id)
    relation: RelationId = field(converter=relation_id)
    question: str = field(converter=plain_id)
    value: Told = field(converter=as_told)
    answered_at: pendulum.DateTime = field(converter=moment)

    @property
    def record(self) -> str:
        """The id of the survey's record of this customer."""
        return survey_record_id(self.survey, self.customer)

    @property
    def answers(self) -> tuple[GivenAnswer, ...]:
        """The one answer."""
        return (GivenAnswer(self.question, self.value),)

    @property
    def decision_key(self) -> str:
        micros = str(to_micros(self.answered_at))
        return join_key("survey", self.survey, self.customer, self.question, micros)


@frozen(kw_only=True)
class SurveyAnswers:
    """A customer answered several questions of a survey at once, as with a form."""

    survey: str = field(converter=plain_id)
    customer: CustomerId = field(converter=customer_id)
    relation: RelationId = field(converter=relation_id)
    answers: tuple[GivenAnswer, ...] = field(converter=as_tuple, validator=each_of(GivenAnswer))
    answered_at: pendulum.DateTime = field(converter=moment)

    def __attrs_post_init__(self) -> None:
        asked = [answer.question for answer in self.answers]
        if not asked or len(set(asked)) < len(asked):
            raise InvalidValueError("one answer or more is expected, and one to each question")

    @property
    def record(self) -> str:
        """The id of the survey's record of this customer."""
        return survey_record_id(self.survey, self.customer)

    @property
    def decision_key(self) -> str:
        micros = str(to_micros(self.answered_at))
        return join_key("survey-form", self.survey, self.customer, micros)
