"""Reason checks: which promotions are expected to apply, and why others do not."""

from tests.peers.cases import OutOfScopeError
from tests.peers.checking import only_promotion

__all__ = ["REASON_CHECKS"]


def _applied(checking, told):
    applied = checking.view.applied
    every_time = sorted(owner for owner, times in applied.items() for _ in range(times))
    if sorted(told) not in (sorted(applied), every_time):
        checking.same("applied", sorted(told), sorted(applied))


def _applied_rule(checking, told):
    checking.same("applied_rule", [told], list(checking.view.applied))


def _applications(checking, told):
    checking.same("applications", int(told), sum(checking.view.applied.values()))


def _rejected(checking, told):
    view = checking.view
    for row in told:
        promotion, coupon = row.get("promotion"), row.get("coupon")
        owner = promotion if promotion is not None else view.owner_of_code(str(coupon))
        what = f"{promotion or coupon} is left out"
        if owner is not None and view.applied.get(owner):
            checking.same(what, row.get("reason", row.get("reasons")), "applied")
            continue
        got = view.reasons(promotion) if promotion is not None else view.code_reasons(str(coupon))
        _reasons(checking, row, got, what)


def _reasons(checking, row, got, what):
    if row.get("reason_inferred"):
        return
    for reason in row.get("reasons") or [row.get("reason")]:
        if reason is not None and reason not in got:
            checking.same(what, reason, got)


def _removed(checking, told):
    for each in told:
        checking.same(f"{each} is left out", False, bool(checking.view.applied.get(each)))  # noqa: FBT003


def _replaced(checking, told):
    checking.same("replaced", sorted(told), sorted(checking.view.priced.replaced))


def _satisfied(checking, told):
    checking.same("satisfied", told, only_promotion(checking) in checking.view.could_apply)


def _available(checking, told):
    view = checking.view
    if isinstance(told, list):
        checking.same("available", sorted(told), sorted(view.could_apply))
    elif isinstance(told, bool):
        _satisfied(checking, told)
    else:
        raise OutOfScopeError("a balance of points")


def _partly(checking, told):
    owner = only_promotion(checking)
    part = owner not in checking.view.applied and any(
        each.has for each in checking.view.shortfalls(owner)
    )
    checking.same("partially_satisfied", told, part)


def _missing(checking, told):
    short = checking.view.shortfalls(only_promotion(checking))
    for key, expected in told.items():
        if key not in ("units", "distinct_products", "amount"):
            raise OutOfScopeError(f"missing {key}")
        got = [each.missing for each in short if _is_about(each, key)]
        if key == "amount":
            checking.amount("missing amount", expected, getattr(got[0], "minor", 0) if got else 0)
        else:
            checking.same(f"missing {key}", int(expected), got[0] if got else None)


def _is_about(refusal, key):
    words = {"units": "pieces", "distinct_products": "distinct", "amount": "amount"}
    name = type(refusal).__name__
    return getattr(refusal, "field", None) == words[key] or name.startswith(
        {"units": "Pieces", "distinct_products": "Products", "amount": "Amount"}[key]
    )


def _reason(checking, told):
    checking.same("reason", told, next(iter(_among(checking, told)), None))


def _among(checking, told):
    words = checking.view.reasons(only_promotion(checking))
    return [told] if told in words else words


REASON_CHECKS = {
    "applied": _applied,
    "applied_rule": _applied_rule,
    "applications": _applications,
    "rejected": _rejected,
    "removed": _removed,
    "replaced": _replaced,
    "satisfied": _satisfied,
    "available": _available,
    "available_for_basket": _satisfied,
    "active": _satisfied,
    "partially_satisfied": _partly,
    "missing": _missing,
    "reason": _reason,
}
