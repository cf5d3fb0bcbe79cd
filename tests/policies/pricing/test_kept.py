"""What is worked out of a program or basket once is kept beside it, and not copied with it."""

import copy
import pickle

import pendulum
import pytest
from attrs import evolve

from privlib import default_program
from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing import quote_basket
from privlib.program.offers import PercentOff, Step, ThresholdOff
from privlib.program.promotion import Promotion
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
PROMOTIONS = [
    Promotion(name="week", offer=PercentOff(percent=10)),
    Promotion(name="50", offer=ThresholdOff(steps=[Step(amount=yuan(50), off=yuan(5))])),
]
COPIES = [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))]


@pytest.mark.parametrize("copied", COPIES)
def test_a_program_and_a_basket_are_copied_after_a_quote(copied):
    program = evolve(default_program(), promotions=PROMOTIONS)
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(60))])
    quote = quote_basket(basket, CustomerState(), program, at=NOON)
    assert (copied(program), copied(basket)) == (program, basket)
    assert quote_basket(copied(basket), CustomerState(), copied(program), at=NOON) == quote
