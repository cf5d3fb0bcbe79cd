"""Stacking checks: promotions that name others, and whether what they ask can ever be so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from privlib.errors import Problem
from privlib.program.naming import no_such
from privlib.program.offers import GiftWithPurchase, NextCoupon, PointsTimes
from privlib.program.pricing import Choice, Pricing
from privlib.program.promotion import COUPONS, Promotion
from privlib.values.naming import did_you_mean

__all__ = ["comes_too_late", "group_problems", "stacking_problems"]

_GIVES: Final = (GiftWithPurchase, PointsTimes, NextCoupon)


def stacking_problems(
    promotions: Mapping[int, Promotion], names: Collection[str], pricing: Pricing | None
) -> Iterator[Problem]:
    """What is wrong between promotions that name each other; `names` are those of all there are."""
    by_name: dict[str, Promotion] = {}
    for promotion in promotions.values():
        by_name.setdefault(promotion.name, promotion)
    for at, promotion in promotions.items():
        path, stacking = f"promotions[{at}].stacking", promotion.stacking
        for how, named in (("only_with", stacking.only_with), ("never_with", stacking.never_with)):
            for name in named:
                if name not in names:
                    yield Problem(f"{path}.{how}", no_such("promotion", name, names))
        for name in stacking.only_with:
            partner = by_name.get(name)
            if partner is not None and partner is not promotion:
                for reason in _apart(promotion, partner, pricing):
                    yield Problem(
                        f"{path}.only_with",
                        f'"{promotion.name}" can never meet "{name}": {reason}',
                    )


def _apart(one: Promotion, other: Promotion, pricing: Pricing | None) -> Iterator[str]:
    """Why two promotions can never apply to one basket."""
    if other.stacking.alone:
        yield f'"{other.name}" applies alone'
    if one.name in other.stacking.never_with:
        yield f'"{other.name}" never applies with "{one.name}"'
    if pricing is None:
        return
    for group in sorted({*one.stacking.groups} & {*other.stacking.groups}):
        if pricing.group_limit(group) == 1:
            yield f'both are in the group "{group}", of which one applies'
    if pricing.at_most == 1:
        yield "only one promotion applies to a basket"
    if comes_too_late(other, one, pricing):
        yield f'"{other.name}" has its turn after it'


def comes_too_late(partner: Promotion, promotion: Promotion, pricing: Pricing) -> bool:
    """Whether a partner has its turn only when it is settled that a promotion does not apply.

    So it is where that one takes money off, and the partner gives something else, which is settled
    after all money; or where that one is in a layer in declared order, and comes first.
    """
    places = {layer.name: place for place, layer in enumerate(pricing.layers)}
    if isinstance(promotion.offer, _GIVES) or not {promotion.layer, partner.layer} <= {*places}:
        return False
    if isinstance(partner.offer, _GIVES):
        return True
    is_in_order = pricing.layers[places[promotion.layer]].choice is Choice.IN_ORDER
    turns = [(places[each.layer], -each.priority, each.name) for each in (promotion, partner)]
    return is_in_order and turns[0] < turns[1]


def group_problems(promotions: Collection[Promotion], pricing: Pricing) -> Iterator[Problem]:
    """Groups of the pricing settings that no promotion is in."""
    known = {group for promotion in promotions for group in promotion.stacking.groups}
    for at, group in enumerate(pricing.groups):
        if group.name not in known | {COUPONS}:
            near = did_you_mean(group.name, known)
            yield Problem(
                f"pricing.groups[{at}].name", f'no promotion is in the group "{group.name}"{near}'
            )
