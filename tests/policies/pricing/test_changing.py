"""What a changed basket would cost, and hints that keep their word."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands.baskets import Basket, BasketLine
from privlib.commands.tender import Tender
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.errors import InvalidValueError
from privlib.policies.pricing.changing import best_use, what_if
from privlib.policies.pricing.hinting import hints
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import PercentOff, Step, ThresholdOff
from privlib.program.paying import PointsAsMoney
from privlib.program.price_book import PriceBook
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, Threshold, UseLimits, uses_key
from privlib.values.goods import Goods
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 4)
PROGRAM = default_program()
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


def test_what_an_earlier_layer_takes_off_is_made_up_for_too():
    """With 6 yuan more the threshold could be reached, but only without the better fifth."""
    fifth = Promotion(name="fifth", layer="line", offer=PercentOff(percent=20))
    [hint] = hints(quoted(fifth, THIRTY_FROM_200, price=194))
    assert (hint.more, hint.takes_off, hint.payable) == (yuan(56), yuan(30), yuan(170))


@pytest.mark.parametrize(
    ("base", "more"), [("list", 6), ("member", 6), ("remaining", 56), ("after:line", 56)]
)
def test_it_looks_where_the_threshold_looks(base, more):
    fifth = Promotion(name="fifth", layer="line", offer=PercentOff(percent=20))
    thirty = evolve(THIRTY_FROM_200, needs=Threshold(amount=yuan(200), base=base))
    [hint] = hints(quoted(fifth, thirty, price=194))
    assert (hint.more, hint.takes_off) == (yuan(more), yuan(30))


def test_nothing_is_hinted_at_that_more_cannot_bring():
    all_off = Promotion(name="all", offer=PercentOff(percent=100))
    assert hints(quoted(all_off, THIRTY_FROM_200, price=190)) == ()


def test_what_somebody_wants_to_pay_with_stays_as_it_was():
    points = PointsAsMoney(points=100, worth=yuan(1))
    quote = quoted(price=50, tender=Tender(points=500), points_as_money=points)
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
        (lambda: hints(None), "Quote is expected; got NoneType"),
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
