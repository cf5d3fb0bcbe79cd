"""Assortment: why a line of a basket is not sold to this customer, or not where he buys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

import pendulum

from privlib.commands.baskets import BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.goods_index import sold_only_index
from privlib.program.price_book import PriceBook
from privlib.program.prices.sold_only import SoldOnly
from privlib.refusals.assortment import MembersOnly, NotSoldHere
from privlib.values.dates import local_date

__all__ = ["NotSold", "not_sold"]

NotSold: TypeAlias = NotSoldHere | MembersOnly


def not_sold(
    lines: Sequence[BasketLine],
    customer: CustomerState,
    book: PriceBook,
    *,
    channel: str | None,
    platform: str | None,
    at: pendulum.DateTime,
    zone: str,
) -> tuple[tuple[NotSold, ...], ...]:
    """All that speaks against selling each line, none where it is sold.

    A line that is not sold stays in the basket, as one that is not ticked does: it has no price,
    and counts for no threshold.
    """
    if not book.sold_only:
        return ((),) * len(lines)
    index, day = sold_only_index(book), local_date(at, zone)
    found = [[book.sold_only[position] for position in index.found(line)] for line in lines]
    return tuple(
        tuple(
            reason
            for limit in limits
            for reason in _against(line, limit, customer, (channel, platform), day)
        )
        for line, limits in zip(lines, found, strict=True)
    )


def _against(
    line: BasketLine,
    limit: SoldOnly,
    customer: CustomerState,
    place: tuple[str | None, str | None],
    day: date,
) -> Iterator[NotSold]:
    channel, platform = place
    if not limit.places.include(channel, platform):
        yield NotSoldHere(
            sku=line.sku,
            channel=channel,
            platform=platform,
            channels=limit.places.channels,
            platforms=limit.places.platforms,
        )
    is_open = limit.opens is not None and day >= limit.opens
    if not is_open and not limit.buyers.include(customer):
        buyers = limit.buyers
        yield MembersOnly(sku=line.sku, tiers=buyers.tiers, plans=buyers.plans, opens=limit.opens)
