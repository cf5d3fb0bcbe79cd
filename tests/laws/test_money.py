"""The laws of money (family M), but for M3 and M4, which orders and refunds prove."""

import math
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from fractions import Fraction

import pytest
from hypothesis import example, given, strategies as st

from privlib.errors import CurrencyMismatchError, InvalidValueError, MoneyOverflowError
from privlib.values.allocation import allocate, allocate_money
from privlib.values.money import LARGEST_MINOR, Money, total, yuan
from privlib.values.rate import Rate, Rounding, basis_points, percent

MINORS = st.integers(-LARGEST_MINOR, LARGEST_MINOR)
EDGES = st.one_of(
    MINORS,
    st.integers(-200, 200),
    st.integers(LARGEST_MINOR - 200, LARGEST_MINOR),
    st.integers(-LARGEST_MINOR, -LARGEST_MINOR + 200),
)
CODES = st.sampled_from(["CNY", "USD", "JPY", "KWD", "CLF"])
AMOUNTS = st.integers(0, LARGEST_MINOR) | st.integers(0, 300)
WEIGHTS = st.lists(
    st.integers(0, 5) | st.integers(0, 10**6) | st.integers(0, LARGEST_MINOR), max_size=12
).filter(any)


@pytest.mark.law("M1")
@given(amount=AMOUNTS, weights=WEIGHTS)
def test_splitting_loses_nothing_and_invents_nothing(amount, weights):
    """Shares sum to the whole, each within one minor unit of its exact share; weight 0 gets 0."""
    shares = allocate(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(amount * weight, sum(weights))) < 1
        assert weight or share == 0


@pytest.mark.law("M1")
@given(amount=AMOUNTS, weights=WEIGHTS, currency=CODES)
def test_splitting_money_is_splitting_its_minor_units(amount, weights, currency):
    """Shares of money sum to the money, in its currency."""
    shares = allocate_money(Money(amount, currency), weights)
    assert total(shares, currency=currency) == Money(amount, currency)
    assert [share.minor for share in shares] == list(allocate(amount, weights))


@pytest.mark.law("M2")
@given(amount=AMOUNTS, weights=WEIGHTS, scale=st.integers(1, 10**6))
@example(amount=100, weights=[1, 1, 1], scale=7)
@example(amount=5, weights=[3, 3, 3, 3], scale=2)
def test_the_split_is_the_one_of_the_largest_remainders(amount, weights, scale):
    """Deterministic, in order, ties to the lowest index, and not dependent on scaling weights."""
    exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
    expected = [math.floor(share) for share in exact]
    for _ in range(amount - sum(expected)):
        furthest = max(exact[i] - expected[i] for i in range(len(exact)))
        expected[[exact[i] - expected[i] for i in range(len(exact))].index(furthest)] += 1
    assert list(allocate(amount, weights)) == expected
    assert list(allocate(amount, tuple(weight * scale for weight in weights))) == expected


@pytest.mark.law("M2")
@given(amount=AMOUNTS, weights=WEIGHTS)
def test_a_larger_weight_never_gets_less_and_of_equals_the_earlier_gets_the_fen(amount, weights):
    """The allocation keeps order; ties go to the lowest index."""
    shares = allocate(amount, weights)
    for i, weight in enumerate(weights):
        for j in range(i + 1, len(weights)):
            assert weights[j] != weight or 0 <= shares[i] - shares[j] <= 1
            assert weights[j] <= weight or shares[j] >= shares[i]
            assert weights[j] >= weight or shares[j] <= shares[i]


@pytest.mark.law("M5")
@given(one=EDGES, other=EDGES, codes=st.permutations(["CNY", "USD", "JPY", "KWD"]))
@example(one=0, other=0, codes=["CNY", "USD", "JPY", "KWD"])
def test_two_currencies_never_meet_in_a_sum_or_comparison(one, other, codes):
    """Adding, subtracting or comparing two currencies raises, also at zero."""
    left, right = Money(one, codes[0]), Money(other, codes[1])
    for meeting in (
        lambda: left + right,
        lambda: left - right,
        lambda: left < right,
        lambda: left <= right,
        lambda: left > right,
        lambda: left >= right,
        lambda: sorted([left, right]),
        lambda: total([left, right], currency=codes[0]),
        lambda: total([right], currency=codes[0]),
    ):
        with pytest.raises(CurrencyMismatchError):
            meeting()


@pytest.mark.law("M5")
@given(
    one=st.integers(-3, 3) | MINORS,
    other=st.integers(-3, 3) | MINORS,
    codes=st.tuples(CODES, CODES),
)
@example(one=0, other=0, codes=("CNY", "USD"))
@example(one=7, other=7, codes=("CNY", "CNY"))
def test_equality_is_an_answer_and_the_hash_agrees_with_it(one, other, codes):
    """Equality of two currencies is False, never an error; the hash agrees with equality."""
    left, right = Money(one, codes[0]), Money(other, codes[1])
    same = one == other and codes[0] == codes[1]
    assert (left == right) is same
    assert (right == left) is same
    assert (left != right) is not same
    assert len({left, right}) == (1 if same else 2)
    assert not same or hash(left) == hash(right)


@pytest.mark.law("M5")
@pytest.mark.parametrize("other", [0, 0.0, False, None, "0.00 CNY", Decimal(0), (0, "CNY")])
def test_money_is_not_equal_to_what_is_not_money(other):
    """Equality is False, never an error."""
    assert Money(0) != other
    assert not other == Money(0)  # noqa: SIM201 - the reflected operator is what is asked


@pytest.mark.law("M5")
@given(one=MINORS, other=st.integers() | st.floats() | st.none() | st.booleans() | st.text())
def test_money_meets_nothing_but_money(one, other):
    """Adding, subtracting or comparing money and anything else raises."""
    money = Money(one)
    for meeting in (
        lambda: money + other,
        lambda: money - other,
        lambda: money < other,
        lambda: other < money,
        lambda: other >= money,
    ):
        with pytest.raises(InvalidValueError, match="money and"):
            meeting()


@pytest.mark.law("M6")
@given(st.floats() | st.booleans() | st.none() | st.complex_numbers() | st.binary())
@example(float("nan"))
@example(float("inf"))
@example(1.0)
@example(True)  # noqa: FBT003 - the boolean is the question
def test_no_float_and_no_boolean_becomes_money(value):
    """No float, bool, NaN or infinity becomes Money, by any way in."""
    for way in (Money, yuan, Money.parse, Money(1).__mul__, Money(1).__rmul__):
        with pytest.raises(InvalidValueError) as refusal:
            way(value)
        assert type(value).__name__ in str(refusal.value)


@pytest.mark.law("M6")
@pytest.mark.parametrize(
    "text",
    [
        *("NaN", "nan", "sNaN", "Infinity", "-Infinity", "inf", "-inf"),
        *("1e2", "1E2", "1E+2", "1e-2", "1E999999", "0x10", "0b1", "1_000", "1_0.00"),
        *("１２.５", "१२", "١٢", "12．50", "一百", "½", "²", "①"),
        *("", " ", " 1", "1 ", "1\n", "\n1", "\t1", "1\u00a0", "\u30001", "1 000", "\ufeff1"),
        *("1,000", "1,5", "1.", ".5", ".", "-", "--1", "+1", "1-", "-.5", "1.2.3", "1..2"),
        *("¥1", "1元", "1 CNY", "CNY", "\x00", "1\x00", "\ud800", "−1", "-1\n"),
    ],
)
def test_a_text_that_is_not_plain_digits_is_refused(text):
    """No exponent, underscore, blank, separator or non-ASCII digit becomes Money."""
    with pytest.raises(InvalidValueError, match="is not an amount such as"):
        yuan(text)


@pytest.mark.law("M6")
@given(st.text() | st.text(alphabet="0123456789.-+eE_ ,\n１٣", max_size=24))
@example("-0")
@example("00000000000000000.10")
def test_a_text_is_read_exactly_or_refused(text):
    """What becomes Money is ASCII digits and the very amount that was written."""
    try:
        money = yuan(text)
    except InvalidValueError:
        return
    assert set(text) <= set("0123456789.-")
    assert Fraction(text) * 100 == money.minor


@pytest.mark.law("M6")
@given(st.decimals() | st.decimals(places=2) | st.decimals(places=3, min_value=-9, max_value=9))
@example(Decimal("NaN"))
@example(Decimal("sNaN"))
@example(Decimal("-Infinity"))
@example(Decimal("1E+999999"))
@example(Decimal("1E-999999"))
@example(Decimal("1E+2"))
@example(Decimal("19.90"))
def test_a_decimal_is_read_exactly_or_refused(amount):
    """No NaN, infinity or exponent becomes Money; sub-fen input raises, never rounds."""
    try:
        money = yuan(amount)
    except InvalidValueError:
        return
    assert amount.is_finite()
    assert Fraction(amount) * 100 == money.minor


@pytest.mark.law("M6")
@pytest.mark.parametrize("exponent", [1, 2, 18, 400, 999_999])
def test_a_decimal_that_is_written_with_an_exponent_is_refused(exponent):
    """No exponent becomes Money, not even a harmless one."""
    with pytest.raises(InvalidValueError, match="written out in full"):
        yuan(Decimal((0, (1,), exponent)))


@pytest.mark.law("M6")
@given(
    whole=st.integers(0, 10**15),
    part=st.text("0123456789", min_size=3, max_size=19).filter(lambda part: part[2:].strip("0")),
    sign=st.sampled_from(["", "-"]),
)
@example(whole=1, part="005", sign="")
@example(whole=0, part="0000000000000000001", sign="-")
def test_an_amount_finer_than_a_fen_raises_and_is_never_rounded(whole, part, sign):
    """Sub-fen input raises, never rounds."""
    written = f"{sign}{whole}.{part}"
    for way in (yuan, lambda text: yuan(Decimal(text))):
        with pytest.raises(InvalidValueError, match="is not a whole number of minor units"):
            way(written)


@pytest.mark.law("M6")
@pytest.mark.parametrize(
    "text",
    ["9" * 10_000_000, "0." + "0" * 10_000_000, "-" * 10_000_000, "1" + " " * 10_000_000],
    ids=["digits", "zeros", "signs", "blanks"],
)
def test_ten_million_characters_are_refused_without_being_repeated(text):
    """Huge text becomes no Money, and its message is short."""
    with pytest.raises(InvalidValueError) as refusal:
        yuan(text)
    assert len(str(refusal.value)) < 120


@pytest.mark.law("M6")
@given(minor=MINORS, currency=CODES)
def test_what_money_prints_is_read_back(minor, currency):
    """The amount in major units and Money.parse are each other's inverse."""
    money = Money(minor, currency)
    assert Money.parse(money.amount, currency) == money
    assert Money.parse(Decimal(money.amount), currency) == money


@pytest.mark.law("M7")
@given(one=EDGES, other=EDGES, count=EDGES)
@example(one=LARGEST_MINOR, other=1, count=1)
@example(one=-LARGEST_MINOR, other=1, count=-1)
@example(one=LARGEST_MINOR, other=-1, count=2)
def test_a_result_stays_in_64_bits_or_raises(one, other, count):
    """Every result stays in +-(2^63-1) minor units or raises MoneyOverflowError."""
    for expected, made in (
        (one + other, lambda: Money(one) + Money(other)),
        (one - other, lambda: Money(one) - Money(other)),
        (-one, lambda: -Money(one)),
        (one * count, lambda: Money(one) * count),
        (one * count, lambda: count * Money(one)),
        (one + other + count, lambda: total([Money(one), Money(other), Money(count)])),
        (one * 100, lambda: yuan(one)),
        (one * other, lambda: Money(one * other)),
    ):
        if abs(expected) <= 2**63 - 1:
            assert made() == Money(expected)
        else:
            with pytest.raises(MoneyOverflowError, match="bits"):
                made()


@pytest.mark.law("M7")
@given(minor=EDGES, numerator=st.integers(0, 10**12), rounding=st.sampled_from(Rounding))
@example(minor=LARGEST_MINOR, numerator=10_001, rounding=Rounding.DOWN)
@example(minor=LARGEST_MINOR, numerator=10_000, rounding=Rounding.UP)
def test_a_share_stays_in_64_bits_or_raises(minor, numerator, rounding):
    """A share of an amount stays in 64 bits or raises, too."""
    expected = rounded(Fraction(minor * numerator, 10_000), rounding)
    rate = basis_points(numerator)
    if abs(expected) <= 2**63 - 1:
        assert Money(minor).times(rate, rounding=rounding).minor == expected
    else:
        with pytest.raises(MoneyOverflowError):
            Money(minor).times(rate, rounding=rounding)


@pytest.mark.law("M7")
def test_a_sum_may_pass_the_limit_on_its_way():
    """Only the result counts: a sum is built once, at the end."""
    amounts = [Money(LARGEST_MINOR), Money(LARGEST_MINOR), Money(-LARGEST_MINOR)]
    assert total(amounts) == Money(LARGEST_MINOR)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """What the named rounding means, written in another way than the library writes it."""
    away = 1 if exact > 0 else -1
    size = abs(exact)
    return {
        Rounding.HALF_UP: away * math.floor(size + Fraction(1, 2)),
        Rounding.HALF_DOWN: away * math.ceil(size - Fraction(1, 2)),
        Rounding.HALF_EVEN: round(exact),
        Rounding.DOWN: math.trunc(exact),
        Rounding.UP: away * math.ceil(size),
        Rounding.FLOOR: math.floor(exact),
        Rounding.CEILING: math.ceil(exact),
    }[rounding]


@pytest.mark.law("M8")
@given(
    minor=st.integers(-2000, 2000) | st.integers(-(10**12), 10**12),
    numerator=st.integers(0, 40) | st.integers(0, 10**6),
    denominator=st.sampled_from([1, 2, 4, 8, 100, 1000, 10_000]) | st.integers(1, 10**6),
    rounding=st.sampled_from(Rounding),
)
@example(minor=5, numerator=1, denominator=2, rounding=Rounding.HALF_EVEN)
@example(minor=-5, numerator=1, denominator=2, rounding=Rounding.HALF_UP)
@example(minor=5, numerator=1, denominator=2, rounding=Rounding.HALF_DOWN)
@example(minor=-5, numerator=1, denominator=2, rounding=Rounding.HALF_DOWN)
@example(minor=-1, numerator=1, denominator=2, rounding=Rounding.HALF_EVEN)
def test_a_share_is_the_exact_fraction_rounded_once_by_name(
    minor, numerator, denominator, rounding
):
    """Percentages are rationals; the rounding mode is a named parameter; it happens once."""
    exact = Fraction(minor * numerator, denominator)
    share = Money(minor).times(Rate(numerator, denominator), rounding=rounding)
    assert share == Money(rounded(exact, rounding))


@pytest.mark.law("M8")
@given(
    minor=st.integers(-2000, 2000) | st.integers(-(10**15), 10**15),
    points=st.integers(0, 20_000),
    mode=st.sampled_from(
        [
            (Rounding.HALF_UP, ROUND_HALF_UP),
            (Rounding.HALF_DOWN, ROUND_HALF_DOWN),
            (Rounding.HALF_EVEN, ROUND_HALF_EVEN),
            (Rounding.DOWN, ROUND_DOWN),
            (Rounding.UP, ROUND_UP),
            (Rounding.FLOOR, ROUND_FLOOR),
            (Rounding.CEILING, ROUND_CEILING),
        ]
    ),
)
def test_basis_points_round_as_the_decimal_module_rounds(minor, points, mode):
    """Our names of rounding mean what the standard library means by them."""
    rounding, in_decimal = mode
    exact = Decimal(minor) * Decimal(points).scaleb(-4)
    expected = exact.to_integral_value(in_decimal, Context(prec=60))
    assert Money(minor).times(basis_points(points), rounding=rounding) == Money(int(expected))


@pytest.mark.law("M8")
@given(whole=st.integers(0, 999_999_999), part=st.text("0123456789", max_size=9))
def test_a_percentage_is_an_exact_fraction(whole, part):
    """Percentages are rationals, in lowest terms, never floats."""
    rate = percent(f"{whole}.{part}" if part else str(whole))
    exact = Fraction(f"{whole}.{part or 0}") / 100
    assert (rate.numerator, rate.denominator) == (exact.numerator, exact.denominator)
    assert type(rate.numerator) is int
    assert part or rate == percent(whole) == basis_points(whole * 100)


@pytest.mark.law("M8")
def test_a_line_of_three_is_rounded_once_and_not_per_unit():
    """Rounding happens once per order line sum, not per unit: 3 x 0.99 yuan at 12.5 %."""
    unit, rate = yuan("0.99"), percent("12.5")
    assert (unit * 3).times(rate, rounding=Rounding.HALF_UP) == yuan("0.37")
    assert unit.times(rate, rounding=Rounding.HALF_UP) * 3 == yuan("0.36")
