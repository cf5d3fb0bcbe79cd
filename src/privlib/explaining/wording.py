"""Wording: what a locale's catalogue is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from privlib.explaining.receipt_words import ReceiptWords
from privlib.refusals import ConditionUnmet
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["Sentence", "Wording", "decimal", "grouped", "with_cents", "with_days"]

# A template over the fields of the thing, or a function that chooses one by what the thing holds.
Sentence: TypeAlias = str | Callable[[Any], str]


@frozen(kw_only=True)
class Wording:
    """How a locale says things: its sentences, and how it writes money, goods and lists.

    `alternatives` joins ways to meet a condition, each of several sentences, into a part of one.
    """

    sentences: Mapping[type, Sentence]
    money: Callable[[Money], str]
    comma: str
    nothing: str
    yes_or_no: Mapping[bool, str]
    alternatives: Callable[[Iterable[Iterable[str]]], str]
    goods: Callable[[Goods], str]
    receipt: ReceiptWords


def grouped(money: Money) -> str:
    """An amount with its thousands grouped, without an idle `.00`.

    >>> grouped(Money(500_000)), grouped(Money(-123_456_789))
    ('5,000', '-1,234,567.89')
    """
    text = with_cents(money)
    whole, _, part = text.partition(".")
    return text if part.strip("0") else whole


def with_cents(money: Money) -> str:
    """An amount with its thousands grouped and all its digits, as it stands in a column.

    >>> with_cents(Money(500_000)), with_cents(Money(-5)), with_cents(Money(1_234, "JPY"))
    ('5,000.00', '-0.05', '1,234')
    """
    whole, point, part = money.amount.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{part}"


def decimal(rate: Rate) -> str:
    """A rate as a decimal where it is one.

    >>> decimal(Rate(3, 2)), decimal(Rate(1, 3))
    ('1.5', '1/3')
    """
    for digits in range(10):
        if 10**digits % rate.denominator == 0:
            whole, part = divmod(rate.numerator * 10**digits // rate.denominator, 10**digits)
            return f"{whole}.{part:0{digits}}" if digits else str(whole)
    return f"{rate.numerator}/{rate.denominator}"


def with_days(
    template: str, refusal: ConditionUnmet, names: Mapping[str, str], *, comma: str
) -> str:
    """A template in which the days of the week, if it is about them, are called by their names."""
    if refusal.field != "weekday":
        return template
    for place, value in (("{needs}", refusal.needs), ("{has}", refusal.has)):
        days = value if isinstance(value, tuple) else (value,)
        if names.keys() >= set(days):
            template = template.replace(place, comma.join(names[str(day)] for day in days))
    return template
