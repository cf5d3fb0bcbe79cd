"""Strategies for events of standing: tiers reached and lost, gifts granted and marked."""

from __future__ import annotations

import pendulum
from hypothesis import strategies as st

from privlib.events import (
    Event,
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    TierLost,
    TierReached,
)
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import customer_ids, gift_ids, tier_names
from privlib.testing.strategies.moment import moments
from privlib.values.ids import CustomerId, TierName
from privlib.values.money import Money

__all__ = ["standing_events"]


def standing_events() -> dict[type[Event], st.SearchStrategy[Event]]:
    """What draws each kind of them."""
    about = {"customer": customer_ids(), "at": moments()}
    gift = {"gift": gift_ids(), "value": money()}
    return {
        TierReached: st.builds(_tier_reached, **about, tier=tier_names(), above=money()),
        TierLost: st.builds(_tier_lost, **about, tier=tier_names(), spent=money()),
        GiftGranted: st.builds(GiftGranted, **about, **gift, tier=tier_names()),
        GiftAlreadyGiven: st.builds(GiftAlreadyGiven, **about, **gift, tier=tier_names()),
        GiftReturnable: st.builds(GiftReturnable, **about, **gift),
        GiftReearned: st.builds(GiftReearned, **about, **gift),
    }


def _tier_reached(
    *, customer: CustomerId, tier: TierName, above: Money, at: pendulum.DateTime
) -> TierReached:
    threshold = Money(1 + above.minor // 2)
    return TierReached(
        customer=customer, tier=tier, threshold=threshold, spent=threshold + above, at=at
    )


def _tier_lost(
    *, customer: CustomerId, tier: TierName, spent: Money, at: pendulum.DateTime
) -> TierLost:
    return TierLost(
        customer=customer, tier=tier, to=None, threshold=spent + Money(1), spent=spent, at=at
    )
