"""Effects: what promotions give that is not money, once the money is settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import define

from privlib.policies.pricing.applying import Candidate, Standing, measured
from privlib.policies.pricing.facts import BasketFacts
from privlib.policies.pricing.found import Found
from privlib.policies.pricing.gifts import gift_of
from privlib.policies.pricing.rules import REMAINING
from privlib.program.offers import FreeShipping, GiftWithPurchase, NextCoupon, PointsTimes
from privlib.program.pricing import Pricing
from privlib.quotes import GiftLine, NextCouponGranted
from privlib.refusals import Refusal
from privlib.values.rate import Rate

__all__ = ["Effects", "before_layer", "effects_of", "holds_in", "measured_in_turn", "turn_of"]


@define(eq=False, frozen=True)
class Effects:
    """Gifts, coupons for the next order, by how much points are multiplied, and from whom.

    `refused` has why a promotion whose gift would be due gives none, by its source.
    """

    applied: tuple[Candidate, ...]
    gifts: tuple[GiftLine, ...]
    coupons: tuple[NextCouponGranted, ...]
    points_times: Rate
    refused: Mapping[str, Refusal]


def effects_of(
    candidates: Sequence[Candidate],
    found: Found,
    pricing: Pricing,
    *,
    facts: BasketFacts,
    skus: dict[str, int],
    out_of_stock: Collection[str],
) -> Effects:
    """What applies besides the money, in the order of the layers."""
    present = [step.candidate for step in found.path]
    applied: list[Candidate] = []
    gifts: list[GiftLine] = []
    coupons: list[NextCouponGranted] = []
    times, refused = Rate(1), dict[str, Refusal]()
    for candidate in sorted(candidates, key=turn_of):
        if not _may(candidate, present, pricing) or not _reaches(candidate, found):
            continue
        if not holds_in(candidate, found, facts):
            continue
        name, offer = candidate.source, candidate.rule.promotion.offer
        match offer:
            case GiftWithPurchase():
                gift = gift_of(candidate, offer, found, skus=skus, out_of_stock=out_of_stock)
                if not isinstance(gift, GiftLine):
                    refused[name] = gift
                    continue
                gifts.append(gift)
            case PointsTimes():
                rate = offer.times
                times = Rate(times.numerator * rate.numerator, times.denominator * rate.denominator)
            case NextCoupon():
                coupons.append(
                    NextCouponGranted(promotion=name, campaign=offer.campaign, coupon=offer.coupon)
                )
            case FreeShipping() if candidate.coupon is None and not _left_to_pay(candidate, found):
                pass
            case _:
                continue
        applied.append(candidate)
        present.append(candidate)
    return Effects(tuple(applied), tuple(gifts), tuple(coupons), times, refused)


def holds_in(candidate: Candidate, found: Found, facts: BasketFacts) -> bool:
    """Whether its condition holds of what the layers before its own have left."""
    rule = candidate.rule
    if not rule.holds_by_layer or rule.holds is None:
        return True
    facts.standing = before_layer(rule.layer, found)
    return rule.holds(facts)


def before_layer(layer: int, found: Found) -> Standing:
    """How things stood when a layer began."""
    standing = found.standing
    left = standing.after[layer - 1] if layer else standing.cells.members
    return Standing(standing.cells, left, sum(left), standing.after[:layer])


def _left_to_pay(candidate: Candidate, found: Found) -> int:
    """What was left of all it is about when its turn came."""
    standing, turn, rows = found.standing, turn_of(candidate), set(candidate.targets)
    left = sum([standing.left[cell] for cell in standing.cells.of(candidate.targets)])
    return left + _cut_later(turn, rows, found)


def _cut_later(turn: tuple[int, bool, tuple[int, str, str]], rows: set[int], found: Found) -> int:
    """What was taken off some rows by those that had their turn later."""
    return sum(
        [
            cut
            for step in found.path
            if turn_of(step.candidate) > turn
            for place, cut in zip(step.taken.places, step.taken.cuts, strict=True)
            if step.cells.lines[place] in rows
        ]
    )


def turn_of(candidate: Candidate) -> tuple[int, bool, tuple[int, str, str]]:
    """When its turn comes among those of all layers."""
    rule = candidate.rule
    return rule.layer, not rule.takes_units and not rule.in_order, candidate.turn


def _may(candidate: Candidate, present: Sequence[Candidate], pricing: Pricing) -> bool:
    """Whether it may meet all that applies already."""
    mask = sum([each.bit for each in present])
    if (candidate.apart | candidate.bit) & mask:
        return False
    several = [candidate, *present]
    if len(several) > 1 and any(each.rule.promotion.stacking.alone for each in several):
        return False
    return candidate.has_partner(mask) and candidate.has_place(mask, pricing.at_most)


def _reaches(candidate: Candidate, found: Found) -> bool:
    """Whether its goods come to its amount when its turn comes."""
    needs = candidate.rule.needs_amount
    return not needs or measured_in_turn(candidate, found) >= needs


def measured_in_turn(candidate: Candidate, found: Found) -> int:
    """What its lines came to when its turn came, before what comes later."""
    rule, amount = candidate.rule, measured(candidate, found.standing)
    if rule.needs_base == REMAINING:
        amount += _cut_later(turn_of(candidate), set(candidate.lines), found)
    return amount
