"""Cuts: actions that take something off each piece, each line, or all that they touch."""

from fractions import Fraction

from attrs import evolve
from tests.peers.cases import MissingError, OutOfScopeError
from tests.peers.drafts import Draft
from tests.peers.goods import goods_of, tagged
from tests.peers.picking import picked
from tests.peers.sets import set_of_units
from tests.peers.shopping import MARKED_DOWN
from tests.peers.taxes import Taxes
from tests.peers.ways import shipping_amount, shipping_percent, shipping_price

from privlib.program.offers import (
    AmountOff,
    Bundle,
    BundlePart,
    FixedPrice,
    PercentOff,
    Spread,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.values.allocation import allocate
from privlib.values.rate import Rate

__all__ = [
    "amount_off",
    "is_by_code",
    "nth_amounts",
    "per_step",
    "percent_of",
    "percent_off",
    "set_price",
]

_SPREADS = {"per_unit": Spread.UNIT, "per_line": Spread.LINE, "across_lines": Spread.ONCE}
_ON_GOODS = ("lines", "order", "condition_units")


def _goods(action, shopping):
    goods = goods_of(action.get("filter"), shopping.scale, shopping.lines)
    if not action.get("only_full_price"):
        return goods
    if goods.without is not None:
        raise MissingError("goods at full price, without others that are left out too")
    return evolve(goods, without=tagged(MARKED_DOWN))


def _kind(target):
    """The kind of stage of what an action is about."""
    return "lines" if target == "condition_units" else target


def amount_off(action, promotion, shopping, tag):
    """So much off pieces, lines, the order, shipping, or sets of pieces."""
    minor, target = _value(action, shopping), action.get("target", "lines")
    is_set = action.get("apply") == "set_of_condition_units" or target == "condition_units"
    if not minor:
        return ()
    if target == "shipping":
        return shipping_amount(action, shopping, minor)
    if target == "order_and_shipping":
        return _goods_and_shipping(shopping, minor)
    if is_set:
        return set_of_units(promotion, shopping, off=minor)
    if target not in _ON_GOODS:
        raise OutOfScopeError(f"an amount off {target}")
    return _amount_off_goods(action, shopping, minor, tag)


def _value(action, shopping):
    by_channel = action.get("value_by_channel")
    if by_channel is None:
        return shopping.scale.minor(action["value"])
    own = by_channel.get(shopping.given.get("channel"))
    return 0 if own is None else shopping.scale.minor(own)


def _amount_off_goods(action, shopping, minor, tag):
    goods = _goods(action, shopping)
    with_tax = shopping.case.profile.amounts_include_tax
    minor = Taxes(shopping).amount_off(minor, goods, with_tax=with_tax)
    spread = _SPREADS[action.get("apply", "across_lines")]
    if action.get("max_units_per_line") is not None and spread is Spread.LINE:
        yield from _amount_up_to(action, shopping, goods, minor)
        return
    goods = picked(action, goods, shopping, tag)
    if goods is not None:
        offer = AmountOff(amount=shopping.scale.money_of(minor), spread=spread)
        yield Draft(offer=offer, kind=_kind(action.get("target", "lines")), goods=goods)


def _amount_up_to(action, shopping, goods, minor):
    """So much off each line, and no more than so many of its pieces cost."""
    most = int(action["max_units_per_line"])
    by_amount = {}
    for line in shopping.open_lines(goods):
        cost = shopping.price(line) * min(most, shopping.pieces(line))
        by_amount.setdefault(min(minor, cost), []).append(line)
    for amount, lines in by_amount.items():
        if amount:
            off = AmountOff(amount=shopping.scale.money_of(amount), spread=Spread.LINE)
            yield Draft(offer=off, kind="lines", goods=shopping.only(*lines))


def _goods_and_shipping(shopping, minor):
    """An amount off both, in proportion to what they cost."""
    goods = sum(shopping.price(line) * shopping.pieces(line) for line in shopping.ticked)
    ways = sum(shopping.scale.minor(way["amount"]) for way in shopping.shipping)
    if not goods + ways:
        return
    own, rest = allocate(min(minor, goods + ways), [goods, ways])
    if own:
        yield Draft(offer=AmountOff(amount=shopping.scale.money_of(own)), kind="order")
    if rest:
        yield from shipping_amount({"apply": "across_lines"}, shopping, rest)


def percent_of(text):
    """A percentage; more than all of it is all of it, and less than nothing is nothing."""
    share = min(Fraction(str(text)) / 100, Fraction(1))
    return Rate(share.numerator, share.denominator) if share > 0 else None


def percent_off(action, promotion, shopping, tag):
    """So many percent off pieces, lines, the order, shipping, or sets of pieces."""
    rate, target = percent_of(action["value"]), action.get("target", "lines")
    if rate is None:
        return
    if target in ("shipping", "order_and_shipping"):
        yield from shipping_percent(action, shopping, rate)
    if target == "shipping":
        return
    if action.get("apply") == "set_of_condition_units":
        yield from set_of_units(promotion, shopping, percent=rate)
        return
    if target not in (*_ON_GOODS, "order_and_shipping"):
        raise OutOfScopeError(f"a percentage off {target}")
    yield from _percent_off_goods(action, promotion, shopping, (rate, tag))


def _percent_off_goods(action, promotion, shopping, rate_and_tag):
    rate, tag = rate_and_tag
    is_whole = action.get("target", "lines") in ("order", "order_and_shipping")
    in_range = action.get("apply") == "condition_range"
    goods = _condition_range(promotion, shopping) if in_range else _goods(action, shopping)
    ceiling = _ceiling(action, goods, shopping)
    by_line = action.get("max_units_per_line") is not None
    goods = picked({**action, "each_line": by_line}, goods, shopping, tag)
    if goods is not None:
        spread = _percent_spread(action, promotion, shopping, is_whole=is_whole)
        yield Draft(
            offer=PercentOff(percent=rate, ceiling=ceiling, rounded=spread),
            kind="order" if is_whole else "lines",
            goods=goods,
            is_order_percent=is_whole,
        )


def _condition_range(promotion, shopping):
    """The goods that the conditions of a promotion count."""
    told = [each.get("filter") for each in promotion.get("conditions") or []]
    found = list({str(each): each for each in told}.values())
    if len(found) > 1:
        raise MissingError("no offer of ours is on the range of several conditions")
    return goods_of(found[0] if found else None, shopping.scale)


def _ceiling(action, goods, shopping):
    if action.get("max_amount") is None:
        return None
    minor = shopping.scale.minor(action["max_amount"])
    with_tax = action.get("max_amount_tax") == "included"
    minor = Taxes(shopping).amount_off(minor, goods, with_tax=with_tax)
    return shopping.scale.money_of(minor)


def _percent_spread(action, promotion, shopping, *, is_whole):
    profile = shopping.case.profile
    spreads = {**_SPREADS, "per_unit": profile.percent_per_unit}
    if action.get("apply") in spreads:
        return spreads[action["apply"]]
    if not is_whole:
        return profile.percent_on_lines
    return profile.percent_by_code if is_by_code(promotion) else profile.percent_on_order


def is_by_code(promotion):
    """Whether a promotion wants a code."""
    return promotion.get("trigger") == "code" or "code" in promotion or "codes" in promotion


def set_price(action, promotion, shopping, tag):
    """A price for each piece, for the order, for shipping, or for sets of pieces."""
    price, target = shopping.scale.money(action["value"]), action.get("target", "lines")
    if target == "shipping":
        yield from shipping_price(action, shopping, price.minor)
    elif action.get("apply") == "set_of_condition_units" or target == "condition_units":
        yield from set_of_units(promotion, shopping, price=price.minor)
    elif target == "order":
        pieces = sum(
            shopping.pieces(line) for line in shopping.open_lines(_goods(action, shopping))
        )
        if pieces:
            whole = Bundle(parts=[BundlePart(pieces=pieces)], price=price, at_most=1)
            yield Draft(offer=whole, kind="order")
    else:
        goods = picked(action, _goods(action, shopping), shopping, tag)
        if goods is not None:
            yield Draft(offer=FixedPrice(price=price), kind="shelf", goods=goods)


def nth_amounts(action, _promotion, shopping, _tag):
    """So much off the first piece of a line, and so much off each next one."""
    first = shopping.scale.money(action["first_unit"])
    then = shopping.scale.money(action["each_next_unit"])
    most = action.get("max_units")
    if first.minor or then.minor:
        offer = UnitAmounts(first=first, next=then, most=None if most is None else int(most))
        yield Draft(offer=offer, kind="lines", goods=_goods(action, shopping))


def per_step(action, promotion, shopping, _tag):
    """So much for every full step of what the promotion's goods come to."""
    target, scale = action.get("target", "lines"), shopping.scale
    goods = _goods(action, shopping)
    if target == "condition_units":
        goods = _condition_range(promotion, shopping)
    step = Step(amount=scale.money(action["step"]), off=scale.money(action["value"]))
    most = action.get("max_steps")
    offer = ThresholdOff(steps=[step], repeat=True, at_most=None if most is None else int(most))
    yield Draft(offer=offer, kind=_kind(target), goods=goods)
