"""Floor and product of the benchmarks of values give the same."""

import pytest
from attrs import evolve, fields_dict
from hypothesis import example, given, strategies as st
from tests.benchmarks.card import FIELDS, AttrsBare, AttrsCard, Bare, Card, replace
from tests.benchmarks.sharing import largest_remainder
from tests.benchmarks.values import (
    MINORS,
    MONEYS,
    ONE,
    OTHER,
    OTHER_PRICE,
    PRICE,
    WEIGHTS,
    WHOLE,
)

from privlib import Money, allocate_money
from privlib.values.money import total

CHANGES = [("version", 8), ("spent", Money(1)), ("tier", None), ("orders", 0), ("about", ())]


@pytest.mark.target("M1")
def test_a_hundred_amounts_sum_to_the_sum_of_their_minor_units():
    assert len(MONEYS) == 100
    assert total(MONEYS) == Money(sum(MINORS))


@pytest.mark.target("M1")
def test_two_amounts_add_up_as_those_of_prices_do():
    added = PRICE + OTHER_PRICE
    assert (ONE + OTHER).amount == str(added.amount)
    assert (ONE + OTHER).currency == added.currency


@pytest.mark.target("M1")
@given(
    amount=st.integers(0, 10**9),
    weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any),
)
@example(amount=100, weights=[1, 1, 1])
@example(amount=WHOLE.minor, weights=WEIGHTS)
def test_shares_are_those_of_the_largest_remainder(amount, weights):
    shares = allocate_money(Money(amount), weights)
    assert [share.minor for share in shares] == largest_remainder(amount, weights)


@pytest.mark.target("V1")
@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_a_replaced_field_is_replaced_as_by_evolve(name, value):
    ours = replace(Card(**FIELDS), **{name: value})
    peer = evolve(AttrsCard(**FIELDS), **{name: value})
    assert ours == Card(**{**FIELDS, name: value})
    assert values_of(ours) == values_of(peer)


@pytest.mark.target("V2")
@pytest.mark.parametrize(("kind", "peer"), [(Card, AttrsCard), (Bare, AttrsBare)])
def test_a_created_entity_holds_what_that_of_attrs_holds(kind, peer):
    assert values_of(kind(**FIELDS)) == values_of(peer(**FIELDS))
    assert len(fields_dict(kind)) == 15


def values_of(card):
    return {name: getattr(card, name) for name in fields_dict(type(card))}
