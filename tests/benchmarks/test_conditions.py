"""Floor, peer and product of the benchmarks of conditions find the same customers."""

import pytest
from tests.benchmarks.conditions import (
    SEGMENTS,
    SHOPPERS,
    by_hand,
    by_rule_engine,
    one_by_one,
    select,
    which,
)


@pytest.mark.target("G1")
def test_the_segment_is_that_of_the_comprehension_and_of_rule_engine():
    found = select(SHOPPERS)
    assert found == by_hand(SHOPPERS)
    assert found == by_rule_engine(SHOPPERS)
    assert 20 < len(found) < len(SHOPPERS) / 2


@pytest.mark.target("G2")
def test_a_hundred_segments_at_once_are_those_that_hold_one_by_one():
    assert len(SEGMENTS) == 100
    found = [which(shopper) for shopper in SHOPPERS]
    assert found == [one_by_one(shopper) for shopper in SHOPPERS]
    assert {name for names in found for name in names} == set(SEGMENTS)
