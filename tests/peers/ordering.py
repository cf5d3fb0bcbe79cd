"""Ordering: which promotion of a case comes before which."""

from tests.peers.cuts import is_by_code
from tests.peers.profile import Order

__all__ = ["codes_of", "in_order"]


def in_order(promotions, shopping):
    profile = shopping.case.profile
    claims = [event["promotion"] for event in shopping.case.events if event["type"] == "claim"]
    listed = list(promotions)
    if claims:
        rank = {id: at for at, id in enumerate(claims)}
        claimed = sorted(listed, key=lambda each: rank.get(each["id"], len(rank)))
        return _narrow_first(claimed, profile)
    match profile.order:
        case Order.PRIORITY:
            return sorted(listed, key=lambda each: -(each.get("priority") or 0))
        case Order.CODES_LAST:
            typed = [shopping.matched(code) for code in shopping.codes]
            by_code = sorted(listed, key=lambda each: _typed_at(each, typed, shopping))
            return _narrow_first(by_code, profile)
    return _narrow_first(listed, profile)


def _narrow_first(promotions, profile):
    """Amounts off fewer goods in the place of those off more."""
    if not profile.narrow_first:
        return promotions
    places = [at for at, each in enumerate(promotions) if _width(each)]
    narrow = sorted((promotions[at] for at in places), key=_width)
    made = list(promotions)
    for at, promotion in zip(places, narrow, strict=True):
        made[at] = promotion
    return made


def _width(promotion):
    """How many skus an amount off some goods is for; 0 for anything else."""
    actions = promotion.get("actions") or []
    if not actions or any(action["type"] != "amount_off" for action in actions):
        return 0
    return max(len((action.get("filter") or {}).get("skus") or []) for action in actions)


def _typed_at(promotion, typed, shopping):
    if not is_by_code(promotion):
        return -1
    own = map(shopping.matched, codes_of(promotion))
    return min((typed.index(code) for code in own if code in typed), default=len(typed))


def codes_of(promotion):
    own = promotion.get("code")
    return [*([str(own)] if own is not None else []), *map(str, promotion.get("codes") or [])]
