"""A gift for every so many pieces says how many are missing."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import GiftWithPurchase
from privlib.program.promotion import Promotion, Threshold
from privlib.quotes import LeftOut
from privlib.refusals import PiecesNotReached
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
SPOON = Promotion(name="spoon", offer=GiftWithPurchase(sku="spoon", every=3))


def quoted(promotion, pieces):
    program = evolve(default_program(), promotions=[promotion])
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(40), quantity=pieces)])
    return quote_basket(basket, CustomerState(), program, at=NOON)


@pytest.mark.parametrize(("needs", "missing"), [(None, 3), (2, 3), (4, 4)])
def test_too_few_pieces_for_one_gift_are_told(needs, missing):
    promotion = evolve(SPOON, needs=needs and Threshold(pieces=needs))
    reason = PiecesNotReached(promotion="spoon", needs=missing, has=2)
    quote = quoted(promotion, 2)
    assert (quote.gifts, quote.left_out) == ((), (LeftOut(source="spoon", reasons=[reason]),))


def test_from_just_so_many_on_it_is_given_once_for_every_so_many():
    given = [gift.pieces for pieces in (3, 5, 6) for gift in quoted(SPOON, pieces).gifts]
    assert given == [1, 1, 2]
