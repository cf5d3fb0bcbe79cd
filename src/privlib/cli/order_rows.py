"""Order rows: one row of a file as an order or a refund, or the reason why it is neither."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from privlib.commands import Order, OrderLine, Refund
from privlib.errors import InvalidValueError
from privlib.values.ids import CustomerId, OrderId, RefundId
from privlib.values.moment import moment, parse_moment
from privlib.values.money import Money
from privlib.values.naming import did_you_mean

__all__ = ["OPTIONAL_COLUMNS", "REQUIRED_COLUMNS", "check_columns", "command_from"]

REQUIRED_COLUMNS = ("order_id", "customer_id", "paid_at", "amount")
OPTIONAL_COLUMNS = ("kind", "refund_id", "lines")
_LONGEST_LINES = 1_000_000


def check_columns(columns: list[str]) -> None:
    """Refuse a file that lacks a column; others than ours may be there and are not read."""
    for name in REQUIRED_COLUMNS:
        if name not in columns:
            near = did_you_mean(name, columns)
            raise InvalidValueError(f"there is no column {name}{near}")


def command_from(row: Mapping[str, object], currency: str) -> Order | Refund:
    """The order or refund of one row.

    `amount` is in major units, as text or a whole number or a decimal; for a refund it may be
    empty: all that is left. `paid_at` names its zone. `kind` is "order" (also when empty) or
    "refund". `lines` is a JSON list of objects with sku, quantity, paid and perhaps id.

    Raises InvalidValueError with the reason.
    """
    kind = row.get("kind") or "order"
    match kind:
        case "order":
            return _order(row, currency)
        case "refund":
            return _refund(row, currency)
    raise InvalidValueError(f'kind is "order" or "refund"; got {kind!r:.40}')


def _order(row: Mapping[str, object], currency: str) -> Order:
    return Order(
        id=OrderId(_text(row, "order_id")),
        customer=CustomerId(_text(row, "customer_id")),
        paid=_money(row.get("amount"), currency, "amount"),
        paid_at=_moment(row.get("paid_at")),
        lines=_lines(row.get("lines"), currency),
    )


def _refund(row: Mapping[str, object], currency: str) -> Refund:
    amount = row.get("amount")
    return Refund(
        id=RefundId(_text(row, "refund_id")),
        order=OrderId(_text(row, "order_id")),
        customer=CustomerId(_text(row, "customer_id")),
        amount=None if amount in {None, ""} else _money(amount, currency, "amount"),
        refunded_at=_moment(row.get("paid_at")),
    )


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if type(value) is int:
        return str(value)
    if not isinstance(value, str):
        raise InvalidValueError(f"{name} is missing" if value is None else f"{name} is no text")
    return value


def _money(value: object, currency: str, name: str) -> Money:
    if isinstance(value, str | Decimal) or type(value) is int:
        return Money.parse(value, currency)
    if value is None:
        raise InvalidValueError(f"{name} is missing")
    raise InvalidValueError(
        f"{name} must be text, a whole number or a decimal; got {type(value).__name__}"
    )


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return moment(value)
    if not isinstance(value, str):
        raise InvalidValueError("paid_at is missing" if value is None else "paid_at is no time")
    return parse_moment(value)


def _lines(value: object, currency: str) -> tuple[OrderLine, ...]:
    if value in {None, ""}:
        return ()
    if not isinstance(value, str) or len(value) > _LONGEST_LINES:
        raise InvalidValueError("lines is JSON text of at most 1,000,000 characters")
    try:
        listed = json.loads(value, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError):
        raise InvalidValueError("lines is not JSON") from None
    if not isinstance(listed, list):
        raise InvalidValueError("lines is not a list")
    return tuple(_line(line, currency) for line in listed)


def _line(line: object, currency: str) -> OrderLine:
    if not isinstance(line, dict):
        raise InvalidValueError("a line is not an object with sku, quantity and paid")
    unknown = sorted(line.keys() - {"sku", "quantity", "paid", "id"})
    if unknown:
        raise InvalidValueError(f"a line has the unknown key {unknown[0]!r:.40}")
    named = {"id": _text(line, "id")} if "id" in line else {}
    return OrderLine(
        sku=_text(line, "sku"),
        quantity=line.get("quantity", 1),
        paid=_money(line.get("paid"), currency, "paid of a line"),
        **named,
    )
