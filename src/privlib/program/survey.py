"""Surveys: what a shop asks its customers, in which order, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import Attribute, field, frozen

from privlib.conditions import Field, Vocabulary
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.naming import duplicate_names
from privlib.program.questions import Question
from privlib.program.survey_checks import outcome_problems, question_problems
from privlib.program.survey_outcome import SurveyOutcome
from privlib.values.choice import as_tuple, each_of
from privlib.values.ids import checked_id

__all__ = ["Survey"]

_LONGEST_NAME = 40


def _survey_name(value: str) -> str:
    name = checked_id(value, "survey name", longest=_LONGEST_NAME)
    if ":" in name or "%" in name:
        raise InvalidValueError(f"the name of a survey holds no : and no %; got {name!r}")
    return name


def _questions(values: Iterable[Question]) -> tuple[Question, ...]:
    given = as_tuple(values)
    for place, value in enumerate(given):
        if not isinstance(value, Question):
            raise InvalidValueError(
                f"questions[{place}] must be a question; got {type(value).__name__}"
            )
    return given


def _check_days(_survey: object, attribute: Attribute[int | None], days: object) -> None:
    if days is not None and (type(days) is not int or not 1 <= days <= 3_650):
        raise InvalidValueError(f"{attribute.name} is 1 to 3650; got {days!r:.40}")


@frozen(kw_only=True, slots=False)
class Survey:
    """Questions in their order, with skip rules, and what follows from the answers.

    After `nudge_after_days` without an answer the open question is sent once more, and then never
    again. After `open_days` no more answers are taken; without them it never closes. Who was asked
    may be asked again after `again_after_days`, and without them never.

    >>> from privlib.program.questions import YesNo
    >>> Survey(name="tea", questions=[YesNo(id="likes_tea", text="Do you like tea?")]).ids
    ('likes_tea',)

    Raises ProgramError with every fault.
    """

    name: str = field(converter=_survey_name)
    questions: tuple[Question, ...] = field(converter=_questions)
    outcomes: tuple[SurveyOutcome, ...] = field(
        default=(), converter=as_tuple, validator=each_of(SurveyOutcome)
    )
    nudge_after_days: int | None = field(default=None, validator=_check_days)
    open_days: int | None = field(default=None, validator=_check_days)
    again_after_days: int | None = field(default=None, validator=_check_days)

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if not self.questions:
            yield Problem("questions", "there must be at least one")
        nudge, ends = self.nudge_after_days, self.open_days
        if nudge is not None and ends is not None and nudge >= ends:
            yield Problem("nudge_after_days", f"after {nudge} days it is closed: it is open {ends}")
        twice = list(duplicate_names(dict(enumerate(self.ids)), "questions[{}].id"))
        yield from twice
        if not twice:
            yield from question_problems(self.questions, self.words)
            yield from outcome_problems(self.outcomes, self.questions, self.words)

    @cached_property
    def words(self) -> Vocabulary:
        """The words in which its conditions ask: the ids of its questions."""
        return Vocabulary(fields=[Field(name=each.id, kind=each.holds) for each in self.questions])

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its questions, in their order."""
        return tuple(question.id for question in self.questions)

    def question(self, id: str) -> Question | None:
        """The question of this id, if there is one."""
        return next((question for question in self.questions if question.id == id), None)
