"""Personal values show their shape and never their text."""

import copy
import logging
import pickle
import traceback

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from privlib.commands import NewFriend
from privlib.errors import InvalidIdError, InvalidValueError
from privlib.values.personal import Masked, PersonalRef, PersonalValue

CANARY = "Wei Li 13800138000"
ADDED = pendulum.datetime(2026, 6, 1)


def shown(value):
    """Every way in which a value is put into words."""
    return [
        repr(value),
        str(value),
        ascii(value),
        f"{value}",
        f"{value!r:>60}",
        "%s %r" % (value, value),  # noqa: UP031 - one more way
        "{} {!s}".format(value, value),  # noqa: UP032 - one more way
        repr([value]),
        repr({"name": value}),
        str(ValueError(value)),
        repr(ValueError("no", value)),
        "".join(traceback.format_exception_only(ValueError(value))),
        logging.LogRecord("x", 10, "x", 1, "%s and %r", (value, value), None).getMessage(),
    ]


def test_a_masked_text_tells_its_length_only():
    for words in shown(Masked(CANARY)):
        assert CANARY not in words
        assert "Wei" not in words
        assert "Masked(18 characters)" in words


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=2))
def test_whatever_the_text_only_its_length_is_told(text):
    assert repr(Masked(text)) == str(Masked(text)) == f"Masked({len(text)} characters)"
    assert Masked(text).reveal() == text


def test_what_holds_a_masked_text_does_not_show_it_either():
    ref = PersonalRef("p-1")
    friend = {"customer": "c-1", "employee": "mei", "carrier": "wecom", "added_at": ADDED}
    for holder in (
        PersonalValue(ref=ref, customer="c-1", value=Masked(CANARY)),
        NewFriend(**friend, name=Masked(CANARY)),
        evolve(NewFriend(**friend), name=Masked(CANARY)),
    ):
        for words in shown(holder):
            assert "Wei" not in words
            assert "138" not in words
            assert "Masked(18 characters)" in words


def test_a_copy_and_a_pickle_come_back_masked():
    masked = Masked(CANARY)
    for again in (pickle.loads(pickle.dumps(masked)), copy.copy(masked), copy.deepcopy(masked)):
        assert again == masked
        assert again.reveal() == CANARY
        assert repr(again) == "Masked(18 characters)"


@pytest.mark.parametrize(
    "misuse",
    [
        lambda masked: masked + "x",
        lambda masked: sorted([masked, Masked("x")]),
        lambda masked: masked[0],
        len,
        lambda masked: f"{masked:>20}",
        lambda masked: masked.text,
        int,
        lambda masked: setattr(masked, "_text", "x"),
        lambda masked: {}[masked],
        [].index,
        lambda masked: "Dear " + masked,
        Masked,
        PersonalRef,
    ],
)
def test_misuse_of_a_masked_text_does_not_show_it(misuse):
    with pytest.raises((TypeError, AttributeError, LookupError, ValueError)) as fault:
        misuse(Masked(CANARY))
    assert "Wei" not in repr(fault.value)
    assert "Wei" not in "".join(traceback.format_exception_only(fault.value))


def test_two_masked_texts_are_equal_where_their_texts_are():
    assert Masked(CANARY) == Masked(CANARY)
    assert Masked(CANARY) != Masked("Wei Lu 13800138000")
    assert Masked(CANARY) != CANARY
    assert len({Masked(CANARY), Masked(CANARY)}) == 1


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Wei\x00Li", "holds a NUL or half of a surrogate pair"),
        ("Wei\ud800Li", "holds a NUL or half of a surrogate pair"),
        ("Wei" * 30_000, "has 90000 characters; at most 65536 fit"),
        (b"Wei", "must be text; got bytes"),
        (None, "must be text; got NoneType"),
        (["Wei"], "must be text; got list"),
    ],
    ids=lambda value: ascii(value)[:16],
)
def test_what_cannot_be_stored_is_refused_without_showing_it(text, phrase):
    with pytest.raises(InvalidValueError, match=phrase) as refusal:
        Masked(text)
    assert "Wei" not in str(refusal.value)


def test_nothing_and_the_longest_text_can_be_masked():
    assert repr(Masked("")) == "Masked(0 characters)"
    assert repr(Masked("x" * 65_536)) == "Masked(65536 characters)"


def test_a_reference_is_an_id_and_not_a_value():
    assert PersonalRef("p-1").id == "p-1"
    for id in ("", " p", "p" * 513, None, 1):
        with pytest.raises(InvalidIdError):
            PersonalRef(id)


@pytest.mark.parametrize("value", [CANARY, None, 138, CANARY.encode(), PersonalRef("p-1")])
def test_a_personal_value_is_masked_before_it_is_kept(value):
    ref = PersonalRef("p-1")
    with pytest.raises(InvalidValueError, match="a personal value must be Masked; got") as refusal:
        PersonalValue(ref=ref, customer="c-1", value=value)
    assert "Wei" not in str(refusal.value)
    with pytest.raises(InvalidIdError, match="customer id is empty"):
        PersonalValue(ref=ref, customer="", value=Masked(CANARY))


def test_a_name_that_is_not_masked_is_refused():
    with pytest.raises(InvalidValueError):
        NewFriend(customer="c-1", employee="mei", carrier="wecom", added_at=ADDED, name=CANARY)
