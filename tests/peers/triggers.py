"""Triggers: the codes and coupons that bring a promotion of ours into play."""

from tests.peers.cuts import is_by_code
from tests.peers.ordering import codes_of
from tests.peers.shopping import moment_of

from privlib.program.promotion import Trigger

__all__ = ["trigger_of", "typed_for"]


def trigger_of(place):
    promotion, (_, count, _) = place.owner, place.at
    if promotion.get("coupon_window") or promotion.get("in_hand"):
        return Trigger.COUPON, ()
    if not is_by_code(promotion) or place.draft.kind == "catalog":
        return Trigger.AUTOMATIC, ()
    codes = [place.code] if place.code else codes_of(promotion)
    return Trigger.CODE, [f"{code}{_suffix(count)}" for code in codes]


def _suffix(count):
    """A code brings one promotion of ours; what else it brings has codes of its own."""
    return f" (part {count + 1})" if count else ""


def typed_for(place, shopping):
    """What is typed in for one of ours, beside the codes themselves; coupons are handed out."""
    promotion, count = place.owner, place.at[1]
    window = promotion.get("coupon_window")
    if promotion.get("in_hand"):
        _hand(promotion["id"], place, window, shopping)
        return []
    if window:
        given = {shopping.matched(code): code for code in shopping.codes}
        for code in codes_of(promotion):
            if shopping.matched(code) in given:
                _hand(code, place, window, shopping)
        return []
    return [f"{code}{_suffix(count)}" for code in shopping.codes] if count else []


def _hand(code, place, window, shopping):
    start, end = (window or {}).get("start"), (window or {}).get("end")
    shopping.hand(
        f"{code}{_suffix(place.at[1])}",
        place.name,
        starts_at=start and moment_of(start, shopping.zone),
        expires_at=end and moment_of(end, shopping.zone),
    )
