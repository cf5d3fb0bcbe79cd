"""A hint keeps its word: with so much more in the basket it costs what the hint says."""

import pendulum
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.commands.tender import Tender
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.changing import hints, what_if
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import PercentOff, Step, ThresholdOff
from privlib.program.paying import PointsAsMoney
from privlib.program.price_book import PriceBook
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion
from privlib.values.goods import Goods
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
THIRTY_FROM_200 = Promotion(
    name="thirty", offer=ThresholdOff(steps=[Step(amount=yuan(200), off=yuan(30))])
)
TEN_PERCENT_LESS = PriceBook(
    rules=[PriceRule(name="tea", goods=Goods(categories=["tea"]), percent=10)]
)


def quoted(*promotions, price, prices=PriceBook(), tender=None, **settings):  # noqa: B008 - frozen
    program = evolve(
        default_program(), promotions=promotions, prices=prices, pricing=Pricing(**settings)
    )
    lines = [BasketLine(sku="longjing", price=yuan(price), categories=["tea"])]
    basket = Basket(lines=lines, tender=tender or Tender())
    return quote_basket(basket, CustomerState(id="wei", points=500), program, at=NOON)


def test_so_much_more_as_is_missing_brings_the_promotion():
    [hint] = hints(quoted(THIRTY_FROM_200, price="170.01"))
    assert (hint.more, hint.takes_off, hint.payable) == (yuan("29.99"), yuan(30), yuan(170))


def test_a_hint_makes_up_for_what_comes_off_the_added_goods():
    quote = quoted(THIRTY_FROM_200, price=200, prices=TEN_PERCENT_LESS)
    [hint] = hints(quote)
    assert (hint.more, hint.takes_off, hint.payable) == (yuan("22.23"), yuan(30), yuan("170.01"))
    add = BasketLine(sku="more", price=hint.more, categories=["tea"])
    change = what_if(quote, add=[add])
    assert (change.gained, change.after.payable) == (("thirty",), hint.payable)


def test_nothing_is_hinted_at_that_more_cannot_bring():
    all_off = Promotion(name="all", offer=PercentOff(percent=100))
    assert hints(quoted(all_off, THIRTY_FROM_200, price=190)) == ()


def test_what_somebody_wants_to_pay_with_stays_as_it_was():
    points = PointsAsMoney(points=100, worth=yuan(1))
    quote = quoted(price=50, tender=Tender(points=500), points_as_money=points)
    change = what_if(quote, add=[BasketLine(sku="cup", price=yuan(20))])
    assert (change.before.due, change.after.due) == (yuan(45), yuan(65))
