"""The member: a customer in the programme, with spend, tier and gifts."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import (
    Event,
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    MemberImported,
    MemberJoined,
    SpendAdded,
    SpendReversed,
    TierLost,
    TierReached,
)
from privlib.values.choice import as_tuple, expected, kind_of
from privlib.values.frozen import frozen, replace, replacer
from privlib.values.ids import CustomerId, GiftId, OrderId, TierName, customer_id
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = ["GiftStanding", "Member", "MemberGift", "Reached"]


class GiftStanding(StrEnum):
    """Where a gift stands: earned, or returnable since a refund took away what had earned it."""

    EARNED = "earned"
    RETURNABLE = "returnable"


@frozen(kw_only=True)
class MemberGift:
    """A gift that a member was granted, once and for all by its id."""

    id: GiftId
    value: Money
    at: pendulum.DateTime = field(converter=moment)
    standing: GiftStanding = GiftStanding.EARNED


@frozen(kw_only=True)
class Reached:
    """The first time a member reached a tier: with which order, and when."""

    tier: TierName
    threshold: Money
    order: OrderId | None = None
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class Member(Referable):
    """A customer in the programme: net spend, tier, and the gifts granted so far.

    `spent` is net of refunds and counts for the tier; `paid` is all that his recorded orders
    brought, with nothing taken off. `last_order_at` is when the latest of them was paid, in
    whatever order they were told. The tier is one of the program's names. Without `joined_at`
    it is a blank: not a member yet.

    >>> from privlib.values.money import yuan
    >>> noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    >>> Member(id="wei", joined_at=noon, spent=yuan(4_900)).tier is None
    True
    """

    kind: ClassVar[str] = "member"

    id: CustomerId = field(converter=customer_id)
    version: int = 0
    joined_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    spent: Money = field(default=Money(0), validator=kind_of(Money))
    paid: Money = field(validator=kind_of(Money))
    orders: int = 0
    last_order_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    tier: TierName | None = None
    reached: tuple[Reached, ...] = field(default=(), converter=as_tuple)
    gifts: tuple[MemberGift, ...] = field(default=(), converter=as_tuple)

    @paid.default
    def _nothing_paid(self) -> Money:
        return Money.zero(expected(Money, self.spent).currency)

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        return () if self.tier is None else (IndexKey("tier", self.tier),)

    def gift(self, id: GiftId) -> MemberGift | None:
        """The gift of this id, if it was granted."""
        return next((gift for gift in self.gifts if gift.id == id), None)

    def apply(self, event: Event) -> Member:  # noqa: C901, PLR0911, PLR0912 - one row an event
        """The member after what happened."""
        version = self.version + 1
        match event:
            case SpendAdded():
                return _with_order(
                    self,
                    version,
                    self.spent + event.amount,
                    self.paid + event.amount,
                    self.orders + 1,
                    _latest(self.last_order_at, event.at),
                )
            case SpendReversed():
                if event.amount > self.spent:
                    raise impossible(self, event, f"only {self.spent} were spent")
                return replace(self, version=version, spent=self.spent - event.amount)
            case MemberJoined() | MemberImported() if self.joined_at is not None:
                raise impossible(self, event, "he is a member already")
            case MemberJoined():
                nothing = Money.zero(event.currency)
                return replace(
                    self, version=version, joined_at=event.at, spent=nothing, paid=nothing
                )
            case MemberImported():
                return replace(
                    self,
                    version=version,
                    joined_at=event.joined_at,
                    spent=event.spent,
                    paid=Money.zero(event.spent.currency),
                )
            case TierReached():
                return replace(
                    self, version=version, tier=event.tier, reached=self._reached_with(event)
                )
            case TierLost():
                if event.tier != self.tier:
                    raise impossible(self, event, f"he stands in {self.tier}")
                return replace(self, version=version, tier=event.to)
            case GiftGranted() | GiftAlreadyGiven():
                if self.gift(event.gift) is not None:
                    raise impossible(self, event, f"the gift {event.gift} was granted before")
                gift = MemberGift(id=event.gift, value=event.value, at=event.at)
                return replace(self, version=version, gifts=(*self.gifts, gift))
            case GiftReturnable():
                return self._with_gift(event, GiftStanding.RETURNABLE)
            case GiftReearned():
                return self._with_gift(event, GiftStanding.EARNED)
            case _:
                raise foreign_event(self, event)

    def _reached_with(self, event: TierReached) -> tuple[Reached, ...]:
        if any(reached.tier == event.tier for reached in self.reached):
            return self.reached
        first = Reached(tier=event.tier, threshold=event.threshold, order=event.order, at=event.at)
        return (*self.reached, first)

    def _with_gift(self, event: GiftReturnable | GiftReearned, standing: GiftStanding) -> Member:
        gift = self.gift(event.gift)
        if gift is None or gift.standing is standing:
            raise impossible(self, event, f"the gift {event.gift} is not there to be marked")
        gifts = tuple(
            replace(gift, standing=standing) if gift.id == event.gift else gift
            for gift in self.gifts
        )
        return replace(self, version=self.version + 1, gifts=gifts)


_with_order = replacer(Member, "version", "spent", "paid", "orders", "last_order_at")


def _latest(known: pendulum.DateTime | None, told: pendulum.DateTime) -> pendulum.DateTime:
    return told if known is None or known < told else known
