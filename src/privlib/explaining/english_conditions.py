"""The English catalogue, on what conditions find missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from privlib.conditions.kinds import OF_SETS
from privlib.explaining.wording import Sentence, with_days
from privlib.refusals import AlternativesUnmet, ConditionUnmet, MetByNobody, NotOpenYet
from privlib.values.comparison import Comparison
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.time_of_day import WEEKDAYS

__all__ = ["CONDITIONS", "alternatives", "goods_in_english"]

_NEEDS: Final[Mapping[Comparison, str]] = {
    Comparison.EQUAL: "has to be {needs}",
    Comparison.NOT_EQUAL: "has to be other than {needs}",
    Comparison.ONE_OF: "has to be one of {needs}",
    Comparison.NONE_OF: "has to be none of {needs}",
    Comparison.AT_LEAST: "has to be at least {needs}",
    Comparison.LESS_THAN: "has to be less than {needs}",
    Comparison.MORE_THAN: "has to be more than {needs}",
    Comparison.AT_MOST: "has to be at most {needs}",
    Comparison.BETWEEN: "has to be from {low} and before {high}",
    Comparison.OUTSIDE: "must not be from {low} and before {high}",
    Comparison.CONTAINS_ANY: "have to include one of {needs}",
    Comparison.CONTAINS_NONE: "must include none of {needs}",
    Comparison.CONTAINS_ALL: "have to include {missing} as well",
    Comparison.LACKS_ANY: "must not include all of {needs}",
    Comparison.KNOWN: "has to be known",
    Comparison.UNKNOWN: "has to be unknown",
}
_DAYS: Final = dict(
    zip(
        WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
_UNKNOWN: Final = {
    "tier": "there is none",
    "stage": "there is none",
    "holiday": "today is none",
    "days_since_last_order": "there was no order before",
}
_OF: Final = {
    Comparison.MORE_THAN: "of more than {needs}",
    Comparison.BETWEEN: "of {low}",
    Comparison.EQUAL: "of just {needs}",
}
_UNITS: Final = {"pieces": ("piece", "pieces"), "distinct": ("product", "different products")}


def _unmet(refusal: ConditionUnmet) -> str:
    if refusal.goods is not None:
        return _unmet_by_goods(refusal, refusal.goods)
    if refusal.has is None:
        has = f"; {_UNKNOWN.get(refusal.field, 'it is not known')}"
    else:
        has = "; there are: {has}" if refusal.comparison in OF_SETS else "; it is {has}"
    said = f"The {{called}} {_NEEDS[refusal.comparison]}{has}."
    return with_days(said, refusal, _DAYS, comma=", ")


def _unmet_by_goods(refusal: ConditionUnmet, goods: Goods) -> str:
    of = "" if goods.is_all else " of {goods}"
    on = "" if refusal.base in (None, "list") else " on the base {base}"
    one, several = _UNITS.get(refusal.field, ("amount", "amount"))
    if refusal.missing is None:
        subject = "amount" if one == several else f"number of {several}"
        return f"The {subject}{of}{on} {_NEEDS[refusal.comparison]}; it is {{has}}."
    needs = _OF.get(refusal.comparison, "of {needs}")
    if one == several:
        return f"{{missing}} more{of}{on} is needed: {{has}} {needs}."
    more = f"more {one}{of} is" if refusal.missing == 1 else f"more {several}{of} are"
    return f"{{missing}} {more} needed: {{has}} {needs}."


def goods_in_english(goods: Goods, money: Callable[[Money], str]) -> str:
    """Which goods they are: "tea or cups of brand X from 10 yuan without gift boxes"."""
    named = (*goods.skus, *goods.products, *goods.categories)
    parts = [
        " or ".join(named) or "goods",
        goods.brands and f"of brand {' or '.join(goods.brands)}",
        goods.tags and f"tagged {' or '.join(goods.tags)}",
        goods.price_from is not None and f"from {money(goods.price_from)}",
        goods.price_below is not None and f"below {money(goods.price_below)}",
        goods.without is not None and f"without {goods_in_english(goods.without, money)}",
    ]
    return " ".join(part for part in parts if part)


def alternatives(ways: Iterable[Iterable[str]]) -> str:
    """Ways to meet a condition, each of several sentences: "(one and another) or (a third)"."""
    return " or ".join(f"({' and '.join(map(_clause, way))})" for way in ways)


def _clause(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}".removesuffix(".")


CONDITIONS: Final[Mapping[type, Sentence]] = {
    ConditionUnmet: _unmet,
    AlternativesUnmet: "One of these is needed: {alternatives}.",
    NotOpenYet: "It opens on {opens}; today is {today}.",
    MetByNobody: "This is open to nobody.",
}
