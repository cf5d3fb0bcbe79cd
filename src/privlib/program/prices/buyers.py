"""Buyers: for whom a price is, or who may buy."""

from __future__ import annotations

from attrs import field, frozen

from privlib.entities.customer_state import CustomerState
from privlib.values.choice import kind_of
from privlib.values.goods import names

__all__ = ["Buyers"]


@frozen(kw_only=True)
class Buyers:
    """Everybody, unless something is named.

    Of each kind that is named (tiers, paid plans) the customer must have one.

    >>> Buyers(tiers=["silver", "gold"]).include(CustomerState(id="wei", tier="gold"))
    True
    """

    members_only: bool = field(default=False, validator=kind_of(bool))
    tiers: tuple[str, ...] = field(default=(), converter=names)
    plans: tuple[str, ...] = field(default=(), converter=names)

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out."""
        return not (self.members_only or self.tiers or self.plans)

    def include(self, customer: CustomerState) -> bool:
        """Whether a customer is among them."""
        return (
            (not self.members_only or customer.is_member)
            and (not self.tiers or customer.tier in self.tiers)
            and (not self.plans or not customer.plans.isdisjoint(self.plans))
        )
