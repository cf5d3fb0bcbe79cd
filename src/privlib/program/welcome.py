"""The welcome: the first message, and how long it may take."""

from __future__ import annotations

from attrs import field, frozen

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.values.ids import plain_text
from privlib.values.naming import did_you_mean
from privlib.values.template import variables_of

__all__ = ["Welcome"]

_KNOWN = ("name", "shop", "persona", "title")


@frozen(kw_only=True)
class Welcome:
    """The first message to somebody new, and within how many seconds it must be sent.

    The text may use `{name}` and `{shop}`, and, of the persona as she shows on the carrier,
    `{persona}` for her name and `{title}`; somebody whose name is unknown is called
    `name_if_unknown`. A carrier's deadline is its own: 20 seconds for WeCom (developer page
    92599, as of 2025-11-17).
    """

    text: str = field(converter=plain_text)
    deadline_seconds: int = field(default=20)
    name_if_unknown: str = field(default="friend", converter=plain_text)

    @deadline_seconds.validator
    def _some_seconds(self, _attribute: object, seconds: int) -> None:
        if type(seconds) is not int or not 1 <= seconds <= 604_800:
            raise InvalidValueError(f"deadline_seconds is 1 to 604800; got {seconds!r:.40}")

    def __attrs_post_init__(self) -> None:
        unknown = [name for name in variables_of(self.text) if name not in _KNOWN]
        if unknown:
            raise ProgramError(
                Problem("text", f"{{{name}}} is not a variable{did_you_mean(name, _KNOWN)}")
                for name in unknown
            )
