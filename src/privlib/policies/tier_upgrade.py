"""Tier upgrade: which tiers a member's net spend newly reaches, and which a refund takes away."""

from __future__ import annotations

from attrs import frozen

from privlib.entities.member import GiftStanding, Member, MemberGift
from privlib.program.ladder import Gift, GiftAfterRefund, Ladder, Tier, TierAfterRefund
from privlib.values.ids import CustomerId, TierName
from privlib.values.money import Money

__all__ = [
    "Progress",
    "gifts_lost",
    "gifts_reearned",
    "progress_of",
    "tier_lost",
    "tiers_reached",
]


def tiers_reached(member: Member, ladder: Ladder) -> tuple[Tier, ...]:
    """The tiers above the member's own that his net spend reaches, in ascending order."""
    return ladder.tiers[ladder.rung_of(member.tier) : ladder.rungs_reached(member.spent.minor)]


def tier_lost(member: Member, ladder: Ladder) -> tuple[Tier, Tier | None] | None:
    """The tier that a refund took from the member and the one he falls to; None if he keeps his.

    With `tier_after_refund = "keep"` nothing is ever lost. A tier that the ladder no longer has is
    left to the next purchase.
    """
    stands, reaches = ladder.rung_of(member.tier), ladder.rungs_reached(member.spent.minor)
    if ladder.tier_after_refund is TierAfterRefund.KEEP or reaches >= stands:
        return None
    return ladder.tiers[stands - 1], ladder.tiers[reaches - 1] if reaches else None


def gifts_lost(member: Member, ladder: Ladder) -> tuple[MemberGift, ...]:
    """The gifts granted for tiers that the member's net spend no longer reaches."""
    if ladder.gift_after_refund is GiftAfterRefund.KEEP or not member.gifts:
        return ()
    beyond = ladder.tiers[ladder.rungs_reached(member.spent.minor) :]
    return _standing(member, beyond, GiftStanding.EARNED)


def gifts_reearned(member: Member, ladder: Ladder) -> tuple[MemberGift, ...]:
    """The gifts marked as returnable whose tier the member's net spend reaches again."""
    if not member.gifts:
        return ()
    within = ladder.tiers[: ladder.rungs_reached(member.spent.minor)]
    return _standing(member, within, GiftStanding.RETURNABLE)


def _standing(
    member: Member, tiers: tuple[Tier, ...], standing: GiftStanding
) -> tuple[MemberGift, ...]:
    ids = {tier.gift.id for tier in tiers if tier.gift is not None}
    return tuple(gift for gift in member.gifts if gift.id in ids and gift.standing is standing)


@frozen(kw_only=True)
class Progress:
    """How far a member is: his net spend, his tier, and what is missing to the next one.

    At the top of the ladder, `next_tier`, `missing` and `gift` are None.
    """

    customer: CustomerId
    spent: Money
    tier: TierName | None
    next_tier: TierName | None
    missing: Money | None
    gift: Gift | None


def progress_of(member: Member, ladder: Ladder) -> Progress:
    """How far the member's next tier is.

    Kept above his spend by `tier_after_refund = "keep"`, a member is on his way to the tier above
    his own.
    """
    rung = max(ladder.rung_of(member.tier), ladder.rungs_reached(member.spent.minor))
    ahead = ladder.tiers[rung] if rung < len(ladder.tiers) else None
    return Progress(
        customer=member.id,
        spent=member.spent,
        tier=member.tier,
        next_tier=None if ahead is None else ahead.name,
        missing=None if ahead is None else ahead.threshold - member.spent,
        gift=None if ahead is None else ahead.gift,
    )
