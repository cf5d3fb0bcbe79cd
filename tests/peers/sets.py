"""Sets: offers on the very pieces that meet the conditions of a promotion."""

from fractions import Fraction

from tests.peers.cases import MissingError
from tests.peers.drafts import Draft
from tests.peers.goods import goods_of

from privlib.program.offers import Bundle, BundlePart, Favour
from privlib.values.goods import Goods

__all__ = ["set_of_units"]


def set_of_units(promotion, shopping, *, off=None, price=None, percent=None):
    """Every set of pieces that meets the conditions, for so much less or at a price."""
    if off == 0 or price == 0:
        percent = None if off == 0 else percent
    scale = shopping.scale
    given = {
        "off": None if off is None else scale.money_of(off),
        "price": None if price is None else scale.money_of(price),
        "percent": percent,
        "at_most": _at_most(promotion, shopping),
        "favour": Favour.SHOP if shopping.case.profile.tops_up else Favour.CUSTOMER,
    }
    for parts in _choices(promotion, shopping):
        yield Draft(offer=Bundle(parts=parts, **given), kind="sets", asks_itself=True)


def _at_most(promotion, shopping):
    if shopping.case.options.get("match") == "one_time":
        return 1
    most = (promotion.get("limits") or {}).get("applications_per_basket")
    return None if most is None else int(most)


def _choices(promotion, shopping):
    """What makes up a set: the parts, or several kinds of sets."""
    conditions = promotion.get("conditions") or []
    if len(conditions) == 1 and conditions[0]["type"] == "min_qty_of_one_sku":
        told = conditions[0]
        lines = shopping.open_lines(goods_of(told.get("filter"), shopping.scale))
        for sku in dict.fromkeys(str(line["sku"]) for line in lines):
            yield [BundlePart(goods=Goods(skus=[sku]), pieces=_count(told))]
        return
    yield [part for told in conditions for part in _parts(told, shopping)]


def _parts(told, shopping):
    goods = goods_of(told.get("filter"), shopping.scale)
    match told["type"]:
        case "min_qty":
            return [BundlePart(goods=goods, pieces=_count(told))]
        case "coverage" | "min_distinct" if _count(told) == len(goods.skus):
            return [BundlePart(goods=Goods(skus=[sku])) for sku in goods.skus]
        case "contains" if told.get("match") == "all" and goods.skus:
            return [BundlePart(goods=Goods(skus=[sku])) for sku in goods.skus]
    raise MissingError(f"no offer of ours makes sets of pieces by {told['type']}")


def _count(told):
    return int(Fraction(str(told["value"])))
