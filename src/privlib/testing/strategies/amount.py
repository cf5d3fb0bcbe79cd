"""Strategies for amounts and shares: money, rates."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from privlib.errors import InvalidValueError
from privlib.values.money import LARGEST_MINOR, Money, minor_digits
from privlib.values.rate import Rate

__all__ = ["currencies", "money", "rates"]

RANGE: Final = 100_000_000
_DENOMINATORS: Final = st.sampled_from([1, 3, 8, 100, 10_000]) | st.integers(1, 1_000_000)
_CURRENCIES: Final = st.sampled_from(["CNY", "JPY", "USD", "KWD", "CLF"])


def currencies() -> st.SearchStrategy[str]:
    """Currency codes, with none, two, three and four digits after the point."""
    return _CURRENCIES


def money(
    *,
    min_value: Money | None = None,
    max_value: Money | None = None,
    currency: str | None = None,
) -> st.SearchStrategy[Money]:
    """Amounts from `min_value` (nothing) to `max_value`, both inclusive, of one currency.

    The currency is that of the bounds, CNY without any. Without `max_value` an amount is at most
    100,000,000 minor units above the least.

    Raises InvalidValueError where the bounds leave nothing between, CurrencyMismatchError where
    they are of two currencies.
    """
    bound = max_value if min_value is None else min_value
    code = currency or (bound.currency if bound is not None else "CNY")
    minor_digits(code)
    low = Money.zero(code) if min_value is None else min_value
    high = Money(min(low.minor + RANGE, LARGEST_MINOR), code) if max_value is None else max_value
    if low > high or low > Money(LARGEST_MINOR, code):
        raise InvalidValueError(f"no amount lies between {low} and {high}")
    return st.integers(low.minor, high.minor).map(lambda minor: Money(minor, code))


@st.composite
def rates(draw: st.DrawFn, *, max_value: Rate | None = None) -> Rate:
    """Exact shares from 0 to `max_value` (the whole), both inclusive."""
    most = Rate(1) if max_value is None else max_value
    denominator = draw(_DENOMINATORS)
    return Rate(draw(st.integers(0, denominator)) * most.numerator, denominator * most.denominator)
