"""The catalogue in simplified Chinese, on what conditions find missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from privlib.explaining.wording import Sentence, with_days
from privlib.refusals import AlternativesUnmet, ConditionUnmet, MetByNobody, NotOpenYet
from privlib.values.comparison import Comparison
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.time_of_day import WEEKDAYS

__all__ = ["CONDITIONS", "alternatives", "goods_in_mandarin"]

_CALLED: Final = {
    "is_member": "会员身份",
    "tier": "等级",
    "plans": "付费会员",
    "segments": "人群",
    "stage": "阶段",
    "tags": "标签",
    "points": "积分",
    "orders": "历史订单数",
    "nth_order": "订单次序",
    "days_since_last_order": "距上次下单的天数",
    "date": "日期",
    "weekday": "星期",
    "holiday": "节假日",
    "time_of_day": "时间",
    "channel": "渠道",
    "platform": "平台",
}
_NEEDS: Final[Mapping[Comparison, str]] = {
    Comparison.EQUAL: "须为 {needs}",
    Comparison.NOT_EQUAL: "不得为 {needs}",
    Comparison.ONE_OF: "须为其一：{needs}",
    Comparison.NONE_OF: "不得为：{needs}",
    Comparison.AT_LEAST: "须不低于 {needs}",
    Comparison.LESS_THAN: "须低于 {needs}",
    Comparison.MORE_THAN: "须高于 {needs}",
    Comparison.AT_MOST: "须不高于 {needs}",
    Comparison.BETWEEN: "须从 {low} 起、{high} 之前",
    Comparison.OUTSIDE: "不得从 {low} 起、{high} 之前",
    Comparison.CONTAINS_ANY: "须含其一：{needs}",
    Comparison.CONTAINS_NONE: "不得含有：{needs}",
    Comparison.CONTAINS_ALL: "还须含有：{missing}",
    Comparison.LACKS_ANY: "不得全部含有：{needs}",
    Comparison.KNOWN: "须为已知",
    Comparison.UNKNOWN: "须为未知",
}
_DAYS: Final = dict(
    zip(WEEKDAYS, ("周一", "周二", "周三", "周四", "周五", "周六", "周日"), strict=True)
)
_UNKNOWN: Final = {
    "tier": "目前没有",
    "stage": "目前没有",
    "holiday": "今天不是节假日",
    "days_since_last_order": "此前没有订单",
}
_OF: Final = {
    Comparison.MORE_THAN: "须高于 {needs}",
    Comparison.BETWEEN: "需 {low}",
    Comparison.EQUAL: "须为 {needs}",
}
_MEASURED: Final = {
    "amount": ("金额", ""),
    "pieces": ("件数", " 件"),
    "distinct": ("品种数", " 种商品"),
}


def _unmet(refusal: ConditionUnmet) -> str:
    if refusal.goods is not None:
        return _unmet_by_goods(refusal, refusal.goods)
    called = _CALLED.get(refusal.field, "{called}")
    known = "现为 {has}" if refusal.has is not None else _UNKNOWN.get(refusal.field, "目前未知")
    return with_days(f"{called}{_NEEDS[refusal.comparison]}；{known}。", refusal, _DAYS, comma="、")


def _unmet_by_goods(refusal: ConditionUnmet, goods: Goods) -> str:
    of = "" if goods.is_all else "{goods}"
    on = "" if refusal.base in (None, "list") else "（按 {base} 计）"
    called, unit = _MEASURED[refusal.field]
    if refusal.missing is None:
        return f"{of}{called}{on}{_NEEDS[refusal.comparison]}；现为 {{has}}。"
    needs = _OF.get(refusal.comparison, "需 {needs}")
    return f"{of}{on}还差 {{missing}}{unit}：现为 {{has}}，{needs}。"


def goods_in_mandarin(goods: Goods, money: Callable[[Money], str]) -> str:
    """Which goods they are: “品牌 X 的茶，单价不低于 10 元，不含礼盒”."""
    named = "、".join((*goods.skus, *goods.products, *goods.categories)) or "商品"
    brand = f"品牌 {'、'.join(goods.brands)} 的" if goods.brands else ""
    tagged = f"带 {'、'.join(goods.tags)} 标签的" if goods.tags else ""
    parts = [
        f"{brand}{tagged}{named}",
        goods.price_from is not None and f"单价不低于 {money(goods.price_from)}",
        goods.price_below is not None and f"单价低于 {money(goods.price_below)}",
        goods.without is not None and f"不含{goods_in_mandarin(goods.without, money)}",
    ]
    return "，".join(part for part in parts if part)


def alternatives(ways: Iterable[Iterable[str]]) -> str:
    """Ways to meet a condition, each of several sentences: “（其一，且其二）或（其三）”."""
    return "或".join(f"（{'，且'.join(each.removesuffix('。') for each in way)}）" for way in ways)


CONDITIONS: Final[Mapping[type, Sentence]] = {
    ConditionUnmet: _unmet,
    AlternativesUnmet: "须满足其一：{alternatives}。",
    NotOpenYet: "{opens} 开放；今天是 {today}。",
    MetByNobody: "此项不对任何人开放。",
}
