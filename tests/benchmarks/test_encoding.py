"""Floor and product of the benchmark of encoding give the same."""

import pytest
from hypothesis import given, strategies as st
from tests.benchmarks.card import FIELDS, Card, CardState
from tests.benchmarks.encoding import CARDS, dumped, loaded

from privlib import EntityRef, Money
from privlib.testing import strategies as shop

TEXTS = st.text(max_size=9)
IDS = st.from_regex(r"[A-Za-z0-9:%-]{1,9}", fullmatch=True)
MONEYS = st.builds(Money, st.integers(0, 10**9), st.sampled_from(["CNY", "USD"]))


def optional(values):
    return st.none() | values


CARD_VALUES = st.builds(
    Card,
    id=IDS,
    version=st.integers(0, 9),
    state=st.sampled_from(CardState),
    owner=optional(TEXTS),
    carrier=optional(TEXTS),
    source=optional(TEXTS),
    since=optional(shop.moments()),
    seen_at=optional(shop.moments()),
    ends_at=optional(shop.moments()),
    spent=MONEYS,
    paid=MONEYS,
    orders=st.integers(0, 9),
    tier=optional(TEXTS),
    last=optional(IDS),
    about=st.lists(st.builds(EntityRef, IDS, IDS), max_size=3),
)


@pytest.mark.target("S1")
@given(CARD_VALUES)
def test_a_card_is_written_and_read_as_by_hand(card):
    text = CARDS.dump(card)
    assert text == dumped(card)
    assert CARDS.load(text) == loaded(text) == card


@pytest.mark.target("S1")
def test_the_card_that_is_measured_is_written_whole_but_for_what_it_has_not():
    text = dumped(Card(**FIELDS))
    assert [name for name in FIELDS if f'"{name}":' not in text] == ["ends_at"]
