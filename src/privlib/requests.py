"""Requests: please do this outside. Each carries its own key, so that doing it twice is noticed."""

from __future__ import annotations

from typing import TypeAlias

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, EmployeeId, GiftId, OrderId, RelationId
from privlib.values.moment import moment
from privlib.values.money import Money
from privlib.values.personal import PersonalRef

__all__ = [
    "RemindEmployee",
    "RemindOfDay",
    "Request",
    "SendMessage",
    "ShipGift",
    "SuggestToEmployee",
    "Variable",
]


@frozen
class Variable:
    """One variable of a message text: what it is called, and its value or where that lies.

    `otherwise` is said in place of a personal value that has been erased.
    """

    name: str
    value: str | PersonalRef
    otherwise: str = ""


@frozen(kw_only=True)
class SendMessage:
    """Send a text to a customer on a carrier, in an employee's name.

    After `not_after` it must not be sent any more. Variables that are personal are filled in from
    the erasable table at the last step.
    """

    key: str
    customer: CustomerId
    relation: RelationId
    employee: EmployeeId
    carrier: str
    text: str
    variables: tuple[Variable, ...] = field(default=(), converter=as_tuple)
    not_after: pendulum.DateTime | None = field(default=None, converter=optional(moment))


@frozen(kw_only=True)
class ShipGift:
    """Send a member the gift pack that he is owed."""

    key: str
    customer: CustomerId
    gift: GiftId
    items: tuple[str, ...] = field(default=(), converter=as_tuple)
    value: Money
    order: OrderId | None = None
    not_after: pendulum.DateTime | None = field(default=None, converter=optional(moment))


@frozen(kw_only=True)
class RemindEmployee:
    """Tell an employee that a customer has waited for a word since a moment."""

    key: str
    customer: CustomerId
    relation: RelationId
    employee: EmployeeId
    stage: str
    since: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    not_after: pendulum.DateTime | None = field(default=None, converter=optional(moment))


@frozen(kw_only=True)
class RemindOfDay:
    """Tell an employee that a customer's birthday or other day is in so many days.

    Which day it is stays unsaid: that is personal.
    """

    key: str
    customer: CustomerId
    relation: RelationId
    employee: EmployeeId
    name: str
    days: int
    not_after: pendulum.DateTime | None = field(default=None, converter=optional(moment))


@frozen(kw_only=True)
class SuggestToEmployee:
    """Tell an employee what to suggest to a customer, and why: what he answered to a survey.

    `suggests` is `plan`, `product` or `adviser`, and `what` says which.
    """

    key: str
    customer: CustomerId
    relation: RelationId
    employee: EmployeeId
    survey: str
    suggests: str
    what: str
    reason: str
    not_after: pendulum.DateTime | None = field(default=None, converter=optional(moment))


Request: TypeAlias = SendMessage | ShipGift | RemindEmployee | RemindOfDay | SuggestToEmployee
