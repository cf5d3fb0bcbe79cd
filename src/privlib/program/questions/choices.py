"""Questions with answers to choose from: one of them, several, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from attrs import field, frozen

from privlib.conditions import Kind
from privlib.errors import InvalidValueError, Problem
from privlib.program.naming import duplicate_names
from privlib.program.offers.checks import check_count, check_optional_count
from privlib.program.questions.asked import MaybePersonal
from privlib.values.choice import as_tuple, each_of
from privlib.values.ids import plain_id

__all__ = [
    "SEPARATORS",
    "OneChoice",
    "Option",
    "SeveralChoices",
    "WithChoices",
    "YesNo",
    "as_tags",
]

SEPARATORS: Final = re.compile(r"[,，、;；]")
"""What stands between one choice and the next, where somebody writes several."""


def as_tags(values: Iterable[str]) -> tuple[str, ...]:
    """Tags, each checked, in their order."""
    return tuple(dict.fromkeys(plain_id(value) for value in as_tuple(values)))


def _label(value: str) -> str:
    label = plain_id(value)
    if label.isdigit():
        raise InvalidValueError(f"choices are numbered, so that none is a number; got {label!r}")
    if SEPARATORS.search(label):
        raise InvalidValueError(f"{label!r:.60} holds what separates one choice from the next")
    return label


@frozen
class Option:
    """One of the answers to choose from, and the tags of those who choose it."""

    label: str = field(converter=_label)
    tags: tuple[str, ...] = field(default=(), converter=as_tags)


def _choices(values: Iterable[Option | str]) -> tuple[Option, ...]:
    """Choices; those without tags may be given by their labels."""
    given = as_tuple(values)
    return tuple(Option(value) if isinstance(value, str) else value for value in given)


@frozen(kw_only=True)
class WithChoices(MaybePersonal):
    """A question with answers to choose from; a choice may have tags."""

    choices: tuple[Option, ...] = field(converter=_choices, validator=each_of(Option))

    @property
    def labels(self) -> tuple[str, ...]:
        """What there is to choose from."""
        return tuple(choice.label for choice in self.choices)

    def tags_of(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """The tags of what was chosen."""
        return as_tags(tag for each in self.choices if each.label in chosen for tag in each.tags)

    def _problems(self) -> Iterator[Problem]:
        if len(self.choices) < 2:
            yield Problem("choices", "there are at least two to choose from")
        yield from duplicate_names(dict(enumerate(self.labels)), "choices[{}]")
        if self.personal and any(choice.tags for choice in self.choices):
            yield Problem("personal", "tags would tell what is personal")


@frozen(kw_only=True)
class OneChoice(WithChoices):
    """One of several choices (单选)."""

    tag: ClassVar[str] = "one_choice"
    holds: ClassVar[Kind] = Kind.TEXT


@frozen(kw_only=True)
class SeveralChoices(WithChoices):
    """Some of several choices (多选): at least `fewest` of them, at most `most`."""

    tag: ClassVar[str] = "several_choices"
    holds: ClassVar[Kind] = Kind.TEXTS

    fewest: int = field(default=1, validator=check_count)
    most: int | None = field(default=None, validator=check_optional_count)

    @property
    def at_most(self) -> int:
        """How many may be chosen: all of them, unless it is said."""
        return len(self.choices) if self.most is None else self.most

    def _problems(self) -> Iterator[Problem]:
        yield from super()._problems()
        if not self.fewest <= self.at_most <= len(self.choices):
            wanted = f"{self.fewest} to {self.at_most}"
            yield Problem("fewest", f"{wanted} of {len(self.choices)} choices cannot be chosen")


@frozen(kw_only=True)
class YesNo(MaybePersonal):
    """Yes or no, as the shop calls them."""

    tag: ClassVar[str] = "yes_no"
    holds: ClassVar[Kind] = Kind.YES_NO

    yes: str = field(default="yes", converter=_label)
    no: str = field(default="no", converter=_label)

    @property
    def labels(self) -> tuple[str, ...]:
        """Yes first, then no."""
        return self.yes, self.no

    def _problems(self) -> Iterator[Problem]:
        if self.yes == self.no:
            yield Problem("no", f'"{self.no}" means yes')
