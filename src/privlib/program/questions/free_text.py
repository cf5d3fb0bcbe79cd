"""Questions that are answered in one's own words."""

from __future__ import annotations

from typing import ClassVar, Final

from attrs import Attribute, field, frozen

from privlib.conditions import Kind
from privlib.errors import InvalidValueError
from privlib.program.questions.asked import Asked

__all__ = ["FreeText"]

_LONGEST: Final = 2_000


def _check_longest(_question: object, attribute: Attribute[int], longest: object) -> None:
    if type(longest) is not int or not 1 <= longest <= _LONGEST:
        raise InvalidValueError(f"{attribute.name} is 1 to {_LONGEST:,}; got {longest!r:.40}")


@frozen(kw_only=True)
class FreeText(Asked):
    """A text of at most so many characters; what somebody writes himself is always personal."""

    tag: ClassVar[str] = "text"
    holds: ClassVar[Kind] = Kind.TEXT
    personal: ClassVar[bool] = True

    longest: int = field(default=200, validator=_check_longest)
