"""Refusals: what speaks against taking somebody in."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId
from privlib.values.moment import moment

__all__ = ["AlreadyMember", "CustomerUnknown"]


@frozen(kw_only=True)
class CustomerUnknown:
    """The shop does not know this customer, and its program does not enrol him unasked."""

    customer: CustomerId


@frozen(kw_only=True)
class AlreadyMember:
    """The customer is a member since the moment given, so he cannot be imported."""

    customer: CustomerId
    since: pendulum.DateTime = field(converter=moment)
