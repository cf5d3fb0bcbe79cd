"""Rules: promotions made ready for pricing, with whole numbers in place of settings."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define

from privlib.conditions import SHOPPING, Always, Measure, Measured, compile_condition, leaves
from privlib.policies.pricing.cutting import cut_of, in_cells_of, whole_of
from privlib.policies.pricing.in_cells import InCells
from privlib.policies.pricing.sharing import Cut, Sharing
from privlib.policies.pricing.stairs import Stairs, stairs_of
from privlib.program.offers import (
    AmountOff,
    FixedPrice,
    FreeShipping,
    GiftWithPurchase,
    PercentOff,
    SetOffer,
    SetsFrom,
    ShippingOff,
    Spread,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.pricing import Choice, Pricing
from privlib.program.promotion import Promotion, base_layer

__all__ = ["LIST", "MEMBER", "REMAINING", "Rule", "rule_of"]

LIST, MEMBER, REMAINING = -3, -2, -1
"""Bases; 0 and above is what the layer of this number has left."""


@define(eq=False)
class Rule:
    """A promotion ready for pricing.

    `base` and `needs_base` are one of LIST, MEMBER and REMAINING, or the number of a layer. `cut`
    is None for sets, and for what takes no money off. `whole` is how much it takes off in all, of
    so much that is left, where all is reckoned at once; it is shared then. `in_cells` is how a cut
    lies on lines whose pieces went different ways. What is `dynamic` may apply or not by what
    others have taken off; `holds_by_layer`, by what is left when its layer begins.
    """

    promotion: Promotion
    name: str
    layer: int
    in_order: bool
    base: int
    needs_base: int
    needs_amount: int
    needs_pieces: int
    needs_distinct: int
    cut: Cut | None
    whole: Callable[[int], int] | None
    share: Sharing
    steps: Stairs | None
    steps_by_money: bool
    in_cells: InCells
    on_shipping: bool
    takes_units: bool
    is_additive: bool
    is_dynamic: bool
    holds: Callable[[object], bool] | None
    holds_by_layer: bool
    is_all_off: bool
    turn: tuple[int, str]
    has_money: bool


def rule_of(promotion: Promotion, pricing: Pricing, layers: dict[str, int]) -> Rule:
    """A promotion with its settings looked up once."""
    offer, needs, when = promotion.offer, promotion.needs, promotion.when
    by_layer = any(
        isinstance(leaf, Measured)
        and leaf.measure is Measure.AMOUNT
        and leaf.base not in {"list", "member"}
        for leaf in leaves(when)
    )
    layer = layers[promotion.layer]
    needs_base = _base(needs.base if needs else "remaining", layers)
    is_by_price = isinstance(offer, FixedPrice | UnitAmounts)
    base = REMAINING if is_by_price else _base(promotion.base, layers)
    steps = stairs_of(offer, pricing) if isinstance(offer, ThresholdOff) else None
    cut = cut_of(offer, pricing)
    by_money = isinstance(offer, ThresholdOff) and offer.steps[0].amount is not None
    amount = needs.amount.minor if needs and needs.amount else 0
    return Rule(
        promotion=promotion,
        name=promotion.name,
        layer=layer,
        in_order=pricing.layers[layer].choice is Choice.IN_ORDER,
        base=base,
        needs_base=needs_base,
        needs_amount=amount,
        needs_pieces=_pieces_needed(promotion),
        needs_distinct=needs.distinct or 0 if needs else 0,
        cut=cut,
        share=Sharing(pricing.remainder, pricing.overflow),
        whole=whole_of(offer, pricing) if _is_of_what_is_left(promotion) else None,
        steps=steps,
        steps_by_money=by_money,
        in_cells=in_cells_of(offer, pricing),
        on_shipping=isinstance(offer, ShippingOff | FreeShipping),
        takes_units=promotion.takes_units,
        is_additive=promotion.uses_units and needs is None and _is_additive(offer),
        is_dynamic=by_layer
        or (needs_base > MEMBER and bool(amount or by_money))
        or (base > MEMBER and isinstance(offer, SetsFrom) and offer.amount is not None),
        holds=None if isinstance(when, Always) else compile_condition(when, SHOPPING),
        holds_by_layer=by_layer,
        is_all_off=isinstance(offer, FreeShipping),
        turn=(-promotion.priority, promotion.name),
        has_money=cut is not None or steps is not None or isinstance(offer, SetOffer),
    )


def _pieces_needed(promotion: Promotion) -> int:
    """How many pieces it starts at; a gift for every so many starts at the first so many."""
    needs, offer = promotion.needs, promotion.offer
    every = offer.every if isinstance(offer, GiftWithPurchase) else None
    return max(needs.pieces or 0 if needs else 0, every or 0)


def _base(base: str, layers: dict[str, int]) -> int:
    layer = base_layer(base)
    if layer is not None:
        return layers[layer]
    return {"list": LIST, "member": MEMBER, "remaining": REMAINING}[base]


def _is_of_what_is_left(promotion: Promotion) -> bool:
    """Whether its cut and its threshold look at nothing but what is left."""
    needs = promotion.needs
    return promotion.base == "remaining" and (needs is None or needs.base == "remaining")


def _is_additive(offer: object) -> bool:
    """Whether what it takes off a line does not depend on which others it touches."""
    match offer:
        case PercentOff(ceiling=None, rounded=spread) | AmountOff(spread=spread):
            return spread is not Spread.ONCE
        case UnitAmounts(spread=spread):
            return spread is Spread.LINE
        case _:
            return isinstance(offer, FixedPrice)
