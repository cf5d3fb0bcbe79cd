"""Gifts: how many are given, and why none is."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff, GiftWithPurchase
from privlib.program.promotion import Promotion, Threshold
from privlib.quotes import LeftOut
from privlib.refusals import AmountNotReached, GiftInBasket, GiftOutOfStock, PiecesNotReached
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
SPOON = Promotion(name="spoon", offer=GiftWithPurchase(sku="spoon", every=3))


def quoted(promotion, pieces, **given):
    program = evolve(default_program(), promotions=[promotion])
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(40), quantity=pieces)])
    return quote_basket(basket, CustomerState(), program, at=NOON, **given)


@pytest.mark.parametrize(("needs", "missing"), [(None, 3), (2, 3), (4, 4)])
def test_too_few_pieces_for_one_gift_are_told(needs, missing):
    promotion = evolve(SPOON, needs=needs and Threshold(pieces=needs))
    reason = PiecesNotReached(promotion="spoon", needs=missing, has=2)
    quote = quoted(promotion, 2)
    assert (quote.gifts, quote.left_out) == ((), (LeftOut(source="spoon", reasons=[reason]),))


def test_from_just_so_many_on_it_is_given_once_for_every_so_many():
    given = [gift.pieces for pieces in (3, 5, 6) for gift in quoted(SPOON, pieces).gifts]
    assert given == [1, 1, 2]


CUP = Promotion(name="cup", offer=GiftWithPurchase(sku="cup", pieces=2, fill=True))


@pytest.mark.parametrize(("has", "gives"), [(1, (1,)), (2, ())])
def test_a_gift_that_is_in_the_basket_already_is_not_given_and_says_so(has, gives):
    quote = quoted(CUP, has)
    assert tuple(gift.pieces for gift in quote.gifts) == gives
    there = GiftInBasket(promotion="cup", sku="cup", gives=2, has=has)
    assert quote.left_out == (() if gives else (LeftOut(source="cup", reasons=[there]),))


def test_a_gift_that_is_out_with_all_its_replacements_says_so():
    bag = Promotion(name="bag", offer=GiftWithPurchase(sku="bag", replacements=["box"]))
    out = GiftOutOfStock(promotion="bag", skus=["bag", "box"])
    quote = quoted(bag, 1, out_of_stock=["box", "bag"])
    assert (quote.gifts, quote.left_out) == ((), (LeftOut(source="bag", reasons=[out]),))
    [gift] = quoted(bag, 1, out_of_stock=["bag"]).gifts
    assert (gift.sku, gift.instead_of) == ("box", "bag")


def test_what_a_gift_wants_is_told_as_it_was_in_its_turn():
    """The coupon of the next layer takes 15 off, which is not what is missing."""
    gift = evolve(SPOON, needs=Threshold(amount=yuan(100)), offer=GiftWithPurchase(sku="spoon"))
    line = Promotion(name="five", layer="line", offer=AmountOff(amount=yuan(5)))
    later = Promotion(name="fifteen", layer="coupon", offer=AmountOff(amount=yuan(15)))
    program = evolve(default_program(), promotions=[line, gift, later])
    basket = Basket(lines=[BasketLine(sku="cup", price=yuan(102))])
    quote = quote_basket(basket, CustomerState(), program, at=NOON)
    short = AmountNotReached(promotion="spoon", needs=yuan(100), has=yuan(97))
    assert quote.left_out == (LeftOut(source="spoon", reasons=[short]),)
