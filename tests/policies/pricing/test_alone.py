"""What applies alone meets nothing, also where layers are chosen one after the other."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff
from privlib.program.pricing import Layer, Pricing
from privlib.program.promotion import Promotion, Stacking
from privlib.refusals import Excluded
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)


@pytest.mark.parametrize("crossing", ["crossed", "by_layer"])
@pytest.mark.parametrize(("lone", "paid"), [("9.99", "90"), ("10.01", "89.99"), ("15", "85")])
def test_what_applies_alone_is_chosen_where_it_takes_more_off_than_all_others(lone, paid, crossing):
    def off(name, amount, *, alone=False):
        return Promotion(
            name=name,
            layer="line",
            offer=AmountOff(amount=yuan(amount)),
            stacking=Stacking(alone=alone),
        )

    program = evolve(
        default_program(),
        promotions=[off("four", 4), off("six", 6), off("lone", lone, alone=True)],
        pricing=Pricing(layers=[Layer(name="line")], crossing=crossing),
    )
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(100))])
    assert quote_basket(basket, CustomerState(), program, at=NOON).payable == yuan(paid)


@pytest.mark.parametrize("crossing", ["crossed", "by_layer"])
def test_what_it_keeps_out_is_told_for_that_reason_alone(crossing):
    lone = Promotion(name="lone", offer=AmountOff(amount=yuan(10)), stacking=Stacking(alone=True))
    other = Promotion(name="other", offer=AmountOff(amount=yuan(5)))
    pricing = Pricing(crossing=crossing)
    program = evolve(default_program(), promotions=[lone, other], pricing=pricing)
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(100))])
    [left] = quote_basket(basket, CustomerState(), program, at=NOON).left_out
    assert [each.rule for each in left.reasons if isinstance(each, Excluded)] == ["alone"]
