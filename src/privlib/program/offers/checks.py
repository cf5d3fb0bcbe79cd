"""Checks that several offers share."""

from __future__ import annotations

from typing import Any

from attrs import Attribute

from privlib.errors import InvalidValueError
from privlib.values.money import Money
from privlib.values.rate import Rate, percent

__all__ = ["as_percent", "check_count", "check_optional_count", "check_part", "check_price"]

_MOST = 1_000_000


def as_percent(value: object) -> Rate:
    """A rate, or a percentage such as 15 or "12.5"."""
    return value if isinstance(value, Rate) else percent(value)  # type: ignore[arg-type]  # it checks


def check_part(_offer: object, attribute: Attribute[Any], rate: Rate | None) -> None:
    """An attrs validator: a share that is taken off is above 0 % and at most 100 %."""
    if rate is not None and not 0 < rate.numerator <= rate.denominator:
        raise InvalidValueError(
            f"{attribute.name} is above 0 % and at most 100 %; "
            f"got {rate.numerator}/{rate.denominator}"
        )


def check_count(_offer: object, attribute: Attribute[Any], count: object) -> None:
    """An attrs validator: so many pieces or times."""
    if type(count) is not int or not 1 <= count <= _MOST:
        raise InvalidValueError(f"{attribute.name} is 1 to {_MOST:,}; got {count!r:.40}")


def check_optional_count(offer: object, attribute: Attribute[Any], count: object) -> None:
    """The same, where there may be none."""
    if count is not None:
        check_count(offer, attribute, count)


def check_price(_offer: object, attribute: Attribute[Any], amount: Money | None) -> None:
    """An attrs validator: an amount of money above 0, where there is one."""
    if amount is None:
        return
    if not isinstance(amount, Money):
        raise InvalidValueError(f"{attribute.name} must be Money; got {type(amount).__name__}")
    if amount.minor <= 0:
        raise InvalidValueError(f"{attribute.name} is above 0; got {amount}")
