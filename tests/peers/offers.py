"""Offers: the actions of a case as our offers."""

from fractions import Fraction

from tests.peers.cases import MissingError, OutOfScopeError
from tests.peers.drafts import Draft
from tests.peers.goods import ALL, goods_of, tagged
from tests.peers.picking import picked
from tests.peers.sets import set_of_units
from tests.peers.shopping import MARKED_DOWN
from tests.peers.taxes import Taxes
from tests.peers.tiered import tiered

from privlib.program.offers import (
    AmountOff,
    Bundle,
    BundlePart,
    BuyGet,
    CheapestFree,
    Favour,
    FixedPrice,
    FreeShipping,
    GiftWithPurchase,
    PercentOff,
    ShippingOff,
    Spread,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.values.allocation import allocate
from privlib.values.goods import Goods
from privlib.values.rate import Rate

__all__ = ["drafts_of"]


def drafts_of(action, promotion, shopping, at):
    """What an action is, as offers of ours; nothing where it takes nothing off."""
    kind = action["type"]
    if kind not in _ACTIONS:
        raise OutOfScopeError(f"the action {kind}")
    if action.get("currency") and str(action["currency"]).upper() != shopping.currency:
        return []
    return list(_ACTIONS[kind](action, promotion, shopping, f"({promotion['id']} {at})"))


_SPREADS = {"per_unit": Spread.UNIT, "per_line": Spread.LINE, "across_lines": Spread.ONCE}


def _goods(action, shopping):
    goods = goods_of(action.get("filter"), shopping.scale, shopping.lines)
    if not action.get("only_full_price"):
        return goods
    if goods.without is not None:
        raise OutOfScopeError("full-price goods among others that are left out")
    return Goods(
        **{key: getattr(goods, key) for key in ("skus", "products", "categories", "tags")},
        without=tagged(MARKED_DOWN),
    )


def _value(action, shopping):
    by_channel = action.get("value_by_channel")
    if by_channel is None:
        return shopping.scale.minor(action["value"])
    own = by_channel.get(shopping.given.get("channel"))
    return 0 if own is None else shopping.scale.minor(own)


def _amount_off(action, promotion, shopping, tag):
    minor = _value(action, shopping)
    if not minor:
        return
    target = action.get("target", "lines")
    if target == "shipping":
        yield from _shipping_amount(action, shopping, minor)
        return
    if target == "condition_units" or action.get("apply") == "set_of_condition_units":
        yield from set_of_units(promotion, shopping, off=minor)
        return
    if target not in ("lines", "order"):
        raise OutOfScopeError(f"an amount off {target}")
    goods = _goods(action, shopping)
    with_tax = shopping.case.profile.amounts_include_tax
    money = shopping.scale.money_of(Taxes(shopping).amount_off(minor, goods, with_tax=with_tax))
    spread = _SPREADS[action.get("apply", "across_lines")]
    if action.get("max_units_per_line") is not None and spread is Spread.LINE:
        yield from _amount_up_to(action, shopping, goods, money)
        return
    goods = picked(action, goods, shopping, tag)
    if goods is not None:
        yield Draft(
            offer=AmountOff(amount=money, spread=spread), kind=target_kind(target), goods=goods
        )


def target_kind(target):
    """The kind of stage of what an action is about."""
    return "lines" if target in ("lines", "condition_units") else target


def _amount_up_to(action, shopping, goods, money):
    """So much off each line, and no more than so many of its pieces cost."""
    most = int(action["max_units_per_line"])
    by_amount = {}
    for line in shopping.open_lines(goods):
        cost = shopping.price(line) * min(most, shopping.pieces(line))
        by_amount.setdefault(min(money.minor, cost), []).append(line)
    for minor, lines in by_amount.items():
        if minor:
            off = AmountOff(amount=shopping.scale.money_of(minor), spread=Spread.LINE)
            yield Draft(offer=off, kind="lines", goods=shopping.only(*lines))


def _shipping_amount(action, shopping, minor):
    ways = _ways(action, shopping)
    if action.get("apply") != "across_lines" or len(ways) < 2:
        if ways:
            money = shopping.scale.money_of(minor)
            yield Draft(offer=ShippingOff(amount=money, methods=_methods(ways)), kind="shipping")
        return
    costs = [shopping.scale.minor(way["amount"]) for way in ways]
    if not any(costs):
        return
    for way, part in zip(ways, allocate(minor, costs), strict=True):
        if part:
            off = ShippingOff(amount=shopping.scale.money_of(part), methods=_methods([way]))
            yield Draft(offer=off, kind="shipping")


def _ways(action, shopping):
    named = (action.get("filter") or {}).get("shipping_methods")
    return [way for way in shopping.shipping if named is None or way["method"] in named]


def _methods(ways):
    return [str(way["method"]) for way in ways]


def _percent(text):
    """A percentage; more than all of it is all of it."""
    share = min(Fraction(str(text)) / 100, Fraction(1))
    return Rate(share.numerator, share.denominator) if share > 0 else None


def _percent_off(action, promotion, shopping, tag):
    rate = _percent(action["value"])
    if rate is None:
        return
    target = action.get("target", "lines")
    if target == "shipping":
        yield from _shipping_percent(action, shopping, rate)
        return
    goods = _goods(action, shopping)
    if action.get("apply") == "set_of_condition_units":
        yield from set_of_units(promotion, shopping, percent=rate)
        return
    if target not in ("lines", "order", "condition_units"):
        raise OutOfScopeError(f"a percentage off {target}")
    if action.get("apply") == "condition_range":
        goods = condition_range(promotion, shopping)
    ceiling = None
    if action.get("max_amount") is not None:
        minor = shopping.scale.minor(action["max_amount"])
        with_tax = action.get("max_amount_tax") == "included"
        minor = Taxes(shopping).amount_off(minor, goods, with_tax=with_tax)
        ceiling = shopping.scale.money_of(minor)
    if action.get("max_units_per_line") is not None:
        goods = picked({**action, "each_line": True}, goods, shopping, tag)
    else:
        goods = picked(action, goods, shopping, tag)
    if goods is not None:
        spread = _percent_spread(action, promotion, shopping, target)
        yield Draft(
            offer=PercentOff(percent=rate, ceiling=ceiling, rounded=spread),
            kind=target_kind(target),
            goods=goods,
            is_order_percent=target == "order",
        )


def condition_range(promotion, shopping):
    """The goods that the conditions of a promotion count."""
    told = [each.get("filter") for each in promotion.get("conditions") or []]
    found = list({str(each): each for each in told}.values())
    if len(found) > 1:
        raise MissingError("no offer of ours is on the range of several conditions")
    return goods_of(found[0] if found else None, shopping.scale)


def _percent_spread(action, promotion, shopping, target):
    profile = shopping.case.profile
    spreads = {**_SPREADS, "per_unit": profile.percent_per_unit}
    if action.get("apply") in spreads:
        return spreads[action["apply"]]
    if target != "order":
        return profile.percent_on_lines
    return profile.percent_by_code if is_by_code(promotion) else profile.percent_on_order


def is_by_code(promotion):
    """Whether a promotion wants a code."""
    return promotion.get("trigger") == "code" or "code" in promotion or "codes" in promotion


def _shipping_percent(action, shopping, rate):
    named = (action.get("filter") or {}).get("shipping_methods")
    ways = _ways(action, shopping)
    if not ways:
        return
    methods = () if named is None else _methods(ways)
    whole = rate.numerator == rate.denominator
    offer = FreeShipping(methods=methods) if whole else ShippingOff(percent=rate, methods=methods)
    yield Draft(offer=offer, kind="shipping")


def _shipping_price(action, shopping, price):
    """A price for shipping, as what it is less than what is told."""
    for way in _ways(action, shopping):
        off = shopping.scale.minor(way["amount"]) - price
        if off > 0:
            offer = ShippingOff(amount=shopping.scale.money_of(off), methods=_methods([way]))
            yield Draft(offer=offer, kind="shipping")


def _set_price(action, promotion, shopping, tag):
    price = shopping.scale.money(action["value"])
    target = action.get("target", "lines")
    if action.get("apply") == "set_of_condition_units" or target == "condition_units":
        yield from set_of_units(promotion, shopping, price=price.minor)
        return
    if target == "shipping":
        yield from _shipping_price(action, shopping, price.minor)
        return
    goods = _goods(action, shopping)
    if target == "order":
        count = sum(shopping.pieces(line) for line in shopping.open_lines(goods))
        if count:
            whole = Bundle(parts=[BundlePart(pieces=count)], price=price, at_most=1)
            yield Draft(offer=whole, kind="order")
        return
    goods = picked(action, goods, shopping, tag)
    if goods is not None:
        yield Draft(offer=FixedPrice(price=price), kind="shelf", goods=goods)


def _free_item(action, _promotion, shopping, _tag):
    sku, count = action.get("sku"), int(action.get("qty") or 1)
    if action.get("added_on_top"):
        per = action.get("qty_per") or {}
        every = int(per["every"]) if per else None
        goods = Goods(skus=[str(per["units_of"])]) if per else ALL
        gift = GiftWithPurchase(sku=str(sku), pieces=count, every=every)
        yield Draft(offer=gift, kind="gift", goods=goods)
        return
    goods = _goods(action, shopping) if sku is None else Goods(skus=[str(sku)])
    free = CheapestFree(of=1, free=1, at_most=count, favour=Favour.SHOP)
    yield Draft(offer=free, kind="sets", goods=goods)


def _gift(action, _promotion, _shopping, _tag):
    gift = GiftWithPurchase(sku=str(action["sku"]), pieces=int(action.get("qty") or 1), fill=True)
    yield Draft(offer=gift, kind="gift")


def _gift_choice(action, _promotion, _shopping, _tag):
    skus = [str(each) for each in action.get("skus") or action.get("choices") or []]
    if not skus:
        raise OutOfScopeError("a gift of nothing that is named")
    gift = GiftWithPurchase(
        sku=skus[0], pieces=int(action.get("qty") or 1), replacements=tuple(skus[1:])
    )
    yield Draft(offer=gift, kind="gift")


def _buy_get(action, _promotion, shopping, _tag):
    buy, get = action["buy"], action["get"]
    bought, got = int(buy.get("qty", 1)), int(get.get("qty", 1))
    at_most = 1 if action.get("repeat") == "once" else None
    if action.get("max_units") is not None:
        at_most = int(action["max_units"]) // got
    goods = goods_of(buy.get("filter"), shopping.scale)
    other = goods_of(get.get("filter"), shopping.scale)
    offer = BuyGet(
        buy=bought,
        get=got,
        percent=_percent(get.get("percent_off", 100)) or Rate(1),
        get_goods=None if other == goods else other,
        at_most=at_most,
    )
    yield Draft(offer=offer, kind="sets", goods=goods)


def _nth_free(action, _promotion, shopping, _tag):
    offer = CheapestFree(of=int(action["group_size"]), free=int(action.get("free_units") or 1))
    yield Draft(offer=offer, kind="sets", goods=_goods(action, shopping))


def _nth_amounts(action, _promotion, shopping, _tag):
    first, then = (
        shopping.scale.money(action["first_unit"]),
        shopping.scale.money(action["each_next_unit"]),
    )
    if not first.minor and not then.minor:
        return
    most = action.get("max_units")
    offer = UnitAmounts(first=first, next=then, most=None if most is None else int(most))
    yield Draft(offer=offer, kind="lines", goods=_goods(action, shopping))


def _per_step(action, promotion, shopping, _tag):
    """So much for every full step of what the promotion's goods come to."""
    goods = _goods(action, shopping)
    if action.get("target") == "condition_units":
        goods = condition_range(promotion, shopping)
    step = Step(
        amount=shopping.scale.money(action["step"]), off=shopping.scale.money(action["value"])
    )
    most = action.get("max_steps")
    offer = ThresholdOff(steps=[step], repeat=True, at_most=None if most is None else int(most))
    yield Draft(offer=offer, kind=target_kind(action.get("target", "lines")), goods=goods)


def _bundle_into(action, promotion, shopping, _tag):
    price = action.get("price", action.get("value"))
    if price is None:
        raise OutOfScopeError("goods that turn into a pack which has no price")
    yield from set_of_units(promotion, shopping, price=shopping.scale.minor(price))


def _payment(_action, _promotion, _shopping, _tag):
    """What pays is no offer; see `paying`."""
    return ()


_ACTIONS = {
    "amount_off": _amount_off,
    "percent_off": _percent_off,
    "set_price": _set_price,
    "free_item": _free_item,
    "gift_item": _gift,
    "gift_choice": _gift_choice,
    "buy_get": _buy_get,
    "nth_free": _nth_free,
    "nth_item_amounts": _nth_amounts,
    "tiered_amount_off": tiered,
    "tiered_percent_off": tiered,
    "amount_off_per_step": _per_step,
    "bundle_into": _bundle_into,
    "points_to_money": _payment,
    "wallet_payment": _payment,
    "gift_card_payment": _payment,
}
