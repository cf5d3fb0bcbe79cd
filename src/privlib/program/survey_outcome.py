"""Outcomes: what follows from the answers to a survey."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import field, frozen

from privlib.conditions import Always, Condition
from privlib.errors import Problem, ProgramError
from privlib.program.questions.choices import as_tags
from privlib.values.choice import choice_field, kind_of
from privlib.values.ids import plain_id, plain_text

__all__ = ["Suggests", "SurveyOutcome"]


class Suggests(StrEnum):
    """What answers suggest to an employee: `nothing`, a `plan`, a `product` or an `adviser`."""

    NOTHING = "nothing"
    PLAN = "plan"
    PRODUCT = "product"
    ADVISER = "adviser"


@frozen(kw_only=True)
class SurveyOutcome:
    """What follows where `when` holds of the answers: tags, or a suggestion to the employee.

    He is told `what` to suggest and the `reason`, in which `{budget}` stands for the answer to the
    question `budget`.

    Raises ProgramError with every fault: nothing follows, or it is not said what or why.
    """

    name: str = field(converter=plain_id)
    when: Condition = field(default=Always(), validator=kind_of(Condition))
    tags: tuple[str, ...] = field(default=(), converter=as_tags)
    suggests: Suggests = choice_field(Suggests, Suggests.NOTHING)
    what: str = field(default="", converter=plain_text)
    reason: str = field(default="", converter=plain_text)

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        nothing = self.suggests is Suggests.NOTHING
        if nothing and not self.tags:
            yield Problem("", "nothing follows: an outcome has tags, or suggests something")
        for name, text in (("what", self.what), ("reason", self.reason)):
            if nothing and text:
                yield Problem(name, "belongs to a suggestion, and nothing is suggested")
            elif not nothing and not text:
                yield Problem(name, f"is missing: the employee is told which {self.suggests}, why")
