"""Sharing, spelled out."""

from fractions import Fraction

import pytest

from privlib.errors import InvalidValueError
from privlib.values.allocation import allocate, allocate_money
from privlib.values.money import Money, yuan


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (100, [1, 1, 1], (34, 33, 33)),
        (101, [1, 1, 1], (34, 34, 33)),
        (0, [1, 2], (0, 0)),
        (1, [1, 1, 1], (1, 0, 0)),
        (1, [0, 1, 1], (0, 1, 0)),
        (7, [0, 1, 3], (0, 2, 5)),
        (10, [3, 3, 4], (3, 3, 4)),
        (10, [1], (10,)),
        (5, [1, 2, 2], (1, 2, 2)),
        (3, [2, 3, 5], (1, 1, 1)),
        (0, [], ()),
        (0, [0, 0], (0, 0)),
        (2**63 - 1, [1, 1], (2**62, 2**62 - 1)),
        (2, [2**100, 2**100, 1], (1, 1, 0)),
    ],
)
def test_an_amount_is_shared_by_the_largest_remainders(amount, weights, shares):
    assert allocate(amount, weights) == allocate(amount, tuple(weights)) == shares


@pytest.mark.parametrize(("amount", "weights"), [(1, []), (1, [0]), (100, [0, 0, 0])])
def test_something_cannot_be_shared_over_nothing(amount, weights):
    with pytest.raises(
        InvalidValueError, match=f"cannot share {amount} over weights that sum to 0"
    ):
        allocate(amount, weights)


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (1, [2, -1]), (0, [-1, 1]), (-1, [])])
def test_an_amount_and_its_weights_are_not_negative(amount, weights):
    with pytest.raises(InvalidValueError, match="takes an amount and weights of 0 or more"):
        allocate(amount, weights)


@pytest.mark.parametrize(
    ("amount", "weights"),
    [
        (1.0, [1]),
        (10.5, [1, 1]),
        (True, [1]),
        (100, [0.5, 0.5]),
        (100, [1, 0.1]),
        (100, [float("nan")]),
        (100, [Fraction(1, 2), Fraction(1, 2)]),
    ],
)
def test_only_whole_numbers_are_shared(amount, weights):
    with pytest.raises(InvalidValueError, match="allocation takes whole numbers only"):
        allocate(amount, weights)


def test_the_weights_that_were_given_are_not_touched():
    weights = [1, 2, 3]
    allocate(100, weights)
    assert weights == [1, 2, 3]


def test_money_is_shared_to_the_last_fen_and_keeps_its_currency():
    assert allocate_money(yuan("0.05"), [1, 1]) == (yuan("0.03"), yuan("0.02"))
    assert allocate_money(Money(7, "JPY"), [1, 1]) == (Money(4, "JPY"), Money(3, "JPY"))
    assert allocate_money(yuan(0), []) == ()
    with pytest.raises(InvalidValueError, match="takes an amount and weights of 0 or more"):
        allocate_money(yuan("-0.01"), [1])
