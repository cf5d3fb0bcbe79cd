"""Surveys in English: what was asked and answered, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib import events, refusals, requests
from privlib.explaining.wording import Sentence
from privlib.values.personal import PersonalRef

__all__ = ["SURVEYS"]


_KINDS: Final = {
    "one_choice": "one of the choices",
    "several_choices": "some of the choices",
    "number": "a whole number",
    "money": "an amount of money",
    "yes_no": "yes or no",
    "date": "a date such as 2026-06-01",
    "text": "a text",
}


def _answered(event: events.SurveyAnswered) -> str:
    if isinstance(event.value, PersonalRef):
        return "{customer} answered the question {question} of survey {survey}."
    return "{customer} answered the question {question} of survey {survey}: {value}."


def _profile(event: events.ProfileFieldSet) -> str:
    if isinstance(event.value, PersonalRef):
        return "{field} of {customer} is known now, by {source}."
    return "{field} of {customer} is {value}, by {source}."


def _tags(event: events.TagsChanged) -> str:
    got = "{relation} got the tags {added}" if event.added else "{relation}"
    lost = " lost the tags {removed}" if event.removed else ""
    return f"{got}{' and' if event.added and event.removed else ''}{lost}, by {{cause}}."


def _asked_before(refusal: refusals.SurveyAlreadyAsked) -> str:
    again = "may be asked again from {again_at} on" if refusal.again_at else "is asked only once"
    return f"{{customer}} was asked survey {{survey}} at {{since}} and {again}."


def _wrong_kind(refusal: refusals.AnswerOfWrongKind) -> str:
    return f"The question {{question}} asks for {_KINDS.get(refusal.needs, '{needs}')}."


def _out_of_range(refusal: refusals.AnswerOutOfRange) -> str:
    has = "" if refusal.has is None else "; the answer was {has}"
    least = "" if refusal.lowest is None else " from {lowest}"
    most = "" if refusal.highest is None else " up to {highest}"
    return f"The question {{question}} takes answers{least}{most}{has}."


SURVEYS: Final[Mapping[type, Sentence]] = {
    events.SurveyStarted: "{customer} is asked survey {survey} over {relation}.",
    events.QuestionAsked: "{customer} was asked the question {question} of survey {survey}.",
    events.SurveyAnswered: _answered,
    events.SurveyNudged: (
        "{customer} was asked once more the question {question} of survey {survey}."
    ),
    events.SurveyFinished: "{customer} finished survey {survey} at {at}.",
    events.SurveyReopened: (
        "{customer} changed an answer, so that survey {survey} has an open question again."
    ),
    events.SurveyClosed: "Survey {survey} closed for {customer}.",
    events.SuggestionMade: (
        "By survey {survey}, outcome {outcome}, the {suggests} {what} was suggested for {customer}."
    ),
    events.ProfileFieldSet: _profile,
    events.ProfileFieldCleared: "What {source} said of {field} of {customer} counts no more.",
    events.TagsChanged: _tags,
    requests.SuggestToEmployee: (
        "Tell {employee} to suggest the {suggests} {what} to {customer}, by survey {survey}: "
        '"{reason}"'
    ),
    refusals.SurveyUnknown: "There is no survey {survey}; there are: {known}.",
    refusals.SurveyNotAsked: "{customer} was not asked survey {survey}.",
    refusals.SurveyAlreadyAsked: _asked_before,
    refusals.SurveyAskedElsewhere: (
        "Survey {survey} was asked over {relation}, and the answer was told of {told}."
    ),
    refusals.SurveyHasClosed: (
        "Survey {survey} took answers until {closed_at}; this one was given at {answered_at}."
    ),
    refusals.QuestionUnknown: (
        "Survey {survey} has no question {question}; its questions are: {known}."
    ),
    refusals.AnswerOfWrongKind: _wrong_kind,
    refusals.AnswerOutOfRange: _out_of_range,
    refusals.AnswerTooLong: (
        "The answer to {question} has {has} characters; at most {longest} are taken."
    ),
    refusals.ChoiceUnknown: "The question {question} is answered by one of: {known}.",
    refusals.ChoicesOutOfRange: (
        "Of the choices of {question} {fewest} to {most} are taken; the answer has {has}."
    ),
}
