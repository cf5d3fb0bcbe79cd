"""The stream: orders of many customers who come back, as Orders and as plain tuples."""

from privlib import Money, Order
from privlib.values.moment import from_micros, to_micros

__all__ = ["plain_order", "stream"]

# In the grocery year, too, a household comes 63 times.
_TIMES = 63
_START, _STEP = 1_767_225_600_000_000, 197_000_000  # microseconds


def stream(count):
    """So many orders, one every few minutes, all day; in the end some customers are gold."""
    customers = max(1, count // _TIMES)
    return [_order(number, (number * 37) % customers) for number in range(count)]


def _order(number, customer):
    fen = 2_000 * (customer % 10 + 1) + number * 7_919 % 8_000
    return Order(
        id=f"A-{number:06}",
        customer=f"customer-{customer}",
        paid=Money(2 * fen),
        paid_at=from_micros(_START + number * _STEP),
    )


def plain_order(order):
    """An order as the plain shop is told it: id, customer, fen, currency, microseconds."""
    return (
        order.id,
        order.customer,
        order.paid.minor,
        order.paid.currency,
        to_micros(order.paid_at),
    )
