"""Use checks: limits, codes and what pays."""

from fractions import Fraction

from tests.peers.checking import only_promotion

__all__ = ["USE_CHECKS"]


def _applications_left(checking, told):
    placed = checking.view.priced.placed
    promotion = placed.program.promotions[0]
    used = sum(count for key, count in placed.used.items() if key.endswith(":uses"))
    limit = promotion.limits.uses
    checking.same("applications_left", int(told), None if limit is None else limit - used)


def _usage_after(checking, told):
    view = checking.view
    if not isinstance(told, dict):
        checking.same("usage_after", told, view.usage(only_promotion(checking)))
        return
    for owner, count in told.items():
        checking.same(f"uses of {owner}", int(count), view.usage(owner))


def _code_active(checking, told):
    view = checking.view
    spent = any(
        event["type"] in ("complete_order", "confirm") for event in view.shopping.case.events
    )
    checking.same("code_active", told, bool(view.codes_left) and not spent)


def _coupons_after(checking, told):
    checking.same("coupons_after", sorted(told), sorted(checking.view.codes_left))


def _points_used(checking, told):
    used = sum(each.points or 0 for each in checking.view.quote.payments)
    checking.same("points_used", Fraction(str(told)), Fraction(used))


def _payments(checking, told):
    got = {each.source: each.amount.minor for each in checking.view.quote.payments}
    expected = {row["credit"]: row["amount"] for row in told}
    checking.same("payments", sorted(expected), sorted(got))
    for credit in set(expected) & set(got):
        checking.amount(f"paid by {credit}", expected[credit], got[credit])


def _gift_card_used(checking, told):
    got = {each.source: each.amount.minor for each in checking.view.quote.payments}
    for code, text in told.items():
        checking.amount(f"paid by {code}", text, got.get(code, 0))


USE_CHECKS = {
    "applications_left": _applications_left,
    "coupons_after": _coupons_after,
    "usage_after": _usage_after,
    "code_active": _code_active,
    "points_used": _points_used,
    "points_cost": _points_used,
    "payments": _payments,
    "gift_card_used": _gift_card_used,
}
