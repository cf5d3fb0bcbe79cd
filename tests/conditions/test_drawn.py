"""The strategies for conditions and facts: what they draw is valid, and reaches the corners."""

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings, strategies as st

from privlib.conditions import (
    CUSTOMER,
    SHOPPING,
    All,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Field,
    Kind,
    Measured,
    Not,
    Vocabulary,
    check_condition,
    compile_condition,
    leaves,
)
from privlib.errors import InvalidValueError
from privlib.testing import registering
from privlib.testing.strategies import conditions, facts
from privlib.values.comparison import Comparison

registering.register()

QUICK = settings(
    max_examples=3_000,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SOME = settings(max_examples=50, deadline=None)


def first(strategy, wanted):
    return find(strategy, wanted, settings=QUICK)


@SOME
@given(condition=conditions(), customer=conditions(vocabulary=CUSTOMER))
def test_what_is_drawn_can_be_asked_in_its_words(condition, customer):
    check_condition(condition, SHOPPING)
    check_condition(customer, CUSTOMER)
    assert not any(isinstance(leaf, Measured) for leaf in leaves(customer))


@pytest.mark.parametrize("kind", Condition.__args__, ids=lambda kind: kind.__name__)
@SOME
@given(data=st.data())
def test_each_kind_is_drawn_by_name_and_by_type(kind, data):
    assert type(data.draw(conditions(kinds=[kind]))) is kind
    assert type(data.draw(st.from_type(kind))) is kind


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize("kind", [Compared, Measured, All, AnyOf, Not, EarlyAccess])
def test_conditions_of_each_kind_hold_and_do_not(kind, answer):
    first(
        st.tuples(conditions(kinds=[kind]), facts()),
        lambda both: compile_condition(both[0], SHOPPING)(both[1]) is answer,
    )


@pytest.mark.parametrize("comparison", Comparison)
def test_every_comparison_is_drawn(comparison):
    leaf = conditions(kinds=[Compared])
    assert first(leaf, lambda drawn: drawn.comparison is comparison).comparison is comparison


def test_early_access_is_drawn_only_where_there_is_a_date():
    words = Vocabulary(fields=[Field(name="city", kind=Kind.TEXT)])
    with pytest.raises(InvalidValueError, match="EarlyAccess is not one of"):
        conditions(vocabulary=words, kinds=[EarlyAccess])
    drawn = first(conditions(vocabulary=words), lambda drawn: isinstance(drawn, Compared))
    assert drawn.field == "city"


def test_facts_reach_what_is_unknown_and_what_is_not():
    assert first(facts(), lambda drawn: drawn.tier is None and drawn.stage is not None)
    assert first(facts(), lambda drawn: drawn.days_since_last_order is None)
    assert first(facts(), lambda drawn: drawn.time_of_day == 1_320)
    assert first(facts(), lambda drawn: len(drawn.lines) >= 3)
