"""Facts of a tie: of the customer, of how long he has been where, and of the shop's calendar."""

from __future__ import annotations

from datetime import date

import pendulum
from attrs import field

from privlib.entities.member import Member
from privlib.entities.relation import Relation, Standing
from privlib.program.program import Shop
from privlib.values.dates import local_date
from privlib.values.frozen import frozen, made_of, replace
from privlib.values.ids import EmployeeId, TierName
from privlib.values.money import Money

__all__ = ["TieFacts", "facts_of"]


@frozen
class TieFacts:
    """A tie as it is at a moment, in one of its lifecycles: see `privlib.conditions.RelationFacts`.

    Days are local days of the shop; what lies ahead is 0 days ago.
    """

    _relation: Relation
    _member: Member
    _standing: Standing
    _at: pendulum.DateTime = field(kw_only=True)
    _shop: Shop = field(kw_only=True)

    def just_moved(self) -> TieFacts:
        """The same at the moment after a move: it has been in its stage for 0 days."""
        standing = Standing(lifecycle=self._standing.lifecycle, stage="", since=self._at)
        return replace(self, standing=standing)

    @property
    def zone(self) -> str:
        return self._shop.zone

    @property
    def is_member(self) -> bool:
        return self._member.joined_at is not None

    @property
    def tier(self) -> TierName | None:
        return self._member.tier

    @property
    def orders(self) -> int:
        return self._member.orders

    @property
    def source(self) -> str | None:
        return self._relation.source

    @property
    def carrier(self) -> str | None:
        return self._relation.carrier

    @property
    def employee(self) -> EmployeeId | None:
        return self._relation.employee

    @property
    def follow_ups(self) -> int:
        return self._relation.follow_ups

    @property
    def tags(self) -> frozenset[str]:
        return self._relation.tags

    @property
    def spent(self) -> Money:
        return self._member.spent if self.is_member else Money.zero(self._shop.currency)

    @property
    def date(self) -> date:
        return local_date(self._at, self.zone)

    @property
    def days_in_stage(self) -> int:
        return self._days_since(self._standing.since)

    @property
    def days_since_added(self) -> int:
        return self._days_since(self._relation.since or self._at)

    @property
    def days_since_last_order(self) -> int | None:
        last = self._member.last_order_at
        return None if last is None else self._days_since(last)

    def counts_from(self, name: str) -> int | None:
        """The day from which a number of days counts, as an ordinal; 0 for the date itself."""
        if name == "date":
            return 0
        moments = {
            "days_in_stage": self._standing.since,
            "days_since_added": self._relation.since,
            "days_since_last_order": self._member.last_order_at,
        }
        began = moments[name]
        return None if began is None else local_date(began, self.zone).toordinal()

    def _days_since(self, moment: pendulum.DateTime) -> int:
        return max(0, (self.date - local_date(moment, self.zone)).days)


facts_of = made_of(TieFacts)
"""The facts of a relation, a member, a standing, a moment and a shop, in this order."""
