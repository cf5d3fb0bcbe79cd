"""Emoji: each that is seen is one, and what is shown as text is none."""

import pytest
from hypothesis import given, strategies as st

from privlib.values.emoji import emoji_in, is_one_emoji

ONE_EACH = [
    "🍵",
    "❤️",
    "☎️",
    "⌚",
    "👍🏽",
    "✊🏿",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "🧑🏻‍🤝‍🧑🏿",
    "🇨🇳",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "1️⃣",
    "#⃣",
    "❤‍🔥",
    "🫩",
]
TEXTS = ["©", "™", "☎", "❤", "1", "#", "⌚︎", "茶", "→", "№", "㊙", "\u200d", "\ufe0f", "①"]


@pytest.mark.parametrize("emoji", ONE_EACH)
def test_what_is_seen_as_one_emoji_is_one(emoji):
    assert emoji_in(f"茶{emoji}a{emoji}") == (
        (1, 1 + len(emoji)),
        (2 + len(emoji), 2 + 2 * len(emoji)),
    )
    assert is_one_emoji(emoji)


def test_emoji_side_by_side_are_as_many_as_are_seen():
    assert len(emoji_in("🇨🇳🇯🇵")) == 2
    assert len(emoji_in("🍵🍵🍵")) == 3
    assert len(emoji_in("👍🏽👍")) == 2
    assert len(emoji_in("".join(ONE_EACH))) == len(ONE_EACH)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_shown_as_text_is_no_emoji(text):
    assert emoji_in(f"a{text}b") == ()


@given(st.text(st.characters(categories=["L", "N", "P", "Z"])))
def test_a_text_of_letters_numbers_and_points_has_no_emoji(text):
    assert emoji_in(text) == ()


@given(st.text(st.sampled_from([*"茶a1# ", *"".join(ONE_EACH)])))
def test_the_places_of_emoji_are_in_order_and_do_not_overlap(text):
    edges = [edge for span in emoji_in(text) for edge in span]
    assert edges == sorted(edges)
    assert all(text[start:end] and end <= len(text) for start, end in emoji_in(text))
