"""Columns: rows of text, and amounts that line up right of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

from attrs import frozen

from privlib.explaining.wording import with_cents
from privlib.values.money import Money

__all__ = ["Row", "aligned", "width"]


@frozen
class Row:
    """One row: a text, and perhaps an amount."""

    text: str
    amount: Money | None = None


def aligned(sections: Iterable[Sequence[Row]]) -> str:
    """Rows in sections, with an empty line between two; all amounts stand in one column.

    >>> from privlib.values.money import yuan
    >>> print(aligned([[Row("茶", yuan(1_000)), Row("cup", yuan(5))], [Row("thank you")]]))
    茶   1,000.00
    cup      5.00
    <BLANKLINE>
    thank you
    """
    told = [section for section in sections if section]
    rows = [row for section in told for row in section]
    amounts = [(row.text, with_cents(row.amount)) for row in rows if row.amount is not None]
    wide = max((width(text) for text, _ in amounts), default=0)
    long = max((len(amount) for _, amount in amounts), default=0)
    return "\n\n".join("\n".join(_line(row, wide, long) for row in section) for section in told)


def _line(row: Row, wide: int, long: int) -> str:
    if row.amount is None:
        return row.text
    return f"{row.text}{' ' * (wide - width(row.text))}  {with_cents(row.amount):>{long}}"


def width(text: str) -> int:
    """How many places a text takes on a screen: Chinese characters take two each.

    >>> width("tea"), width("茶")
    (3, 2)
    """
    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text
    )
