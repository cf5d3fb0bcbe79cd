"""Rewards: actions that give pieces for nothing or for less, gifts, or a coupon."""

from fractions import Fraction

from tests.peers.cases import OutOfScopeError
from tests.peers.cuts import percent_of
from tests.peers.drafts import Draft
from tests.peers.goods import ALL, goods_of
from tests.peers.sets import set_of_units

from privlib.program.offers import (
    BuyGet,
    CheapestFree,
    Favour,
    GiftWithPurchase,
    NextCoupon,
)
from privlib.values.goods import Goods
from privlib.values.rate import Rate

__all__ = [
    "NEXT",
    "bundle_into",
    "buy_get",
    "free_item",
    "gift",
    "gift_choice",
    "next_coupon",
    "nth_free",
]

NEXT = "(the next order)"
"""The campaign of coupons for the next order."""


def _goods(action, shopping):
    return goods_of(action.get("filter"), shopping.scale, shopping.lines)


def free_item(action, _promotion, shopping, _tag):
    """A piece of the basket for nothing; or one that is added, where it lies on top."""
    sku, count = action.get("sku"), _whole(action.get("qty") or 1)
    per = action.get("qty_per") or {}
    every = int(per["every"]) if per else None
    counted = Goods(skus=[str(per["units_of"])]) if per else ALL
    held = [line for line in shopping.ticked if str(line["sku"]) == str(sku)]
    if action.get("added_on_top") or (sku is not None and not held):
        added = GiftWithPurchase(sku=str(sku), pieces=count, every=every)
        yield Draft(offer=added, kind="gift", goods=counted)
        return
    if every is not None:
        count *= sum(map(shopping.pieces, shopping.open_lines(counted))) // every
    goods = _goods(action, shopping) if sku is None else Goods(skus=[str(sku)])
    if count:
        free = CheapestFree(of=1, free=1, at_most=count, favour=Favour.SHOP)
        yield Draft(offer=free, kind="sets", goods=goods)


def _whole(text):
    return int(Fraction(str(text)))


def gift(action, _promotion, _shopping, _tag):
    """As many pieces of a gift as the basket does not hold already."""
    offer = GiftWithPurchase(
        sku=str(action["sku"]), pieces=_whole(action.get("qty") or 1), fill=True
    )
    yield Draft(offer=offer, kind="gift")


def gift_choice(action, _promotion, _shopping, _tag):
    """One of several gifts: the first that is there."""
    skus = [str(each) for each in action.get("skus") or action.get("choices") or []]
    if not skus:
        raise OutOfScopeError("a gift of nothing that is named")
    pieces = _whole(action.get("qty") or 1)
    offer = GiftWithPurchase(sku=skus[0], pieces=pieces, replacements=tuple(skus[1:]))
    yield Draft(offer=offer, kind="gift")


def buy_get(action, _promotion, shopping, _tag):
    """Buy so many of some goods, get so many of them or of others."""
    buy, get = action["buy"], action["get"]
    got = _whole(get.get("qty", 1))
    at_most = 1 if action.get("repeat") == "once" else None
    if action.get("max_units") is not None:
        at_most = _whole(action["max_units"]) // got
    goods = goods_of(buy.get("filter"), shopping.scale)
    other = goods_of(get.get("filter"), shopping.scale)
    offer = BuyGet(
        buy=_whole(buy.get("qty", 1)),
        get=got,
        percent=percent_of(get.get("percent_off", 100)) or Rate(1),
        get_goods=None if other == goods else other,
        at_most=at_most,
    )
    yield Draft(offer=offer, kind="sets", goods=goods)


def nth_free(action, _promotion, shopping, _tag):
    """Of every so many pieces the cheapest for nothing."""
    size, free = _whole(action["group_size"]), _whole(action.get("free_units") or 1)
    offer = CheapestFree(of=size, free=free)
    yield Draft(offer=offer, kind="sets", goods=_goods(action, shopping))


def bundle_into(action, promotion, shopping, _tag):
    """The pieces that meet the conditions, as one pack at a price."""
    price = action.get("price", action.get("value"))
    if price is None:
        raise OutOfScopeError("goods that turn into a pack which has no price")
    yield from set_of_units(promotion, shopping, price=shopping.scale.minor(price))


def next_coupon(action, _promotion, _shopping, _tag):
    """A coupon for the next order."""
    coupon = str(action.get("coupon") or action.get("id") or "(coupon)")
    yield Draft(offer=NextCoupon(campaign=NEXT, coupon=coupon), kind="gift")
