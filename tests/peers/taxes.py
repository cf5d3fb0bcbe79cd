"""Taxes: the simple sums in which a price with tax and one without are told for each other.

A basket whose lines have one rate, or none, can be told so; what hangs on several rates at once is
beyond the library.
"""

from fractions import Fraction

from attrs import define
from tests.peers.cases import OutOfScopeError

__all__ = ["Taxes", "rounded"]


def rounded(exact):
    """A fraction of minor units, half of one away from nothing."""
    return int(exact + Fraction(1, 2)) if exact >= 0 else -int(-exact + Fraction(1, 2))


@define
class Taxes:
    """The rates of the lines of a case."""

    shopping: object

    def rates(self, lines):
        """The rates of lines, and whether their prices have them in."""
        return {self._of(line) for line in lines}

    def _of(self, line):
        if line.get("taxes"):
            raise OutOfScopeError("several taxes of one line")
        tax = line.get("tax") or {}
        rate = Fraction(str(tax.get("rate", 0))) / 100
        return (rate, bool(tax.get("included"))) if rate else (rate, True)

    def _one(self, lines):
        rates = self.rates(lines)
        if len(rates) > 1:
            raise OutOfScopeError("an amount over several rates of tax")
        return next(iter(rates), (Fraction(0), True))

    def threshold(self, told, goods):
        """A threshold of a condition in the prices that the basket has."""
        value = self.shopping.scale.minor(told["value"])
        if told.get("tax") not in ("included", "excluded"):
            return value
        lines = self.shopping.open_lines(goods) or self.shopping.ticked
        wants_in = told["tax"] == "included"
        if all(not rate or is_in is wants_in for rate, is_in in self.rates(lines)):
            return value
        rate, is_in = self._one(lines)
        return rounded(value * (1 + rate) if is_in else value / (1 + rate))

    def amount_off(self, minor, goods, *, with_tax):
        """An amount that has tax in it, in the prices that the basket has."""
        if not with_tax:
            return minor
        rate, is_in = self._one(self.shopping.open_lines(goods))
        return minor if is_in else rounded(minor / (1 + rate))

    def split(self, line, payable):
        """What is paid for a line, without tax and with it."""
        rate, is_in = self._of(line)
        if is_in:
            return rounded(payable / (1 + rate)), payable
        return payable, rounded(payable * (1 + rate))

    def shipping(self, way, payable):
        """What is paid for a way of shipping, without tax and with it."""
        amount, gross = way.get("amount"), way.get("amount_incl_tax")
        if gross is not None and Fraction(str(amount)):
            factor = Fraction(str(gross)) / Fraction(str(amount))
            return payable, rounded(payable * factor)
        included = self.shopping.given.get("prices_include_tax")
        if included is None:
            return payable, payable
        rate, _ = self._one(self.shopping.ticked)
        if included:
            return rounded(payable / (1 + rate)), payable
        return payable, rounded(payable * (1 + rate))
