"""Goods: a filter of a case as our goods, for a promotion and for a condition."""

from tests.peers.cases import OutOfScopeError

from privlib.values.goods import Goods

__all__ = ["ALL", "goods_of", "tagged"]

ALL = Goods()
_PLAIN = {"skus": "skus", "spus": "products", "tags": "tags", "brands": "brands"}
_KNOWN = {*_PLAIN, "categories", "category", "includes_children", "shipping_methods", "match"}


def tagged(*tags):
    """The lines that have one of these tags."""
    return Goods(tags=tags)


def goods_of(told, scale, lines=({"categories": ["(told)"]},)):
    """What a filter takes in; none takes in everything."""
    told = told or {}
    strange = sorted(set(told) - _KNOWN - {"unit_price_min", "unit_price_max", "exclude"})
    if strange:
        raise OutOfScopeError(f"a filter by {', '.join(strange)}")
    made = {ours: [str(each) for each in told[key]] for key, ours in _PLAIN.items() if key in told}
    if told.get("includes_children") and not any(line.get("categories") for line in lines):
        raise OutOfScopeError("which categories lie in which is not told")
    categories = [
        *(told.get("categories") or []),
        *([told["category"]] if "category" in told else []),
    ]
    if categories:
        made["categories"] = [str(each) for each in categories]
    if told.get("unit_price_min") is not None:
        made["price_from"] = scale.money(told["unit_price_min"])
    if told.get("unit_price_max") is not None:
        made["price_below"] = scale.money_of(scale.minor(told["unit_price_max"]) + 1)
    if told.get("exclude"):
        made["without"] = goods_of(told["exclude"], scale)
    return Goods(**made)
