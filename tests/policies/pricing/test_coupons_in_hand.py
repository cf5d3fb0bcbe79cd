"""A coupon in hand stands for its promotion: it applies, or its own reasons are told."""

import pendulum
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff
from privlib.program.promotion import Promotion
from privlib.quotes import LeftOut
from privlib.refusals import CouponRanOut, WaitsForCoupon
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
BIRTHDAY = Promotion(
    name="birthday", layer="coupon", trigger="coupon", offer=AmountOff(amount=yuan(15))
)


def quoted(*coupons):
    program = evolve(default_program(), promotions=[BIRTHDAY])
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(35))])
    return quote_basket(basket, CustomerState(coupons=coupons), program, at=NOON)


def test_a_promotion_of_which_a_coupon_applies_is_not_left_out():
    quote = quoted(CouponInHand(id="c-1", promotion="birthday"))
    assert [applied.source for applied in quote.applied] == ["c-1"]
    assert quote.left_out == ()


def test_a_coupon_that_ran_out_is_left_out_and_says_so_once():
    quote = quoted(CouponInHand(id="c-1", promotion="birthday", expires_at=NOON))
    ran_out = CouponRanOut(coupon="c-1", at=NOON)
    assert quote.left_out == (LeftOut(source="c-1", reasons=(ran_out,)),)


def test_a_promotion_without_a_coupon_in_hand_waits_for_one():
    waits = WaitsForCoupon(promotion="birthday")
    assert quoted().left_out == (LeftOut(source="birthday", reasons=(waits,)),)
