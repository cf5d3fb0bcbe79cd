"""Sets: offers on the very pieces that meet the conditions of a promotion."""

from fractions import Fraction

from tests.peers.cases import MissingError
from tests.peers.drafts import Draft
from tests.peers.goods import ALL, goods_of

from privlib.program.offers import Bundle, BundlePart, Favour, SetsFrom
from privlib.values.goods import Goods

__all__ = ["set_of_units"]

_OF_ONE_SKU = ("min_qty_of_one_sku", "min_amount_of_one_sku")
_MEASURES = {
    "min_qty": "pieces",
    "min_qty_of_one_sku": "pieces",
    "min_amount": "amount",
    "min_amount_of_one_sku": "amount",
    "coverage": "distinct",
    "min_distinct": "distinct",
}
"""What a set comes to, by the condition that says so."""


def set_of_units(promotion, shopping, *, off=None, price=None, percent=None):
    """Every set of pieces that meets the conditions, for so much less or at a price."""
    asked = [told for told in promotion.get("conditions") or [] if _is_of_set(told)]
    given = {
        "off": None if off is None else shopping.scale.money_of(off),
        "price": None if price is None else shopping.scale.money_of(price),
        "percent": percent,
        "at_most": _at_most(promotion, shopping),
    }
    for told in _choices(asked, shopping):
        for goods, offer in _offers(told, shopping, given):
            yield Draft(offer=offer, kind="sets", goods=goods, met=asked)


def _is_of_set(told):
    """Whether the pieces of a set are what meets a condition."""
    return told["type"] in _MEASURES or (told["type"] == "contains" and _is_named(told))


def _is_named(told):
    return told.get("match", "any") != "none" and bool(told.get("filter"))


def _at_most(promotion, shopping):
    if shopping.case.options.get("match") == "one_time":
        return 1
    most = (promotion.get("limits") or {}).get("applications_per_basket")
    return None if most is None else int(most)


def _choices(asked, shopping):
    """The conditions of a set; of one sku, whichever that is, they are as many kinds of sets."""
    kinds = {told["type"] for told in asked}
    if not kinds.intersection(_OF_ONE_SKU):
        return [asked]
    if len({str(told.get("filter")) for told in asked}) > 1:
        raise MissingError("no offer of ours makes sets of one sku and of others")
    lines = shopping.open_lines(goods_of(asked[0].get("filter"), shopping.scale))
    skus = dict.fromkeys(str(line["sku"]) for line in lines)
    return [[{**told, "filter": {"skus": [sku]}} for told in asked] for sku in skus]


def _offers(asked, shopping, given):
    """The offer on a set, and the goods that it is on."""
    if _has_parts(asked, shopping, given):
        parts = [part for told in asked for part in _parts(told, shopping)] or [BundlePart()]
        favour = Favour.SHOP if shopping.case.profile.tops_up else Favour.CUSTOMER
        yield ALL, Bundle(parts=parts, favour=favour, **given)
        return
    if len({str(told.get("filter")) for told in asked}) > 1:
        raise MissingError("no offer of ours makes sets of some goods by what they come to")
    if given["price"] is not None:
        raise MissingError("no offer of ours has a price for sets by what they come to")
    comes_to = {}
    for told in asked:
        measure = _MEASURES[told["type"]]
        comes_to[measure] = max(_least(told, measure, shopping), comes_to.get(measure, 0))
    if "amount" in comes_to:
        comes_to["amount"] = shopping.scale.money_of(comes_to["amount"])
    rest = {key: value for key, value in given.items() if key != "price"}
    yield goods_of(asked[0].get("filter"), shopping.scale), SetsFrom(**comes_to, **rest)


def _has_parts(asked, shopping, given):
    """Whether a set is so many pieces of each of some goods, and no more."""
    if given["percent"] is not None and shopping.case.profile.takes_more and len(asked) == 1:
        return _MEASURES.get(asked[0]["type"]) is None
    return all(_is_part(told, shopping) for told in asked)


def _is_part(told, shopping):
    kind = told["type"]
    if kind in ("coverage", "min_distinct"):
        return _least(told, "distinct", shopping) == len((told.get("filter") or {}).get("skus", ()))
    return kind == "contains" or _MEASURES[kind] == "pieces"


def _parts(told, shopping):
    goods = goods_of(told.get("filter"), shopping.scale)
    if _MEASURES.get(told["type"]) == "pieces":
        return [BundlePart(goods=goods, pieces=_least(told, "pieces", shopping))]
    if told["type"] == "contains" and told.get("match", "any") == "any":
        return [BundlePart(goods=goods)]
    if not goods.skus:
        raise MissingError("no offer of ours makes sets of one piece of each of several goods")
    return [BundlePart(goods=Goods(skus=[sku])) for sku in goods.skus]


def _least(told, measure, shopping):
    """What a set has to come to at least, in pieces, products or minor units."""
    operator = told.get("operator", "gte")
    if operator not in ("gte", "gt"):
        raise MissingError(f"no offer of ours makes sets of what is {operator} something")
    if measure == "amount":
        least = shopping.scale.minor(told["value"])
    else:
        least = int(Fraction(str(told["value"])))
    return least + (operator == "gt")
