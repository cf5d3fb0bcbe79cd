"""Voice: whether a text is one that the persona would say, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from privlib.program.emoji_habit import EmojiHabit
from privlib.program.persona import Persona
from privlib.refusals import ForbiddenPhrase, ForeignEmoji, TooLongForVoice, TooManyEmoji
from privlib.values.emoji import emoji_in
from privlib.values.folded_text import folded
from privlib.values.span import Span

__all__ = ["VoiceFault", "voice_faults"]

VoiceFault: TypeAlias = ForbiddenPhrase | ForeignEmoji | TooLongForVoice | TooManyEmoji


def voice_faults(
    text: str, persona: Persona, *, carrier: str | None = None
) -> tuple[VoiceFault, ...]:
    """What in a text, as it will be read, does not fit the voice of a persona on a carrier.

    `text[fault.start : fault.end]` is what does not fit. A forbidden phrase is also found where
    blanks, accents or what cannot be seen stand between its letters.

    >>> lin = Persona(name="Lin", forbidden=["cheap"])
    >>> voice_faults("Really C h e a p!", lin)
    (ForbiddenPhrase(persona='Lin', phrase='cheap', start=7, end=16),)
    """
    here = persona.on(carrier)
    called, habit, emoji = persona.name, here.emoji, emoji_in(text)
    return (
        *_forbidden(text, called, here.forbidden),
        *_foreign(text, called, habit, emoji),
        *_too_many(called, habit.most, emoji),
        *_too_long(len(text), called, here.longest),
    )


def _forbidden(text: str, persona: str, phrases: tuple[str, ...]) -> Iterator[ForbiddenPhrase]:
    compared = folded(text)
    for phrase in phrases:
        for start, end in compared.spans_of(phrase):
            yield ForbiddenPhrase(persona=persona, phrase=phrase, start=start, end=end)


def _foreign(
    text: str, persona: str, habit: EmojiHabit, found: tuple[Span, ...]
) -> Iterator[ForeignEmoji]:
    for start, end in found:
        if not habit.allows(text[start:end]):
            yield ForeignEmoji(
                persona=persona,
                emoji=text[start:end],
                allowed=habit.allowed,
                start=start,
                end=end,
            )


def _too_many(persona: str, most: int | None, found: tuple[Span, ...]) -> Iterator[TooManyEmoji]:
    if most is not None and len(found) > most:
        start, end = found[most].start, found[-1].end
        yield TooManyEmoji(persona=persona, has=len(found), most=most, start=start, end=end)


def _too_long(has: int, persona: str, longest: int | None) -> Iterator[TooLongForVoice]:
    if longest is not None and has > longest:
        yield TooLongForVoice(persona=persona, has=has, longest=longest, start=longest, end=has)
