"""The card: an entity of 15 fields, built the way ours are, and built by attrs alone."""

from enum import StrEnum

import attrs
import pendulum
from attrs import field
from attrs.converters import optional

from privlib import EntityRef, Money, yuan
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, replace
from privlib.values.ids import CustomerId, OrderId, TierName, customer_id
from privlib.values.moment import moment

__all__ = ["FIELDS", "AttrsBare", "AttrsCard", "Bare", "Card", "CardState", "replace"]


class CardState(StrEnum):
    BLANK = "blank"
    LIVE = "live"


def card_class(made_by):
    """The class of a card, made by a decorator."""

    @made_by
    class Card:
        id: CustomerId = field(converter=customer_id)
        version: int = 0
        state: CardState = CardState.BLANK
        owner: str | None = None
        carrier: str | None = None
        source: str | None = None
        since: pendulum.DateTime | None = field(default=None, converter=optional(moment))
        seen_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
        ends_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
        spent: Money = Money(0)
        paid: Money = Money(0)
        orders: int = 0
        tier: TierName | None = None
        last: OrderId | None = None
        about: tuple[EntityRef, ...] = field(default=(), converter=as_tuple)

    return Card


def bare_class(made_by):
    """A class of the same fields, none of which is converted."""

    @made_by
    class Bare:
        id: CustomerId
        version: int
        state: CardState
        owner: str | None
        carrier: str | None
        source: str | None
        since: pendulum.DateTime | None
        seen_at: pendulum.DateTime | None
        ends_at: pendulum.DateTime | None
        spent: Money
        paid: Money
        orders: int
        tier: TierName | None
        last: OrderId | None
        about: tuple[EntityRef, ...]

    return Bare


Card, AttrsCard = (card_class(by(kw_only=True)) for by in (frozen, attrs.frozen))
Bare, AttrsBare = (bare_class(by(kw_only=True)) for by in (frozen, attrs.frozen))

JUNE = pendulum.datetime(2026, 6, 1, 12)
FIELDS = {
    "id": "wei",
    "version": 7,
    "state": CardState.LIVE,
    "owner": "mei",
    "carrier": "wecom",
    "source": "code 7",
    "since": JUNE,
    "seen_at": JUNE.add(days=9),
    "ends_at": None,
    "spent": yuan("4900.50"),
    "paid": yuan(5_200),
    "orders": 31,
    "tier": "silver",
    "last": "A-1001",
    "about": (EntityRef("member", "wei"), EntityRef("order", "A-1001")),
}
