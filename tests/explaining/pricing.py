"""Why promotions, codes and coupons do nothing: each once for each shape, and what is said."""

import pendulum

from privlib import refusals
from privlib.quotes import GiftLine, Hint, NextCouponGranted
from privlib.refusals import Exclusion
from privlib.values.goods import Goods
from privlib.values.money import yuan
from privlib.values.rate import Rate

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
JULY = pendulum.datetime(2026, 7, 1, tz="Asia/Shanghai")
SAMPLES = [
    (
        refusals.AmountNotReached(promotion="spring", needs=yuan(200), has=yuan(160)),
        ["spring", "40 ", "160 ", "200 "],
    ),
    (
        refusals.AmountNotReached(
            promotion="spring", needs=yuan(200), has=yuan("199.99"), base="after:line"
        ),
        ["spring", "0.01 ", "199.99 ", "200 ", "after:line"],
    ),
    (refusals.PiecesNotReached(promotion="spring", needs=3, has=1), ["spring", "1", "2", "3"]),
    (refusals.ProductsNotReached(promotion="spring", needs=4, has=3), ["spring", "1", "3", "4"]),
    (refusals.TooFewForSet(promotion="pair", needs=2, has=1), ["pair", "1", "2"]),
    (refusals.NothingToTouch(promotion="spring"), ["spring"]),
    (refusals.NothingLeft(promotion="spring"), ["spring"]),
    (
        refusals.Beaten(promotion="spring", by=["summer", "vip day"], amount=yuan(5)),
        ["spring", "summer", "vip day", "5 "],
    ),
    (
        refusals.Excluded(
            promotion="spring", by=["summer"], rule=Exclusion.GROUP, group="whole order"
        ),
        ["spring", "summer", "whole order"],
    ),
    *(
        (refusals.Excluded(promotion="spring", by=["summer"], rule=rule), ["spring", "summer"])
        for rule in Exclusion
        if rule is not Exclusion.GROUP
    ),
    (
        refusals.PartnerMissing(promotion="spring", partners=["gift day", "vip day"]),
        ["spring", "gift day", "vip day"],
    ),
    (
        refusals.PromotionNotRunning(promotion="spring", starts=NOON, ends=JULY),
        ["spring", "2026-06-01 12:00", "2026-07-01 00:00"],
    ),
    (refusals.PromotionNotRunning(promotion="spring", starts=NOON), ["spring", "2026-06-01 12:00"]),
    (refusals.PromotionNotRunning(promotion="spring", ends=JULY), ["spring", "2026-07-01 00:00"]),
    (refusals.PromotionNotRunning(promotion="spring"), ["spring"]),
    (refusals.UsesSpent(promotion="spring", limit=3, used=4), ["spring", "3", "4"]),
    (
        refusals.BudgetTooSmall(
            promotion="spring", budget=yuan(1_000), spent=yuan(990), left=yuan(10)
        ),
        ["spring", "1,000 ", "990 ", "10 "],
    ),
    (refusals.WaitsForCode(promotion="spring"), ["spring"]),
    (refusals.WaitsForCoupon(promotion="spring"), ["spring"]),
    (refusals.WaitsForCustomer(promotion="spring"), ["spring"]),
    (refusals.CodeUnknown(code="TEA10"), ["TEA10"]),
    (refusals.CouponOfNoPromotion(coupon="c-1", promotion="spring"), ["c-1", "spring"]),
    (refusals.CouponNotYetGood(coupon="c-1", at=NOON), ["c-1", "2026-06-01 12:00"]),
    (refusals.CouponRanOut(coupon="c-1", at=NOON), ["c-1", "2026-06-01 12:00"]),
    (
        refusals.GiftInBasket(promotion="spring", sku="bag", gives=2, has=3),
        ["spring", "2", "bag"],
    ),
    (refusals.GiftOutOfStock(promotion="spring", skus=["bag", "cup"]), ["spring", "bag", "cup"]),
    (refusals.SearchCutShort(promotion="spring"), ["spring"]),
    (
        Hint(
            promotion="spring",
            goods=Goods(),
            more=yuan(30),
            takes_off=yuan(20),
            payable=yuan(190),
        ),
        ["spring", "30 ", "20 ", "190 "],
    ),
    (
        Hint(
            promotion="pair",
            goods=Goods(categories=["tea"]),
            more=yuan(60),
            pieces=2,
            takes_off=yuan(25),
            payable=yuan(95),
        ),
        ["pair", "2", "tea", "60 ", "25 ", "95 "],
    ),
    (
        Hint(
            promotion="steps",
            goods=Goods(),
            more=yuan(30),
            takes_off=yuan(40),
            takes_off_now=yuan(20),
            payable=yuan(260),
        ),
        ["steps", "30 ", "40 ", "20 ", "260 "],
    ),
    (
        Hint(
            promotion="birthday",
            coupon="c-1",
            goods=Goods(),
            more=yuan(12),
            takes_off=yuan(0),
            gift=GiftLine(promotion="c-1", sku="whisk", pieces=2),
            payable=yuan(100),
        ),
        ["birthday", "c-1", "12 ", "2", "whisk", "100 "],
    ),
    (
        Hint(
            promotion="come again",
            goods=Goods(),
            more=yuan(12),
            takes_off=yuan(0),
            next_coupon=NextCouponGranted(
                promotion="come again", campaign="june", coupon="10 off 50"
            ),
            payable=yuan(100),
        ),
        ["come again", "12 ", "june", "10 off 50", "100 "],
    ),
    (
        Hint(
            promotion="more points",
            goods=Goods(),
            more=yuan(12),
            takes_off=yuan(0),
            points_times=Rate(3, 2),
            payable=yuan(100),
        ),
        ["more points", "12 ", "1.5", "100 "],
    ),
]
