"""Canonical text, its digest, and the secret that keys a digest."""

import hashlib
import hmac
from datetime import UTC, date, datetime

import pendulum
import pytest
from hypothesis import given, strategies as st

from privlib.commands import Order
from privlib.encoding.canonical import Secret, canonical, digest, keyed_digest, parse_canonical
from privlib.errors import InvalidValueError, NaiveMomentError, UnknownSchemaError
from privlib.values.money import Money, yuan
from privlib.values.rate import percent

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=10,
)


@given(PLAIN)
def test_plain_data_comes_back(value):
    text = canonical(value)
    assert parse_canonical(text) == value
    assert canonical(parse_canonical(text)) == text


@given(st.dictionaries(st.text(max_size=4), st.integers(), min_size=2))
def test_the_order_in_which_something_was_told_does_not_show(value):
    backwards = dict(reversed(value.items()))
    assert canonical(value) == canonical(backwards)
    assert digest(canonical(value)) == digest(canonical(backwards))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(2**63 - 1, "USD"), '[9223372036854775807,"USD"]'),
        (percent("12.5"), "[1,8]"),
        (date(2026, 6, 1), '"2026-06-01"'),
        (pendulum.datetime(2026, 6, 1), "1780272000000000"),
        (pendulum.datetime(2026, 6, 1, 8, tz="Asia/Shanghai"), "1780272000000000"),
        (datetime(2026, 6, 1, tzinfo=UTC), "1780272000000000"),
        ({"乙": 1, "甲": [True, None]}, '{"乙":1,"甲":[true,null]}'),
        ('"\\\n', '"\\"\\\\\\n"'),
    ],
)
def test_a_value_has_this_one_text(value, text):
    assert canonical(value) == text


def test_a_time_without_a_zone_has_no_text():
    for naive in (pendulum.naive(2026, 6, 1), datetime.fromisoformat("2026-06-01T12:00")):
        with pytest.raises(NaiveMomentError, match="names no time zone"):
            canonical({"at": naive})


def test_defaults_are_left_out_unless_the_whole_is_asked_for():
    order = Order(id="A-1", customer="wei", paid=yuan(1))
    assert canonical(order) == '{"customer":"wei","id":"A-1","paid":[100,"CNY"]}'
    assert canonical(order, whole=True) == (
        '{"customer":"wei","id":"A-1","lines":[],"paid":[100,"CNY"],"paid_at":null,"quote":null}'
    )


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("NaN", "NaN, which is not JSON"),
        ("[-Infinity]", "-Infinity, which is not JSON"),
        ("1e400", "1e400, which is not a whole number"),
        ('{"a":1.0}', "1.0, which is not a whole number"),
        ('{"a":1,"a":1}', "the key 'a' twice"),
        ('[{"b":{"a":1,"c":2,"a":3}}]', "the key 'a' twice"),
        ("", "is not JSON"),
        ("{'a':1}", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("-" + "9" * 5000, "is not JSON"),
        ("1." + "9" * 1_000_000, "which is not a whole number"),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_not_canonical_json_is_refused(text, phrase):
    with pytest.raises(UnknownSchemaError, match=phrase) as refusal:
        parse_canonical(text)
    assert len(str(refusal.value)) < 120


def test_a_digest_is_sha_256_in_hexadecimal():
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest("私域") == hashlib.sha256("私域".encode()).hexdigest()


def test_a_keyed_digest_names_its_secret_and_depends_on_it():
    one, other = Secret(b"sixteen bytes, 1"), Secret(b"sixteen bytes, 2")
    expected = hmac.new(b"sixteen bytes, 1", "私域".encode(), "sha256").hexdigest()
    assert keyed_digest("私域", one) == f"{one.id}:{expected}"
    assert len({keyed_digest("私域", secret) for secret in (one, other, None)}) == 3
    assert len({one.id, other.id, "none"}) == 3
    assert keyed_digest("私域", Secret(b"sixteen bytes, 1")) == keyed_digest("私域", one)


@pytest.mark.parametrize(
    "key", [b"", b"fifteen bytes..", "sixteen bytes, 1", None, 16, bytearray(16)]
)
def test_a_secret_has_at_least_16_bytes(key):
    with pytest.raises(InvalidValueError, match="a secret is at least 16 bytes"):
        Secret(key)


def test_a_secret_never_shows_its_key():
    secret = Secret(b"sixteen bytes, 1")
    for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]}", secret.id):
        assert "sixteen" not in shown
        assert b"sixteen".hex() not in shown
    with pytest.raises(InvalidValueError) as refusal:
        Secret(b"too short")
    assert "too short" not in str(refusal.value)
