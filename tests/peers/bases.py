"""Bases: what amounts and thresholds of a promotion are reckoned on."""

from attrs import evolve
from tests.peers.goods import goods_of
from tests.peers.places import uses_units
from tests.peers.profile import Seen
from tests.peers.shopping import is_discountable

from privlib.program.offers import AmountOff, FixedPrice, PercentOff, SetOffer, Spread, ThresholdOff
from privlib.program.promotion import Threshold

__all__ = ["base_of", "needs_of", "rebased", "seen_as"]


def needs_of(place, places, shopping):
    """What its own goods must come to, for one that uses pieces up; and what is asked besides."""
    draft = place.draft
    conditions = [told for told in place.owner.get("conditions") or [] if told not in draft.met]
    alone = sum(other.id == place.id for other in places) == 1
    if isinstance(draft.offer, SetOffer) or not (uses_units(place) or alone):
        return None, conditions
    counted, left = {}, []
    for told in conditions:
        own = _counted(told, shopping) if _is_of_goods(told, draft.goods, shopping) else None
        if own is None or own[0] in counted:
            left.append(told)
        else:
            counted[own[0]] = own[1]
    if not counted:
        return None, conditions
    base = seen_as(shopping.case.profile.threshold, place, places)
    return Threshold(base=base, **counted), left


def _is_of_goods(told, goods, shopping):
    """Whether a condition counts just the goods that may be touched."""
    counted = goods_of(told.get("filter"), shopping.scale)
    closed = [line for line in shopping.ticked if not is_discountable(line)]
    return counted == goods and not told.get("tax") and not closed


def _counted(told, shopping):
    if told.get("operator", "gte") != "gte" or told.get("currency"):
        return None
    match told["type"]:
        case "min_qty":
            return "pieces", int(told["value"])
        case "min_amount":
            return "amount", shopping.scale.money(told["value"])
        case "coverage" | "min_distinct":
            return "distinct", int(told["value"])
    return None


def seen_as(seen, place, places):
    """The base of an amount: a fixed price, or what is left when its layer begins."""
    if seen is Seen.LIST:
        return "list"
    earlier = [
        other
        for other in places
        if other.key < place.key and other.draft.kind not in ("shipping", "gift")
    ]
    if seen is Seen.SHELF:
        shelf = [other for other in earlier if other.draft.kind in ("catalog", "shelf")]
        return f"after:{shelf[-1].layer}" if shelf else "list"
    return "remaining" if earlier else "list"


def base_of(place, places, shopping):
    profile, offer = shopping.case.profile, place.draft.offer
    if place.draft.kind == "catalog":
        return "remaining"
    match offer:
        case PercentOff(rounded=Spread.UNIT):
            seen = profile.unit_percent
        case PercentOff() | ThresholdOff():
            seen = profile.percent
        case AmountOff():
            seen = profile.amount
        case FixedPrice():
            return "remaining"
        case _:
            seen = Seen.TURN
    return "remaining" if seen is Seen.TURN else seen_as(seen, place, places)


def rebased(when, place, places, shopping):
    """The condition of a step, on the base of thresholds."""
    base = seen_as(shopping.case.profile.threshold, place, places)
    return _with_base(when, base)


def _with_base(condition, base):
    if hasattr(condition, "conditions"):
        return evolve(
            condition, conditions=[_with_base(each, base) for each in condition.conditions]
        )
    if hasattr(condition, "measure") and condition.measure == "amount":
        return evolve(condition, base=base)
    return condition
