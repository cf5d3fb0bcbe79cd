"""Strategies for events of surveys, and of the profile and tags that follow from them."""

from __future__ import annotations

from functools import cache
from typing import Final

from hypothesis import strategies as st

from privlib.entities import ProfileField, RecordedAnswer
from privlib.events import (
    Event,
    ProfileFieldCleared,
    ProfileFieldSet,
    QuestionAsked,
    SuggestionMade,
    SurveyAnswered,
    SurveyClosed,
    SurveyFinished,
    SurveyNudged,
    SurveyReopened,
    SurveyStarted,
    TagsChanged,
)
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import customer_ids, plain_ids, relation_ids
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.period import days
from privlib.testing.strategies.person import personal_refs
from privlib.testing.strategies.survey import question_ids, survey_names
from privlib.testing.strategies.text import texts
from privlib.values.answer import Answer

__all__ = ["answers", "profile_fields", "recorded_answers", "survey_events"]

_LABELS: Final = st.sampled_from(["green", "black", "乌龙"])
_ANSWERS: Final = st.one_of(
    _LABELS,
    st.lists(_LABELS, min_size=1, max_size=2, unique=True).map(tuple),
    st.integers(-1_000, 1_000),
    money(),
    st.booleans(),
    days(),
    personal_refs(),
)


def answers() -> st.SearchStrategy[Answer]:
    """Answers of every kind as they are kept, references to personal ones among them."""
    return _ANSWERS


def profile_fields() -> st.SearchStrategy[ProfileField]:
    """What sources say of fields of a profile."""
    return st.builds(
        ProfileField, field=plain_ids(), source=plain_ids(), value=_ANSWERS, at=moments()
    )


def recorded_answers() -> st.SearchStrategy[RecordedAnswer]:
    """The newest answers to questions."""
    return st.builds(RecordedAnswer, question=question_ids(), value=_ANSWERS, at=moments())


@cache
def survey_events() -> dict[type[Event], st.SearchStrategy[Event]]:
    """What draws each kind of them."""
    about = {"survey": survey_names(), "customer": customer_ids(), "at": moments()}
    asked = about | {"question": question_ids()}
    told = {"customer": customer_ids(), "field": plain_ids(), "source": plain_ids()}
    tags = st.lists(plain_ids(), max_size=2, unique=True)
    return {
        SurveyStarted: st.builds(SurveyStarted, **about, relation=relation_ids()),
        QuestionAsked: st.builds(QuestionAsked, **asked),
        SurveyAnswered: st.builds(SurveyAnswered, **asked, value=_ANSWERS),
        SurveyNudged: st.builds(SurveyNudged, **asked),
        SurveyFinished: st.builds(SurveyFinished, **about),
        SurveyReopened: st.builds(SurveyReopened, **about),
        SurveyClosed: st.builds(SurveyClosed, **about),
        SuggestionMade: st.builds(
            SuggestionMade,
            **about,
            outcome=plain_ids(),
            suggests=st.sampled_from(["plan", "product", "adviser"]),
            what=texts(),
        ),
        ProfileFieldSet: st.builds(ProfileFieldSet, **told, value=_ANSWERS, at=moments()),
        ProfileFieldCleared: st.builds(ProfileFieldCleared, **told, at=moments()),
        TagsChanged: st.builds(
            TagsChanged,
            relation=relation_ids(),
            customer=customer_ids(),
            cause=plain_ids(),
            added=tags,
            removed=tags,
            at=moments(),
        ),
    }
