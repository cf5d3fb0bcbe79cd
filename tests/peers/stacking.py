"""Stacking: which promotions of a case never meet."""

from tests.peers.profile import Turn

__all__ = ["never_with"]


def never_with(place, places, shopping):
    """The promotions of others that it never meets."""
    case, own = shopping.case, place.owner
    others = [other for other in places if other.id != own["id"]]
    if place.draft.kind == "catalog":
        return [
            other.name for other in others if other.draft.kind == "catalog" and own["never_with"]
        ]
    others = [other for other in others if other.draft.kind != "catalog"]
    if own.get("exclusive") or own.get("combinable") is False:
        return [other.name for other in others]
    if case.options.get("match") in ("one_rule", "one_time"):
        return [other.name for other in others]
    made = set()
    if place.turn is Turn.ONE:
        made |= {other.name for other in others if other.key == place.key}
    if case.profile.one_order_percent and place.draft.is_order_percent:
        made |= {other.name for other in others if other.draft.is_order_percent}
    if case.profile.threshold_coupons_apart and own.get("kind") == "threshold_coupon":
        made |= {other.name for other in others if _share_goods(place, other, shopping)}
    return sorted(made)


def _share_goods(place, other, shopping):
    """Whether two coupons are of one scope, and for goods that are both in the basket."""
    if other.owner.get("kind") != "threshold_coupon":
        return False
    if place.owner.get("scope") != other.owner.get("scope"):
        return False
    lines = [
        {str(line["id"]) for line in shopping.open_lines(each.draft.goods)}
        for each in (place, other)
    ]
    return not lines[0].isdisjoint(lines[1])
