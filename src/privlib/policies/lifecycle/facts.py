"""Facts of a tie: of the customer, of how long he has been where, and of the shop's calendar."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import pendulum

from privlib.entities.member import Member
from privlib.entities.relation import Relation, Standing
from privlib.values.dates import local_date
from privlib.values.money import Money

__all__ = ["TieFacts"]


class TieFacts:
    """A tie as it is at a moment, in one of its lifecycles: see `privlib.conditions.RelationFacts`.

    Days are local days of the shop; what lies ahead is 0 days ago.
    """

    def __init__(
        self,
        relation: Relation,
        member: Member,
        standing: Standing,
        *,
        at: pendulum.DateTime,
        zone: str,
        currency: str,
    ) -> None:
        self._relation, self._member, self._standing = relation, member, standing
        self._at, self.zone, self._currency = at, zone, currency
        self.is_member = member.joined_at is not None
        self.tier, self.orders = member.tier, member.orders
        self.source, self.carrier = relation.source, relation.carrier
        self.employee, self.follow_ups = relation.employee, relation.follow_ups

    def just_moved(self) -> TieFacts:
        """The same at the moment after a move: it has been in its stage for 0 days."""
        standing = Standing(lifecycle=self._standing.lifecycle, stage="", since=self._at)
        return TieFacts(
            self._relation,
            self._member,
            standing,
            at=self._at,
            zone=self.zone,
            currency=self._currency,
        )

    @property
    def tags(self) -> frozenset[str]:
        return self._relation.tags

    @property
    def spent(self) -> Money:
        return self._member.spent if self.is_member else Money.zero(self._currency)

    @cached_property
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
