"""Rates and rounding, spelled out."""

import pytest
from hypothesis import given, strategies as st

from privlib.errors import InvalidValueError
from privlib.values.rate import Rate, Rounding, basis_points, divide, percent

MODES = ["half_up", "half_down", "half_even", "down", "up", "floor", "ceiling"]


@pytest.mark.parametrize(
    ("numerator", "rounded"),
    [
        (-30, [-3, -3, -3, -3, -3, -3, -3]),
        (-26, [-3, -3, -3, -2, -3, -3, -2]),
        (-25, [-3, -2, -2, -2, -3, -3, -2]),
        (-24, [-2, -2, -2, -2, -3, -3, -2]),
        (-15, [-2, -1, -2, -1, -2, -2, -1]),
        (-5, [-1, 0, 0, 0, -1, -1, 0]),
        (-1, [0, 0, 0, 0, -1, -1, 0]),
        (0, [0, 0, 0, 0, 0, 0, 0]),
        (1, [0, 0, 0, 0, 1, 0, 1]),
        (5, [1, 0, 0, 0, 1, 0, 1]),
        (15, [2, 1, 2, 1, 2, 1, 2]),
        (24, [2, 2, 2, 2, 3, 2, 3]),
        (25, [3, 2, 2, 2, 3, 2, 3]),
        (26, [3, 3, 3, 2, 3, 2, 3]),
        (30, [3, 3, 3, 3, 3, 3, 3]),
    ],
)
def test_tenths_are_rounded_by_name(numerator, rounded):
    assert [mode.value for mode in Rounding] == MODES
    assert [divide(numerator, 10, rounding=mode) for mode in Rounding] == rounded
    assert [divide(-numerator, -10, rounding=mode) for mode in Rounding] == rounded


def test_nothing_is_divided_by_zero():
    for mode in Rounding:
        with pytest.raises(InvalidValueError, match="cannot divide by zero"):
            divide(1, 0, rounding=mode)


def test_a_rate_is_kept_in_lowest_terms():
    assert Rate(1250, 10_000) == Rate(1, 8) == percent("12.5") == basis_points(1250)
    assert hash(Rate(1250, 10_000)) == hash(Rate(1, 8))
    assert (Rate(0, 7).numerator, Rate(0, 7).denominator) == (0, 1)
    assert Rate(3) == Rate(9, 3) == percent(300)


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 8), (1, 0), (1, -8), (-1, -8), (0, 0)])
def test_a_rate_is_0_or_more(numerator, denominator):
    with pytest.raises(InvalidValueError, match=f"{numerator}/{denominator} is not a rate of 0 or"):
        Rate(numerator, denominator)


@pytest.mark.parametrize("part", [0.5, True, "1", None, 1.0])
def test_a_rate_is_made_of_whole_numbers(part):
    for way in (lambda: Rate(part, 8), lambda: Rate(1, part), lambda: basis_points(part)):
        with pytest.raises(InvalidValueError, match="a rate is a fraction of two whole numbers"):
            way()


@pytest.mark.parametrize(
    ("value", "rate"),
    [
        (0, Rate(0)),
        ("0", Rate(0)),
        (100, Rate(1)),
        ("100", Rate(1)),
        ("100.000000000", Rate(1)),
        ("12.5", Rate(1, 8)),
        ("0.000000001", Rate(1, 100_000_000_000)),
        ("999999999", Rate(999_999_999, 100)),
        (250, Rate(5, 2)),
        ("007", Rate(7, 100)),
    ],
)
def test_a_percentage_is_read_exactly(value, rate):
    assert percent(value) == rate


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "15%", "15 %", " 15", "15\n", "+15", "-15", "1e1", "1_5", "１５", "1,5", "15."),
        *(".5", "NaN", "Infinity", "1/8", "1234567890", "0.0000000001", 12.5, True, None, b"15"),
        pytest.param("9" * 10_000_000, id="10 MB"),
    ],
)
def test_what_is_not_a_percentage_is_refused(value):
    with pytest.raises(InvalidValueError, match="is not a percentage such as 15") as refusal:
        percent(value)
    assert len(str(refusal.value)) < 100


def test_a_negative_percentage_is_refused():
    for way in (lambda: percent(-1), lambda: basis_points(-1)):
        with pytest.raises(InvalidValueError, match="is not a rate of 0 or more"):
            way()


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_hundredths_of_a_percent_are_basis_points(amount, points):
    written = percent(f"{points // 100}.{points % 100:02}")
    assert written == basis_points(points)
    for mode in Rounding:
        low, high = amount * points // 10_000, -(-amount * points // 10_000)
        assert low <= written.of(amount, rounding=mode) <= high


def test_a_share_is_rounded_at_the_boundary():
    tenth = percent(10)
    asked = (4, 5, 6, 14, 15, 16)
    assert [tenth.of(n, rounding=Rounding.HALF_UP) for n in asked] == [0, 1, 1, 1, 2, 2]
    assert [tenth.of(n, rounding=Rounding.HALF_EVEN) for n in asked] == [0, 0, 1, 1, 2, 2]
