"""Stacking: which promotions may meet, over the whole quote."""

from collections import Counter

__all__ = ["has_partner", "may_join", "partners_are_there"]


def may_join(candidate, applied, pricing):
    """Whether a candidate may apply beside those that do: partners may yet come."""
    together = [*applied, candidate]
    bounds = [each.promotion.stacking for each in together]
    if len(together) > 1 and any(bound.alone for bound in bounds):
        return False
    if pricing.at_most is not None and len(together) > pricing.at_most:
        return False
    names = [each.promotion.name for each in together]
    if any(
        set(bound.never_with) & set(names[:place] + names[place + 1 :])
        for place, bound in enumerate(bounds)
    ):
        return False
    groups = Counter(group for bound in bounds for group in bound.groups)
    return all(count <= pricing.group_limit(group) for group, count in groups.items())


def has_partner(candidate, applied):
    """Whether one that applies only with others has one of them beside it."""
    partners = set(candidate.promotion.stacking.only_with)
    return not partners or bool(partners & {each.promotion.name for each in applied})


def partners_are_there(applied):
    """Whether each that applies only with others has one of them beside it."""
    return all(has_partner(each, applied) for each in applied)
