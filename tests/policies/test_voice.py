"""Voice: what does not fit, each with its place in the text as it was given."""

import pytest
from hypothesis import example, given, strategies as st

from privlib import EmojiHabit, Face, Persona, voice_faults
from privlib.refusals import ForbiddenPhrase, ForeignEmoji, TooLongForVoice, TooManyEmoji
from privlib.testing.strategies import personas, texts
from privlib.values.folded_text import letters_of

IGNORABLE = st.sampled_from(
    " \n\t\u3000\u200b\u200d\u00ad\u2060\ufe0f\u202e\u0301\u0345\U000e0100\u3164\u2800\ue000"
)
PHRASES = st.sampled_from(["cheap", "no. 1", "最便宜", "Straße", "café", "ＶＩＰ", "ab", "aa"])


def found(text, *phrases):
    faults = voice_faults(text, Persona(name="Lin", forbidden=phrases))
    return [text[fault.start : fault.end] for fault in faults]


@pytest.mark.parametrize(
    ("text", "phrase", "hit"),
    [
        ("So CHEAP!", "cheap", "CHEAP"),
        ("c h e a p", "cheap", "c h e a p"),
        ("it is ch\u200bea\u00adp.", "cheap", "ch\u200bea\u00adp"),
        ("ｃｈｅａｐ", "cheap", "ｃｈｅａｐ"),
        ("𝐜𝐡𝐞𝐚𝐩 tea", "Cheap", "𝐜𝐡𝐞𝐚𝐩"),
        ("本店最 便\u200b宜了", "最便宜", "最 便\u200b宜"),
        ("the cafe\u0301 here", "café", "cafe"),
        ("the cafés", "cafés", "cafés"),
        ("STRASSE", "straße", "STRASSE"),
        ("㈱茶", "株", "㈱"),
        ("100 % pure", "100%", "100 %"),
        ("no\n1", "NO 1", "no\n1"),
    ],
)
def test_a_forbidden_phrase_is_found_however_it_is_disguised(text, phrase, hit):
    assert found(text, phrase) == [hit]


@pytest.mark.parametrize("text", ["first class", "as soon as you can", "Assam", "passé"])
def test_a_word_is_not_found_inside_others_or_across_them(text):
    assert found(text, "ass") == []


def test_a_phrase_is_found_wherever_it_stands_and_beside_itself():
    assert found("最好最好，最 好", "最好") == ["最好", "最好", "最 好"]


@given(personas(), texts())
def test_a_text_with_nothing_wrong_in_it_has_no_fault_of_that_kind(persona, text):
    for fault in voice_faults(text, persona):
        assert 0 <= fault.start < fault.end <= len(text)
        if isinstance(fault, ForbiddenPhrase):
            hit = text[fault.start : fault.end]
            assert letters_of(fault.phrase) in letters_of(hit)
            assert letters_of(hit[0])
            assert letters_of(hit[-1])


@given(
    phrase=PHRASES,
    pieces=st.lists(
        st.sampled_from(["cheap", "最便宜", "STRASSE", "cafe", "a", " ", "vip", "no 1"])
    ),
    added=st.lists(st.tuples(st.integers(0, 60), IGNORABLE), max_size=8),
)
@example(phrase="aa", pieces=["a", "a", "a"], added=[(1, " "), (2, "\u0301")])
def test_ignorable_characters_never_remove_a_hit(phrase, pieces, added):
    text = "".join(pieces)
    padded = text
    for place, character in added:
        padded = padded[:place] + character + padded[place:]
    assert len(found(padded, phrase)) >= len(found(text, phrase))


@given(st.text(st.characters(categories=["L", "N", "P", "Z"])), personas())
def test_a_text_without_emoji_has_no_fault_of_emoji(text, persona):
    faults = voice_faults(text, persona)
    assert not [fault for fault in faults if isinstance(fault, ForeignEmoji | TooManyEmoji)]


def test_emoji_too_many_and_foreign_ones_are_both_told():
    lin = Persona(name="Lin", emoji=EmojiHabit(use="few", most_emoji=1, allowed=["🍵", "❤"]))
    assert voice_faults("🍵❤️", lin) == (TooManyEmoji(persona="Lin", has=2, most=1, start=1, end=3),)
    assert voice_faults("茶👨‍👩‍👧", lin) == (
        ForeignEmoji(persona="Lin", emoji="👨‍👩‍👧", allowed=["🍵", "❤"], start=1, end=6),
    )


@pytest.mark.parametrize(("use", "most"), [("free", None), ("few", 3), ("none", 0)])
def test_so_many_emoji_are_those_of_a_habit(use, most):
    lin = Persona(name="Lin", emoji=EmojiHabit(use=use))
    for count in range(6):
        faults = voice_faults("🍵" * count, lin)
        assert bool(faults) == (most is not None and count > most)


def test_a_message_may_be_as_long_as_the_voice_has_it_and_not_one_character_longer():
    lin = Persona(name="Lin", longest=5)
    assert voice_faults("12345", lin) == ()
    assert voice_faults("123456", lin) == (
        TooLongForVoice(persona="Lin", has=6, longest=5, start=5, end=6),
    )


def test_the_face_on_a_carrier_stands_over_the_rest():
    sms = Face(carrier="sms", name="Lin", longest=5, emoji=EmojiHabit(use="none"))
    lin = Persona(name="Aunt Lin", forbidden=["cheap"], faces=[sms])
    assert voice_faults("Good day 🍵", lin, carrier="wecom") == ()
    kinds = [type(fault) for fault in voice_faults("cheap 🍵", lin, carrier="sms")]
    assert kinds == [ForbiddenPhrase, TooManyEmoji, TooLongForVoice]
