"""Laws of sharing between bounds: nothing is invented, bounds hold, the rest goes by weight."""

import math
from fractions import Fraction

import pytest
from hypothesis import example, given, strategies as st

from privlib.values.allocation import Overflow, allocate
from privlib.values.remainder import Remainder

RULES = st.sampled_from(Remainder)
WEIGHTS = st.lists(st.integers(0, 5) | st.integers(0, 10**6), min_size=1, max_size=8).filter(any)


@st.composite
def bounded(draw):
    """An amount, weights, and bounds that leave something between them."""
    weights = draw(WEIGHTS)
    tops = [draw(st.integers(0, 300)) for _ in weights]
    bottoms = [
        draw(st.integers(0, top)) if weight and draw(st.booleans()) else 0
        for weight, top in zip(weights, tops, strict=True)
    ]
    amount = draw(st.integers(sum(bottoms), max(sum(bottoms), 900)))
    return amount, weights, tops, bottoms


def exact_shares(amount, weights, tops, bottoms):
    """The reference: the level at which all shares together come to the amount, found by search.

    At a level every share is its weight times the level, held at its bounds. The sum grows with
    the level, piece by piece in a straight line between the levels at which a bound is met.
    """

    def shares_at(level):
        return [
            min(max(weight * level, bottom), top) if weight else Fraction(0)
            for weight, top, bottom in zip(weights, tops, bottoms, strict=True)
        ]

    kinks = sorted(
        {Fraction(0)}
        | {Fraction(top, weight) for weight, top in zip(weights, tops, strict=True) if weight}
        | {Fraction(low, weight) for weight, low in zip(weights, bottoms, strict=True) if weight}
    )
    below = max((kink for kink in kinks if sum(shares_at(kink)) <= amount), default=Fraction(0))
    above = min((kink for kink in kinks if kink > below), default=below)
    if above == below:
        return shares_at(below)
    low, high = sum(shares_at(below)), sum(shares_at(above))
    if high == low:
        return shares_at(below)
    return shares_at(below + (above - below) * (amount - low) / (high - low))


@pytest.mark.law("M1")
@given(case=bounded(), rule=RULES)
@example(case=(10, [1, 1], [0, 0], [0, 0]), rule=Remainder.LAST)
@example(case=(7, [1, 1, 1], [300, 1, 300], [0, 0, 4]), rule=Remainder.LARGEST)
def test_shares_between_bounds_keep_them_and_lose_nothing_that_has_room(case, rule):
    """They sum to the amount, or to all the caps where that is less."""
    amount, weights, tops, bottoms = case
    shares = allocate(amount, weights, caps=tops, floors=bottoms, remainder=rule)
    room = sum(top for top, weight in zip(tops, weights, strict=True) if weight)
    assert sum(shares) == min(amount, room)
    for share, weight, top, bottom in zip(shares, weights, tops, bottoms, strict=True):
        assert bottom <= share <= (top if weight else 0)


@pytest.mark.law("M1")
@given(bounded())
@example((90, [1, 1, 7], [300, 300, 300], [20, 0, 0]))
@example((90, [1, 1, 1], [10, 50, 50], [0, 0, 0]))
@example((100, [1, 1, 1, 1], [10, 300, 300, 300], [0, 0, 0, 60]))
def test_a_share_between_bounds_is_the_exact_one_rounded_up_or_down(case):
    amount, weights, tops, bottoms = case
    exact = exact_shares(amount, weights, tops, bottoms)
    shares = allocate(amount, weights, caps=tops, floors=bottoms)
    for share, wanted in zip(shares, exact, strict=True):
        assert share in (math.floor(wanted), math.ceil(wanted))
    ups = [wanted - share for share, wanted in zip(shares, exact, strict=True) if share > wanted]
    downs = [wanted - share for share, wanted in zip(shares, exact, strict=True) if share < wanted]
    if ups and downs:  # whoever was rounded up had the larger fraction
        assert min(1 + up for up in ups) >= max(downs)


@pytest.mark.law("M2")
@given(case=bounded(), rule=RULES, scale=st.integers(1, 10**6))
def test_sharing_between_bounds_does_not_depend_on_the_scale_of_the_weights(case, rule, scale):
    amount, weights, tops, bottoms = case
    bounds = {"caps": tops, "floors": bottoms, "remainder": rule}
    larger = [weight * scale for weight in weights]
    assert allocate(amount, weights, **bounds) == allocate(amount, larger, **bounds)


@pytest.mark.law("M1")
@given(amount=st.integers(0, 10**6), weights=WEIGHTS, rule=RULES)
def test_bounds_that_are_never_met_change_nothing(amount, weights, rule):
    free = allocate(amount, weights, remainder=rule)
    wide = {"caps": [amount] * len(weights), "floors": [0] * len(weights)}
    assert allocate(amount, weights, remainder=rule, **wide) == free
    assert allocate(amount, weights, remainder=rule, overflow="lost", **wide) == free


@pytest.mark.law("M1")
@given(amount=st.integers(0, 10**6), weights=WEIGHTS, rule=RULES)
def test_whoever_gets_the_rest_nothing_is_lost_and_weight_0_gets_nothing(amount, weights, rule):
    shares = allocate(amount, weights, remainder=rule)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert share >= amount * weight // sum(weights)
        assert weight or share == 0


@given(bounded())
def test_what_overflows_is_lost_where_that_is_the_rule(case):
    amount, weights, tops, bottoms = case
    free = allocate(amount, weights, floors=bottoms)
    kept = allocate(amount, weights, caps=tops, floors=bottoms, overflow=Overflow.LOST)
    assert kept == tuple(min(share, top) for share, top in zip(free, tops, strict=True))
