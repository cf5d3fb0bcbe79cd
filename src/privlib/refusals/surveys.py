"""Refusals: what speaks against asking a survey, or against an answer."""

from __future__ import annotations

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.values.choice import as_tuple
from privlib.values.comparison import Operand
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, RelationId
from privlib.values.moment import moment

__all__ = [
    "AnswerOfWrongKind",
    "AnswerOutOfRange",
    "AnswerTooLong",
    "ChoiceUnknown",
    "ChoicesOutOfRange",
    "QuestionUnknown",
    "SurveyAlreadyAsked",
    "SurveyAskedElsewhere",
    "SurveyHasClosed",
    "SurveyNotAsked",
    "SurveyUnknown",
]


@frozen(kw_only=True)
class SurveyUnknown:
    """The program has no survey of this name."""

    survey: str
    known: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class SurveyNotAsked:
    """The customer was never asked this survey."""

    survey: str
    customer: CustomerId


@frozen(kw_only=True)
class SurveyAlreadyAsked:
    """The customer was asked this survey before; again he is asked from a moment on, or never."""

    survey: str
    customer: CustomerId
    since: pendulum.DateTime = field(converter=moment)
    again_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))


@frozen(kw_only=True)
class SurveyAskedElsewhere:
    """The customer was asked this survey over another relation."""

    survey: str
    relation: RelationId
    told: RelationId


@frozen(kw_only=True)
class SurveyHasClosed:
    """The answer was given when the survey was closed, or had been asked anew."""

    survey: str
    closed_at: pendulum.DateTime = field(converter=moment)
    answered_at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class QuestionUnknown:
    """The survey has no such question."""

    survey: str
    question: str
    known: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class AnswerOfWrongKind:
    """The answer is not what the question asks for, such as a date or a whole number."""

    question: str
    needs: str


@frozen(kw_only=True)
class AnswerOutOfRange:
    """The answer lies below or above what can be answered; a personal one is not named."""

    question: str
    lowest: Operand | None = None
    highest: Operand | None = None
    has: Operand | None = None


@frozen(kw_only=True)
class AnswerTooLong:
    """The text is longer than the question allows."""

    question: str
    longest: int
    has: int


@frozen(kw_only=True)
class ChoiceUnknown:
    """The answer is none of the choices. What was said is not repeated: it may be anything."""

    question: str
    known: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class ChoicesOutOfRange:
    """Too few choices were taken, or too many."""

    question: str
    fewest: int
    most: int
    has: int
