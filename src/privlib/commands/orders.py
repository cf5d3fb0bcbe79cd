"""Commands: orders that were paid, and refunds of them."""

from __future__ import annotations

from collections.abc import Iterable

import pendulum
from attrs import field
from attrs.converters import optional
from attrs.validators import optional as if_given

from privlib.commands.line_ids import check_unique
from privlib.errors import CurrencyMismatchError, InvalidValueError
from privlib.quotes import Quote
from privlib.values.amount import check_amount, check_optional_amount
from privlib.values.choice import as_tuple, each_of, kind_of
from privlib.values.frozen import frozen
from privlib.values.ids import (
    CustomerId,
    OrderId,
    RefundId,
    customer_id,
    join_key,
    order_id,
    plain_id,
    refund_id,
)
from privlib.values.moment import moment
from privlib.values.money import LARGEST_MINOR, Money

__all__ = ["Order", "OrderLine", "Refund", "RefundLine"]


def _check_line_sum(what: str, lines: Iterable[Money], whole: Money) -> None:
    sum_of_lines = Money.zero(whole.currency)
    for amount in lines:
        if amount.currency != whole.currency:
            raise CurrencyMismatchError(
                f"a line in {amount.currency} cannot be part of {what} in {whole.currency}"
            )
        sum_of_lines += amount
    if sum_of_lines != whole:
        raise InvalidValueError(f"the lines of {what} sum to {sum_of_lines}, not to {whole}")


@frozen(kw_only=True)
class OrderLine:
    """One line of an order: what, how many, and what was paid for all of them together.

    The id defaults to the sku; give one where a sku comes on two lines.
    """

    sku: str = field(converter=plain_id)
    quantity: int = field(default=1)
    paid: Money = field(validator=check_amount)
    id: str = field(converter=plain_id)

    @id.default
    def _the_sku(self) -> str:
        return self.sku

    def __attrs_post_init__(self) -> None:
        if type(self.quantity) is not int or self.quantity <= 0:
            raise InvalidValueError(
                f"the quantity of a line is a whole number above 0; got {self.quantity!r:.40}"
            )
        if self.quantity > LARGEST_MINOR:
            raise InvalidValueError(
                f"a quantity of {self.quantity.bit_length()} bits is beyond the 64 allowed"
            )


@frozen(kw_only=True)
class Order:
    """A paid order, as the shop tells it: whose, how much, and when.

    `paid` is what the customer paid in the end, 0 included. Lines are optional; where there are
    any, they sum to `paid`. Without `paid_at`, the moment of telling counts. The quote that it was
    priced by, where there is one, is kept with it: see `Order.of_quote`.

    >>> from privlib.values.money import yuan
    >>> Order(id="A-1001", customer="wei", paid=yuan(200)).decision_key
    'order:A-1001:paid'

    Raises InvalidValueError for anything that cannot be an order.
    """

    id: OrderId = field(converter=order_id)
    customer: CustomerId = field(converter=customer_id)
    paid: Money = field(validator=check_amount)
    paid_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    lines: tuple[OrderLine, ...] = field(
        default=(), converter=as_tuple, validator=each_of(OrderLine)
    )
    quote: Quote | None = field(default=None, validator=if_given(kind_of(Quote)))

    def __attrs_post_init__(self) -> None:
        if self.quote is not None and self.paid not in (self.quote.due, self.quote.payable):
            raise InvalidValueError(
                f"{self.paid} were paid, and the quote asks for {self.quote.due}"
            )
        if self.lines:
            _check_line_sum("the order", (line.paid for line in self.lines), self.paid)
            check_unique((line.id for line in self.lines), "an order")

    @classmethod
    def of_quote(
        cls,
        quote: Quote,
        *,
        id: str,
        customer: str,
        paid_at: pendulum.DateTime | None = None,
    ) -> Order:
        """The order that a quote became: its lines, ways of shipping among them, as paid in money.

        What points, wallet and gift cards paid is in the quote.
        """
        paid = quote.paid_by_row
        lines = [
            OrderLine(id=line.id, sku=line.sku, quantity=line.quantity, paid=paid[line.id])
            for line in quote.lines
        ]
        lines += [OrderLine(id=way.row, sku=way.row, paid=paid[way.row]) for way in quote.shipping]
        return cls(
            id=order_id(id),
            customer=customer_id(customer),
            paid=quote.due,
            paid_at=paid_at,
            lines=tuple(lines),
            quote=quote,
        )

    @property
    def decision_key(self) -> str:
        return join_key("order", self.id, "paid")


@frozen(kw_only=True)
class RefundLine:
    """How much of one line of an order goes back."""

    line: str = field(converter=plain_id)
    amount: Money = field(validator=check_amount)


@frozen(kw_only=True)
class Refund:
    """Money given back for an order: a part of it, or, without an amount, all that is left.

    Lines say which lines the money is for; without them it is shared over the lines by what is
    left of each. A refund may be told before its order: it waits.
    """

    id: RefundId = field(converter=refund_id)
    order: OrderId = field(converter=order_id)
    customer: CustomerId = field(converter=customer_id)
    amount: Money | None = field(default=None, validator=check_optional_amount)
    refunded_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    lines: tuple[RefundLine, ...] = field(
        default=(), converter=as_tuple, validator=each_of(RefundLine)
    )

    def __attrs_post_init__(self) -> None:
        if self.lines:
            if self.amount is None:
                raise InvalidValueError("a refund with lines needs the amount they sum to")
            _check_line_sum("the refund", (line.amount for line in self.lines), self.amount)
            check_unique((line.line for line in self.lines), "a refund")

    @property
    def decision_key(self) -> str:
        return join_key("order", self.order, "refund", self.id)
