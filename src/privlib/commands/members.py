"""Commands: members who were members before."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.values.amount import check_amount
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, customer_id, join_key
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = ["MemberImport"]


@frozen(kw_only=True)
class MemberImport:
    """A member who was one before privlib came: since when, and what he has spent so far."""

    customer: CustomerId = field(converter=customer_id)
    joined_at: pendulum.DateTime = field(converter=moment)
    spent: Money = field(validator=check_amount)

    @property
    def decision_key(self) -> str:
        return join_key("member", self.customer, "import")
