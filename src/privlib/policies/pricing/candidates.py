"""Candidates: what could apply to a basket by itself."""

from __future__ import annotations

from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.objections import objections
from privlib.policies.pricing.presented import (
    Presented,
    needed,
    pools_of,
    presented_of,
    touched,
    uses,
    ways,
)
from privlib.program.promotion import spent_key

__all__ = ["candidates_of"]


def candidates_of(asked: Asked) -> list[Candidate]:
    """Those that could apply, were it not for the others."""
    made = []
    for presented in presented_of(asked):
        lines = touched(presented, asked)
        if next(objections(presented, lines, asked), None) is None:
            made.append(_candidate(presented, lines, asked))
    return made


def _candidate(presented: Presented, lines: tuple[int, ...], asked: Asked) -> Candidate:
    entry, coupon = presented.entry, presented.coupon
    rule = entry.rule
    targets = lines if not rule.on_shipping else ways(presented, asked)
    limits = entry.promotion.limits
    budget = None
    if limits.budget is not None:
        budget = max(limits.budget.minor - asked.used.get(spent_key(rule.name), 0), 0)
    return Candidate(
        rule,
        presented.source,
        lines,
        targets,
        None if coupon is None else coupon.id,
        presented.code,
        budget,
        _uses_left(presented, asked),
        products=asked.columns.products,
        turn=(*rule.turn, presented.source),
        pattern=entry.pattern,
        pools=()
        if entry.pattern is None
        else pools_of(entry.pattern, entry.promotion.goods, asked),
        needed=needed(presented, lines, asked),
    )


def _uses_left(presented: Presented, asked: Asked) -> int | None:
    """How often it may still be used, where it speaks more than once: by several coupons."""
    if presented.coupon is None or not presented.entry.promotion.limits.is_bounded:
        return None
    return min([limit - used for limit, used, _ in uses(presented, asked)], default=None)
