"""Strategies for refusals of surveys and of answers, with numbers that do refuse."""

from __future__ import annotations

import pendulum
from hypothesis import strategies as st

from privlib.refusals import (
    AnswerOfWrongKind,
    AnswerOutOfRange,
    AnswerTooLong,
    ChoicesOutOfRange,
    ChoiceUnknown,
    QuestionUnknown,
    Refusal,
    SurveyAlreadyAsked,
    SurveyAskedElsewhere,
    SurveyHasClosed,
    SurveyNotAsked,
    SurveyUnknown,
)
from privlib.testing.strategies.ids import customer_ids, plain_ids, relation_ids
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.survey import question_ids, survey_names
from privlib.values.moment import later

__all__ = ["of_surveys"]

_MORE = st.integers(1, 1_000)


def of_surveys() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    """What speaks against asking and answering, each kind of it."""
    survey, customer, question = survey_names(), customer_ids(), question_ids()
    known = st.lists(plain_ids(), max_size=3)
    return {
        SurveyUnknown: st.builds(SurveyUnknown, survey=plain_ids(), known=known),
        SurveyNotAsked: st.builds(SurveyNotAsked, survey=survey, customer=customer),
        SurveyAlreadyAsked: st.builds(
            SurveyAlreadyAsked,
            survey=survey,
            customer=customer,
            since=moments(),
            again_at=st.none() | moments(),
        ),
        SurveyAskedElsewhere: st.builds(
            SurveyAskedElsewhere, survey=survey, relation=relation_ids(), told=relation_ids()
        ),
        SurveyHasClosed: st.builds(_has_closed, survey, moments(), _MORE),
        QuestionUnknown: st.builds(
            QuestionUnknown, survey=survey, question=plain_ids(), known=known
        ),
        AnswerOfWrongKind: st.builds(
            AnswerOfWrongKind,
            question=question,
            needs=st.sampled_from(["number", "money", "date", "one_choice"]),
        ),
        AnswerOutOfRange: st.builds(_out_of_range, question, st.integers(0, 99), _MORE),
        AnswerTooLong: st.builds(_too_long, question, _MORE, _MORE),
        ChoiceUnknown: st.builds(ChoiceUnknown, question=question, known=known),
        ChoicesOutOfRange: st.builds(_too_many, question, st.integers(1, 4), _MORE),
    }


def _has_closed(survey: str, closed_at: pendulum.DateTime, seconds: int) -> SurveyHasClosed:
    told = later(closed_at, seconds=seconds)
    return SurveyHasClosed(survey=survey, closed_at=closed_at, answered_at=told)


def _out_of_range(question: str, highest: int, more: int) -> AnswerOutOfRange:
    return AnswerOutOfRange(question=question, lowest=0, highest=highest, has=highest + more)


def _too_long(question: str, longest: int, more: int) -> AnswerTooLong:
    return AnswerTooLong(question=question, longest=longest, has=longest + more)


def _too_many(question: str, most: int, more: int) -> ChoicesOutOfRange:
    return ChoicesOutOfRange(question=question, fewest=1, most=most, has=most + more)
