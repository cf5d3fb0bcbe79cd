"""The English catalogue, on what does not fit the voice of a persona."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib.explaining.wording import Sentence
from privlib.refusals import ForbiddenPhrase, ForeignEmoji, TooLongForVoice, TooManyEmoji

__all__ = ["VOICE"]


def _place(fault: ForbiddenPhrase | ForeignEmoji) -> str:
    """Characters as people count them, from 1, the last one included."""
    first, last = fault.start + 1, fault.end
    return f"at character {first}" if first == last else f"at characters {first} to {last}"


def _too_many_emoji(fault: TooManyEmoji) -> str:
    habit = "at most {most} emoji in a message" if fault.most else "no emoji"
    return f"{{persona}} uses {habit}; this one has {{has}}."


VOICE: Final[Mapping[type, Sentence]] = {
    ForbiddenPhrase: lambda fault: f'{{persona}} never says "{{phrase}}": {_place(fault)}.',
    ForeignEmoji: lambda fault: (
        f"{{persona}} does not use {{emoji}}, {_place(fault)}, but only: {{allowed}}."
    ),
    TooManyEmoji: _too_many_emoji,
    TooLongForVoice: (
        "{persona} says no more than {longest} characters in a message; this one has {has}."
    ),
}
