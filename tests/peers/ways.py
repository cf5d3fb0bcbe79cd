"""Ways: what an action takes off ways of shipping."""

from tests.peers.drafts import Draft

from privlib.program.offers import FreeShipping, ShippingOff
from privlib.values.allocation import allocate

__all__ = ["shipping_amount", "shipping_percent", "shipping_price"]


def shipping_amount(action, shopping, minor):
    """An amount off each way of shipping, or shared over those that are named."""
    ways = _ways(action, shopping)
    if action.get("apply") != "across_lines" or len(ways) == 1:
        parts = [(ways, minor)] if ways else []
    else:
        costs = [shopping.scale.minor(way["amount"]) for way in ways]
        shares = allocate(minor, costs) if any(costs) else [0] * len(ways)
        parts = [([way], share) for way, share in zip(ways, shares, strict=True)]
    for some, part in parts:
        if part:
            offer = ShippingOff(amount=shopping.scale.money_of(part), methods=_methods(some))
            yield Draft(offer=offer, kind="shipping")


def shipping_percent(action, shopping, rate):
    """A percentage off ways of shipping; all of it is free shipping."""
    ways = _ways(action, shopping)
    if ways:
        named = (action.get("filter") or {}).get("shipping_methods")
        methods = () if named is None else _methods(ways)
        offer = ShippingOff(percent=rate, methods=methods)
        if rate.numerator == rate.denominator:
            offer = FreeShipping(methods=methods)
        yield Draft(offer=offer, kind="shipping")


def shipping_price(action, shopping, price):
    """A price for shipping, as what it is less than what is told."""
    for way in _ways(action, shopping):
        off = shopping.scale.minor(way["amount"]) - price
        if off > 0:
            offer = ShippingOff(amount=shopping.scale.money_of(off), methods=_methods([way]))
            yield Draft(offer=offer, kind="shipping")


def _ways(action, shopping):
    named = (action.get("filter") or {}).get("shipping_methods")
    return [way for way in shopping.shipping if named is None or way["method"] in named]


def _methods(ways):
    return [str(way["method"]) for way in ways]
