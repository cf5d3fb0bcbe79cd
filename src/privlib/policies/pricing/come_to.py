"""Come to: what the goods of a promotion come to for its threshold when its turn comes."""

from __future__ import annotations

from collections.abc import Collection

from privlib.policies.pricing.changing import record_of
from privlib.policies.pricing.effects import turn_of
from privlib.policies.pricing.priced_rows import SHELF
from privlib.program.promotion import Promotion, base_layer
from privlib.quotes import Applied, Quote, QuotedLine

__all__ = ["come_to"]


def come_to(quote: Quote, source: str, promotion: Promotion) -> int:
    """What a promotion's goods come to in minor units, on the base of its threshold.

    `source` is its name, or the id of the coupon that stands for it.
    """
    base = "remaining" if promotion.needs is None else promotion.needs.base
    lines = [quote.lines[row] for row in record_of(quote).asked.lines_among(promotion.goods)]
    if base == "list":
        return sum(line.list_minor for line in lines)
    if base == "remaining":
        seen = _before_its_turn(quote, source, promotion.layer)
    else:
        last = base_layer(base)
        seen = [] if last is None else _until(quote, record_of(quote).asked.plan.layers[last])
    sources = {applied.source for applied in seen}
    return sum(_left_by(sources, line) for line in lines)


def _before_its_turn(quote: Quote, source: str, layer: str) -> list[Applied]:
    """What applies before it; of its own layer only where it could apply by itself."""
    record = record_of(quote)
    turns = {each.source: turn_of(each) for each in record.candidates}
    if source not in turns:
        return _until(quote, record.asked.plan.layers[layer] - 1)
    return [applied for applied in quote.applied if turns[applied.source] < turns[source]]


def _until(quote: Quote, last: int) -> list[Applied]:
    """What applies up to the end of a layer."""
    layers = record_of(quote).asked.plan.layers
    return [applied for applied in quote.applied if layers[applied.layer] <= last]


def _left_by(sources: Collection[str], line: QuotedLine) -> int:
    """What the price book and these leave of a line."""
    return line.list_minor - sum(
        each.amount_minor
        for each in line.adjustments
        if each.layer == SHELF or each.source in sources
    )
