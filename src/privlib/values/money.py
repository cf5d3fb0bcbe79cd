"""Money: whole minor units of one currency, never a float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from attrs import Attribute, field

from privlib.errors import CurrencyMismatchError, InvalidValueError, MoneyOverflowError
from privlib.values.frozen import frozen, made_of
from privlib.values.rate import Rate, Rounding

__all__ = ["LARGEST_MINOR", "Money", "minor_digits", "total", "yuan"]

LARGEST_MINOR: Final = 2**63 - 1

# ISO 4217: most currencies have two digits after the point; these codes do, the next lists do not.
_TWO_DIGITS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK
PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"
_DIGITS: Final[dict[str, int]] = {
    code: digits
    for digits, codes in ((2, _TWO_DIGITS), (0, _NO_DIGITS), (3, _THREE_DIGITS), (4, _FOUR_DIGITS))
    for code in codes.split()
}
_AMOUNT = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]{1,19})(?:\.(?P<part>[0-9]{1,19}))?")


def minor_digits(currency: str) -> int:
    """How many digits a currency has after the point (ISO 4217).

    >>> minor_digits("CNY"), minor_digits("JPY"), minor_digits("KWD")
    (2, 0, 3)
    """
    try:
        return _DIGITS[currency]
    except (KeyError, TypeError):
        raise InvalidValueError(f"{currency!r:.40} is not an ISO 4217 currency code") from None


def _check_minor(_money: object, _attribute: Attribute[int], minor: object) -> None:
    if type(minor) is not int:
        raise InvalidValueError(
            f"money is counted in whole minor units, an int; got {type(minor).__name__}"
        )
    if not -LARGEST_MINOR <= minor <= LARGEST_MINOR:
        raise MoneyOverflowError(f"an amount of {minor.bit_length()} bits is beyond the 64 allowed")


def _check_currency(_money: object, _attribute: Attribute[str], currency: str) -> None:
    minor_digits(currency)


@frozen(order=False)
class Money:
    """An amount of one currency, in whole minor units (fen, cents).

    Two currencies never meet: adding or comparing them raises, also at zero, while equality is
    simply false. Nothing is ever rounded in silence; where a share is needed, `times` names its
    rounding and `allocate` loses nothing.

    >>> Money(19_990) + yuan("0.10")
    Money(minor=20000, currency='CNY')
    >>> str(yuan("200") - yuan("0.01"))
    '199.99 CNY'

    Raises InvalidValueError for anything but a whole number (also for `True`),
    MoneyOverflowError beyond 64 bits, CurrencyMismatchError where two currencies meet.
    """

    minor: int = field(validator=_check_minor)
    currency: str = field(default="CNY", validator=_check_currency)

    @classmethod
    def parse(cls, amount: str | int | Decimal, currency: str = "CNY") -> Money:
        """Read an amount in major units: "19.90", a whole number, or a Decimal.

        >>> Money.parse("19.9", "USD")
        Money(minor=1990, currency='USD')

        Raises InvalidValueError where the amount is finer than the currency, or written with an
        exponent, blanks, separators or digits other than 0 to 9.
        """
        digits = minor_digits(currency)
        if type(amount) is int:
            if abs(amount) > LARGEST_MINOR:
                raise MoneyOverflowError(f"{amount.bit_length()} bits of {currency} are too many")
            return cls(amount * 10**digits, currency)
        return cls(_minor_from(_amount_text(amount), digits, currency), currency)

    @classmethod
    def zero(cls, currency: str = "CNY") -> Money:
        """Nothing, in this currency."""
        return cls(0, currency)

    def _strange(self, other: object, doing: str) -> InvalidValueError:
        """The error for what cannot be added to this or compared with it."""
        if not isinstance(other, Money):
            return InvalidValueError(f"cannot {doing} money and {type(other).__name__}")
        return CurrencyMismatchError(f"cannot {doing} {self.currency} and {other.currency}")

    def _comparable(self, other: object) -> int:
        if isinstance(other, Money) and other.currency == self.currency:
            return other.minor
        raise self._strange(other, "compare")

    def __add__(self, other: Money) -> Money:
        if other.__class__ is Money and other.currency == self.currency:
            return _of(self.minor + other.minor, self.currency)
        raise self._strange(other, "add")

    def __sub__(self, other: Money) -> Money:
        if other.__class__ is Money and other.currency == self.currency:
            return _of(self.minor - other.minor, self.currency)
        raise self._strange(other, "subtract")

    def __neg__(self) -> Money:
        return _of(-self.minor, self.currency)

    def __mul__(self, count: int) -> Money:
        if type(count) is not int:
            raise InvalidValueError(
                f"money times {type(count).__name__}: multiply by a whole number, or use times()"
            )
        return _of(self.minor * count, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._comparable(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._comparable(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._comparable(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._comparable(other)

    def __bool__(self) -> bool:
        """False only for nothing."""
        return self.minor != 0

    def times(self, rate: Rate, *, rounding: Rounding) -> Money:
        """A share of this amount, rounded once and by name.

        >>> from privlib.values.rate import percent
        >>> yuan("0.99").times(percent("12.5"), rounding=Rounding.HALF_UP)
        Money(minor=12, currency='CNY')
        """
        return _of(rate.of(self.minor, rounding=rounding), self.currency)

    @property
    def amount(self) -> str:
        """The amount in major units, with all the digits of its currency.

        >>> yuan(5).amount
        '5.00'
        """
        digits = _DIGITS[self.currency]
        sign = "-" if self.minor < 0 else ""
        if not digits:
            return f"{sign}{abs(self.minor)}"
        whole, part = divmod(abs(self.minor), 10**digits)
        return f"{sign}{whole}.{part:0{digits}}"

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


_unchecked = made_of(Money)


def _of(minor: int, currency: str) -> Money:
    """What was reckoned from money: of a known currency, but perhaps too much."""
    if -LARGEST_MINOR <= minor <= LARGEST_MINOR:
        return _unchecked(minor, currency)
    return Money(minor, currency)


def _amount_text(amount: object) -> str:
    if isinstance(amount, Decimal):
        exponent = amount.as_tuple().exponent
        if not isinstance(exponent, int) or not -19 <= exponent <= 0:
            raise InvalidValueError("a Decimal amount must be finite and written out in full")
        return format(amount, "f")
    if not isinstance(amount, str):
        raise InvalidValueError(
            f'money is read from text, a whole number or a Decimal ("19.90"); '
            f"got {type(amount).__name__}"
        )
    return amount


def _minor_from(text: str, digits: int, currency: str) -> int:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise InvalidValueError(f'{text!r:.40} is not an amount such as "19.90"')
    part = found["part"] or ""
    if part[digits:].strip("0"):
        raise InvalidValueError(f"{text} {currency} is not a whole number of minor units")
    minor = int(found["whole"] + part[:digits].ljust(digits, "0"))
    return -minor if found["sign"] else minor


def yuan(amount: str | int | Decimal) -> Money:
    """So many yuan: `yuan("19.90")`, `yuan(5_000)`.

    >>> yuan("19.90")
    Money(minor=1990, currency='CNY')
    >>> yuan("1.005")
    Traceback (most recent call last):
    privlib.errors.InvalidValueError: 1.005 CNY is not a whole number of minor units
    """
    return Money.parse(amount, "CNY")


def total(amounts: Iterable[Money], *, currency: str = "CNY") -> Money:
    """The sum of many amounts of one currency, built once at the end.

    >>> total([yuan(1), yuan(2)])
    Money(minor=300, currency='CNY')
    """
    minor = 0
    for amount in amounts:
        if amount.currency is not currency and amount.currency != currency:
            raise CurrencyMismatchError(f"cannot add {currency} and {amount.currency}")
        minor += amount.minor
    return _of(minor, currency) if minor else Money(0, currency)
