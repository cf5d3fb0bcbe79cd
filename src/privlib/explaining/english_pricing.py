"""The English catalogue, on what speaks against promotions, codes and coupons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib import refusals
from privlib.explaining.wording import Sentence, decimal
from privlib.quotes import Hint
from privlib.refusals import Exclusion

__all__ = ["PRICING"]

_ON: Final = {"remaining": "", "list": " at list price", "member": " at shelf price"}
_EXCLUDED: Final[Mapping[Exclusion, str]] = {
    Exclusion.ALONE: "it does not go with {by}: one of them applies alone.",
    Exclusion.GROUP: "the places of its group {group} are taken by {by}.",
    Exclusion.NEVER_WITH: "it never goes with {by}.",
    Exclusion.AT_MOST: "as many apply as may: {by}.",
}


def _amount_not_reached(refusal: refusals.AmountNotReached) -> str:
    on = _ON.get(refusal.base, " on the base {base}")
    return f"{{promotion}}: {{missing}} more is needed, {{has}} of {{needs}}{on}."


def _pieces_not_reached(refusal: refusals.PiecesNotReached) -> str:
    more = "more piece is" if refusal.missing == 1 else "more pieces are"
    return f"{{promotion}}: {{missing}} {more} needed, {{has}} of {{needs}}."


def _products_not_reached(refusal: refusals.ProductsNotReached) -> str:
    more = "more product is" if refusal.missing == 1 else "more different products are"
    return f"{{promotion}}: {{missing}} {more} needed, {{has}} of {{needs}}."


def _too_few_for_set(refusal: refusals.TooFewForSet) -> str:
    more = "more piece makes" if refusal.missing == 1 else "more pieces make"
    return f"{{promotion}}: {{missing}} {more} a set, {{has}} of {{needs}}."


def _beaten(refusal: refusals.Beaten) -> str:
    if refusal.amount.minor < 0:
        told = "better for the shop is {by}; with it instead the price changes by {amount}."
    elif refusal.amount.minor == 0:
        told = "it saves no more than {by}." if refusal.by else "it makes nothing cheaper."
    else:
        instead = " instead of {by}" if refusal.by else ""
        told = f"with it{instead} the customer would pay {{amount}} more."
    return f"{{promotion}}: {told}"


def _excluded(refusal: refusals.Excluded) -> str:
    return f"{{promotion}}: {_EXCLUDED[refusal.rule]}"


def _partner_missing(refusal: refusals.PartnerMissing) -> str:
    missing = "does not" if len(refusal.partners) == 1 else "do not"
    one = "" if len(refusal.partners) == 1 else "one of "
    return f"{{promotion}}: it goes only with {one}{{partners}}, which {missing} apply."


def _not_running(refusal: refusals.PromotionNotRunning) -> str:
    start = " from {starts}" if refusal.starts else ""
    end = " until {ends}" if refusal.ends else ""
    runs = f": it runs{start}{end}" if start or end else ""
    return f"{{promotion}}: it is not running{runs}."


def _uses_spent(refusal: refusals.UsesSpent) -> str:
    by_whom = "this customer has used it" if refusal.by_customer else "it was used"
    return f"{{promotion}}: {by_whom} {{used}} of {{limit}} times."


def _hint(hint: Hint) -> str:
    named = "{promotion}" if hint.coupon is None else "{coupon} ({promotion})"
    of = "" if hint.goods.is_all else " of {goods}"
    if hint.pieces is None:
        more = f"{{more}} more{of}"
    else:
        pieces = "1 more piece" if hint.pieces == 1 else "{pieces} more pieces"
        more = f"{pieces}{of}, for {{more}},"
    verb, brought = _brought(hint)
    verb += "" if hint.pieces and hint.pieces > 1 else "s"
    return f"{named}: {more} {verb} {brought}; {{payable}} is to be paid then."


def _brought(hint: Hint) -> tuple[str, str]:
    """What is done by so much more, and what it brings."""
    if hint.gift is not None:
        return "bring", "the gift {gift.pieces} x {gift.sku}"
    if hint.next_coupon is not None:
        coupon = "the coupon {next_coupon.coupon} of campaign {next_coupon.campaign}"
        return "bring", f"{coupon} for the next order"
    if hint.points_times is not None:
        return "earn", f"{decimal(hint.points_times)} times the points"
    now = "" if hint.takes_off_now is None else " instead of {takes_off_now}"
    return "take", f"{{takes_off}} off{now}"


PRICING: Final[Mapping[type, Sentence]] = {
    Hint: _hint,
    refusals.AmountNotReached: _amount_not_reached,
    refusals.PiecesNotReached: _pieces_not_reached,
    refusals.ProductsNotReached: _products_not_reached,
    refusals.TooFewForSet: _too_few_for_set,
    refusals.NothingToTouch: "{promotion}: nothing in the basket is among its goods.",
    refusals.NothingLeft: "{promotion}: there is nothing left that it could take off.",
    refusals.Beaten: _beaten,
    refusals.Excluded: _excluded,
    refusals.PartnerMissing: _partner_missing,
    refusals.PromotionNotRunning: _not_running,
    refusals.UsesSpent: _uses_spent,
    refusals.BudgetTooSmall: (
        "{promotion}: {spent} of its budget of {budget} is spent; it would take more than {left}."
    ),
    refusals.WaitsForCode: "{promotion}: it wants a code.",
    refusals.WaitsForCoupon: "{promotion}: it wants a coupon.",
    refusals.WaitsForCustomer: (
        "{promotion}: it is limited by customer, and nobody knows who buys."
    ),
    refusals.CodeUnknown: "{code}: no promotion has this code.",
    refusals.CouponOfNoPromotion: "{coupon}: there is no promotion {promotion}.",
    refusals.CouponNotYetGood: "{coupon}: it is good from {at} on.",
    refusals.CouponRanOut: "{coupon}: it was good until {at}.",
    refusals.GiftInBasket: "{promotion}: the gift, {gives} x {sku}, is in the basket already.",
    refusals.GiftOutOfStock: "{promotion}: its gift is out of stock: {skus}.",
    refusals.SearchCutShort: (
        "{promotion}: the search ended before it was tried with all the others."
    ),
}
