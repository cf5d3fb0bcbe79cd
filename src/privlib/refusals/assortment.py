"""Refusals: why something cannot be bought here, or not by this customer."""

from __future__ import annotations

from datetime import date

from attrs import field

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen

__all__ = ["MembersOnly", "NotSoldHere"]


@frozen(kw_only=True)
class NotSoldHere:
    """It is sold elsewhere: over these channels, on these platforms; where none is named, on any.

    `channel` and `platform` are where the basket is bought; None where that is not said.
    """

    sku: str
    channel: str | None = None
    platform: str | None = None
    channels: tuple[str, ...] = field(default=(), converter=as_tuple)
    platforms: tuple[str, ...] = field(default=(), converter=as_tuple)


@frozen(kw_only=True)
class MembersOnly:
    """It is sold to others: to members of these tiers, to those who have one of these plans.

    Where neither is named, any member may buy it. From `opens` on everybody may.
    """

    sku: str
    tiers: tuple[str, ...] = field(default=(), converter=as_tuple)
    plans: tuple[str, ...] = field(default=(), converter=as_tuple)
    opens: date | None = None
