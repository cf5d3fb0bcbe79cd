"""Reasons: our refusals in the words of the cases, which are often wider or narrower than ours."""

from privlib.refusals import (
    AmountNotReached,
    Beaten,
    BudgetTooSmall,
    CodeUnknown,
    CouponNotYetGood,
    CouponRanOut,
    Excluded,
    NothingLeft,
    NothingToTouch,
    PiecesNotReached,
    ProductsNotReached,
    PromotionNotRunning,
    TooFewForSet,
    UsesSpent,
    WaitsForCustomer,
)
from privlib.refusals.conditions import AlternativesUnmet, ConditionUnmet
from privlib.values.comparison import Comparison

__all__ = ["reasons_of", "shortfalls"]

_UNMET = "conditions_not_met"
_WORDS = {
    AmountNotReached: ("minimum_not_reached", "minimum_not_reached_after_discounts", _UNMET),
    PiecesNotReached: ("minimum_quantity_not_reached", "minimum_not_reached", _UNMET),
    TooFewForSet: ("minimum_quantity_not_reached", "minimum_not_reached", _UNMET),
    ProductsNotReached: ("minimum_not_reached", "missing_product", _UNMET),
    NothingToTouch: (
        "no_matching_goods",
        "not_discountable",
        "nothing_left_to_discount",
        _UNMET,
    ),
    NothingLeft: ("nothing_left_to_discount", "minimum_price_reached", "fixed_price_not_lower"),
    Beaten: ("superseded_by_better", "not_combinable"),
    Excluded: ("not_combinable", "excluded_by_exclusive", "superseded_by_better"),
    CouponNotYetGood: ("not_started",),
    CouponRanOut: ("expired",),
    BudgetTooSmall: ("campaign_budget_exceeded", "usage_limit_reached"),
    CodeUnknown: ("not_found",),
    WaitsForCustomer: ("login_required",),
}
_OF_FIELD = {
    "channel": ("wrong_channel",),
    "nth_order": ("nth_order_not_met", "not_first_order"),
    "distinct": ("minimum_not_reached", "missing_product"),
}
_TOO_MUCH = (Comparison.LESS_THAN, Comparison.AT_MOST)


def reasons_of(refusal, at):
    """All that a refusal can be called, the narrowest word first."""
    match refusal:
        case PromotionNotRunning(starts=starts):
            return ("not_started" if starts is not None and at < starts else "expired",)
        case UsesSpent():
            return _spent(refusal)
        case ConditionUnmet():
            return (*_unmet(refusal), _UNMET)
        case AlternativesUnmet():
            inner = [each for alternative in refusal.alternatives for each in alternative]
            return tuple(dict.fromkeys(word for each in inner for word in reasons_of(each, at)))
    return _WORDS.get(type(refusal), ())


def _spent(refusal):
    if refusal.by_customer:
        return ("customer_usage_limit_reached", "already_used_by_customer", "usage_limit_reached")
    return ("usage_limit_reached", "code_already_used", "campaign_budget_exceeded")


def _unmet(refusal):
    too_much = refusal.comparison in _TOO_MUCH
    match refusal.field:
        case "amount" | "pieces" if too_much:
            return ("maximum_exceeded",)
        case "amount":
            later = () if refusal.base == "list" else ("minimum_not_reached_after_discounts",)
            return (*later, "minimum_not_reached")
        case "pieces":
            absent = ("missing_product", "no_matching_goods") if refusal.needs == 1 else ()
            return (*absent, "minimum_quantity_not_reached", "minimum_not_reached")
        case "segments":
            return _who(refusal.needs)
        case "date" | "time_of_day":
            return ("expired" if too_much else "not_started",)
    return _OF_FIELD.get(refusal.field, ())


def _who(needs):
    names = needs if isinstance(needs, tuple) else (needs,)
    if "(known)" in names:
        return ("login_required",)
    if any(str(name).startswith("(customer ") for name in names):
        return ("wrong_customer",)
    return ()


def shortfalls(refusals):
    """Each refusal that says in numbers what there is already and what is missing."""
    for refusal in refusals:
        if isinstance(refusal, AlternativesUnmet):
            for alternative in refusal.alternatives:
                yield from shortfalls(alternative)
        elif hasattr(refusal, "has") and hasattr(refusal, "missing"):
            yield refusal
