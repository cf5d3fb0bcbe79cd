"""Asked: the conditions of a case as our tree of conditions."""

from fractions import Fraction

from tests.peers.cases import OutOfScopeError
from tests.peers.durations import days_of
from tests.peers.goods import goods_of
from tests.peers.shopping import SOMEBODY
from tests.peers.taxes import Taxes

from privlib.conditions import All, Always, AnyOf, amount, distinct, field, pieces
from privlib.values.goods import Goods

__all__ = ["NEVER", "condition_of", "every"]

NEVER = field("segments").contains_any("(nobody)")
_OPERATORS = {
    "gt": "more_than",
    "gte": "at_least",
    "lt": "less_than",
    "lte": "at_most",
    "eq": "equals",
}


def every(conditions):
    """All of some conditions."""
    made = [each for each in conditions if not isinstance(each, Always)]
    return All(made) if len(made) > 1 else made[0] if made else Always()


def condition_of(told, shopping, base):
    """One condition; amounts are on a base: what is left at its turn, or a fixed price."""
    kind = told["type"]
    if kind not in _KINDS:
        raise OutOfScopeError(f"the condition {kind}")
    return _KINDS[kind](told, shopping, base)


def _compared(measured, told, value, *, usual):
    return getattr(measured, _OPERATORS[told.get("operator", usual)])(value)


def _amount(told, shopping, base, *, usual="gte"):
    if _is_foreign(told, shopping):
        return NEVER
    goods = goods_of(told.get("filter"), shopping.scale)
    value = Taxes(shopping).threshold(told, goods)
    return _compared(amount(goods, base=base), told, shopping.scale.money_of(value), usual=usual)


def _is_foreign(told, shopping):
    return told.get("currency") and str(told["currency"]).upper() != shopping.currency


def _most(told, shopping, base):
    return _amount(told, shopping, base, usual="lte")


def _left(told, shopping, _base):
    return _amount(told, shopping, "remaining")


def _count(told):
    value = Fraction(str(told["value"]))
    if value.denominator != 1:
        raise OutOfScopeError("a number of pieces is whole")
    return int(value)


def _pieces(told, shopping, _base):
    goods = goods_of(told.get("filter"), shopping.scale)
    return _compared(pieces(goods), told, _count(told), usual="gte")


def _distinct(told, shopping, _base):
    goods = goods_of(told.get("filter"), shopping.scale)
    return _compared(distinct(goods), told, _count(told), usual="gte")


def _any_of(conditions):
    made = list(conditions)
    if not made:
        return NEVER
    return AnyOf(made) if len(made) > 1 else made[0]


def _on_one_line(told, shopping, _base):
    lines = shopping.open_lines(goods_of(told.get("filter"), shopping.scale))
    return _any_of(pieces(shopping.only(line)).at_least(_count(told)) for line in lines)


def _skus(told, shopping):
    lines = shopping.open_lines(goods_of(told.get("filter"), shopping.scale))
    return [Goods(skus=[sku]) for sku in dict.fromkeys(str(line["sku"]) for line in lines)]


def _of_one_sku(told, shopping, _base):
    return _any_of(pieces(one).at_least(_count(told)) for one in _skus(told, shopping))


def _amount_of_one_sku(told, shopping, base):
    value = shopping.scale.money(told["value"])
    return _any_of(amount(one, base=base).at_least(value) for one in _skus(told, shopping))


def _contains(told, shopping, _base):
    filter = told.get("filter") or {}
    named = [
        (key, name) for key, names in filter.items() if isinstance(names, list) for name in names
    ]
    if not named:
        return Always()
    match told.get("match", "any"):
        case "all":
            goods = [goods_of({key: [name]}, shopping.scale) for key, name in named]
            return every(pieces(each).at_least(1) for each in goods)
        case "none":
            return pieces(goods_of(filter, shopping.scale)).less_than(1)
        case _:
            return pieces(goods_of(filter, shopping.scale)).at_least(1)


def _groups(told, _shopping, _base):
    return field("segments").contains_any(*map(str, told["any_of"]))


def _nth(told, _shopping, _base):
    return _compared(field("nth_order"), told, _count(told), usual="eq")


def _first(_told, _shopping, _base):
    return field("segments").contains_any(SOMEBODY) & field("nth_order").equals(1)


def _after_absence(told, _shopping, _base):
    return field("days_since_last_order").at_least(days_of(told["at_least"]))


def _bounds(told, measured, shopping, less=0):
    return every(
        getattr(measured, word)(shopping.scale.money_of(shopping.scale.minor(told[key]) - less))
        for key, word in _OPERATORS.items()
        if key in told
    )


def _subtotal(told, shopping, base):
    return _bounds(told, amount(base=base), shopping)


def _undiscounted(told, shopping, _base):
    return _bounds(told, amount(base="list"), shopping)


def _total(told, shopping, base):
    """Goods and shipping together: shipping is what it is told to cost."""
    ways = sum(shopping.scale.minor(way["amount"]) for way in shopping.shipping)
    return _bounds(told, amount(base=base), shopping, less=ways)


def _method(told, _shopping, _base):
    return field("platform").one_of(*map(str, told["any_of"]))


def _staff(_told, _shopping, _base):
    return field("segments").contains_any("(staff)")


def _inner(told):
    return told.get("conditions") or told.get("of") or told.get("any") or told.get("all") or []


def _any(told, shopping, base):
    return _any_of(condition_of(each, shopping, base) for each in _inner(told))


def _all(told, shopping, base):
    return every(condition_of(each, shopping, base) for each in _inner(told))


def _nothing(_told, _shopping, _base):
    return Always()


_KINDS = {
    "min_amount": _amount,
    "max_amount": _most,
    "min_amount_after_discounts": _left,
    "min_qty": _pieces,
    "min_distinct": _distinct,
    "coverage": _distinct,
    "min_qty_on_one_line": _on_one_line,
    "min_qty_of_one_sku": _of_one_sku,
    "min_amount_of_one_sku": _amount_of_one_sku,
    "contains": _contains,
    "customer_group": _groups,
    "nth_order": _nth,
    "first_order": _first,
    "first_order_after_absence": _after_absence,
    "subtotal": _subtotal,
    "undiscounted_total": _undiscounted,
    "total": _total,
    "shipping_method": _method,
    "one_use_per_customer": _nothing,
    "staff_only": _staff,
    "line_has_no_other_discount": _nothing,
    "any_of": _any,
    "all_of": _all,
}
