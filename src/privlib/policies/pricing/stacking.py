"""Stacking: which candidates may meet, as bits and masks."""

from __future__ import annotations

from collections.abc import Sequence

from privlib.policies.pricing.applying import Candidate
from privlib.program.pricing import Pricing

__all__ = ["bind", "keep_alone"]


def bind(candidates: Sequence[Candidate], pricing: Pricing) -> None:
    """Gives each candidate its bit, and the masks of those it cannot meet or cannot do without."""
    groups: dict[str, int] = {}
    names: dict[str, int] = {}
    is_bound = False
    for at, candidate in enumerate(candidates):
        candidate.bit = 1 << at
        name, stacking = candidate.rule.name, candidate.rule.promotion.stacking
        names[name] = names.get(name, 0) | candidate.bit
        for group in stacking.groups:
            groups[group] = groups.get(group, 0) | candidate.bit
        is_bound = is_bound or stacking.is_bound or candidate.uses_left is not None
    _share_budgets(candidates, names)
    if pricing.at_most is not None:
        for candidate in candidates:
            candidate.is_bound = True
    if is_bound:
        _set_masks(candidates, pricing, names, groups)


def _share_budgets(candidates: Sequence[Candidate], names: dict[str, int]) -> None:
    """Coupons of one promotion spend one budget."""
    for candidate in candidates:
        if candidate.budget is not None and names[candidate.rule.name] != candidate.bit:
            candidate.purse = names[candidate.rule.name]
            candidate.is_bound = True


def _set_masks(
    candidates: Sequence[Candidate], pricing: Pricing, names: dict[str, int], groups: dict[str, int]
) -> None:
    for candidate in candidates:
        stacking = candidate.rule.promotion.stacking
        for other in stacking.never_with:
            candidate.conflicts |= names.get(other, 0)
        if stacking.only_with:
            candidate.partners = 0
            for other in stacking.only_with:
                candidate.partners |= names.get(other, 0)
        limits = [(groups[group], pricing.group_limit(group)) for group in stacking.groups]
        if candidate.uses_left is not None:
            limits.append((names[candidate.rule.name], candidate.uses_left))
        candidate.groups = tuple(
            (members, limit) for members, limit in limits if members.bit_count() > limit
        )
    for candidate in candidates:
        for each in candidates if candidate.conflicts else ():
            if candidate.conflicts & each.bit:
                each.conflicts |= candidate.bit
    for candidate in candidates:
        _settle(candidate)


def _settle(candidate: Candidate) -> None:
    """What it comes to: whom it cannot meet, and of which groups no more than some may apply."""
    candidate.apart = candidate.conflicts
    for members, limit in candidate.groups:
        candidate.apart |= members & ~candidate.bit if limit == 1 else 0
    candidate.crowds = tuple([group for group in candidate.groups if group[1] > 1])
    candidate.is_bound = candidate.is_bound or bool(
        candidate.conflicts or candidate.groups or candidate.partners is not None
    )


def keep_alone(loners: Sequence[Candidate], others: Sequence[Candidate]) -> None:
    """Lets no candidate that applies alone meet any other."""
    everybody = [*loners, *others]
    bits = sum(candidate.bit for candidate in everybody)
    lone = sum(candidate.bit for candidate in loners)
    for candidate in everybody:
        is_lone = candidate.bit & lone
        candidate.conflicts |= (bits if is_lone else lone) & ~candidate.bit
        _settle(candidate)
        candidate.is_bound = True
