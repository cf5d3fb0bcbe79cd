"""Amounts: money of 0 or more, such as is paid, refunded or given."""

from __future__ import annotations

from typing import Any

from attrs import Attribute

from privlib.errors import InvalidValueError
from privlib.values.money import Money

__all__ = ["check_amount", "check_optional_amount"]


def check_amount(_owner: object, attribute: Attribute[Any], amount: Money) -> None:
    """An attrs validator: an amount is money, and not negative."""
    if not isinstance(amount, Money):
        raise InvalidValueError(f"{attribute.name} must be Money; got {type(amount).__name__}")
    if amount.minor < 0:
        raise InvalidValueError(f"{attribute.name} cannot be negative; got {amount}")


def check_optional_amount(owner: object, attribute: Attribute[Any], amount: Money | None) -> None:
    """The same, where there may be none."""
    if amount is not None:
        check_amount(owner, attribute, amount)
