"""The search that prunes finds a set as good as the best of all sets."""

import pytest
from hypothesis import given, strategies as st
from tests.benchmarks.priced.coupons import (
    Coupon,
    Hand,
    all_percents,
    best_of_all,
    best_pruned,
    hand,
    taken_off,
)

coupons = st.builds(
    Coupon,
    id=st.just(""),
    group=st.integers(0, 3),
    alone=st.booleans(),
    lines=st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True).map(tuple),
    threshold=st.integers(0, 400),
    percent=st.integers(0, 100),
    fen=st.integers(1, 300),
)
hands = st.builds(
    lambda amounts, drawn: Hand(
        amounts, tuple(each._replace(id=f"coupon-{n}") for n, each in enumerate(drawn))
    ),
    st.tuples(*[st.integers(0, 200)] * 3),
    st.lists(coupons, max_size=7),
)


@pytest.mark.target("C1")
@given(held=hands)
def test_the_search_takes_off_as_much_as_the_best_of_all_sets(held):
    assert_same(held)


@pytest.mark.target("C1")
@pytest.mark.parametrize("seed", range(12))
def test_a_dozen_coupons_of_the_workload_are_chosen_as_well(seed):
    assert_same(hand(12, seed=seed))


@pytest.mark.target("C2")
def test_percentages_that_all_go_together_are_all_used():
    held = all_percents(8)
    saved, ids = best_of_all(held)
    assert len(ids) == 8
    assert best_pruned(held)[0] == saved


def test_a_coupon_sees_what_others_have_left_and_its_threshold_is_inclusive():
    ten = Coupon("ten", 0, alone=False, lines=(0,), threshold=10_000, percent=0, fen=1_000)
    fifth = Coupon("fifth", 1, alone=False, lines=(0,), threshold=9_000, percent=20, fen=9_999)
    assert taken_off(Hand((10_000,), (ten, fifth)), (0, 1)) == 1_000 + 1_800
    dear = fifth._replace(threshold=9_001)
    assert taken_off(Hand((10_000,), (ten, dear)), (0, 1)) is None
    assert best_of_all(Hand((10_000,), (ten, dear))) == (2_000, ("fifth",))


def assert_same(held):
    places = {coupon.id: place for place, coupon in enumerate(held.coupons)}
    saved, _ = best_of_all(held)
    found, ids = best_pruned(held)
    assert found == saved
    chosen = [held.coupons[places[id]] for id in ids]
    assert taken_off(held, [places[id] for id in ids]) == (saved if ids else 0)
    assert len({coupon.group for coupon in chosen}) == len(chosen)
    assert len(chosen) <= 1 or not any(coupon.alone for coupon in chosen)
