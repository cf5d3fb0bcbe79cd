"""Standing: tiers and gifts brought into line with a member's net spend."""

from __future__ import annotations

import pendulum

from privlib.decisions.decision import Draft
from privlib.entities import Member
from privlib.events import (
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    TierLost,
    TierReached,
)
from privlib.policies.tier_upgrade import (
    gifts_lost,
    gifts_reearned,
    tier_lost,
    tiers_reached,
)
from privlib.program.ladder import Tier
from privlib.requests import ShipGift
from privlib.values.ids import CustomerId, OrderId

__all__ = ["lower_standing", "raise_standing"]


def raise_standing(
    draft: Draft,
    customer: CustomerId,
    *,
    at: pendulum.DateTime,
    order: OrderId | None = None,
    gifts_were_given: bool = False,
) -> None:
    """Let a member reach every tier that his spend allows, and grant each gift once."""
    member = draft.of(Member, customer)
    for gift in gifts_reearned(member, draft.program.ladder):
        draft.record(GiftReearned(customer=customer, gift=gift.id, value=gift.value, at=at))
    for tier in tiers_reached(member, draft.program.ladder):
        draft.record(
            TierReached(
                customer=customer,
                tier=tier.name,
                threshold=tier.threshold,
                spent=member.spent,
                order=order,
                at=at,
            )
        )
        _grant_gift(draft, customer, tier, at=at, order=order, was_given=gifts_were_given)


def _grant_gift(
    draft: Draft,
    customer: CustomerId,
    tier: Tier,
    *,
    at: pendulum.DateTime,
    order: OrderId | None,
    was_given: bool,
) -> None:
    gift = tier.gift
    if gift is None or draft.of(Member, customer).gift(gift.id) is not None:
        return
    happened = GiftAlreadyGiven if was_given else GiftGranted
    draft.record(happened(customer=customer, gift=gift.id, tier=tier.name, value=gift.value, at=at))
    if not was_given:
        draft.ask(
            ShipGift(
                key=f"{draft.key}/gift/{gift.id}",
                customer=customer,
                gift=gift.id,
                items=gift.items,
                value=gift.value,
                order=order,
            )
        )


def lower_standing(draft: Draft, customer: CustomerId, *, at: pendulum.DateTime) -> None:
    """Take away what a refund no longer leaves earned, as the ladder's rules say."""
    member, ladder = draft.of(Member, customer), draft.program.ladder
    lost = tier_lost(member, ladder)
    if lost is not None:
        tier, falls_to = lost
        draft.record(
            TierLost(
                customer=customer,
                tier=tier.name,
                to=None if falls_to is None else falls_to.name,
                threshold=tier.threshold,
                spent=member.spent,
                at=at,
            )
        )
    for gift in gifts_lost(member, ladder):
        draft.record(GiftReturnable(customer=customer, gift=gift.id, value=gift.value, at=at))
