"""What a shop tells privlib or asks of it: one frozen value for each verb.

A fact ("this order was paid") is keyed by its own id, so telling it twice changes nothing. A wish
("issue this coupon") is keyed by the caller's `key`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pendulum
from attrs import Attribute, field
from attrs.converters import optional

from privlib.errors import CurrencyMismatchError, InvalidValueError
from privlib.values.choice import as_tuple, each_of
from privlib.values.frozen import frozen
from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    EmployeeId,
    OrderId,
    RefundId,
    RelationId,
    campaign_name,
    coupon_id,
    customer_id,
    employee_id,
    join_key,
    order_id,
    plain_id,
    refund_id,
    relation_id,
)
from privlib.values.moment import moment, to_micros
from privlib.values.money import Money
from privlib.values.personal import Masked, masked

__all__ = [
    "CampaignPause",
    "CampaignResumption",
    "Command",
    "CouponIssue",
    "CouponRedemption",
    "MemberImport",
    "NewFriend",
    "Order",
    "OrderLine",
    "Refund",
    "RefundLine",
    "StageMove",
    "happened_at",
]


def _check_amount(_command: object, attribute: Attribute[Any], amount: Money) -> None:
    if not isinstance(amount, Money):
        raise InvalidValueError(f"{attribute.name} must be Money; got {type(amount).__name__}")
    if amount.minor < 0:
        raise InvalidValueError(f"{attribute.name} cannot be negative; got {amount}")


def _check_optional_amount(
    command: object, attribute: Attribute[Any], amount: Money | None
) -> None:
    if amount is not None:
        _check_amount(command, attribute, amount)


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


def _check_unique(ids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise InvalidValueError(f"two lines of {what} have the id {id!r}: give each its own")
        seen.add(id)


@frozen(kw_only=True)
class OrderLine:
    """One line of an order: what, how many, and what was paid for all of them together.

    The id defaults to the sku; give one where a sku comes on two lines.
    """

    sku: str = field(converter=plain_id)
    quantity: int = field(default=1)
    paid: Money = field(validator=_check_amount)
    id: str = field(converter=plain_id)

    @id.default
    def _the_sku(self) -> str:
        return self.sku

    def __attrs_post_init__(self) -> None:
        if type(self.quantity) is not int or self.quantity <= 0:
            raise InvalidValueError(
                f"the quantity of a line is a whole number above 0; got {self.quantity!r:.40}"
            )


@frozen(kw_only=True)
class Order:
    """A paid order, as the shop tells it: whose, how much, and when.

    `paid` is what the customer paid in the end, 0 included. Lines are optional; where there are
    any, they sum to `paid`. Without `paid_at`, the moment of telling counts.

    >>> from privlib.values.money import yuan
    >>> Order(id="A-1001", customer="wei", paid=yuan(200)).decision_key
    'order:A-1001:paid'

    Raises InvalidValueError for anything that cannot be an order.
    """

    id: OrderId = field(converter=order_id)
    customer: CustomerId = field(converter=customer_id)
    paid: Money = field(validator=_check_amount)
    paid_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    lines: tuple[OrderLine, ...] = field(
        default=(), converter=as_tuple, validator=each_of(OrderLine)
    )

    def __attrs_post_init__(self) -> None:
        if self.lines:
            _check_line_sum("the order", (line.paid for line in self.lines), self.paid)
            _check_unique((line.id for line in self.lines), "an order")

    @property
    def decision_key(self) -> str:
        return join_key("order", self.id, "paid")


@frozen(kw_only=True)
class RefundLine:
    """How much of one line of an order goes back."""

    line: str = field(converter=plain_id)
    amount: Money = field(validator=_check_amount)


@frozen(kw_only=True)
class Refund:
    """Money given back for an order: a part of it, or, without an amount, all that is left.

    Lines say which lines the money is for; without them it is shared over the lines by what is
    left of each. A refund may be told before its order: it waits.
    """

    id: RefundId = field(converter=refund_id)
    order: OrderId = field(converter=order_id)
    customer: CustomerId = field(converter=customer_id)
    amount: Money | None = field(default=None, validator=_check_optional_amount)
    refunded_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    lines: tuple[RefundLine, ...] = field(
        default=(), converter=as_tuple, validator=each_of(RefundLine)
    )

    def __attrs_post_init__(self) -> None:
        if self.lines:
            if self.amount is None:
                raise InvalidValueError("a refund with lines needs the amount they sum to")
            _check_line_sum("the refund", (line.amount for line in self.lines), self.amount)
            _check_unique((line.line for line in self.lines), "a refund")

    @property
    def decision_key(self) -> str:
        return join_key("order", self.order, "refund", self.id)


@frozen(kw_only=True)
class MemberImport:
    """A member who was one before privlib came: since when, and what he has spent so far."""

    customer: CustomerId = field(converter=customer_id)
    joined_at: pendulum.DateTime = field(converter=moment)
    spent: Money = field(validator=_check_amount)

    @property
    def decision_key(self) -> str:
        return join_key("member", self.customer, "import")


@frozen(kw_only=True)
class NewFriend:
    """A customer and an employee became friends on a carrier.

    `source` is the door he came through. The name is personal: it goes into the erasable table,
    and needs a program with a secret.
    """

    customer: CustomerId = field(converter=customer_id)
    employee: EmployeeId = field(converter=employee_id)
    carrier: str = field(converter=plain_id)
    added_at: pendulum.DateTime = field(converter=moment)
    source: str = field(default="friend", converter=plain_id)
    name: Masked | None = field(default=None, converter=optional(masked))

    @property
    def relation(self) -> RelationId:
        """The id of the relation: one employee's tie to one customer on one carrier."""
        return RelationId(join_key(self.carrier, self.employee, self.customer))

    @property
    def decision_key(self) -> str:
        return join_key("friend", self.relation, str(to_micros(self.added_at)))


@frozen(kw_only=True)
class StageMove:
    """A wish to move a relation to another stage of its lifecycle."""

    key: str = field(converter=plain_id)
    relation: RelationId = field(converter=relation_id)
    to: str = field(converter=plain_id)

    @property
    def decision_key(self) -> str:
        return join_key("move-stage", self.key)


@frozen(kw_only=True)
class CouponIssue:
    """A wish to give a customer a coupon of a campaign."""

    key: str = field(converter=plain_id)
    customer: CustomerId = field(converter=customer_id)
    campaign: CampaignName = field(converter=campaign_name)
    coupon: str = field(converter=plain_id)

    @property
    def decision_key(self) -> str:
        return join_key("issue-coupon", self.key)

    @property
    def coupon_id(self) -> CouponId:
        """The id of the coupon that is given, if one is."""
        return CouponId(f"{self.decision_key}/coupon/1")


@frozen(kw_only=True)
class CouponRedemption:
    """A wish to use a coupon on an order of this amount."""

    coupon: CouponId = field(converter=coupon_id)
    customer: CustomerId = field(converter=customer_id)
    order: OrderId = field(converter=order_id)
    amount: Money = field(validator=_check_amount)

    @property
    def decision_key(self) -> str:
        return join_key("coupon", self.coupon, "order", self.order)


@frozen(kw_only=True)
class CampaignPause:
    """A wish to stop a campaign for now."""

    key: str = field(converter=plain_id)
    campaign: CampaignName = field(converter=campaign_name)

    @property
    def decision_key(self) -> str:
        return join_key("pause-campaign", self.key)


@frozen(kw_only=True)
class CampaignResumption:
    """A wish to let a paused campaign run on."""

    key: str = field(converter=plain_id)
    campaign: CampaignName = field(converter=campaign_name)

    @property
    def decision_key(self) -> str:
        return join_key("resume-campaign", self.key)


Command: TypeAlias = (
    Order
    | Refund
    | MemberImport
    | NewFriend
    | StageMove
    | CouponIssue
    | CouponRedemption
    | CampaignPause
    | CampaignResumption
)


def happened_at(command: Command) -> pendulum.DateTime | None:
    """When a fact happened, where it says so itself; a wish says nothing."""
    match command:
        case Order():
            return command.paid_at
        case Refund():
            return command.refunded_at
        case NewFriend():
            return command.added_at
        case _:
            return None
