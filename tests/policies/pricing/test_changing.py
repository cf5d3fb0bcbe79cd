"""What a changed basket would cost, and which coupons to tick."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.commands.tender import Tender
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.errors import InvalidValueError
from privlib.policies.pricing.changing import best_use, what_if
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import PercentOff
from privlib.program.paying import PointsAsMoney
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, UseLimits, uses_key
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
PROGRAM = default_program()


def test_what_somebody_wants_to_pay_with_stays_as_it_was():
    pricing = Pricing(points_as_money=PointsAsMoney(points=100, worth=yuan(1)))
    program = evolve(default_program(), pricing=pricing)
    basket = Basket(lines=[BasketLine(sku="longjing", price=yuan(50))], tender=Tender(points=500))
    quote = quote_basket(basket, CustomerState(id="wei", points=500), program, at=NOON)
    change = what_if(quote, add=[BasketLine(sku="cup", price=yuan(20))])
    assert (change.before.due, change.after.due) == (yuan(45), yuan(65))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda: quote_basket([], CustomerState(), PROGRAM, at=NOON),
            "Basket is expected; got list",
        ),
        (
            lambda: quote_basket(Basket(), None, PROGRAM, at=NOON),
            "CustomerState is expected; got NoneType",
        ),
        (
            lambda: quote_basket(Basket(), CustomerState(), "shop.toml", at=NOON),
            "Program is expected; got str",
        ),
        (
            lambda: quote_basket(
                Basket(), CustomerState(), PROGRAM, out_of_stock="teacups", at=NOON
            ),
            "expected several, such as a list; got one text",
        ),
        (
            lambda: quote_basket(Basket(), CustomerState(), PROGRAM, used=["week"], at=NOON),
            "Mapping is expected; got list",
        ),
        (
            lambda: best_use([], Basket(), "wei", PROGRAM, at=NOON),
            "CustomerState is expected; got str",
        ),
        (lambda: what_if(Basket()), "Quote is expected; got Basket"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_was_given(ask, said):
    with pytest.raises(InvalidValueError, match=f"^{said}$"):
        ask()


def test_a_coupon_whose_promotion_is_used_up_is_not_to_be_ticked():
    once = Promotion(
        name="once",
        layer="coupon",
        trigger="coupon",
        offer=PercentOff(percent=10),
        limits=UseLimits(uses=1),
    )
    program = evolve(default_program(), promotions=[once])
    coupons = [CouponInHand(id="c-1", promotion="once")]
    basket = Basket(lines=[BasketLine(sku="longjing", price=yuan(50))])
    for used, ticked in [(0, ("c-1",)), (1, ())]:
        use = best_use(
            coupons, basket, CustomerState(), program, used={uses_key("once"): used}, at=NOON
        )
        assert use.ticked == ticked
