"""Survey checks: what is wrong between the questions of a survey, and with what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from privlib.conditions import Compared, Condition, Vocabulary, condition_problems, leaves
from privlib.errors import Problem
from privlib.program.condition_checks import unknown_values
from privlib.program.naming import duplicate_names
from privlib.program.questions import Question
from privlib.program.questions.choices import WithChoices
from privlib.program.survey_outcome import SurveyOutcome
from privlib.values.comparison import OF_NOTHING
from privlib.values.naming import did_you_mean
from privlib.values.template import variables_of

__all__ = ["outcome_problems", "question_problems"]

_IN_QUESTIONS: Final = ("name", "shop")


def question_problems(questions: Collection[Question], words: Vocabulary) -> Iterator[Problem]:
    """What is wrong with questions: one looks ahead, asks what is personal, has odd variables."""
    earlier: list[str] = []
    for at, question in enumerate(questions):
        path, condition = f"questions[{at}]", question.asked_when
        for problem in _asked_of(condition, words, questions):
            yield problem.under(f"{path}.asked_when")
        for name in _fields(condition):
            if words.get(name) and name not in earlier:
                yield Problem(f"{path}.asked_when", f'"{name}" is not asked before "{question.id}"')
        yield from _unknown_variables(f"{path}.text", question.message, _IN_QUESTIONS)
        earlier.append(question.id)


def outcome_problems(
    outcomes: Collection[SurveyOutcome], questions: Collection[Question], words: Vocabulary
) -> Iterator[Problem]:
    """What is wrong between outcomes and the questions from whose answers they follow."""
    names = {at: outcome.name for at, outcome in enumerate(outcomes)}
    yield from duplicate_names(names, "outcomes[{}].name")
    personal = _personal(questions)
    for at, outcome in enumerate(outcomes):
        path = f"outcomes[{at}]"
        for problem in _asked_of(outcome.when, words, questions):
            yield problem.under(f"{path}.when")
        asked = [question.id for question in questions]
        yield from _unknown_variables(f"{path}.reason", outcome.reason, asked)
        for name in variables_of(outcome.reason):
            if name in personal:
                yield Problem(f"{path}.reason", f"{{{name}}} is personal, and a reason travels")


def _personal(questions: Iterable[Question]) -> set[str]:
    return {question.id for question in questions if question.personal}


def _asked_of(
    condition: Condition, words: Vocabulary, questions: Collection[Question]
) -> Iterator[Problem]:
    """What cannot be asked of answers: a choice there is not, what is personal but known."""
    yield from condition_problems(condition, words)
    labels = {each.id: each.labels for each in questions if isinstance(each, WithChoices)}
    yield from unknown_values(condition, labels)
    personal = _personal(questions)
    for leaf in leaves(condition):
        if not isinstance(leaf, Compared) or leaf.field not in personal:
            continue
        if leaf.comparison not in OF_NOTHING:
            yield Problem("", f'"{leaf.field}" is personal: ask only whether it is known')


def _fields(condition: Condition) -> Iterable[str]:
    asked = (leaf.field for leaf in leaves(condition) if isinstance(leaf, Compared))
    return dict.fromkeys(asked)


def _unknown_variables(path: str, text: str, known: Collection[str]) -> Iterator[Problem]:
    for name in variables_of(text):
        if name not in known:
            yield Problem(path, f"{{{name}}} is not a variable{did_you_mean(name, known)}")
