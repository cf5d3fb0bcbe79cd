"""The laws of tiers (T1, T2, T3, T5), as checks of a program."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from privlib.commands import Order
from privlib.decisions.verbs import decide
from privlib.events import GiftGranted, GiftReturnable, TierLost, TierReached
from privlib.explaining import explain
from privlib.program.ladder import TierAfterRefund
from privlib.program.program import Program
from privlib.testing.bare_shop import BareShop, Decide
from privlib.testing.laws.cases import (
    AT,
    WEI,
    Tellings,
    order,
    purchases,
    ups_and_downs,
)
from privlib.testing.laws.trial import Programs, Settings, Trial
from privlib.testing.plain_ladder import tier_for
from privlib.testing.strategies import amounts_near
from privlib.values.money import Money

__all__ = [
    "check_one_order_reaches_each_tier_it_crosses",
    "check_thresholds_are_inclusive",
    "check_tiers_follow_net_spend",
    "check_tiers_never_fall_by_purchases",
]


def check_tiers_never_fall_by_purchases(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T1: purchases only, so no tier falls and no gift may be asked back."""
    Trial("T1", program, decide, settings).over(purchases, _falls)


def _falls(shop: BareShop, bought: list[Order]) -> Iterator[str]:
    shop.knows(WEI, since=AT)
    ladder = shop.program.ladder
    for each in bought:
        before = ladder.rung_of(shop.member(WEI).tier)
        for event in shop.tell(each, at=AT).events:
            if isinstance(event, TierLost | GiftReturnable):
                yield explain(event)
        if ladder.rung_of(shop.member(WEI).tier) < before:
            yield f"after {each.id} the tier is {shop.member(WEI).tier}"


def check_tiers_follow_net_spend(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T2, T6: the tier is that of the net spend, or, where it is kept, of the most it ever was."""
    Trial("T2", program, decide, settings).over(ups_and_downs, _departures)


def _departures(shop: BareShop, told: Tellings) -> Iterator[str]:
    shop.knows(WEI, since=AT)
    ladder = shop.program.ladder
    spent = peak = Money.zero(shop.program.currency)
    for command in told:
        shop.tell(command, at=AT)
        amount = command.paid if isinstance(command, Order) else -(command.amount or spent)
        spent += amount
        peak = max(peak, spent)
        counts = peak if ladder.tier_after_refund is TierAfterRefund.KEEP else spent
        member = shop.member(WEI)
        if member.spent != spent:
            yield f"the net spend is {spent}, and {member.spent} is counted"
        if member.tier != tier_for(ladder, counts):
            yield f"{counts} counts, and the tier is {member.tier}"


def check_thresholds_are_inclusive(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T3: exactly the threshold reaches a tier, and one minor unit less does not."""
    Trial("T3", program, decide, settings).over(_rungs, _missed_thresholds)


def _rungs(program: Program) -> st.SearchStrategy[int]:
    return st.integers(0, max(len(program.ladder.tiers) - 1, 0))


def _missed_thresholds(shop: BareShop, rung: int) -> Iterator[str]:
    tiers = shop.program.ladder.tiers
    if not tiers:
        return
    shop.knows(WEI, since=AT)
    threshold, unit = tiers[rung].threshold, Money(1, shop.program.currency)
    below = tiers[rung - 1].name if rung else None
    for paid, expected in ((threshold - unit, below), (unit, tiers[rung].name)):
        shop.tell(order(len(shop.decisions), paid), at=AT)
        member = shop.member(WEI)
        if member.tier != expected:
            yield f"{member.spent} reaches {member.tier}, not {expected}"


def check_one_order_reaches_each_tier_it_crosses(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T5: one purchase that crosses k thresholds reaches exactly k tiers, in ascending order."""
    Trial("T5", program, decide, settings).over(_two_purchases, _wrong_steps)


def _two_purchases(program: Program) -> st.SearchStrategy[tuple[Money, Money]]:
    near = amounts_near(program.ladder, currency=program.currency)
    return st.tuples(near, near)


def _wrong_steps(shop: BareShop, amounts: tuple[Money, Money]) -> Iterator[str]:
    shop.knows(WEI, since=AT)
    before, more = amounts
    shop.tell(order(1, before), at=AT)
    decision = shop.tell(order(2, more), at=AT)
    crossed = [t for t in shop.program.ladder.tiers if before < t.threshold <= before + more]
    reached = [event.tier for event in decision.events if isinstance(event, TierReached)]
    if reached != [tier.name for tier in crossed]:
        yield f"from {before} to {before + more} these tiers were reached: {reached}"
    granted = [event.gift for event in decision.events if isinstance(event, GiftGranted)]
    if granted != [tier.gift.id for tier in crossed if tier.gift]:
        yield f"from {before} to {before + more} these gifts were granted: {granted}"
