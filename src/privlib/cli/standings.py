"""Standings: where all members of a storage stand, for the table and the JSON of a replay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest
from typing import Any

import pendulum
from attrs import Factory, define

from privlib.decisions.progress import progress
from privlib.entities import Member, Reached
from privlib.entities.query import Query
from privlib.plugins.storages import WholeStorage, all_found
from privlib.policies.tier_upgrade import Progress
from privlib.program.program import Program
from privlib.values.dates import local_time
from privlib.values.ids import CustomerId
from privlib.values.money import Money

__all__ = ["Standings", "members_of", "standings_of"]

_PAGE = 1000
_NEAREST = 10


@define
class Standings:
    """What the members of a shop add up to, and those nearest to their next tier."""

    orders: int = 0
    customers: int = 0
    members: int = 0
    paid: int = 0
    per_tier: Counter[str | None] = Factory(Counter)
    gifts: int = 0
    gifts_value: int = 0
    reached: list[tuple[CustomerId, Reached]] = Factory(list)
    nearest: list[Progress] = Factory(list)

    def add(self, member: Member) -> None:
        """Count one member."""
        self.members += 1
        self.orders += member.orders
        self.paid += member.paid.minor
        self.per_tier[member.tier] += 1
        self.gifts += len(member.gifts)
        self.gifts_value += sum(gift.value.minor for gift in member.gifts)
        self.reached.extend((member.id, reached) for reached in member.reached)

    def as_json(self, program: Program) -> dict[str, Any]:
        """The result as plain data; amounts in whole minor units, thresholds in major ones."""
        ever = Counter(_major(reached.threshold) for _, reached in self.reached)
        tiers = {_major(tier.threshold): 0 for tier in program.ladder.tiers} | ever
        return {
            "orders": self.orders,
            "customers": self.customers,
            "paid_fen": self.paid,
            "tiers": tiers,
            "reached": [
                [
                    customer,
                    _whole(_major(reached.threshold)),
                    reached.order,
                    local_time(reached.at, program.zone).isoformat(),
                ]
                for customer, reached in sorted(self.reached, key=_by_time)
            ],
        }


def _major(threshold: Money) -> str:
    """A threshold in major units, without an idle `.00`."""
    return threshold.amount.removesuffix(".00")


def _whole(major: str) -> int | str:
    return int(major) if major.isdecimal() else major


def _by_time(each: tuple[CustomerId, Reached]) -> tuple[pendulum.DateTime, str, str, int]:
    customer, reached = each
    return reached.at, reached.order or "", customer, reached.threshold.minor


def members_of(storage: WholeStorage) -> Iterator[Member]:
    """All members, page by page."""
    for entity in all_found(storage, Query("member", limit=_PAGE)):
        if isinstance(entity, Member):
            yield entity


def standings_of(storage: WholeStorage, program: Program) -> Standings:
    """Where everybody stands."""
    customers = all_found(storage, Query("customer", limit=_PAGE))
    standings = Standings(customers=sum(1 for _ in customers))
    ahead: list[Progress] = []
    for member in members_of(storage):
        standings.add(member)
        ahead.append(progress(member, program))
        if len(ahead) > _PAGE:
            ahead = _nearest(ahead)
    standings.nearest = _nearest(ahead)
    return standings


def _nearest(ahead: list[Progress]) -> list[Progress]:
    missing = (each for each in ahead if each.missing is not None)
    return nsmallest(_NEAREST, missing, key=lambda each: (each.missing, each.customer))
