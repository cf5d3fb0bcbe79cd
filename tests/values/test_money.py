"""The boundaries of money, spelled out."""

import pickle
from decimal import Decimal

import pytest

from privlib.errors import (
    CurrencyMismatchError,
    InvalidValueError,
    MoneyOverflowError,
    PrivlibError,
)
from privlib.values.money import LARGEST_MINOR, Money, minor_digits, total, yuan
from privlib.values.rate import Rounding, percent


@pytest.mark.parametrize(
    ("amount", "minor"),
    [
        ("0", 0),
        ("0.01", 1),
        ("0.1", 10),
        ("0.10", 10),
        ("19.9", 1990),
        ("19.900000", 1990),
        ("-0.01", -1),
        ("-0", 0),
        ("0005.00", 500),
        (5, 500),
        (-5, -500),
        (0, 0),
        (Decimal("19.90"), 1990),
        (Decimal("19.900"), 1990),
        (Decimal("-0.00"), 0),
        (Decimal(7), 700),
        ("4999.99", 499_999),
        ("5000", 500_000),
        ("5000.01", 500_001),
        ("92233720368547758.07", LARGEST_MINOR),
        ("-92233720368547758.07", -LARGEST_MINOR),
        (92_233_720_368_547_758, LARGEST_MINOR - 7),
    ],
)
def test_an_amount_of_yuan_is_so_many_fen(amount, minor):
    assert yuan(amount) == Money(minor) == Money.parse(amount, "CNY")


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("19", "JPY", 19),
        ("19.00", "JPY", 19),
        ("1.234", "KWD", 1234),
        ("1.2345", "CLF", 12345),
        (7, "KWD", 7000),
        (Decimal("1.5"), "BHD", 1500),
    ],
)
def test_a_currency_has_its_own_digits(amount, currency, minor):
    assert Money.parse(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("1.005", "CNY"), ("0.001", "USD"), ("19.5", "JPY"), ("1.2345", "KWD"), ("0.00001", "CLF")],
)
def test_an_amount_finer_than_its_currency_is_refused(amount, currency):
    with pytest.raises(InvalidValueError, match=f"{amount} {currency} is not a whole number"):
        Money.parse(amount, currency)


@pytest.mark.parametrize(
    "amount",
    [
        *("92233720368547758.08", "-92233720368547758.08", "9" * 19),
        *(92_233_720_368_547_759, 10**18, -(10**18), 10**6000, Decimal("92233720368547758.08")),
    ],
    ids=lambda amount: str(amount)[:24] if not isinstance(amount, int) else "an int",
)
def test_an_amount_beyond_64_bits_is_refused_by_its_own_name(amount):
    with pytest.raises(MoneyOverflowError, match="bits"):
        yuan(amount)


def test_an_overflow_can_be_caught_as_what_it_is_and_as_what_it_always_was():
    for kind in (MoneyOverflowError, InvalidValueError, OverflowError, ValueError, PrivlibError):
        with pytest.raises(kind, match="an amount of 64 bits is beyond the 64 allowed"):
            Money(2**63)
    for kind in (CurrencyMismatchError, InvalidValueError, ValueError, PrivlibError):
        with pytest.raises(kind, match="cannot add CNY and USD"):
            Money(0) + Money(0, "USD")


def test_64_bits_are_counted_with_both_signs_alike():
    assert (Money(2**63 - 1).minor, Money(-(2**63) + 1).minor) == (LARGEST_MINOR, -LARGEST_MINOR)
    for minor in (2**63, -(2**63), 10**6000):
        with pytest.raises(MoneyOverflowError, match="beyond the 64 allowed"):
            Money(minor)


@pytest.mark.parametrize("amount", ["9" * 20, "0" * 20, "0." + "0" * 20])
def test_an_amount_of_more_than_19_digits_is_refused(amount):
    with pytest.raises(InvalidValueError, match="is not an amount such as"):
        yuan(amount)


@pytest.mark.parametrize("amount", [None, 1.0, True, b"1", ["1"], object, 1j, Money(1)])
def test_an_amount_is_text_a_whole_number_or_a_decimal(amount):
    with pytest.raises(InvalidValueError, match="money is read from text, a whole number or a Dec"):
        yuan(amount)


@pytest.mark.parametrize("minor", [1.0, True, "1", None, Decimal(1), float("nan")])
def test_money_is_counted_in_whole_minor_units(minor):
    with pytest.raises(InvalidValueError, match="money is counted in whole minor units, an int"):
        Money(minor)


@pytest.mark.parametrize(
    "currency", ["cny", "RMB", "", "XXX", "XAU", "CNY ", "¥", "ＣＮＹ", "C" * 10**7]
)
def test_a_text_that_is_no_currency_is_refused(currency):
    for way in (
        lambda: Money(1, currency),
        lambda: Money.parse("1", currency),
        lambda: Money.zero(currency),
        lambda: minor_digits(currency),
        lambda: total([], currency=currency),
    ):
        with pytest.raises(InvalidValueError, match="is not an ISO 4217 currency code") as refusal:
            way()
        assert len(str(refusal.value)) < 100


class Liar:
    """Prints itself as a currency, and is none."""

    def __str__(self):
        return "CNY"


@pytest.mark.parametrize("currency", [None, 156, ["CNY"], b"CNY", {}, Liar()])
def test_what_is_not_even_a_text_is_no_currency(currency):
    for way in (lambda: Money(1, currency), lambda: minor_digits(currency)):
        with pytest.raises(InvalidValueError, match="is not an ISO 4217 currency code"):
            way()


def test_currencies_have_the_digits_of_iso_4217():
    two = [minor_digits(code) for code in ("CNY", "USD", "EUR", "HKD", "TWD", "MOP")]
    none = [minor_digits(code) for code in ("JPY", "KRW", "VND", "ISK")]
    three = [minor_digits(code) for code in ("BHD", "KWD", "TND")]
    four = [minor_digits(code) for code in ("CLF", "UYW")]
    assert (set(two), set(none), set(three), set(four)) == ({2}, {0}, {3}, {4})


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(0), "0.00 CNY"),
        (Money(5), "0.05 CNY"),
        (Money(-5), "-0.05 CNY"),
        (Money(-199_999), "-1999.99 CNY"),
        (Money(7, "JPY"), "7 JPY"),
        (Money(-7, "JPY"), "-7 JPY"),
        (Money(7, "KWD"), "0.007 KWD"),
        (Money(LARGEST_MINOR), "92233720368547758.07 CNY"),
    ],
)
def test_money_prints_all_digits_of_its_currency(money, text):
    assert str(money) == text
    assert money.amount == text[:-4]


def test_sums_and_differences_and_counts():
    assert yuan(5000) - yuan("0.01") == yuan("4999.99")
    assert yuan("0.10") + yuan("0.20") == yuan("0.30")
    assert yuan("0.33") * 3 == 3 * yuan("0.33") == yuan("0.99")
    assert yuan(1) * -2 == -yuan(2)
    assert yuan(1) * 0 == Money.zero()


def test_money_is_ordered_by_its_amount():
    amounts = [yuan("5000.01"), yuan(-1), yuan("4999.99"), yuan(5000)]
    assert sorted(amounts) == [yuan(-1), yuan("4999.99"), yuan(5000), yuan("5000.01")]
    assert yuan(5000) >= yuan(5000) <= yuan(5000)
    assert not yuan(5000) > yuan(5000)
    assert not yuan(5000) < yuan(5000)


def test_only_nothing_is_false():
    assert [bool(Money(minor)) for minor in (0, 1, -1)] == [False, True, True]


@pytest.mark.parametrize("count", [1.0, True, "2", None, Decimal(2), Money(1)])
def test_money_is_multiplied_by_a_whole_number_only(count):
    with pytest.raises(InvalidValueError, match="multiply by a whole number, or use times"):
        yuan(1) * count


def test_money_cannot_be_changed_and_survives_a_pickle():
    money = yuan("19.90")
    with pytest.raises(AttributeError):
        money.minor = 1
    assert pickle.loads(pickle.dumps(money)) == money


def test_nothing_sums_to_nothing():
    assert total([]) == Money(0)
    assert total(iter(()), currency="JPY") == Money(0, "JPY")


def test_a_sum_is_of_one_currency():
    assert total([yuan("0.01")] * 3) == yuan("0.03")
    assert total((Money(1, "USD"), Money(2, "USD")), currency="USD") == Money(3, "USD")
    with pytest.raises(CurrencyMismatchError, match="cannot add CNY and USD"):
        total([yuan(1), Money(0, "USD")])
    with pytest.raises(CurrencyMismatchError, match="cannot add CNY and USD"):
        total([Money(1, "USD")])


def test_a_sum_beyond_64_bits_is_refused():
    assert total([Money(LARGEST_MINOR - 1), Money(1)]) == Money(LARGEST_MINOR)
    with pytest.raises(MoneyOverflowError, match="beyond the 64 allowed"):
        total([Money(LARGEST_MINOR), Money(1)])


def test_a_share_of_money_names_its_rounding():
    half = percent(50)
    assert yuan("0.05").times(half, rounding=Rounding.HALF_UP) == yuan("0.03")
    assert yuan("0.05").times(half, rounding=Rounding.HALF_EVEN) == yuan("0.02")
    assert yuan("0.07").times(half, rounding=Rounding.HALF_EVEN) == yuan("0.04")
    assert yuan("-0.05").times(half, rounding=Rounding.HALF_UP) == yuan("-0.03")
    with pytest.raises(TypeError, match="rounding"):
        yuan("0.05").times(half)
