"""The laws of gifts (T2, T4, T6), as checks of a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import strategies as st

from privlib.commands import Order
from privlib.decisions.verbs import decide
from privlib.entities import Member
from privlib.events import GiftGranted
from privlib.program.program import Program
from privlib.requests import ShipGift
from privlib.testing.bare_shop import BareShop, Decide
from privlib.testing.laws.cases import (
    AT,
    WEI,
    Tellings,
    order,
    purchases,
    tellings,
    ups_and_downs,
)
from privlib.testing.laws.trial import Programs, Settings, Trial
from privlib.testing.plain_ladder import standing_for
from privlib.values.money import total

__all__ = [
    "check_each_gift_is_granted_once",
    "check_refunds_do_to_gifts_what_the_rule_says",
    "check_splitting_an_order_brings_the_same_gifts",
]


def check_splitting_an_order_brings_the_same_gifts(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T2: the same money in one order or in several reaches the same tiers and gifts."""
    Trial("T2", program, decide, settings).over(purchases, _what_splitting_changes)


def _what_splitting_changes(shop: BareShop, bought: list[Order]) -> Iterator[str]:
    at_once = BareShop(shop.program, shop.decide)
    for each in (shop, at_once):
        each.knows(WEI, since=AT)
    for part in bought:
        shop.tell(part, at=AT)
    whole = total((part.paid for part in bought), currency=shop.program.currency)
    at_once.tell(order(0, whole), at=AT)
    one, other = shop.member(WEI), at_once.member(WEI)
    if bought and (one.spent, one.tier, one.gifts) != (other.spent, other.tier, other.gifts):
        yield f"in {len(bought)} orders he is {_standing(one)}; in one, {_standing(other)}"


def _standing(member: Member) -> str:
    gifts = ", ".join(gift.id for gift in member.gifts)
    return f"in tier {member.tier} with {member.spent} and the gifts {gifts or 'none'}"


def check_each_gift_is_granted_once(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T4: each gift at most once for each member, whatever is bought and given back."""
    Trial("T4", program, decide, settings).over(_ups_and_downs_or_tellings, _second_gifts)


def _ups_and_downs_or_tellings(program: Program) -> st.SearchStrategy[Tellings]:
    return ups_and_downs(program) | tellings(program)


def _second_gifts(shop: BareShop, told: Tellings) -> Iterator[str]:
    shop.knows(*{command.customer for command in told}, since=AT)
    granted: Counter[tuple[str, str]] = Counter()
    shipped: Counter[tuple[str, str]] = Counter()
    for command in told:
        decision = shop.tell(command, at=AT)
        gifts = [event for event in decision.events if isinstance(event, GiftGranted)]
        packs = [request for request in decision.requests if isinstance(request, ShipGift)]
        granted.update((event.customer, event.gift) for event in gifts)
        shipped.update((request.customer, request.gift) for request in packs)
    yield from (
        f"{who} was granted {gift} {n} times" for (who, gift), n in granted.items() if n > 1
    )
    yield from (
        f"{who} was granted {gift} and is sent it {shipped[who, gift]} times"
        for who, gift in granted | shipped
        if shipped[who, gift] != granted[who, gift]
    )


def check_refunds_do_to_gifts_what_the_rule_says(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T6: a gift whose spend a refund took away is marked, or kept, as the program says."""
    Trial("T6", program, decide, settings).over(ups_and_downs, _wrong_standings)


def _wrong_standings(shop: BareShop, told: Tellings) -> Iterator[str]:
    shop.knows(WEI, since=AT)
    ladder = shop.program.ladder
    for command in told:
        shop.tell(command, at=AT)
        member = shop.member(WEI)
        for gift in member.gifts:
            if gift.standing is not standing_for(ladder, gift.id, member.spent):
                yield f"{gift.id} is {gift.standing} at a net spend of {member.spent}"
