"""Tier upgrade: tiers reached and lost, gifts marked, and how far the next tier is."""

import pendulum
import pytest

from privlib.entities import GiftStanding, Member, MemberGift
from privlib.policies.tier_upgrade import (
    Progress,
    gifts_lost,
    gifts_reearned,
    progress_of,
    tier_lost,
    tiers_reached,
)
from privlib.program.ladder import Gift, Ladder, Tier
from privlib.values.money import yuan

AT = pendulum.datetime(2026, 6, 1, 4)


def rung(name, threshold):
    return Tier(name=name, threshold=yuan(threshold), gift=Gift(id=f"{name}-pack", value=yuan(1)))


SILVER, GOLD, PLATINUM = rung("silver", 5_000), rung("gold", 10_000), rung("platinum", 50_000)
LADDER = Ladder(tiers=[SILVER, GOLD, PLATINUM])


def member(spent, tier=None, gifts=()):
    return Member(id="wei", joined_at=AT, spent=yuan(spent), tier=tier, gifts=gifts)


def pack(tier, standing=GiftStanding.EARNED):
    return MemberGift(id=f"{tier}-pack", value=yuan(1), at=AT, standing=standing)


@pytest.mark.law("T3")
@pytest.mark.parametrize(
    ("spent", "tiers"),
    [
        ("0", ()),
        ("4999.99", ()),
        ("5000", (SILVER,)),
        ("5000.01", (SILVER,)),
        ("9999.99", (SILVER,)),
        ("10000", (SILVER, GOLD)),
        ("49999.99", (SILVER, GOLD)),
        ("50000", (SILVER, GOLD, PLATINUM)),
        ("9000000", (SILVER, GOLD, PLATINUM)),
    ],
)
def test_a_threshold_is_inclusive_and_several_are_reached_in_ascending_order(spent, tiers):
    assert tiers_reached(member(spent), LADDER) == tiers


def test_only_tiers_above_the_members_own_are_reached():
    assert tiers_reached(member("10000", "silver"), LADDER) == (GOLD,)
    assert tiers_reached(member("10000", "gold"), LADDER) == ()
    assert tiers_reached(member("100", "platinum"), LADDER) == ()


def test_without_tiers_nothing_is_reached_and_nothing_lost():
    assert tiers_reached(member("10000"), Ladder()) == ()
    assert tier_lost(member("0", "gold"), Ladder()) is None
    assert gifts_lost(member("0", gifts=[pack("gold")]), Ladder()) == ()


@pytest.mark.parametrize(
    ("spent", "lost"),
    [
        ("10000", None),
        ("9999.99", (GOLD, SILVER)),
        ("5000", (GOLD, SILVER)),
        ("4999.99", (GOLD, None)),
        ("0", (GOLD, None)),
    ],
)
def test_a_tier_is_lost_one_fen_below_its_threshold(spent, lost):
    assert tier_lost(member(spent, "gold"), LADDER) == lost


def test_who_has_no_tier_loses_none():
    assert tier_lost(member("0"), LADDER) is None


def test_kept_tiers_are_never_lost():
    ladder = Ladder(tiers=LADDER.tiers, tier_after_refund="keep")
    assert tier_lost(member("0", "platinum"), ladder) is None
    assert tiers_reached(member("9999.99", "gold"), ladder) == ()


@pytest.mark.parametrize(
    ("spent", "lost", "reearned"),
    [
        ("4999.99", ("gold",), ()),
        ("5000", ("gold",), ("silver",)),
        ("9999.99", ("gold",), ("silver",)),
        ("10000", (), ("silver",)),
    ],
)
def test_gifts_are_marked_by_whether_their_tier_is_reached(spent, lost, reearned):
    owner = member(spent, gifts=[pack("silver", GiftStanding.RETURNABLE), pack("gold")])
    assert tuple(gift.id for gift in gifts_lost(owner, LADDER)) == tuple(
        f"{tier}-pack" for tier in lost
    )
    assert tuple(gift.id for gift in gifts_reearned(owner, LADDER)) == tuple(
        f"{tier}-pack" for tier in reearned
    )


def test_a_gift_is_marked_once():
    owner = member("0", gifts=[pack("gold", GiftStanding.RETURNABLE)])
    assert gifts_lost(owner, LADDER) == ()
    assert gifts_reearned(member("10000", gifts=[pack("gold")]), LADDER) == ()


def test_kept_gifts_are_not_marked():
    ladder = Ladder(tiers=LADDER.tiers, gift_after_refund="keep")
    assert gifts_lost(member("0", gifts=[pack("silver"), pack("gold")]), ladder) == ()


def test_the_gift_of_a_tier_that_the_ladder_lacks_is_never_marked():
    owner = member("0", gifts=[pack("bronze"), pack("silver")])
    assert gifts_lost(owner, LADDER) == (pack("silver"),)


def test_a_tier_that_the_ladder_lost_is_left_to_the_next_purchase():
    """Refunds take nothing from him; the next purchase puts him where his spend belongs."""
    ladder = Ladder(tiers=[SILVER, PLATINUM])
    assert tier_lost(member("4000", "gold"), ladder) is None
    assert tiers_reached(member("12000", "gold"), ladder) == (SILVER,)
    assert tiers_reached(member("4000", "gold"), ladder) == ()


def test_a_new_tier_below_the_members_own_is_not_reached_afterwards():
    bronze = rung("bronze", 1_000)
    ladder = Ladder(tiers=[bronze, SILVER, GOLD])
    assert tiers_reached(member("6000", "silver"), ladder) == ()
    assert tier_lost(member("4000", "silver"), ladder) == (SILVER, bronze)


def test_a_new_tier_above_the_members_own_is_reached_at_the_next_purchase():
    diamond = rung("diamond", 60_000)
    ladder = Ladder(tiers=[*LADDER.tiers, diamond])
    assert tiers_reached(member("60000", "platinum"), ladder) == (diamond,)
    assert tiers_reached(member("59999.99", "platinum"), ladder) == ()


def test_a_threshold_that_rose_above_a_member_takes_his_tier_with_the_next_refund_only():
    ladder = Ladder(tiers=[SILVER, rung("gold", 20_000)])
    assert tiers_reached(member("12000", "gold"), ladder) == ()
    assert tier_lost(member("11000", "gold"), ladder) == (ladder.tiers[1], SILVER)


def test_a_threshold_that_fell_below_a_members_spend_is_reached_at_the_next_purchase():
    ladder = Ladder(tiers=[SILVER, rung("gold", 6_000)])
    assert tiers_reached(member("6000", "silver"), ladder) == (ladder.tiers[1],)


@pytest.mark.parametrize(
    ("spent", "tier", "ahead", "missing"),
    [
        ("0", None, SILVER, "5000"),
        ("4999.99", None, SILVER, "0.01"),
        ("5000", "silver", GOLD, "5000"),
        ("49999.99", "gold", PLATINUM, "0.01"),
        ("6000", None, GOLD, "4000"),
        ("6000", "of old", GOLD, "4000"),
        ("1000", "gold", PLATINUM, "49000"),
    ],
)
def test_progress_is_towards_the_tier_above_both_spend_and_standing(spent, tier, ahead, missing):
    assert progress_of(member(spent, tier), LADDER) == Progress(
        customer="wei",
        spent=yuan(spent),
        tier=tier,
        next_tier=ahead.name,
        missing=yuan(missing),
        gift=ahead.gift,
    )


@pytest.mark.parametrize(
    ("spent", "tier", "ladder"),
    [
        ("50000", "platinum", LADDER),
        ("90000", "gold", LADDER),
        ("0", "platinum", LADDER),
        ("90000", None, Ladder()),
    ],
)
def test_at_the_top_there_is_nothing_ahead(spent, tier, ladder):
    assert progress_of(member(spent, tier), ladder) == Progress(
        customer="wei", spent=yuan(spent), tier=tier, next_tier=None, missing=None, gift=None
    )
