"""Comparing: each thing that is expected, with what our quote says of it."""

from fractions import Fraction

from attrs import define, field
from tests.peers.answers import View
from tests.peers.cases import MissingError, OutOfScopeError
from tests.peers.consuming import consumed

__all__ = ["Difference", "differences"]


@define(frozen=True)
class Difference:
    """What is expected, and what we have in its place."""

    what: str
    expected: object
    got: object


def differences(view, expect):
    """All that differs, of what is expected."""
    unknown = sorted(set(expect) - set(_CHECKS) - _NOT_COMPARED)
    if unknown:
        raise OutOfScopeError(f"the expectation {', '.join(unknown)}")
    checking = _Checking(view, expect)
    for key, value in expect.items():
        if key in _CHECKS:
            _CHECKS[key](checking, value)
    return checking.found


_NOT_COMPARED = {"partial_expectation", "notes", "history_entries_added"}


@define
class _Checking:
    """One comparison under way: what is asked, and what was found to differ."""

    view: View
    expect: dict
    found: list = field(factory=list)

    def amount(self, what, text, minor):
        if not self.view.scale.is_same(text, minor):
            self.found.append(Difference(what, text, self.view.scale.shown(minor)))

    def same(self, what, expected, got):
        if expected != got:
            self.found.append(Difference(what, expected, got))


def _totals(checking, told):
    for key, text in told.items():
        if key not in _TOTALS:
            raise OutOfScopeError(f"the total {key}")
        checking.amount(f"totals.{key}", text, _TOTALS[key](checking.view))


def _total(view):
    _, gross = view.split_of_tax()
    _, shipping = view.shipping_with_tax()
    payments = sum(each.amount.minor for each in view.quote.payments)
    return gross + shipping - payments


def _tax(view):
    net, gross = view.split_of_tax()
    return gross - net


def _after_lines(view):
    return view.quote.list.minor - sum(
        adjustment.amount_minor
        for line in view.quote.lines
        for adjustment in line.adjustments
        if view.kind(adjustment.source) in ("shelf", "sets", "lines", "catalog")
    )


def _after_shelf(view):
    return view.quote.list.minor - sum(
        adjustment.amount_minor
        for line in view.quote.lines
        for adjustment in line.adjustments
        if view.kind(adjustment.source) in ("shelf", "catalog")
    )


def _discount(view):
    if view.shopping.case.profile.discount_from_shelf:
        return view.discount - (view.quote.list.minor - _after_shelf(view))
    return view.discount


_TOTALS = {
    "subtotal": lambda view: view.quote.list.minor,
    "subtotal_after_discounts": lambda view: view.quote.goods.minor - view.points_paid,
    "subtotal_after_lines": _after_lines,
    "subtotal_after_special_prices": _after_shelf,
    "items": lambda view: view.quote.goods.minor,
    "discount": _discount,
    "shipping": lambda view: view.quote.shipping_cost.minor,
    "total": _total,
    "tax": _tax,
    "subtotal_excl_tax": lambda view: view.split_of_tax()[0],
    "subtotal_incl_tax": lambda view: view.split_of_tax()[1],
    "shipping_excl_tax": lambda view: view.shipping_with_tax()[0],
    "shipping_incl_tax": lambda view: view.shipping_with_tax()[1],
    "total_excl_tax": lambda view: view.split_of_tax()[0] + view.shipping_with_tax()[0],
    "total_incl_tax": lambda view: view.split_of_tax()[1] + view.shipping_with_tax()[1],
    "discount_excl_tax": lambda view: view.list_with_tax()[0] - view.split_of_tax()[0],
    "discount_incl_tax": lambda view: view.list_with_tax()[1] - view.split_of_tax()[1],
    "total_before_discount_excl_tax": lambda view: view.list_with_tax()[0],
    "total_before_discount_incl_tax": lambda view: view.list_with_tax()[1],
}


def _line_discounts(checking, told):
    view = checking.view
    expected = {}
    for row in told:
        key = str(row["line"]), row["promotion"]
        expected.setdefault(key, []).append(row.get("amount_exact", row["amount"]))
    for (line, promotion), texts in expected.items():
        text = str(sum(Fraction(str(each)) for each in texts)) if len(texts) > 1 else texts[0]
        checking.amount(f"line {line}, {promotion}", text, view.taken(line)[promotion])
    if "partial_expectation" in checking.expect:
        return
    for line in view.line_ids:
        for promotion, minor in view.taken(line).items():
            if minor and (line, promotion) not in expected:
                checking.amount(f"line {line}, {promotion}", "0", minor)


def _line_discount_totals(checking, told):
    for line, text in told.items():
        whole = line == "sum" and line not in checking.view.line_ids
        minor = checking.view.discount if whole else checking.view.discount_of(line)
        own = checking.view.own_discount_of(line)
        if not (own and checking.view.scale.is_same(text, own)):
            checking.amount(f"discount of {line}", text, minor)


def _line_discount(checking, text):
    checking.amount("line_discount", text, checking.view.discount)


def _order_discounts(checking, told):
    for row in told:
        minor = checking.view.discount_by(row["promotion"])
        checking.amount(f"order, {row['promotion']}", row.get("amount_exact", row["amount"]), minor)


def _discount_used(checking, told):
    for promotion, text in told.items():
        checking.amount(f"taken by {promotion}", text, checking.view.discount_by(promotion))


def _shipping_discounts(checking, told):
    taken = checking.view.taken_off_shipping()
    expected = {(str(row["shipping"]), row["promotion"]): row for row in told}
    for key, row in expected.items():
        if key in taken:
            text = row.get("amount_exact", row["amount"])
            checking.amount(f"shipping {key[0]}, {key[1]}", text, taken[key])
        else:
            checking.same(f"shipping {key[0]}, {key[1]}", row["amount"], None)
    for key, minor in taken.items():
        if key not in expected:
            checking.same(f"shipping {key[0]}, {key[1]}", None, checking.view.scale.shown(minor))


def _line_totals(checking, told):
    for line, text in told.items():
        checking.amount(f"total of {line}", text, checking.view.paid(line))


def _unit_discounts(checking, told):
    for line, texts in told.items():
        got = checking.view.piece_discounts(line)
        want = sorted(texts, key=Fraction, reverse=True)
        if len(want) != len(got):
            checking.same(
                f"pieces of {line}", want, [checking.view.scale.shown(each) for each in got]
            )
            continue
        for at, (text, minor) in enumerate(zip(want, got, strict=True)):
            checking.amount(f"piece {at + 1} of {line}", text, minor)


def _unit_prices(checking, told):
    """The price of a piece, which is their average where they are not all the same."""
    for line, text in told.items():
        prices = checking.view.pieces_paid(line)
        average = Fraction(sum(prices), len(prices)) if prices else Fraction(0)
        if not prices or not checking.view.scale.is_same(text, average):
            whole = checking.view.scale.minor(text) if prices else None
            if whole is None or abs(average - whole) >= 1 or whole not in (prices[-1], prices[0]):
                shown = [checking.view.scale.shown(each) for each in sorted(set(prices))]
                checking.same(f"price of a piece of {line}", text, shown)


def _applied(checking, told):
    applied = checking.view.applied
    every_time = sorted(owner for owner, times in applied.items() for _ in range(times))
    if sorted(told) not in (sorted(applied), every_time):
        checking.same("applied", sorted(told), sorted(applied))


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


def _only(checking):
    """The one promotion that a case is about."""
    promotions = checking.view.shopping.given.get("promotions") or []
    coupons = checking.view.shopping.given.get("coupons_defined") or []
    told = promotions or coupons
    if len(told) != 1:
        raise OutOfScopeError("which promotion is meant")
    return str(told[0].get("id") or told[0].get("code") or "(promotion 1)")


def _satisfied(checking, told):
    checking.same("satisfied", told, _only(checking) in checking.view.could_apply)


def _available(checking, told):
    view = checking.view
    if isinstance(told, list):
        checking.same("available", sorted(told), sorted(view.could_apply))
    elif isinstance(told, bool):
        _satisfied(checking, told)
    else:
        raise OutOfScopeError("a balance of points")


def _partly(checking, told):
    owner = _only(checking)
    part = owner not in checking.view.applied and any(
        each.has for each in checking.view.shortfalls(owner)
    )
    checking.same("partially_satisfied", told, part)


def _missing(checking, told):
    short = checking.view.shortfalls(_only(checking))
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
    words = checking.view.reasons(_only(checking))
    return [told] if told in words else words


def _units(checking, told):
    view = checking.view
    used = consumed(view)
    got = {
        "consumed": used,
        "left": sum(view.shopping.pieces(line) for line in view.shopping.ticked) - used,
        "discounted": view.pieces_discounted,
    }
    for key, expected in told.items():
        if key not in got:
            raise OutOfScopeError(f"units {key}")
        checking.same(f"units.{key}", int(expected), got[key])


def _units_amount(checking, text):
    view = checking.view
    minor = sum(
        group.list_minor
        for line in view.quote.lines
        for group in line.groups
        if any(each.amount_minor for each in group.adjustments)
    )
    checking.amount("units_amount", text, minor)


def _applications(checking, told):
    checking.same("applications", int(told), sum(checking.view.applied.values()))


def _applied_rule(checking, told):
    checking.same("applied_rule", [told], list(checking.view.applied))


def _applications_left(checking, told):
    placed = checking.view.priced.placed
    promotion = placed.program.promotions[0]
    used = sum(count for key, count in placed.used.items() if key.endswith(":uses"))
    limit = promotion.limits.uses
    checking.same("applications_left", int(told), None if limit is None else limit - used)


def _gift_lines(checking, told):
    expected = {}
    for row in told:
        expected[str(row["sku"])] = expected.get(str(row["sku"]), 0) + int(row["qty"])
    checking.same("gift_lines", expected, dict(checking.view.gifts))


def _qty_after(checking, told):
    view = checking.view
    for sku, qty in told.items():
        own = sum(view.shopping.pieces(line) for line in view.shopping.ticked if line["sku"] == sku)
        checking.same(f"pieces of {sku}", int(qty), own + view.gifts[sku])


def _usage_after(checking, told):
    view = checking.view
    if not isinstance(told, dict):
        checking.same("usage_after", told, view.usage(_only(checking)))
        return
    for owner, count in told.items():
        checking.same(f"uses of {owner}", int(count), view.usage(owner))


def _code_active(checking, told):
    view = checking.view
    spent = any(
        event["type"] in ("complete_order", "confirm") for event in view.shopping.case.events
    )
    checking.same("code_active", told, bool(view.codes_left) and not spent)


def _refund(checking, text):
    checking.amount("refund", text, refunded(checking.view))


def refunded(view):
    """What goes back for the pieces that come back: what was paid for them."""
    back = 0
    for event in view.shopping.case.events:
        if event["type"] == "refund_all":
            back += view.quote.goods.minor
        elif event["type"] == "refund":
            if "line" not in event:
                raise OutOfScopeError("a refund of no line")
            prices = view.pieces_paid(str(event["line"]))
            back += sum(prices[: int(event.get("qty", len(prices)))])
    return back


def _paid(checking, text):
    checking.amount("paid", text, checking.view.quote.payable.minor)


def _refundable(checking, told):
    for line, text in told.items():
        checking.amount(f"refundable of {line}", text, checking.view.paid(line))


def _refundable_each(checking, told):
    for line, text in told.items():
        for price in sorted(set(checking.view.pieces_paid(line))):
            checking.amount(f"refundable of a piece of {line}", text, price)


def _unit_discount(checking, text):
    pieces = sum(checking.view.shopping.pieces(line) for line in checking.view.shopping.ticked)
    checking.amount("unit_discount", text, Fraction(checking.view.discount, pieces))


def _eligible_again(checking, told):
    """Whether what is left of the pieces meets the conditions once more."""
    view = checking.view
    count = sum(view.shopping.pieces(line) for line in view.shopping.ticked) - consumed(view)
    promotions = view.shopping.given.get("promotions") or []
    wanted = [c for each in promotions for c in each.get("conditions") or []]
    if any(each["type"] != "min_qty" or each.get("filter") for each in wanted):
        raise MissingError("pieces that are left are counted, not told apart")
    again = all(count >= Fraction(str(each["value"])) for each in wanted)
    checking.same("eligible_again", told, again)


def _total_alone(checking, text):
    checking.amount("total", text, _total(checking.view))


def _line_tax(checking, told):
    lines = {str(line["id"]): line for line in checking.view.shopping.lines}
    for line, text in told.items():
        net, gross = checking.view.split_of_tax([lines[line]])
        checking.amount(f"tax of {line}", text, gross - net)


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


def _replaced(checking, told):
    checking.same("replaced", sorted(told), sorted(checking.view.priced.replaced))


def _coupons_after(checking, told):
    checking.same("coupons_after", sorted(told), sorted(checking.view.codes_left))


def _adjustments(checking, told):
    view = checking.view
    rows = [
        *(
            (line, owner)
            for line in view.line_ids
            for owner, minor in view.taken(line).items()
            if minor
        ),
        *view.taken_off_shipping(),
    ]
    checking.same("adjustment_count", int(told), len(rows))


def _free_shipping(checking, told):
    free = any(
        not way.payable_minor and (way.adjustments or not way.list_minor)
        for way in checking.view.quote.shipping
    )
    checking.same("has_free_shipping", told, free)


def _remainder(checking, told):
    """The minor units of a line that its pieces do not share evenly."""
    for line, text in told.items():
        pieces = len(checking.view.pieces_paid(line))
        checking.amount(f"rest of {line}", text, checking.view.paid(line) % pieces if pieces else 0)


def _removed(checking, told):
    for each in told:
        checking.same(f"{each} is left out", False, bool(checking.view.applied.get(each)))  # noqa: FBT003


_CHECKS = {
    "totals": _totals,
    "total": _total_alone,
    "total_exact": _total_alone,
    "line_discounts": _line_discounts,
    "line_discount_totals": _line_discount_totals,
    "line_discount": _line_discount,
    "order_discounts": _order_discounts,
    "discount_used": _discount_used,
    "shipping_discounts": _shipping_discounts,
    "line_totals": _line_totals,
    "line_tax": _line_tax,
    "unit_discounts": _unit_discounts,
    "unit_prices_after": _unit_prices,
    "applied": _applied,
    "applied_rule": _applied_rule,
    "applications": _applications,
    "applications_left": _applications_left,
    "rejected": _rejected,
    "removed": _removed,
    "replaced": _replaced,
    "coupons_after": _coupons_after,
    "satisfied": _satisfied,
    "available": _available,
    "available_for_basket": _satisfied,
    "active": _satisfied,
    "partially_satisfied": _partly,
    "missing": _missing,
    "reason": _reason,
    "units": _units,
    "units_amount": _units_amount,
    "gift_lines": _gift_lines,
    "qty_after": _qty_after,
    "usage_after": _usage_after,
    "code_active": _code_active,
    "refund": _refund,
    "refundable": _refundable,
    "refundable_per_unit": _refundable_each,
    "unit_price_remainder": _remainder,
    "unit_discount": _unit_discount,
    "eligible_again": _eligible_again,
    "paid": _paid,
    "points_used": _points_used,
    "points_cost": _points_used,
    "payments": _payments,
    "gift_card_used": _gift_card_used,
    "adjustment_count": _adjustments,
    "has_free_shipping": _free_shipping,
}
