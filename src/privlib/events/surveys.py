"""Events: what customers were asked, what they answered, and what that tells of them."""

from __future__ import annotations

import attrs
import pendulum

from privlib.events.about import AboutCustomer, AboutRelation, AboutSurvey
from privlib.values.answer import Answer, as_answer
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, RelationId
from privlib.values.moment import moment

__all__ = [
    "ProfileFieldCleared",
    "ProfileFieldSet",
    "QuestionAsked",
    "SuggestionMade",
    "SurveyAnswered",
    "SurveyClosed",
    "SurveyFinished",
    "SurveyNudged",
    "SurveyReopened",
    "SurveyStarted",
    "TagsChanged",
]


@frozen(kw_only=True)
class SurveyStarted(AboutSurvey):
    """A customer is asked a survey over a relation, for the first time or anew."""

    survey: str
    customer: CustomerId
    relation: RelationId
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class QuestionAsked(AboutSurvey):
    """A question was sent to the customer."""

    survey: str
    customer: CustomerId
    question: str
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class SurveyAnswered(AboutSurvey):
    """A customer answered a question; a personal answer is a reference to it."""

    survey: str
    customer: CustomerId
    question: str
    value: Answer = attrs.field(converter=as_answer)
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class SurveyNudged(AboutSurvey):
    """The open question was sent once more, and will not be again."""

    survey: str
    customer: CustomerId
    question: str
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class SurveyFinished(AboutSurvey):
    """All questions that are not skipped are answered, the last of them `at` this moment."""

    survey: str
    customer: CustomerId
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class SurveyReopened(AboutSurvey):
    """An answer was changed, and a question that had been skipped is open now."""

    survey: str
    customer: CustomerId
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class SurveyClosed(AboutSurvey):
    """The time for answers is over; those that were given count."""

    survey: str
    customer: CustomerId
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class SuggestionMade(AboutSurvey):
    """What a customer answered suggests something, which his employee is told."""

    survey: str
    customer: CustomerId
    outcome: str
    suggests: str
    what: str
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class ProfileFieldSet(AboutCustomer):
    """A field of a customer's profile became known from a source, such as a survey's question."""

    customer: CustomerId
    field: str
    source: str
    value: Answer = attrs.field(converter=as_answer)
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class ProfileFieldCleared(AboutCustomer):
    """What a source said of a field of a customer's profile does not count any more."""

    customer: CustomerId
    field: str
    source: str
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class TagsChanged(AboutRelation):
    """A relation got tags, or lost them, by one cause; those by other causes stay."""

    relation: RelationId
    customer: CustomerId
    cause: str
    added: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    removed: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    at: pendulum.DateTime = attrs.field(converter=moment)
