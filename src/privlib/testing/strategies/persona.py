"""Strategies for personas, the faces they have on carriers, and what does not fit their voice."""

from __future__ import annotations

from functools import cache
from typing import Final

from hypothesis import strategies as st

from privlib.program.emoji_habit import EmojiHabit, EmojiUse
from privlib.program.persona import Face, Persona
from privlib.refusals import ForbiddenPhrase, ForeignEmoji, Refusal, TooLongForVoice, TooManyEmoji
from privlib.testing.strategies.ids import carrier_ids, plain_ids
from privlib.testing.strategies.text import texts
from privlib.values.folded_text import FoldedText, folded
from privlib.values.span import Span

__all__ = ["emoji_habits", "faces", "folded_texts", "of_voice", "personas", "spans"]

_EMOJI: Final = st.sampled_from(["🍵", "❤️", "👨‍👩‍👧", "🇨🇳", "👍🏽", "1️⃣"])
_SOME_EMOJI: Final = st.lists(_EMOJI, max_size=3, unique=True)
_PHRASES: Final = st.lists(st.sampled_from(["cheap", "最便宜", "ＶＩＰ", "no. 1"]), max_size=2)
_LENGTHS: Final = st.none() | st.integers(1, 65_536)
_TITLES: Final = st.sampled_from(["tea master", "茶艺师"])
_HABITS: Final = (
    st.builds(EmojiHabit, allowed=_SOME_EMOJI)
    | st.builds(
        EmojiHabit,
        use=st.just(EmojiUse.FEW),
        most_emoji=st.none() | st.integers(1, 5),
        allowed=_SOME_EMOJI,
    )
    | st.just(EmojiHabit(use=EmojiUse.NONE))
)
_FACES: Final = st.builds(
    Face,
    carrier=carrier_ids(),
    name=st.none() | plain_ids(),
    title=st.none() | _TITLES,
    picture=st.none() | texts(),
    emoji=st.none() | _HABITS,
    longest=_LENGTHS,
)
_PERSONAS: Final = st.builds(
    Persona,
    name=plain_ids(),
    role=texts(),
    age=st.none() | st.integers(1, 150),
    character=texts(),
    interests=st.lists(texts(), max_size=2),
    manner=texts(),
    title=_TITLES,
    social_identity=texts(),
    experience=texts(),
    picture=texts(),
    to_customer=texts(),
    calls_customer=st.none() | st.sampled_from(["亲爱的{name}", "dear {name}"]),
    forbidden=_PHRASES,
    emoji=_HABITS,
    longest=_LENGTHS,
    faces=st.lists(_FACES, max_size=2, unique_by=lambda face: face.carrier),
)
_PLACES: Final = st.integers(0, 1000)


def emoji_habits() -> st.SearchStrategy[EmojiHabit]:
    """Habits of every kind, with and without emoji of their own."""
    return _HABITS


def faces() -> st.SearchStrategy[Face]:
    """Faces of a persona on any carrier, which change some of it."""
    return _FACES


def personas() -> st.SearchStrategy[Persona]:
    """Personas with a title, with up to two forbidden phrases and two faces."""
    return _PERSONAS


def folded_texts() -> st.SearchStrategy[FoldedText]:
    """Texts as they are compared."""
    return st.builds(folded, texts())


def spans() -> st.SearchStrategy[Span]:
    """Places in a text of at least one character."""
    return st.builds(lambda start, length: Span(start, start + length), _PLACES, st.integers(1, 99))


@cache
def of_voice() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    """What does not fit the voice, each kind of it."""
    name = plain_ids()
    return {
        ForbiddenPhrase: st.builds(
            lambda persona, place: ForbiddenPhrase(
                persona=persona, phrase="cheap", start=place.start, end=place.end
            ),
            name,
            spans(),
        ),
        ForeignEmoji: st.builds(
            lambda persona, place: ForeignEmoji(
                persona=persona, emoji="🎉", allowed=["🍵"], start=place, end=place + 1
            ),
            name,
            _PLACES,
        ),
        TooManyEmoji: st.builds(
            lambda persona, most, place: TooManyEmoji(
                persona=persona, has=most + 1, most=most, start=place, end=place + 1
            ),
            name,
            st.integers(0, 5),
            _PLACES,
        ),
        TooLongForVoice: st.builds(
            lambda persona, place: TooLongForVoice(
                persona=persona,
                has=place.end,
                longest=place.start,
                start=place.start,
                end=place.end,
            ),
            name,
            spans().filter(lambda place: place.start > 0),
        ),
    }
