"""The Chinese catalogue, on what is not sold here or to this customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib.explaining.wording import Sentence
from privlib.refusals import MembersOnly, NotSoldHere

__all__ = ["ASSORTMENT"]


def _not_sold_here(refusal: NotSoldHere) -> str:
    there = [
        "渠道 {channels}" if refusal.channels else "",
        "平台 {platforms}" if refusal.platforms else "",
    ]
    here = [
        "渠道 {channel}" if refusal.channel else "",
        "平台 {platform}" if refusal.platform else "",
    ]
    place = f"本单来自{_together(here)}" if any(here) else "本单未注明来源"
    return f"{{sku}} 仅在{_together(there)} 销售；{place}。"


def _members_only(refusal: MembersOnly) -> str:
    who = [
        "等级 {tiers} 的会员" if refusal.tiers else "",
        "付费计划 {plans} 的会员" if refusal.plans else "",
    ]
    opens = "；{opens} 起对所有人开放" if refusal.opens else ""
    return f"{{sku}} 仅限{'且为'.join(filter(None, who)) or '会员'}购买{opens}。"


def _together(parts: list[str]) -> str:
    return "、".join(filter(None, parts))


ASSORTMENT: Final[Mapping[type, Sentence]] = {
    NotSoldHere: _not_sold_here,
    MembersOnly: _members_only,
}
