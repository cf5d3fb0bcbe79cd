"""The English catalogue, on what is not sold here or to this customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib.explaining.wording import Sentence
from privlib.refusals import MembersOnly, NotSoldHere

__all__ = ["ASSORTMENT"]


def _not_sold_here(refusal: NotSoldHere) -> str:
    there = [
        "over {channels}" if refusal.channels else "",
        "on {platforms}" if refusal.platforms else "",
    ]
    here = [
        "over {channel}" if refusal.channel else "",
        "on {platform}" if refusal.platform else "",
    ]
    place = _together(here) or "in a place that is not told"
    return f"{{sku}} is sold only {_together(there)}; this basket is bought {place}."


def _members_only(refusal: MembersOnly) -> str:
    who = [
        "members of tier {tiers}" if refusal.tiers else "",
        "holders of the plan {plans}" if refusal.plans else "",
    ]
    buyers = " who are also ".join(filter(None, who)) or "members"
    opens = "; from {opens} on to everybody" if refusal.opens else ""
    return f"{{sku}} is sold only to {buyers}{opens}."


def _together(parts: list[str]) -> str:
    return " ".join(filter(None, parts))


ASSORTMENT: Final[Mapping[type, Sentence]] = {
    NotSoldHere: _not_sold_here,
    MembersOnly: _members_only,
}
