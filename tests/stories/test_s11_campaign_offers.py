"""S11, campaigns (营销活动): what a campaign offers in a basket.

Audience, period, budget and gifts. (Its coupons are in test_s11_campaigns; counting what was
used up belongs to placing an order, which is not there yet: how much is used is told.)
"""

from datetime import date

import pendulum
import pytest
from attrs import evolve

from privlib import (
    AmountOff,
    Basket,
    BasketLine,
    CampaignRules,
    CouponTemplate,
    CustomerState,
    GiftWithPurchase,
    NextCoupon,
    Promotion,
    Threshold,
    UseLimits,
    customer_uses_key,
    default_program,
    explain,
    quote_basket,
    spent_key,
    uses_key,
    yuan,
)
from privlib.conditions import field
from privlib.quotes import GiftLine, NextCouponGranted
from privlib.refusals import BudgetTooSmall, PromotionNotRunning, UsesSpent

pytestmark = pytest.mark.system("S11")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
FIRST_MOMENT = pendulum.datetime(2026, 6, 1, tz="Asia/Shanghai")
OVER = pendulum.datetime(2026, 7, 1, tz="Asia/Shanghai")
A_MOMENT = pendulum.duration(microseconds=1)
TEN_OFF = Promotion(
    name="june", starts=date(2026, 6, 1), ends=date(2026, 7, 1), offer=AmountOff(amount=yuan(10))
)
WEI = CustomerState(id="wei", segments=["sleeping"])


def quoted(*promotions, customer=WEI, price=100, at=NOON, campaigns=(), **asked):
    program = evolve(default_program(), promotions=promotions, campaigns=campaigns)
    basket = Basket(lines=[BasketLine(sku="longjing", price=yuan(price))])
    return quote_basket(basket, customer, program, at=at, **asked)


def reasons(quote):
    return [reason for left in quote.left_out for reason in left.reasons]


@pytest.mark.parametrize(
    ("at", "paid"),
    [(FIRST_MOMENT - A_MOMENT, 100), (FIRST_MOMENT, 90), (OVER - A_MOMENT, 90), (OVER, 100)],
)
def test_it_runs_from_its_first_day_to_its_last_in_the_zone_of_the_shop(at, paid):
    quote = quoted(TEN_OFF, at=at)
    assert quote.payable == yuan(paid)
    not_running = PromotionNotRunning(promotion="june", starts=FIRST_MOMENT, ends=OVER)
    assert reasons(quote) == ([] if paid == 90 else [not_running])


def test_it_is_for_its_audience_and_others_are_told_why_not():
    june = evolve(TEN_OFF, when=field("segments").contains_any("sleeping"))
    assert quoted(june).payable == yuan(90)
    other = quoted(june, customer=CustomerState(id="lan", segments=["loyal"]))
    assert other.payable == yuan(100)
    assert [explain(reason) for reason in reasons(other)] == [
        "The segments have to include one of sleeping; there are: loyal."
    ]


@pytest.mark.parametrize(("spent", "paid"), [("39.99", 90), (40, 90), ("40.01", 100)])
def test_it_ends_where_its_budget_does_not_pay_for_it(spent, paid):
    june = evolve(TEN_OFF, limits=UseLimits(budget=yuan(50)))
    quote = quoted(june, used={spent_key("june"): yuan(spent).minor})
    assert quote.payable == yuan(paid)
    if paid == 100:
        [reason] = reasons(quote)
        assert isinstance(reason, BudgetTooSmall)
        assert (reason.budget, reason.spent) == (yuan(50), yuan("40.01"))


@pytest.mark.parametrize(("key", "limit"), [("uses", 3), ("per_customer", 2)])
def test_it_may_be_used_so_often_by_all_and_by_one(key, limit):
    june = evolve(TEN_OFF, limits=UseLimits(**{key: limit}))
    counted = uses_key("june") if key == "uses" else customer_uses_key("june", "wei")
    assert quoted(june, used={counted: limit - 1}).payable == yuan(90)
    spent = quoted(june, used={counted: limit})
    assert reasons(spent) == [
        UsesSpent(promotion="june", limit=limit, used=limit, by_customer=key == "per_customer")
    ]


def test_its_gift_is_replaced_where_it_is_out():
    gift = Promotion(
        name="tea gift",
        offer=GiftWithPurchase(sku="sampler", replacements=["spoon", "bag"]),
        needs=Threshold(amount=yuan(100)),
    )
    assert quoted(gift).gifts == (GiftLine(promotion="tea gift", sku="sampler", pieces=1),)
    assert quoted(gift, out_of_stock=["sampler", "spoon"]).gifts == (
        GiftLine(promotion="tea gift", sku="bag", pieces=1, instead_of="sampler"),
    )
    assert quoted(gift, out_of_stock=["sampler", "spoon", "bag"]).gifts == ()
    assert quoted(gift, price="99.99").gifts == ()


def test_it_brings_a_coupon_for_the_next_order():
    again = CouponTemplate(name="10 off 50", value=yuan(10), threshold=yuan(50), valid_days=30)
    june = CampaignRules(
        name="june",
        starts=date(2026, 6, 1),
        ends=date(2026, 7, 1),
        budget=yuan(100),
        coupons=[again],
    )
    come_again = Promotion(name="come again", offer=NextCoupon(campaign="june", coupon="10 off 50"))
    assert quoted(come_again, campaigns=[june]).next_coupons == (
        NextCouponGranted(promotion="come again", campaign="june", coupon="10 off 50"),
    )
