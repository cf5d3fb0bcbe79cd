"""Strategies for ladders: tiers, gifts, and the amounts near their thresholds."""

from __future__ import annotations

from functools import cache
from typing import Final

from hypothesis import strategies as st

from privlib.program.ladder import Gift, GiftAfterRefund, Ladder, Tier, TierAfterRefund
from privlib.testing.strategies.amount import RANGE, money
from privlib.testing.strategies.ids import gift_ids, tier_names
from privlib.testing.strategies.text import texts
from privlib.values.money import LARGEST_MINOR, Money

__all__ = ["amounts_near", "gifts", "ladders", "tiers"]

_STEPS: Final = st.integers(1, RANGE // 8)
_TIER_RULES: Final = st.sampled_from(TierAfterRefund)
_GIFT_RULES: Final = st.sampled_from(GiftAfterRefund)


@cache
def gifts(*, currency: str = "CNY") -> st.SearchStrategy[Gift]:
    """Gift packs, of any worth and with up to two things in them."""
    items = st.lists(texts(), max_size=2)
    return st.builds(Gift, id=gift_ids(), value=money(currency=currency), items=items)


@cache
def tiers(*, currency: str = "CNY") -> st.SearchStrategy[Tier]:
    """Tiers by themselves, with or without a gift."""
    return st.builds(
        Tier,
        name=tier_names(),
        threshold=money(min_value=Money(1, currency)),
        gift=st.none() | gifts(currency=currency),
    )


@st.composite
def ladders(draw: st.DrawFn, *, max_tiers: int = 5, currency: str = "CNY") -> Ladder:
    """Ladders of up to `max_tiers` tiers, with or without gifts, under any rule for refunds.

    A name or gift that came before is replaced by a number.
    """
    rungs: list[Tier] = []
    names: set[str] = set()
    packs: set[str] = set()
    threshold = 0
    for number in range(draw(st.integers(0, max_tiers))):
        tier = draw(tiers(currency=currency))
        threshold += draw(_STEPS)
        gift = tier.gift
        if gift is not None:
            gift = Gift(id=_unique(gift.id, packs, number), value=gift.value, items=gift.items)
        name = _unique(tier.name, names, number)
        rungs.append(Tier(name=name, threshold=Money(threshold, currency), gift=gift))
    return Ladder(
        tiers=rungs, tier_after_refund=draw(_TIER_RULES), gift_after_refund=draw(_GIFT_RULES)
    )


def _unique(name: str, taken: set[str], number: int) -> str:
    """The name, or, where it is taken, a numbered one that is not."""
    while name in taken:
        name, number = f"no. {number}", number + 1
    taken.add(name)
    return name


@cache
def _any_money(currency: str) -> st.SearchStrategy[Money]:
    return money(currency=currency)


def amounts_near(ladder: Ladder, *, currency: str | None = None) -> st.SearchStrategy[Money]:
    """Amounts at each threshold of a ladder, one minor unit below and above it, and any others.

    The currency is that of the thresholds, CNY without any.

    Raises CurrencyMismatchError where the thresholds are of another currency than the one named.
    """
    thresholds = [tier.threshold for tier in ladder.tiers]
    code = currency or (thresholds[0].currency if thresholds else "CNY")
    edges = [
        at + Money(step, code)
        for at in thresholds
        for step in (-1, 0, 1)
        if at.minor + step <= LARGEST_MINOR
    ]
    anywhere = _any_money(code)
    return st.sampled_from(edges) | anywhere if edges else anywhere
