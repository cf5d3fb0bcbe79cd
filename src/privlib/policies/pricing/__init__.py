"""Pricing: what a basket costs, what little more would bring, and which coupons to tick."""

from __future__ import annotations

from privlib.policies.pricing.changing import BestUse, Change, best_use, what_if
from privlib.policies.pricing.hinting import hints
from privlib.policies.pricing.quoting import quote_basket

__all__ = ["BestUse", "Change", "best_use", "hints", "quote_basket", "what_if"]
