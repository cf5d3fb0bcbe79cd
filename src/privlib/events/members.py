"""Events: what happened to members: their spend, tiers and gifts."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.events.about import AboutMember
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, GiftId, OrderId, RefundId, TierName
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
class MemberJoined(AboutMember):
    """A customer became a member, with nothing spent."""

    customer: CustomerId
    currency: str
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class MemberImported(AboutMember):
    """A member came over from the time before privlib, with what he had spent by then."""

    customer: CustomerId
    joined_at: pendulum.DateTime = field(converter=moment)
    spent: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class SpendAdded(AboutMember):
    """A paid order counts towards a member's spend."""

    customer: CustomerId
    order: OrderId
    amount: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class SpendReversed(AboutMember):
    """A refund counts against a member's spend."""

    customer: CustomerId
    order: OrderId
    refund: RefundId
    amount: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class TierReached(AboutMember):
    """A member's net spend reached a tier's threshold; `order` is the one that did it, if any."""

    customer: CustomerId
    tier: TierName
    threshold: Money
    spent: Money
    order: OrderId | None = None
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class TierLost(AboutMember):
    """A refund took a member below his tier's threshold; he is now in `to`, or in none."""

    customer: CustomerId
    tier: TierName
    to: TierName | None
    threshold: Money
    spent: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class GiftGranted(AboutMember):
    """A member is owed the gift pack of a tier. Each gift is granted once, by its id."""

    customer: CustomerId
    gift: GiftId
    tier: TierName
    value: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class GiftAlreadyGiven(AboutMember):
    """An imported member had the gift pack of a tier before privlib came; it is not owed again."""

    customer: CustomerId
    gift: GiftId
    tier: TierName
    value: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class GiftReturnable(AboutMember):
    """A refund took away the spend that had earned a gift: kept so far, it may be asked back."""

    customer: CustomerId
    gift: GiftId
    value: Money
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class GiftReearned(AboutMember):
    """New spend earned a gift again that might have been asked back."""

    customer: CustomerId
    gift: GiftId
    value: Money
    at: pendulum.DateTime = field(converter=moment)
