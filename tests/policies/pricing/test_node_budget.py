"""A search that may hardly take a step still prices the basket, and says that it is not proven."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
ONE_OFF = AmountOff(amount=yuan(1))


def quoted(promotions, **settings):
    program = evolve(default_program(), promotions=promotions, pricing=Pricing(**settings))
    basket = Basket(lines=[BasketLine(sku="tea set", price=yuan(200))])
    return quote_basket(basket, CustomerState(), program, at=NOON)


@pytest.mark.parametrize("crossing", ["crossed", "by_layer"])
def test_one_step_is_enough_to_give_what_may_be_given(crossing):
    many = [Promotion(name=f"p{number}", offer=ONE_OFF) for number in range(40)]
    quote = quoted(many, node_budget=1, crossing=crossing)
    assert quote.payable == yuan(160)


def needing_what_they_spoil():
    """Twelve that apply only beside one whose threshold each of them spoils."""
    whole = Threshold(amount=yuan(200))
    spoilt = Promotion(name="z", offer=ONE_OFF, needs=whole)
    with_it = Stacking(only_with=["z"])
    return [
        *(Promotion(name=f"a{number}", offer=ONE_OFF, stacking=with_it) for number in range(12)),
        spoilt,
    ]


@pytest.mark.parametrize("crossing", ["crossed", "by_layer"])
def test_where_no_combination_is_found_in_time_nothing_applies_and_it_is_not_proven(crossing):
    quote = quoted(needing_what_they_spoil(), node_budget=1, crossing=crossing)
    assert (quote.payable, quote.proven) == (yuan(200), False)


def test_with_steps_enough_the_only_combination_is_found():
    quote = quoted(needing_what_they_spoil(), node_budget=100_000)
    assert (quote.payable, quote.proven) == (yuan(199), True)
