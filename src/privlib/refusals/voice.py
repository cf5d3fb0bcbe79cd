"""Refusals: what does not fit the voice of a persona, and where in the text it stands."""

from __future__ import annotations

from attrs import field

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen

__all__ = ["ForbiddenPhrase", "ForeignEmoji", "TooLongForVoice", "TooManyEmoji"]


@frozen(kw_only=True)
class ForbiddenPhrase:
    """The text says what the persona never says, disguised or not, from `start` to `end`."""

    persona: str
    phrase: str
    start: int
    end: int


@frozen(kw_only=True)
class TooManyEmoji:
    """The text has more emoji than the persona uses; those too many are from `start` to `end`."""

    persona: str
    has: int
    most: int
    start: int
    end: int


@frozen(kw_only=True)
class ForeignEmoji:
    """The text has, from `start` to `end`, an emoji that is none of the persona's."""

    persona: str
    emoji: str
    allowed: tuple[str, ...] = field(converter=as_tuple)
    start: int
    end: int


@frozen(kw_only=True)
class TooLongForVoice:
    """The text has more characters than a message of the persona; it is to end at `start`."""

    persona: str
    has: int
    longest: int
    start: int
    end: int
