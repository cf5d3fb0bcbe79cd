"""Strategies for surveys: questions of every kind, their skip rules, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from privlib.conditions import Always, Condition, field
from privlib.program.questions import (
    Day,
    FreeText,
    MoneyAmount,
    OneChoice,
    Option,
    Question,
    SeveralChoices,
    WholeNumber,
    YesNo,
)
from privlib.program.survey import Survey
from privlib.program.survey_outcome import Suggests, SurveyOutcome
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import plain_ids
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.period import days
from privlib.testing.strategies.text import templates

Bounded = TypeVar("Bounded", WholeNumber, MoneyAmount, Day)

__all__ = ["options", "question_ids", "questions", "survey_names", "survey_outcomes", "surveys"]

_IDS: Final = st.sampled_from(["tea", "budget", "birthday", "likes", "age", "why_not"])
_NAMES: Final = st.sampled_from(["basics", "基础调研", "after the first order"])
_LABELS: Final = st.sampled_from(["green", "black", "white", "乌龙", "none of these"])
_TAGS: Final = st.lists(st.sampled_from(["likes green", "茶友", "vip"]), max_size=2)
_FIELDS: Final = st.none() | st.sampled_from(["favourite tea", "生日", "budget"])
_NUMBERS: Final = st.integers(-1_000, 1_000)
_DAYS: Final = st.none() | st.integers(2, 3_650)


def question_ids() -> st.SearchStrategy[str]:
    """Ids of questions."""
    return _IDS


def survey_names() -> st.SearchStrategy[str]:
    """Names of surveys."""
    return _NAMES


@cache
def options() -> st.SearchStrategy[Option]:
    """Answers to choose from, with and without tags."""
    return st.builds(Option, _LABELS, _TAGS)


def questions(
    *, currency: str = "CNY", kinds: Iterable[type[Question]] | None = None
) -> st.SearchStrategy[Question]:
    """Questions of all kinds, or of the kinds named, each by itself: none is ever skipped."""
    return of_kinds(_questions(currency), kinds)


@cache
def _questions(currency: str) -> dict[type[Question], st.SearchStrategy[Question]]:
    asked = {"id": _IDS, "text": templates(), "field": _FIELDS}
    personal = asked | {"personal": st.booleans()}
    tagged = st.lists(options(), min_size=2, max_size=4, unique_by=lambda each: each.label)
    plain = st.lists(_LABELS, min_size=2, max_size=4, unique=True)
    amounts = money(currency=currency)
    return {
        OneChoice: st.builds(OneChoice, **asked, choices=tagged)
        | st.builds(OneChoice, **personal, choices=plain),
        SeveralChoices: st.builds(
            SeveralChoices, **asked, choices=tagged, most=st.none() | st.integers(1, 2)
        ),
        WholeNumber: _between(WholeNumber, _NUMBERS, personal),
        MoneyAmount: _between(MoneyAmount, amounts, personal),
        YesNo: st.builds(YesNo, **personal, yes=st.just("是"), no=st.just("否"))
        | st.builds(YesNo, **personal),
        Day: _between(Day, days(), personal),
        FreeText: st.builds(FreeText, **asked, longest=st.integers(1, 2_000)),
    }


@st.composite
def _between(
    draw: st.DrawFn,
    kind: type[Bounded],
    bounds: st.SearchStrategy[Any],
    asked: Mapping[str, st.SearchStrategy[Any]],
) -> Bounded:
    """Questions with both bounds, one of them, or none."""
    low, high = sorted(draw(st.lists(bounds, min_size=2, max_size=2)))
    return kind(
        **{name: draw(each) for name, each in asked.items()},
        lowest=draw(st.sampled_from([None, low])),
        highest=draw(st.sampled_from([None, high])),
    )


@cache
def survey_outcomes() -> st.SearchStrategy[SurveyOutcome]:
    """What follows from any answers: tags, or a suggestion."""
    tags = st.lists(plain_ids(), min_size=1, max_size=2)
    suggests = st.sampled_from([each for each in Suggests if each is not Suggests.NOTHING])
    words = st.sampled_from(["gold plan", "茶具"])
    return st.builds(SurveyOutcome, name=plain_ids(), tags=tags) | st.builds(
        SurveyOutcome, name=plain_ids(), suggests=suggests, what=words, reason=words
    )


def surveys(*, currency: str = "CNY") -> st.SearchStrategy[Survey]:
    """Surveys of up to four questions, some of them skipped by the answers to earlier ones."""
    return _surveys(currency)


@st.composite
def _surveys(draw: st.DrawFn, currency: str) -> Survey:
    asked: list[Question] = []
    some = st.lists(questions(currency=currency), min_size=1, max_size=4, unique_by=_id)
    for question in draw(some):
        asked.append(evolve(question, asked_when=draw(_whens(asked))))
    open_days = draw(_DAYS)
    follow = draw(st.lists(survey_outcomes(), max_size=2, unique_by=lambda each: each.name))
    return Survey(
        name=draw(_NAMES),
        questions=asked,
        outcomes=[evolve(outcome, when=draw(_whens(asked))) for outcome in follow],
        nudge_after_days=draw(st.none() | st.integers(1, (open_days or 31) - 1)),
        open_days=open_days,
        again_after_days=draw(_DAYS),
    )


def _id(question: Question) -> str:
    return question.id


def _whens(asked: Sequence[Question]) -> st.SearchStrategy[Condition]:
    """What can be asked of the answers to some questions; often nothing."""
    leaves = [each for question in asked for each in _leaves(question)]
    if not leaves:
        return st.just(Always())
    leaf = st.sampled_from(leaves)
    return st.just(Always()) | leaf | leaf.map(lambda each: ~each)


def _leaves(question: Question) -> list[Condition]:
    word = field(question.id)
    known: list[Condition] = [word.is_known()]
    if question.personal:
        return known
    match question:
        case OneChoice():
            return [*known, word.one_of(question.labels[0])]
        case SeveralChoices():
            return [*known, word.contains_any(question.labels[0])]
        case YesNo():
            return [*known, word.equals(value=True)]
        case WholeNumber():
            return [*known, word.at_least(10)]
        case _:
            return known
