"""What every question has: its id, its text, the profile field, and when it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

import attrs
from attrs import frozen
from attrs.converters import optional

from privlib.conditions import Always, Condition, Field, Kind
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.values.choice import kind_of
from privlib.values.ids import plain_id, plain_text

__all__ = ["Asked", "MaybePersonal"]

_ID: Final = re.compile(r"[a-z][a-z_]{0,39}")


def _question_id(value: str) -> str:
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        raise InvalidValueError(
            f"the id of a question is made of 1 to 40 small letters and _; got {value!r:.60}"
        )
    return Field(name=value, kind=Kind.TEXT).name


@frozen(kw_only=True)
class Asked:
    """Any question. Its text may use `{name}` and `{shop}`.

    The answer becomes the `field` of the customer's profile, where one is named. `asked_when` looks
    at the answers to earlier questions; where it does not hold, the question is skipped.

    Raises ProgramError with every fault.
    """

    holds: ClassVar[Kind]

    id: str = attrs.field(converter=_question_id)
    text: str = attrs.field(converter=plain_text)
    field: str | None = attrs.field(default=None, converter=optional(plain_id))
    asked_when: Condition = attrs.field(default=Always(), validator=kind_of(Condition))

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        yield from ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What there is to choose from, if anything is."""
        return ()

    @property
    def message(self) -> str:
        """The question as it is sent: what there is to choose from is numbered, one a line."""
        numbered = [f"{number}. {label}" for number, label in enumerate(self.labels, 1)]
        return "\n".join([self.text, *numbered])


@frozen(kw_only=True)
class MaybePersonal(Asked):
    """A question of which the shop says whether its answer is `personal`."""

    personal: bool = attrs.field(default=False, validator=kind_of(bool))
