"""Tiered: amounts and percentages by what something comes to, as our offers."""

from fractions import Fraction
from itertools import pairwise

from tests.peers.cuts import percent_of
from tests.peers.drafts import Draft
from tests.peers.goods import ALL, goods_of

from privlib.conditions import Always, amount, pieces
from privlib.program.offers import AmountOff, PercentOff, ShippingOff, Spread

__all__ = ["tiered"]


def tiered(action, _promotion, shopping, _tag):
    """One offer for each step, which holds from where it starts to where the next one does."""
    target = action.get("target", "lines")
    by_line = _is_by_line(action, target, shopping.case.profile)
    measure = action.get("measure") or ("line_total" if by_line else "eligible_amount")
    goods = goods_of(action.get("filter"), shopping.scale)
    steps = _steps(action)
    if measure == "shipping_amount" or target == "shipping":
        yield from _on_shipping(action, steps, shopping)
        return
    spread = Spread.LINE if by_line else Spread.ONCE
    scopes = [goods]
    if measure == "line_total":
        scopes = [shopping.only(line) for line in shopping.open_lines(goods)]
    for scope in scopes:
        measured = _measured(measure, scope, goods)
        for (start, value), (end, _) in pairwise([*steps, (None, None)]):
            offer = _offer(action, value, shopping, spread)
            if offer is not None:
                yield Draft(
                    offer=offer,
                    kind=target,
                    goods=scope,
                    when=_between(measure, measured, start, end, shopping),
                )


def _is_by_line(action, target, profile):
    """Whether each line gets its own, or all that is touched together one."""
    if target != "lines" or action.get("apply") == "across_lines":
        return False
    return "measure" in action or profile.steps_by_line


def _steps(action):
    """Where each step starts, and what it takes off."""
    base = action.get("base")
    first = [] if base is None else [(Fraction(0), base)]
    return first + sorted((Fraction(str(step["from"])), step["value"]) for step in action["tiers"])


def _measured(measure, scope, goods):
    if _is_count(measure):
        return pieces(goods)
    if measure == "line_total":
        return amount(scope)
    return amount(ALL if "order" in measure or measure == "item_total" else goods)


def _is_count(measure):
    return any(word in measure for word in ("quantity", "qty", "pieces", "units"))


def _between(measure, measured, start, end, shopping):
    read = int if _is_count(measure) else shopping.scale.money
    low = measured.at_least(read(start)) if start else Always()
    return low if end is None else low & measured.less_than(read(end))


def _offer(action, value, shopping, spread):
    if not Fraction(str(value)):
        return None
    if action["type"] == "tiered_amount_off":
        return AmountOff(amount=shopping.scale.money(value), spread=spread)
    most = action.get("max_amount")
    return PercentOff(
        percent=percent_of(value),
        ceiling=None if most is None else shopping.scale.money(most),
        rounded=spread,
    )


def _on_shipping(action, steps, shopping):
    """Steps by what a way of shipping costs, which is told: no condition can ask for it."""
    for way in shopping.shipping:
        cost = Fraction(str(way["amount"]))
        reached = [value for start, value in steps if start <= cost]
        if not reached or not Fraction(str(reached[-1])):
            continue
        methods = [str(way["method"])]
        if action["type"] == "tiered_amount_off":
            offer = ShippingOff(amount=shopping.scale.money(reached[-1]), methods=methods)
        else:
            offer = ShippingOff(percent=percent_of(reached[-1]), methods=methods)
        yield Draft(offer=offer, kind="shipping")
