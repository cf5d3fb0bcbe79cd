"""Explaining why a promotion, a code or a coupon takes nothing off, as a shopkeeper reads it."""

import pytest
from hypothesis import given, settings
from tests.explaining.pricing import JULY, NOON

from privlib import refusals
from privlib.explaining import LOCALES, explain
from privlib.quotes import GiftLine, Hint, NextCouponGranted
from privlib.refusals import Exclusion
from privlib.testing.strategies import refusals as drawn_refusals
from privlib.testing.strategies.pricing_refusal import of_pricing
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan
from privlib.values.rate import Rate

TEA = Goods(categories=["tea"])
PAIR = [
    (
        refusals.AmountNotReached(promotion="spring", needs=yuan(200), has=yuan(160)),
        "spring: 40 yuan more is needed, 160 yuan of 200 yuan.",
        "spring：还差 40 元，满 200 元可用，现为 160 元。",
    ),
    (
        refusals.AmountNotReached(promotion="spring", needs=yuan(200), has=yuan(160), base="list"),
        "spring: 40 yuan more is needed, 160 yuan of 200 yuan at list price.",
        "spring：还差 40 元，满 200 元可用，现为 160 元（按原价计）。",
    ),
    (
        refusals.AmountNotReached(
            promotion="spring", needs=yuan(200), has=yuan(160), base="member"
        ),
        "spring: 40 yuan more is needed, 160 yuan of 200 yuan at shelf price.",
        "spring：还差 40 元，满 200 元可用，现为 160 元（按会员价计）。",
    ),
    (
        refusals.AmountNotReached(
            promotion="spring", needs=yuan(200), has=yuan(160), base="after:line"
        ),
        "spring: 40 yuan more is needed, 160 yuan of 200 yuan on the base after:line.",
        "spring：还差 40 元，满 200 元可用，现为 160 元（按 after:line 计）。",
    ),
    (
        refusals.PiecesNotReached(promotion="spring", needs=3, has=2),
        "spring: 1 more piece is needed, 2 of 3.",
        "spring：还差 1 件，满 3 件可用，现为 2 件。",
    ),
    (
        refusals.PiecesNotReached(promotion="spring", needs=3, has=1),
        "spring: 2 more pieces are needed, 1 of 3.",
        "spring：还差 2 件，满 3 件可用，现为 1 件。",
    ),
    (
        refusals.ProductsNotReached(promotion="spring", needs=3, has=2),
        "spring: 1 more product is needed, 2 of 3.",
        "spring：还差 1 种商品，满 3 种可用，现为 2 种。",
    ),
    (
        refusals.ProductsNotReached(promotion="spring", needs=3, has=0),
        "spring: 3 more different products are needed, 0 of 3.",
        "spring：还差 3 种商品，满 3 种可用，现为 0 种。",
    ),
    (
        refusals.TooFewForSet(promotion="pair", needs=2, has=1),
        "pair: 1 more piece makes a set, 1 of 2.",
        "pair：再加 1 件可成一组，需 2 件，现为 1 件。",
    ),
    (
        refusals.TooFewForSet(promotion="pair", needs=2, has=0),
        "pair: 2 more pieces make a set, 0 of 2.",
        "pair：再加 2 件可成一组，需 2 件，现为 0 件。",
    ),
    (
        refusals.NothingToTouch(promotion="spring"),
        "spring: nothing in the basket is among its goods.",
        "spring：购物车中没有适用的商品。",
    ),
    (
        refusals.NothingLeft(promotion="spring"),
        "spring: there is nothing left that it could take off.",
        "spring：已无可减金额。",
    ),
    (
        refusals.Beaten(promotion="spring", by=["summer", "vip"], amount=yuan(5)),
        "spring: with it instead of summer, vip the customer would pay 5 yuan more.",
        "spring：不及 summer、vip，改用此项将多付 5 元。",
    ),
    (
        refusals.Beaten(promotion="spring", by=[], amount=yuan("0.01")),
        "spring: with it the customer would pay 0.01 yuan more.",
        "spring：改用此项将多付 0.01 元。",
    ),
    (
        refusals.Beaten(promotion="spring", by=["summer"], amount=yuan(0)),
        "spring: it saves no more than summer.",
        "spring：并不比 summer 更优惠。",
    ),
    (
        refusals.Beaten(promotion="spring", by=[], amount=yuan(0)),
        "spring: it makes nothing cheaper.",
        "spring：用后并不更优惠。",
    ),
    (
        refusals.Beaten(promotion="spring", by=["summer"], amount=yuan(-5)),
        "spring: better for the shop is summer; with it instead the price changes by -5 yuan.",
        "spring：summer 对本店更有利；改用此项，应付变动 -5 元。",
    ),
    (
        refusals.Excluded(promotion="spring", by=["summer"], rule=Exclusion.ALONE),
        "spring: it does not go with summer: one of them applies alone.",
        "spring：不能与 summer 同享，其中有一项须单独使用。",
    ),
    (
        refusals.Excluded(promotion="spring", by=["summer"], rule=Exclusion.GROUP, group="fests"),
        "spring: the places of its group fests are taken by summer.",
        "spring：同组 fests 名额已由 summer 占用。",
    ),
    (
        refusals.Excluded(promotion="spring", by=["summer"], rule=Exclusion.NEVER_WITH),
        "spring: it never goes with summer.",
        "spring：与 summer 互斥。",
    ),
    (
        refusals.Excluded(promotion="spring", by=["a", "b"], rule=Exclusion.AT_MOST),
        "spring: as many apply as may: a, b.",
        "spring：可叠加的优惠已满：a、b。",
    ),
    (
        refusals.PartnerMissing(promotion="spring", partners=["summer"]),
        "spring: it goes only with summer, which does not apply.",
        "spring：须与 summer 同享，而本单未享。",
    ),
    (
        refusals.PartnerMissing(promotion="spring", partners=["summer", "vip"]),
        "spring: it goes only with one of summer, vip, which do not apply.",
        "spring：须与 summer、vip 其一同享，而本单未享。",
    ),
    (
        refusals.PromotionNotRunning(promotion="spring", starts=NOON, ends=JULY),
        "spring: it is not running: it runs from 2026-06-01 12:00 until 2026-07-01 00:00.",
        "spring：不在活动期内：活动时间为 2026-06-01 12:00 至 2026-07-01 00:00。",
    ),
    (
        refusals.PromotionNotRunning(promotion="spring", starts=NOON),
        "spring: it is not running: it runs from 2026-06-01 12:00.",
        "spring：不在活动期内：活动时间为 2026-06-01 12:00 起。",
    ),
    (
        refusals.PromotionNotRunning(promotion="spring", ends=JULY),
        "spring: it is not running: it runs until 2026-07-01 00:00.",
        "spring：不在活动期内：活动时间至 2026-07-01 00:00 止。",
    ),
    (
        refusals.PromotionNotRunning(promotion="spring"),
        "spring: it is not running.",
        "spring：不在活动期内。",
    ),
    (
        refusals.UsesSpent(promotion="spring", limit=100, used=100),
        "spring: it was used 100 of 100 times.",
        "spring：已使用 100 次，限 100 次。",
    ),
    (
        refusals.UsesSpent(promotion="spring", limit=1, used=1, by_customer=True),
        "spring: this customer has used it 1 of 1 times.",
        "spring：该客户已使用 1 次，限 1 次。",
    ),
    (
        refusals.BudgetTooSmall(
            promotion="spring", budget=yuan(1_000), spent=yuan(990), left=yuan(10)
        ),
        "spring: 990 yuan of its budget of 1,000 yuan is spent; it would take more than 10 yuan.",
        "spring：预算 1,000 元，已用 990 元，剩余 10 元不足以抵扣。",
    ),
    (
        refusals.WaitsForCode(promotion="spring"),
        "spring: it wants a code.",
        "spring：需输入优惠码。",
    ),
    (
        refusals.WaitsForCustomer(promotion="spring"),
        "spring: it is limited by customer, and nobody knows who buys.",
        "spring：每位顾客有次数限制，需先知道是谁购买。",
    ),
    (
        refusals.WaitsForCoupon(promotion="spring"),
        "spring: it wants a coupon.",
        "spring：需持有优惠券。",
    ),
    (
        refusals.CodeUnknown(code="TEA10"),
        "TEA10: no promotion has this code.",
        "TEA10：没有活动使用此优惠码。",
    ),
    (
        refusals.CouponOfNoPromotion(coupon="c-1", promotion="spring"),
        "c-1: there is no promotion spring.",
        "c-1：没有名为 spring 的活动。",
    ),
    (
        refusals.CouponNotYetGood(coupon="c-1", at=NOON),
        "c-1: it is good from 2026-06-01 12:00 on.",
        "c-1：2026-06-01 12:00 起可用。",
    ),
    (
        refusals.CouponRanOut(coupon="c-1", at=JULY),
        "c-1: it was good until 2026-07-01 00:00.",
        "c-1：已于 2026-07-01 00:00 过期。",
    ),
    (
        refusals.GiftInBasket(promotion="spring", sku="bag", gives=2, has=3),
        "spring: the gift, 2 x bag, is in the basket already.",
        "spring：赠品 bag × 2 已在购物车中。",
    ),
    (
        refusals.GiftOutOfStock(promotion="spring", skus=["bag", "cup"]),
        "spring: its gift is out of stock: bag, cup.",
        "spring：赠品缺货：bag、cup。",
    ),
    (
        refusals.SearchCutShort(promotion="spring"),
        "spring: the search ended before it was tried with all the others.",
        "spring：搜索提前结束，未能与其他优惠逐一比较。",
    ),
]


@pytest.mark.parametrize(("refusal", "english", "chinese"), PAIR)
def test_a_refusal_of_a_promotion_reads_as_a_shopkeeper_says_it(refusal, english, chinese):
    assert explain(refusal, zone="Asia/Shanghai") == english
    assert explain(refusal, locale="zh-CN", zone="Asia/Shanghai") == chinese


def test_every_rule_that_keeps_two_apart_is_told_in_words_of_its_own():
    for locale in LOCALES:
        told = {
            explain(
                refusals.Excluded(promotion="spring", by=["summer"], rule=rule, group="fests"),
                locale=locale,
            )
            for rule in Exclusion
        }
        assert len(told) == len(Exclusion)


def test_an_amount_in_another_currency_is_told_in_it():
    short = refusals.AmountNotReached(
        promotion="spring", needs=Money(200_00, "USD"), has=Money(160_50, "USD")
    )
    assert explain(short) == "spring: 39.50 USD more is needed, 160.50 USD of 200 USD."


def test_a_name_with_braces_is_said_as_it_is():
    odd = refusals.Excluded(
        promotion="{by}", by=["{group}"], rule=Exclusion.GROUP, group="{promotion}"
    )
    assert explain(odd) == "{by}: the places of its group {promotion} are taken by {group}."


@pytest.mark.parametrize(
    ("goods", "pieces", "english", "chinese"),
    [
        (
            Goods(),
            None,
            "spring: 30 yuan more takes 20 yuan off; 190 yuan is to be paid then.",
            "spring：再买 30 元，即减 20 元，届时应付 190 元。",
        ),
        (
            TEA,
            None,
            "spring: 30 yuan more of tea takes 20 yuan off; 190 yuan is to be paid then.",
            "spring：再买 30 元（tea），即减 20 元，届时应付 190 元。",
        ),
        (
            Goods(),
            1,
            "spring: 1 more piece, for 30 yuan, takes 20 yuan off; 190 yuan is to be paid then.",
            "spring：再买 1 件，计 30 元，即减 20 元，届时应付 190 元。",
        ),
        (
            TEA,
            2,
            (
                "spring: 2 more pieces of tea, for 30 yuan, take 20 yuan off; "
                "190 yuan is to be paid then."
            ),
            "spring：再买 2 件（tea），计 30 元，即减 20 元，届时应付 190 元。",
        ),
    ],
)
def test_a_hint_says_what_a_little_more_brings(goods, pieces, english, chinese):
    hint = Hint(
        promotion="spring",
        goods=goods,
        more=yuan(30),
        pieces=pieces,
        takes_off=yuan(20),
        payable=yuan(190),
    )
    assert explain(hint) == english
    assert explain(hint, locale="zh-CN") == chinese


@pytest.mark.parametrize(
    ("brings", "english", "chinese"),
    [
        (
            {"takes_off": yuan(40), "takes_off_now": yuan(20)},
            "takes 40 yuan off instead of 20 yuan",
            "即减 40 元（现减 20 元）",
        ),
        (
            {"gift": GiftLine(promotion="c-1", sku="whisk", pieces=2)},
            "brings the gift 2 x whisk",
            "即赠 whisk × 2",
        ),
        (
            {"next_coupon": NextCouponGranted(promotion="c-1", campaign="june", coupon="tea")},
            "brings the coupon tea of campaign june for the next order",
            "即返活动 june 的券 tea",
        ),
        ({"points_times": Rate(3, 2)}, "earns 1.5 times the points", "本单积分 1.5 倍"),
    ],
)
def test_a_hint_says_of_a_coupon_what_it_brings(brings, english, chinese):
    given = {"takes_off": yuan(0), "more": yuan(12), "payable": yuan(100)} | brings
    hint = Hint(promotion="birthday", coupon="c-1", goods=Goods(), **given)
    assert explain(hint) == (
        f"c-1 (birthday): 12 yuan more {english}; 100 yuan is to be paid then."
    )
    assert explain(hint, locale="zh-CN") == (
        f"c-1（birthday）：再买 12 元，{chinese}，届时应付 100 元。"
    )


def test_several_pieces_bring_and_earn():
    hint = Hint(
        promotion="double",
        goods=Goods(),
        more=yuan(12),
        pieces=2,
        takes_off=yuan(0),
        points_times=Rate(2),
        payable=yuan(100),
    )
    assert explain(hint) == (
        "double: 2 more pieces, for 12 yuan, earn 2 times the points; 100 yuan is to be paid then."
    )


@settings(max_examples=200, deadline=None)
@given(drawn_refusals(kinds=of_pricing()))
def test_whatever_speaks_against_a_promotion_begins_with_its_name_or_the_code_or_coupon(refusal):
    subject = getattr(refusal, "coupon", None) or getattr(refusal, "code", None)
    for locale, colon in (("en", ": "), ("zh-CN", "：")):
        told = explain(refusal, locale=locale)
        assert told.startswith(f"{subject or refusal.promotion}{colon}")
