"""Promotion checks: what is wrong between promotions, and between them and the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from privlib.conditions import SHOPPING, Measure, Measured, condition_problems, leaves
from privlib.errors import InvalidValueError, Problem
from privlib.program.campaign import CampaignRules
from privlib.program.codes import CodeMatching, matched_code
from privlib.program.condition_checks import known_values, unknown_values
from privlib.program.naming import duplicate_names, no_such
from privlib.program.offers import NextCoupon
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, base_layer
from privlib.program.stacking_checks import stacking_problems
from privlib.values.dates import start_of_day
from privlib.values.naming import did_you_mean

__all__ = ["promotion_problems"]

_BASES = frozenset({"list", "member", "remaining"})


def promotion_problems(
    promotions: Mapping[int, Promotion],
    parts: Mapping[str, Any],
    *,
    names: Collection[str] | None = None,
) -> Iterator[Problem]:
    """What is wrong between promotions, each at its position, and between them and other parts.

    Of the parts only those are looked at that could be read. `names` are those of all promotions,
    where not all could be read.
    """
    positions = {at: promotion.name for at, promotion in promotions.items()}
    pricing, campaigns, shop = parts.get("pricing"), parts.get("campaigns"), parts.get("shop")
    yield from duplicate_names(positions, "promotions[{}].name")
    matching = CodeMatching.ANY_CASE if pricing is None else pricing.codes
    yield from _codes_twice(promotions, matching)
    yield from stacking_problems(promotions, names or set(positions.values()), pricing)
    known = known_values(parts)
    for at, promotion in promotions.items():
        problems = [
            *condition_problems(promotion.when, SHOPPING),
            *unknown_values(promotion.when, known),
        ]
        yield from (problem.under(f"promotions[{at}].when") for problem in problems)
        if pricing is not None:
            yield from _layers_unknown(promotion, f"promotions[{at}]", pricing)
        if campaigns is not None:
            yield from _coupon_unknown(promotion, f"promotions[{at}].offer", campaigns)
        if shop is not None:
            yield from _days_nowhere(promotion, f"promotions[{at}]", shop.zone)


def _codes_twice(promotions: Mapping[int, Promotion], matching: CodeMatching) -> Iterator[Problem]:
    """Codes that bring two promotions, however they are typed in."""
    owners: dict[str, int] = {}
    for at, promotion in promotions.items():
        for code in promotion.codes:
            owner = owners.setdefault(matched_code(code, matching), at)
            if owner != at:
                yield Problem(
                    f"promotions[{at}].codes",
                    f'"{code}" is a code of "{promotions[owner].name}" at [{owner}] already',
                )


def _layers_unknown(promotion: Promotion, path: str, pricing: Pricing) -> Iterator[Problem]:
    """Layers that there are not, and bases that are reckoned after a layer that comes later."""
    layers = [layer.name for layer in pricing.layers]
    if promotion.layer not in layers:
        yield Problem(f"{path}.layer", no_such("layer", promotion.layer, layers))
        return
    earlier = layers[: layers.index(promotion.layer)]
    for place, base in _bases(promotion):
        layer = base_layer(base)
        if layer is not None and layer not in layers:
            yield Problem(f"{path}.{place}", no_such("layer", layer, layers))
        elif layer is not None and layer not in earlier:
            yield Problem(
                f"{path}.{place}", f'"{layer}" does not come before "{promotion.layer}", its layer'
            )
        elif layer is None and base not in _BASES:
            yield Problem(f"{path}.{place}", no_such("base", base, _BASES))


def _bases(promotion: Promotion) -> Iterator[tuple[str, str]]:
    """What amounts are reckoned on, each with its path."""
    yield "base", promotion.base
    if promotion.needs is not None:
        yield "needs.base", promotion.needs.base
    for leaf in leaves(promotion.when):
        if isinstance(leaf, Measured) and leaf.measure is Measure.AMOUNT:
            yield "when", leaf.base


def _coupon_unknown(
    promotion: Promotion, path: str, campaigns: tuple[CampaignRules, ...]
) -> Iterator[Problem]:
    """A coupon for the next order that no campaign has."""
    offer = promotion.offer
    if not isinstance(offer, NextCoupon):
        return
    by_name = {rules.name: rules for rules in campaigns}
    rules = by_name.get(offer.campaign)
    if rules is None:
        yield Problem(f"{path}.campaign", no_such("campaign", offer.campaign, by_name))
    elif rules.coupon(offer.coupon) is None:
        near = did_you_mean(offer.coupon, [coupon.name for coupon in rules.coupons])
        yield Problem(f"{path}.coupon", f'"{offer.campaign}" has no coupon "{offer.coupon}"{near}')


def _days_nowhere(promotion: Promotion, path: str, zone: str) -> Iterator[Problem]:
    """Days at the ends of the calendar that are, in the shop's zone, partly beyond them."""
    for place, day in (("starts", promotion.starts), ("ends", promotion.ends)):
        if isinstance(day, date):
            try:
                start_of_day(day, zone)
            except InvalidValueError as fault:
                yield Problem(f"{path}.{place}", f"in {zone}, {fault}")
