"""Conditions on what earlier layers have left are asked when their layer begins."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.conditions import amount
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff
from privlib.program.pricing import Layer, Pricing
from privlib.program.promotion import Promotion
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)


@pytest.mark.parametrize("uses_units", [False, True])
@pytest.mark.parametrize("spread", ["unit", "once"])
@pytest.mark.parametrize(
    ("price", "paid"), [("109.99", "99.99"), ("110", "95"), ("110.01", "95.01")]
)
def test_a_condition_holds_from_what_the_layer_before_has_left_on(price, paid, spread, uses_units):
    ten = Promotion(name="ten", layer="line", offer=AmountOff(amount=yuan(10)))
    five = Promotion(
        name="five",
        layer="order",
        offer=AmountOff(amount=yuan(5), spread=spread),
        when=amount(base="after:line").at_least(yuan(100)),
        uses_units=uses_units,
    )
    program = evolve(
        default_program(),
        promotions=[ten, five],
        pricing=Pricing(layers=[Layer(name="line"), Layer(name="order")], crossing="by_layer"),
    )
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(price))])
    assert quote_basket(basket, CustomerState(), program, at=NOON).payable == yuan(paid)
