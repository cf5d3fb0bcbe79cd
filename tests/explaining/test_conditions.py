"""Explaining what conditions find missing, as a shopkeeper reads it."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings

from privlib.conditions import (
    SHOPPING,
    EarlyAccess,
    Field,
    Vocabulary,
    amount,
    distinct,
    field,
    pieces,
    unmet,
)
from privlib.explaining import LOCALES, explain
from privlib.refusals import AlternativesUnmet, ConditionUnmet
from privlib.testing.strategies import conditions, facts, refusals
from privlib.testing.strategies.condition import ToldFacts
from privlib.values.goods import Goods
from privlib.values.money import yuan

TEA = Goods(categories=["tea"])
FACTS = SimpleNamespace(
    tier="silver",
    tags=frozenset({"vip"}),
    is_member=False,
    orders=3,
    days_since_last_order=None,
    date=date(2026, 5, 30),
    weekday=5,
    holiday=None,
    time_of_day=1_350,
    amount=lambda _goods, _base: 160_00,
    pieces=lambda _goods: 2,
    distinct=lambda _goods: 2,
)


def said(condition, locale="en"):
    (reason,) = unmet(condition, FACTS, SHOPPING)
    return explain(reason, locale=locale)


@pytest.mark.parametrize(
    ("condition", "english", "mandarin"),
    [
        (
            amount(TEA).at_least(yuan(200)),
            "40 yuan more of tea is needed: 160 yuan of 200 yuan.",
            "tea还差 40 元：现为 160 元，需 200 元。",
        ),
        (
            amount(base="member").more_than(yuan(200)),
            "40.01 yuan more on the base member is needed: 160 yuan of more than 200 yuan.",
            "（按 member 计）还差 40.01 元：现为 160 元，须高于 200 元。",
        ),
        (
            amount(TEA).less_than(yuan(100)),
            "The amount of tea has to be less than 100 yuan; it is 160 yuan.",
            "tea金额须低于 100 元；现为 160 元。",
        ),
        (
            pieces(TEA).at_least(3),
            "1 more piece of tea is needed: 2 of 3.",
            "tea还差 1 件：现为 2，需 3。",
        ),
        (
            pieces().at_least(4),
            "2 more pieces are needed: 2 of 4.",
            "还差 2 件：现为 2，需 4。",
        ),
        (
            distinct(TEA).at_most(1),
            "The number of different products of tea has to be at most 1; it is 2.",
            "tea品种数须不高于 1；现为 2。",
        ),
        (
            field("tags").contains_all("vip", "tea lover"),
            "The tags have to include tea lover as well; there are: vip.",
            "标签还须含有：tea lover；现为 vip。",
        ),
        (
            ~field("tags").contains_any("vip"),
            "The tags must include none of vip; there are: vip.",
            "标签不得含有：vip；现为 vip。",
        ),
        (
            field("is_member").equals(value=True),
            "The membership has to be yes; it is no.",
            "会员身份须为 是；现为 否。",
        ),
        (
            field("days_since_last_order").at_least(90),
            (
                "The number of days since the last order has to be at least 90; "
                "there was no order before."
            ),
            "距上次下单的天数须不低于 90；此前没有订单。",
        ),
        (
            field("weekday").one_of("mon", "tue"),
            "The weekday has to be one of Monday, Tuesday; it is Saturday.",
            "星期须为其一：周一、周二；现为 周六。",
        ),
        (
            field("holiday").one_of("春节", "国庆节"),
            "The holiday has to be one of 春节, 国庆节; today is none.",
            "节假日须为其一：春节、国庆节；今天不是节假日。",
        ),
        (
            ~field("time_of_day").between("22:00", "06:00"),
            "The time of day must not be from 22:00 and before 06:00; it is 22:30.",
            "时间不得从 22:00 起、06:00 之前；现为 22:30。",
        ),
        (
            EarlyAccess(opens=date(2026, 6, 1), early=field("tier").equals("gold")),
            "It opens on 2026-06-01; today is 2026-05-30.",
            "2026-06-01 开放；今天是 2026-05-30。",
        ),
        (
            field("tier").equals("gold") | field("nth_order").equals(1) & pieces().at_least(3),
            (
                "One of these is needed: (the tier has to be gold; it is silver) or (the number "
                "of this order has to be 1; it is 4 and 1 more piece is needed: 2 of 3)."
            ),
            (
                "须满足其一：（等级须为 gold；现为 silver）或"
                "（订单次序须为 1；现为 4，且还差 1 件：现为 2，需 3）。"
            ),
        ),
    ],
)
def test_what_is_missing_is_said_with_its_numbers(condition, english, mandarin):
    assert said(condition) == english
    assert said(condition, "zh-CN") == mandarin


def test_goods_are_said_with_all_that_describes_them():
    goods = Goods(
        categories=["tea"],
        brands=["Yun"],
        tags=["new"],
        price_from=yuan(10),
        price_below=yuan(99),
        without=Goods(skus=["gift-box"]),
    )
    assert said(pieces(goods).at_least(3)) == (
        "1 more piece of tea of brand Yun tagged new from 10 yuan below 99 yuan without gift-box "
        "is needed: 2 of 3."
    )
    assert said(pieces(goods).at_least(3), "zh-CN") == (
        "品牌 Yun 的带 new 标签的tea，单价不低于 10 元，单价低于 99 元，不含gift-box还差 1 件："
        "现为 2，需 3。"
    )


def test_a_field_of_a_vocabulary_of_ones_own_is_called_as_it_says():
    words = Vocabulary(fields=[Field(name="city", kind="text", called="home town")])
    (reason,) = unmet(field("city").equals("Hangzhou"), SimpleNamespace(city=None), words)
    assert explain(reason) == "The home town has to be Hangzhou; it is not known."
    assert explain(reason, locale="zh-CN") == "home town须为 Hangzhou；目前未知。"


def test_a_field_that_is_only_called_weekday_is_said_as_it_is():
    words = Vocabulary(fields=[Field(name="weekday", kind="text")])
    (reason,) = unmet(field("weekday").equals("{has}"), SimpleNamespace(weekday="off"), words)
    assert explain(reason) == "The weekday has to be {has}; it is off."


@settings(deadline=None)
@given(reason=refusals(kinds=[ConditionUnmet, AlternativesUnmet]))
def test_every_reason_that_is_drawn_is_said_without_a_gap(reason):
    for locale in LOCALES:
        sentence = explain(reason, locale=locale)
        assert not {"{", "}"} & set(sentence)
        assert "None" not in sentence
        assert sentence.endswith((".", "。"))


@settings(deadline=None)
@given(condition=conditions(), told=facts())
def test_every_condition_is_explained_to_everybody(condition, told: ToldFacts):
    for reason in unmet(condition, told, SHOPPING):
        for locale in LOCALES:
            assert "None" not in explain(reason, locale=locale)
