"""Money checks: totals and discounts that are expected."""

from fractions import Fraction

from tests.peers.cases import OutOfScopeError

__all__ = ["MONEY_CHECKS"]


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


def _total_alone(checking, text):
    checking.amount("total", text, _total(checking.view))


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


def _line_tax(checking, told):
    lines = {str(line["id"]): line for line in checking.view.shopping.lines}
    for line, text in told.items():
        net, gross = checking.view.split_of_tax([lines[line]])
        checking.amount(f"tax of {line}", text, gross - net)


def _paid(checking, text):
    checking.amount("paid", text, checking.view.quote.payable.minor)


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


MONEY_CHECKS = {
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
    "paid": _paid,
    "adjustment_count": _adjustments,
    "has_free_shipping": _free_shipping,
}
