"""Ids, keys made of ids, and ids that are really a phone number or an e-mail address."""

import pytest
from hypothesis import example, given, strategies as st

from privlib.errors import InvalidIdError, InvalidValueError
from privlib.values.ids import LONGEST_ID, checked_id, checked_text, join_key, looks_like_contact


@pytest.mark.parametrize(
    "id",
    [
        "A",
        "0",
        "A-1001",
        "伟",
        "a b",
        "a:b%c",
        "é",
        "👩‍👩‍👧",
        "مرحبا",
        "نمی\u200cخواهم",
        "{x}",
        "a/b\\c'\"",
        "A" * LONGEST_ID,
    ],
)
def test_an_id_is_any_text_of_the_caller(id):
    assert checked_id(id) == id


@pytest.mark.parametrize(
    ("id", "phrase"),
    [
        ("", "the order id is empty"),
        ("A" * 129, "the order id has 129 characters; at most 128 fit"),
        ("A" * 10_000_000, "the order id has 10000000 characters; at most 128 fit"),
        *((id, "control characters or blanks at its ends") for id in ("\x00", "A\x00", "\x00A")),
        *((id, "control characters or blanks at its ends") for id in ("\ud800", "A\udfffB")),
        *((id, "control characters or blanks at its ends") for id in ("\n", "A\n", "A\nB", "A\tB")),
        *((id, "control characters or blanks at its ends") for id in ("\x1b[31m", "\x7f", "\x85")),
        *((id, "control characters or blanks at its ends") for id in ("A\u2028B", "A\u2029")),
        *((id, "control characters or blanks at its ends") for id in (" ", " A", "A ", "A\u3000")),
        *((id, "control characters or blanks at its ends") for id in ("\u00a0A", "A\u2003")),
        ("A\u200b1", r"the order id holds the invisible U\+200B"),
        ("A\u00ad1", r"the order id holds the invisible U\+00AD"),
        ("\u202eA", r"the order id holds the invisible U\+202E"),
        ("A\u2060", r"the order id holds the invisible U\+2060"),
        ("\ufeffA", r"the order id holds the invisible U\+FEFF"),
        (None, "the order id must be text; got NoneType"),
        (1001, "the order id must be text; got int"),
        (b"A-1001", "the order id must be text; got bytes"),
        (True, "the order id must be text; got bool"),
        (["A"], "the order id must be text; got list"),
    ],
    ids=lambda value: ascii(value)[:16],
)
def test_what_cannot_be_an_id_is_refused(id, phrase):
    with pytest.raises(InvalidIdError, match=phrase) as refusal:
        checked_id(id, "order id")
    assert len(str(refusal.value)) < 100


@given(
    st.text(max_size=140) | st.text(st.characters(categories=("Cc", "Cs", "Zs", "Zl", "Cf", "L")))
)
@example("A" * 128)
@example("A" * 129)
def test_an_id_is_kept_as_it_was_told_or_refused(text):
    unfit = any(
        letter < " " or "\x7f" <= letter <= "\x9f" or "\ud800" <= letter <= "\udfff"
        for letter in text
    )
    unfit = unfit or "\u2028" in text or "\u2029" in text
    unfit = unfit or any(
        "\u202a" <= letter <= "\u202e"
        or "\u2060" <= letter <= "\u206f"
        or letter in "\xad\u061c\u180e\u200b\u200e\u200f\ufeff"
        for letter in text
    )
    if unfit or not 1 <= len(text) <= 128 or text[0].isspace() or text[-1].isspace():
        with pytest.raises(InvalidIdError):
            checked_id(text)
    else:
        assert checked_id(text) is text


@pytest.mark.parametrize(
    "text", ["", " ", "a\nb\tc", "x" * 65_536, "👩‍👩‍👧", "\u202eright to left", "\x01"]
)
def test_a_text_is_anything_that_can_be_stored(text):
    assert checked_text(text, "note") is text


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("x" * 65_537, "the note has 65537 characters; at most 65536 fit"),
        ("x" * 10_000_000, "the note has 10000000 characters"),
        ("a\x00b", "the note holds a NUL or half of a surrogate pair"),
        ("\ud83d", "the note holds a NUL or half of a surrogate pair"),
        (None, "the note must be text; got NoneType"),
        (b"x", "the note must be text; got bytes"),
    ],
    ids=lambda value: ascii(value)[:16],
)
def test_what_cannot_be_stored_as_text_is_refused(text, phrase):
    with pytest.raises(InvalidValueError, match=phrase) as refusal:
        checked_text(text, "note")
    assert len(str(refusal.value)) < 100


@pytest.mark.parametrize(
    "value",
    [
        *("13800138000", "19912345678", "8613800138000", "+8613800138000", "008613800138000"),
        *("+86 138 0013 8000", "+86 138-0013-8000", "+1 212 555 0100", "+44 20 7946 0958"),
        *("wei@example.com", "a@b.cn", "wei.li+tea@mail.example.co.uk", "伟@例子.中国"),
    ],
)
def test_a_phone_number_or_an_address_is_recognised(value):
    assert looks_like_contact(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "customer-4711", "1001", "12800138000", "1380013800", "138001380000", "A13800138000"),
        *(
            "+86",
            "+",
            "00",
            "wei",
            "@",
            "wei@example",
            "@example.com",
            "wei@.",
            "a b@c.de",
            "wei@a@b.c",
        ),
        *("oHTxy0abcDEFghiJKLmnoPQRstu8", "2026-06-01", "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"),
    ],
)
def test_a_pseudonym_is_no_contact(value):
    assert not looks_like_contact(value)


@pytest.mark.parametrize(
    ("value", "contact"),
    [("a@" + "." * 126, True), ("+1" + " -" * 63, False), ("a@" * 64, False), ("." * 128, False)],
)
def test_a_hostile_id_is_looked_at_no_longer_than_any(value, contact):
    assert looks_like_contact(value) is contact


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (["order", "A-1", "paid"], "order:A-1:paid"),
        (["order", "A:1", "paid"], "order:A%3A1:paid"),
        (["order", "A%3A1", "paid"], "order:A%253A1:paid"),
        (["a", "b:c"], "a:b%3Ac"),
        (["a:b", "c"], "a%3Ab:c"),
        (["a", ""], "a:"),
        (["一", "二"], "一:二"),
    ],
)
def test_a_key_of_several_ids_is_readable(parts, key):
    assert join_key(*parts) == key


PARTS = st.lists(st.text(":%25A3", max_size=5) | st.text(max_size=3), min_size=1, max_size=4)


@given(PARTS, PARTS)
@example(["a", "b"], ["a:b"])
@example(["a:b"], ["a%3Ab"])
@example(["a%", "3A"], ["a:", "3A"])
@example([""], ["", ""])
def test_different_ids_never_make_the_same_key(one, other):
    assert (join_key(*one) == join_key(*other)) is (one == other)


@given(PARTS)
def test_the_ids_of_a_key_can_be_found_again(parts):
    found = [part.replace("%3A", ":").replace("%25", "%") for part in join_key(*parts).split(":")]
    assert found == parts
