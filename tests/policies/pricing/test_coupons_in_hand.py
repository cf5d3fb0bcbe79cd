"""A coupon in hand stands for its promotion: it applies, or its own reasons are told."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff, FreeShipping
from privlib.program.pricing import Layer, Pricing
from privlib.program.promotion import Promotion, Stacking, UseLimits
from privlib.quotes import LeftOut
from privlib.refusals import Beaten, BudgetTooSmall, CouponRanOut, WaitsForCoupon
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
BIRTHDAY = Promotion(
    name="birthday", layer="coupon", trigger="coupon", offer=AmountOff(amount=yuan(15))
)


def quoted(*coupons, promotion=BIRTHDAY, choice="best"):
    layers = [Layer(name="line", choice=choice), Layer(name="coupon", choice=choice)]
    pricing = Pricing(layers=layers)
    program = evolve(default_program(), promotions=[promotion], pricing=pricing)
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


CHOICES = ["best", "in_order"]
TWO = [CouponInHand(id=f"c-{number}", promotion="birthday") for number in (1, 2)]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize(("budget", "applied"), [("29.99", 1), ("30", 2)])
def test_two_coupons_of_one_promotion_spend_one_budget(choice, budget, applied):
    promotion = evolve(BIRTHDAY, limits=UseLimits(budget=yuan(budget)))
    quote = quoted(*TWO, promotion=promotion, choice=choice)
    assert [each.source for each in quote.applied] == ["c-1", "c-2"][:applied]
    assert sum(each.amount.minor for each in quote.applied) == applied * 15_00


def test_the_second_coupon_says_that_the_first_has_left_too_little_of_the_budget():
    promotion = evolve(BIRTHDAY, limits=UseLimits(budget=yuan(20)))
    too_small = BudgetTooSmall(promotion="c-2", budget=yuan(20), spent=yuan(15), left=yuan(5))
    beaten = Beaten(promotion="c-2", by=("c-1",), amount=yuan(0))
    best, in_order = [quoted(*TWO, promotion=promotion, choice=each) for each in CHOICES]
    assert best.left_out == (LeftOut(source="c-2", reasons=(too_small, beaten)),)
    assert in_order.left_out == (LeftOut(source="c-2", reasons=(too_small,)),)


def test_a_coupon_is_not_spent_where_what_needs_none_saves_the_same():
    both = Stacking(groups=["one"])
    program = evolve(
        default_program(),
        promotions=[
            evolve(BIRTHDAY, stacking=both),
            Promotion(name="z", layer="coupon", offer=AmountOff(amount=yuan(15)), stacking=both),
        ],
    )
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(35))])
    coupon = CouponInHand(id="c-1", promotion="birthday")
    quote = quote_basket(basket, CustomerState(coupons=[coupon]), program, at=NOON)
    assert [each.source for each in quote.applied] == ["z"]


def test_a_coupon_is_not_spent_on_shipping_that_costs_nothing():
    free = evolve(BIRTHDAY, layer="shipping", offer=FreeShipping())
    program = evolve(default_program(), promotions=[free])
    coupon = CouponInHand(id="c-1", promotion="birthday")
    for price, applied in [(0, []), (5, ["c-1"])]:
        basket = Basket(
            lines=[BasketLine(sku="cup", price=yuan(35))],
            shipping=[ShippingLine(price=yuan(price))],
        )
        quote = quote_basket(basket, CustomerState(coupons=[coupon]), program, at=NOON)
        assert [each.source for each in quote.applied] == applied
