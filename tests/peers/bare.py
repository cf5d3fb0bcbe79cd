"""Bare cases: those that are about one rule alone, without a basket."""

from fractions import Fraction

from attrs import evolve
from tests.peers.amounts import Scale
from tests.peers.answers import View
from tests.peers.cases import OutOfScopeError
from tests.peers.checking import Difference
from tests.peers.quoting import priced
from tests.peers.shopping import Shopping

from privlib.program.codes import plain_code
from privlib.program.ladder import Ladder, Tier
from privlib.program.offers import BuyGet
from privlib.values.allocation import allocate
from privlib.values.rate import Rate, Rounding

__all__ = ["bare_answer"]


def bare_answer(case):
    """What differs of a bare case; None for one that is about a basket."""
    for key, answer in _ANSWERS.items():
        if key in case.expect:
            return answer(case)
    return None


def _differs(what, expected, got):
    return [] if expected == got else [Difference(what, expected, got)]


def _parts_minor(case):
    """An amount that is shared by weight; below zero where it is taken off."""
    given, profile = case.given, case.profile
    weights = given.get("weights_minor") or given["line_totals_minor"]
    lows = given.get("line_min_totals_minor")
    caps = (
        None
        if lows is None
        else [max(top - low, 0) for top, low in zip(weights, lows, strict=True)]
    )
    parts = [0] * len(weights)
    if any(weights):  # pricing takes nothing off what is worth nothing
        amount = abs(given["amount_minor"])
        rules = {"remainder": profile.remainder, "overflow": profile.overflow}
        parts = allocate(amount, weights, caps=caps, **rules)
    sign = -1 if given["amount_minor"] < 0 else 1
    return _differs("parts_minor", case.expect["parts_minor"], [sign * part for part in parts])


def _goods_and_shipping(case):
    """An amount off goods and shipping together, in proportion."""
    scale = Scale(str(case.given.get("currency") or "CNY"))
    (promotion,) = case.given["promotions"]
    (action,) = promotion["actions"]
    if action.get("target") != "order_and_shipping":
        raise OutOfScopeError("parts of something else than goods and shipping")
    weights = [scale.minor(case.given["subtotal"]), scale.minor(case.given["shipping_amount"])]
    off = _off(action, sum(weights), scale)
    parts = allocate(min(off, sum(weights)), weights) if any(weights) else (0, 0)
    found = []
    for key, part in zip(("subtotal", "shipping"), parts, strict=True):
        expected = case.expect["parts"].get(key)
        if expected is not None and not scale.is_same(expected, part):
            found.append(Difference(f"parts.{key}", expected, scale.shown(part)))
    return found


def _off(action, whole, scale):
    if action["type"] == "amount_off":
        return scale.minor(action["value"])
    share = Fraction(str(action["value"])) / 100
    return Rate(share.numerator, share.denominator).of(whole, rounding=Rounding.HALF_UP)


def _tier(case):
    """The tier that a value reaches on a ladder; what changes it over time comes later."""
    given = case.given
    beyond = sorted({"manual_floor", "earning_rules"} & set(given))
    policy = set(given.get("policy") or {}) - {"window_days"}
    happened = {event["type"] for event in given.get("events") or []} - {"period_review"}
    if beyond or policy or "value" not in given or happened - {"account_created"}:
        raise OutOfScopeError("tiers over time, or set by hand, come with their own issue")
    scale = Scale(str(given.get("currency") or "CNY"))
    tiers = sorted(given["tiers"], key=lambda tier: Fraction(str(tier["threshold"])))
    ground = [tier["id"] for tier in tiers if not Fraction(str(tier["threshold"]))]
    rungs = [
        Tier(name=str(tier["id"]), threshold=scale.money(tier["threshold"]))
        for tier in tiers
        if Fraction(str(tier["threshold"]))
    ]
    reached = Ladder(tiers=rungs).rungs_reached(scale.minor(given["value"]))
    tier = rungs[reached - 1].name if reached else next(iter(ground), None)
    found = _differs("tier", case.expect["tier"], tier)
    if "changed" in case.expect:
        found += _differs("changed", case.expect["changed"], tier != given.get("current"))
    return found


def _stored_code(case):
    (coupon,) = case.given["coupons_defined"]
    return _differs("stored_code", case.expect["stored_code"], plain_code(coupon["code"]))


def _target(case):
    """Whether the one line of a basket is among the goods of a filter."""
    told = case.given["filter"]
    scale = Scale(str(case.given.get("currency") or "CNY"))
    shopping = Shopping(case, scale)
    (line,) = shopping.basket().lines
    named = set(map(str, told.get("skus") or []))
    got = line.sku not in named if told.get("match") == "none" else line.sku in named
    return _differs("line_is_target", case.expect["line_is_target"], got)


def _considered(case):
    """How many pieces the sets of an offer can have at most."""
    rule = case.given["rule"]
    get = int(rule["get_qty"])
    offer = BuyGet(
        buy=int(rule["buy_qty"]), get=get, at_most=int(case.given["max_free_units"]) // get
    )
    got = (offer.buy + offer.get) * offer.at_most
    return _differs("max_units_considered", int(case.expect["max_units_considered"]), got)


def _chosen(case):
    """The best of some discounts of one line."""
    scale = Scale(str(case.given.get("currency") or "CNY"))
    told = case.given["candidates"]
    price = sum(scale.minor(each["amount"]) for each in told)
    promotions = [
        {
            "id": each["id"],
            "combinable": False,
            "actions": [{"type": "amount_off", "value": each["amount"], "apply": "per_line"}],
        }
        for each in told
    ]
    line = {"id": "(line)", "sku": "(line)", "unit_price": scale.shown(price), "qty": "1"}
    made = evolve(case, given={**case.given, "lines": [line], "promotions": promotions})
    applied = View(priced(made, scale)).applied
    return _differs("chosen", sorted(case.expect["chosen"]), sorted(applied))


_ANSWERS = {
    "parts_minor": _parts_minor,
    "chosen": _chosen,
    "parts": _goods_and_shipping,
    "tier": _tier,
    "stored_code": _stored_code,
    "line_is_target": _target,
    "max_units_considered": _considered,
}
