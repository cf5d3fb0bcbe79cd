"""Amounts of a case: decimal text as whole minor units of one currency, and back."""

from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from privlib.errors import InvalidValueError
from privlib.values.money import Money, minor_digits

__all__ = ["FINEST", "Scale", "TooFineError", "scales_of"]

FINEST = "CLF"
"""A currency of four digits, in which what is finer than a cent is told."""


class TooFineError(Exception):
    """An amount has more digits than the currency."""


@frozen
class Scale:
    """A currency, and whether what is finer than it is rounded."""

    currency: str
    rounds: bool = False

    def minor(self, text):
        """An amount in minor units."""
        exact = Fraction(str(text)) * 10 ** minor_digits(self.currency)
        if exact.denominator != 1 and not self.rounds:
            raise TooFineError(f"{text} is finer than {self.currency}")
        return round(exact)

    def money(self, text):
        """An amount as money."""
        return Money(self.minor(text), self.currency)

    def money_of(self, minor):
        """So many minor units as money."""
        return Money(minor, self.currency)

    def shown(self, minor):
        """So many minor units as the text of an expectation."""
        return str(Decimal(minor).scaleb(-minor_digits(self.currency)))

    def is_same(self, text, minor):
        """Whether minor units are what is expected.

        What is finer than the currency is as good as either of the amounts beside it.
        """
        exact = Fraction(str(text)) * 10 ** minor_digits(self.currency)
        return exact == minor if exact.denominator == 1 else abs(exact - minor) < 1


def scales_of(currency):
    """In which currencies a case can be told, the plainest first."""
    return [Scale(_known(currency)), Scale(FINEST), Scale(FINEST, rounds=True)]


def _known(currency):
    code = (currency or "CNY").upper()
    try:
        minor_digits(code)
    except InvalidValueError:
        return "CNY"
    return code
