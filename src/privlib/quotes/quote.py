"""The quote: what a basket costs, by line, and why; an order keeps it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Protocol

import pendulum
from attrs import field, fields

from privlib.quotes.against_public import AgainstPublic
from privlib.quotes.lines import QuotedLine, QuotedShipping
from privlib.refusals import Refusal
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, made_of, made_of_some
from privlib.values.moment import moment
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = [
    "Applied",
    "GiftLine",
    "LeftOut",
    "NextCouponGranted",
    "Payment",
    "PaymentKind",
    "Quote",
    "QuoteWork",
    "RunnerUp",
    "part_quote",
]


@frozen(kw_only=True)
class Applied:
    """A promotion that applies: how much it takes off in all, and how often it was used.

    `source` is the promotion's name, or the id of the coupon. `cut` is what it would have taken
    and could not, since nothing, or nothing above a floor, was left.
    """

    source: str
    promotion: str
    layer: str
    amount: Money
    times: int = 1
    coupon: str | None = None
    code: str | None = None
    cut: Money | None = None


@frozen(kw_only=True)
class LeftOut:
    """A promotion, code or coupon that takes nothing off, or a line that is not sold, and why."""

    source: str
    reasons: tuple[Refusal, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class GiftLine:
    """A gift that goes with the order. `instead_of` is what was out and is replaced."""

    promotion: str
    sku: str
    pieces: int
    instead_of: str | None = None


@frozen(kw_only=True)
class NextCouponGranted:
    """A coupon that the order brings for the next one."""

    promotion: str
    campaign: str
    coupon: str


class PaymentKind(StrEnum):
    """What pays besides money."""

    POINTS = "points"
    WALLET = "wallet"
    GIFT_CARD = "gift_card"


@frozen(kw_only=True)
class Payment:
    """What pays for a part of the quote besides money; it is no discount.

    `shares` are what it pays of each line, by its id, in minor units; ways of shipping stand there
    as "shipping:" and their id.
    """

    kind: PaymentKind
    amount: Money
    source: str | None = None
    points: int | None = None
    shares: tuple[tuple[str, int], ...] = field(default=(), converter=as_tuple)


@frozen(kw_only=True)
class RunnerUp:
    """The next best combination that was seen, and what the customer would pay with it."""

    sources: tuple[str, ...] = field(converter=as_tuple)
    payable: Money


class QuoteWork(Protocol):
    """What works out those fields of a quote that are seldom read."""

    def worked_out(self, name: str) -> object:
        """The value of a field."""
        ...


@frozen(kw_only=True)
class Quote:
    """What a basket costs a customer at a moment, by line, and every reason.

    `list` is the sum of the list prices of what is ticked, `payable` what is paid for goods and
    shipping. `proven` says that no combination is better. `input` is the digest of all that was
    asked, `program` the version of the rules. `against_public` says of each public platform what
    is saved or lost against buying there. What a refund needs is here, and nothing that is asked
    of an order later depends on the rules of that later day.
    """

    at: pendulum.DateTime = field(converter=moment)
    list: Money
    goods: Money
    shipping_list: Money
    shipping_cost: Money
    proven: bool
    lines: tuple[QuotedLine, ...] = field(default=(), converter=as_tuple)
    shipping: tuple[QuotedShipping, ...] = field(default=(), converter=as_tuple)
    applied: tuple[Applied, ...] = field(default=(), converter=as_tuple)
    left_out: tuple[LeftOut, ...] = field(default=(), converter=as_tuple)
    not_sold: tuple[LeftOut, ...] = field(default=(), converter=as_tuple)
    gifts: tuple[GiftLine, ...] = field(default=(), converter=as_tuple)
    next_coupons: tuple[NextCouponGranted, ...] = field(default=(), converter=as_tuple)
    runner_up: RunnerUp | None = None
    program: str
    input: str
    points_times: Rate = Rate(1)
    payments: tuple[Payment, ...] = field(default=(), converter=as_tuple)
    against_public: tuple[AgainstPublic, ...] = field(default=(), converter=as_tuple)
    _work: QuoteWork | None = field(init=False, default=None, eq=False, repr=False)

    def __getattr__(self, name: str) -> object:
        """What is worked out when it is first read: see `part_quote`."""
        if name not in _LATER or self._work is None:
            raise AttributeError(f"a quote has no {name}")
        value = self._work.worked_out(name)
        object.__setattr__(self, name, value)
        return value

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _rebuilt, (*(getattr(self, name) for name in _FIELDS), None)

    @property
    def work(self) -> QuoteWork | None:
        """What works out the fields that are seldom read; None for a quote that was stored."""
        return self._work

    @property
    def payable(self) -> Money:
        """What is paid for goods and shipping."""
        return self.goods + self.shipping_cost

    @property
    def due(self) -> Money:
        """What is left to pay in money, when points, wallet and gift cards have paid their part."""
        paid = sum(payment.amount.minor for payment in self.payments)
        return Money(self.payable.minor - paid, self.payable.currency)

    @property
    def paid_by_row(self) -> dict[str, Money]:
        """What is paid in money for each line and way of shipping, by id."""
        left = {line.id: line.payable_minor for line in self.lines}
        left |= {way.row: way.payable_minor for way in self.shipping}
        for payment in self.payments:
            for row, share in payment.shares:
                left[row] -= share
        return {row: Money(minor, self.list.currency) for row, minor in left.items()}

    @property
    def discount(self) -> Money:
        """All that was taken off, goods and shipping together."""
        return self.list + self.shipping_list - self.payable


def _rebuilt(*values: object) -> Quote:
    return _whole(*values)


_AT_ONCE: Final = ("at", "list", "goods", "shipping_list", "shipping_cost", "proven", "program")

_FIELDS: Final = tuple(each.name for each in fields(Quote) if each.init)

_LATER: Final = frozenset(_FIELDS) - {*_AT_ONCE}

_whole = made_of(Quote)

part_quote = made_of_some(Quote, [*_AT_ONCE, "_work"])
"""Makes a quote whose totals are known, and whose other fields its work supplies when asked."""
