"""Sharing, spelled out."""

from fractions import Fraction

import pytest

from privlib.errors import CurrencyMismatchError, InvalidValueError
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


@pytest.mark.parametrize(
    ("rule", "shares"),
    [
        ("largest", (34, 33, 33)),
        ("first", (34, 33, 33)),
        ("last", (33, 33, 34)),
        ("largest_share", (34, 33, 33)),
    ],
)
def test_the_odd_fen_goes_where_the_rule_says(rule, shares):
    assert allocate(100, [1, 1, 1], remainder=rule) == shares


@pytest.mark.parametrize(
    ("rule", "shares"),
    [
        ("largest", (2, 1, 5, 3)),
        ("first", (3, 2, 4, 2)),
        ("last", (2, 1, 4, 4)),
        ("largest_share", (2, 1, 6, 2)),
    ],
)
def test_two_odd_fen_go_where_the_rule_says(rule, shares):
    """Exact shares are 2.2, 1.1, 4.95 and 2.75."""
    assert allocate(11, [4, 2, 9, 5], remainder=rule) == shares


@pytest.mark.parametrize("rule", ["first", "last", "largest_share"])
def test_a_cap_turns_the_odd_fen_away(rule):
    shares = allocate(11, [4, 2, 9, 5], caps=[2, 9, 4, 2], remainder=rule)
    assert shares == (2, 3, 4, 2)


@pytest.mark.parametrize(
    ("bounds", "phrase"),
    [
        ({"caps": [1]}, "1 caps for 2 weights"),
        ({"floors": [1, 1, 1]}, "3 floors for 2 weights"),
        ({"caps": [1, -1]}, "caps are whole numbers of 0 or more"),
        ({"caps": [1, True]}, "caps are whole numbers of 0 or more"),
        ({"floors": [0.5, 1]}, "floors are whole numbers of 0 or more"),
        ({"caps": [5, 5], "floors": [6, 0]}, "share 0 is to be at least 6 and at most 5"),
        ({"floors": [60, 50]}, "the floors ask for 110, and there are 100"),
        ({"remainder": "middle"}, "'middle' is not one of: largest, first, last, largest_share"),
        ({"overflow": "kept"}, "'kept' is not one of: reshared, lost"),
    ],
)
def test_bounds_that_cannot_be_kept_are_refused_with_their_numbers(bounds, phrase):
    with pytest.raises(InvalidValueError, match=phrase):
        allocate(100, [1, 1], **bounds)


def test_a_weight_of_nothing_cannot_have_a_floor():
    with pytest.raises(InvalidValueError, match="at least 1 and at most 0, since its weight is 0"):
        allocate(100, [0, 1], floors=[1, 0])


def test_money_is_shared_between_amounts_of_its_own_currency():
    shares = allocate_money(yuan(90), [1, 1, 1], caps=[yuan(10), yuan(50), yuan(50)])
    assert shares == (yuan(10), yuan(40), yuan(40))
    shares = allocate_money(yuan(3), [1, 1, 1], floors=[yuan(2), yuan(0), yuan(0)])
    assert shares == (yuan(2), yuan("0.50"), yuan("0.50"))
    with pytest.raises(CurrencyMismatchError, match="a bound in USD for a sum in CNY"):
        allocate_money(yuan(1), [1], caps=[Money(1, "USD")])
