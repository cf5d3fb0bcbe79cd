"""Questions for a number, an amount or a date, between bounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import Attribute, field, frozen
from attrs.converters import optional

from privlib.conditions import Kind
from privlib.errors import InvalidValueError, Problem
from privlib.program.questions.asked import MaybePersonal
from privlib.values.amount import check_optional_amount
from privlib.values.money import LARGEST_MINOR, Money
from privlib.values.period import checked_day

__all__ = ["Day", "MoneyAmount", "WholeNumber"]


def _check_number(_question: object, attribute: Attribute[int | None], value: object) -> None:
    if value is not None and (type(value) is not int or abs(value) > LARGEST_MINOR):
        raise InvalidValueError(f"{attribute.name} is a whole number; got {value!r:.40}")


@frozen(kw_only=True)
class WholeNumber(MaybePersonal):
    """A whole number from `lowest` to `highest`, both inclusive."""

    tag: ClassVar[str] = "number"
    holds: ClassVar[Kind] = Kind.NUMBER

    lowest: int | None = field(default=None, validator=_check_number)
    highest: int | None = field(default=None, validator=_check_number)

    def _problems(self) -> Iterator[Problem]:
        if self.lowest is not None and self.highest is not None and self.lowest > self.highest:
            yield Problem("lowest", f"no number lies from {self.lowest} to {self.highest}")


@frozen(kw_only=True)
class MoneyAmount(MaybePersonal):
    """An amount from `lowest` to `highest`, both inclusive, in the currency of the shop."""

    tag: ClassVar[str] = "money"
    holds: ClassVar[Kind] = Kind.MONEY

    lowest: Money | None = field(default=None, validator=check_optional_amount)
    highest: Money | None = field(default=None, validator=check_optional_amount)

    def _problems(self) -> Iterator[Problem]:
        low, high = self.lowest, self.highest
        if low is not None and high is not None and low.minor > high.minor:
            yield Problem("lowest", f"no amount lies from {low} to {high}")


@frozen(kw_only=True)
class Day(MaybePersonal):
    """A date from `lowest` to `highest`, both inclusive."""

    tag: ClassVar[str] = "date"
    holds: ClassVar[Kind] = Kind.DATE

    lowest: date | None = field(default=None, converter=optional(checked_day))
    highest: date | None = field(default=None, converter=optional(checked_day))

    def _problems(self) -> Iterator[Problem]:
        if self.lowest is not None and self.highest is not None and self.lowest > self.highest:
            yield Problem("lowest", f"no day lies from {self.lowest} to {self.highest}")
