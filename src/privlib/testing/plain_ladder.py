"""The plain ladder: what belongs to a spend, by looking at each threshold; a second opinion."""

from __future__ import annotations

from privlib.entities import GiftStanding
from privlib.program.ladder import GiftAfterRefund, Ladder
from privlib.values.ids import GiftId, TierName
from privlib.values.money import Money

__all__ = ["standing_for", "tier_for"]


def tier_for(ladder: Ladder, spent: Money) -> TierName | None:
    """The highest tier whose threshold is not above the spend.

    >>> from privlib import default_program, yuan
    >>> [tier_for(default_program().ladder, yuan(paid)) for paid in ("4999.99", "5000")]
    [None, 'silver']
    """
    reached = [tier.name for tier in ladder.tiers if tier.threshold <= spent]
    return reached[-1] if reached else None


def standing_for(ladder: Ladder, gift: GiftId, spent: Money) -> GiftStanding:
    """How a gift that was granted stands at a spend, by the rule for refunds."""
    (threshold,) = (tier.threshold for tier in ladder.tiers if tier.gift and tier.gift.id == gift)
    is_lost = ladder.gift_after_refund is GiftAfterRefund.RETURNABLE and spent < threshold
    return GiftStanding.RETURNABLE if is_lost else GiftStanding.EARNED
