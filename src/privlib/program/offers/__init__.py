"""Offers: what a promotion gives, one class for each kind."""

from __future__ import annotations

from typing import TypeAlias

from privlib.program.offers.cuts import AmountOff, FixedPrice, PercentOff, Spread, UnitAmounts
from privlib.program.offers.gives import (
    FreeShipping,
    GiftWithPurchase,
    NextCoupon,
    PointsTimes,
    ShippingOff,
)
from privlib.program.offers.sets import (
    Bundle,
    BundlePart,
    BuyGet,
    CheapestFree,
    Favour,
    NthItem,
    Packs,
    SetsFrom,
)
from privlib.program.offers.threshold import Step, ThresholdOff

__all__ = [
    "AmountOff",
    "Bundle",
    "BundlePart",
    "BuyGet",
    "CheapestFree",
    "Favour",
    "FixedPrice",
    "FreeShipping",
    "GiftWithPurchase",
    "NextCoupon",
    "NthItem",
    "Offer",
    "Packs",
    "PercentOff",
    "PointsTimes",
    "SetOffer",
    "SetsFrom",
    "ShippingOff",
    "Spread",
    "Step",
    "ThresholdOff",
    "UnitAmounts",
]

SetOffer: TypeAlias = NthItem | BuyGet | CheapestFree | Bundle | Packs | SetsFrom
Offer: TypeAlias = (
    PercentOff
    | AmountOff
    | FixedPrice
    | UnitAmounts
    | ThresholdOff
    | NthItem
    | BuyGet
    | CheapestFree
    | Bundle
    | Packs
    | SetsFrom
    | ShippingOff
    | FreeShipping
    | GiftWithPurchase
    | PointsTimes
    | NextCoupon
)
