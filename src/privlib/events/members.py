"""Events: what happened to members: their spend, tiers and gifts."""

from __future__ import annotations

import pendulum
from attrs import field, frozen

from privlib.values.ids import CustomerId, EntityRef, GiftId, OrderId, RefundId, TierName
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = [
    "GiftAlreadyGiven",
    "GiftGranted",
    "GiftReearned",
    "GiftReturnable",
    "MemberImported",
    "MemberJoined",
    "SpendAdded",
    "SpendReversed",
    "TierLost",
    "TierReached",
]


@frozen(kw_only=True)
class MemberJoined:
    """A customer became a member, with nothing spent."""

    customer: CustomerId
    currency: str
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class MemberImported:
    """A member came over from the time before privlib, with what he had spent by then."""

    customer: CustomerId
    joined_at: pendulum.DateTime = field(converter=moment)
    spent: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class SpendAdded:
    """A paid order counts towards a member's spend."""

    customer: CustomerId
    order: OrderId
    amount: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class SpendReversed:
    """A refund counts against a member's spend."""

    customer: CustomerId
    order: OrderId
    refund: RefundId
    amount: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class TierReached:
    """A member's net spend reached a tier's threshold; `order` is the one that did it, if any."""

    customer: CustomerId
    tier: TierName
    threshold: Money
    spent: Money
    order: OrderId | None = None
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class TierLost:
    """A refund took a member below his tier's threshold; he is now in `to`, or in none."""

    customer: CustomerId
    tier: TierName
    to: TierName | None
    threshold: Money
    spent: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class GiftGranted:
    """A member is owed the gift pack of a tier. Each gift is granted once, by its id."""

    customer: CustomerId
    gift: GiftId
    tier: TierName
    value: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class GiftAlreadyGiven:
    """An imported member had the gift pack of a tier before privlib came; it is not owed again."""

    customer: CustomerId
    gift: GiftId
    tier: TierName
    value: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class GiftReturnable:
    """A refund took away the spend that had earned a gift: kept so far, it may be asked back."""

    customer: CustomerId
    gift: GiftId
    value: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)


@frozen(kw_only=True)
class GiftReearned:
    """New spend earned a gift again that might have been asked back."""

    customer: CustomerId
    gift: GiftId
    value: Money
    at: pendulum.DateTime = field(converter=moment)

    @property
    def about(self) -> EntityRef:
        return EntityRef("member", self.customer)
