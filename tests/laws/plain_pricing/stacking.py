"""Stacking: which promotions may meet, over the whole quote."""

from collections import Counter

__all__ = ["may_join", "partners_are_there"]


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


def partners_are_there(applied):
    """Whether each that applies only with others has one of them beside it."""
    names = {each.promotion.name for each in applied}
    return all(
        not each.promotion.stacking.only_with or names & set(each.promotion.stacking.only_with)
        for each in applied
    )
