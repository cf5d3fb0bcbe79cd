"""The laws of prices as checks: the engine keeps them, and a pricer with a slip is found out."""

from datetime import date, timedelta
from itertools import count

import pytest
from attrs import evolve
from hypothesis import Phase, settings

from privlib.errors import LawBrokenError
from privlib.policies.pricing import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff, PercentOff, Spread
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Choice, Objective
from privlib.program.promotion import Promotion, Stacking, Threshold
from privlib.testing import laws
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan

TEA, CUPS = Goods(categories=["tea"]), Goods(skus=["cup"])
SEASON = Stacking(groups=["season"])
PROGRAM = evolve(
    default_program(),
    promotions=[
        Promotion(
            name="a tenth", offer=PercentOff(percent=10), goods=TEA, stacking=SEASON, priority=1
        ),
        Promotion(name="a quarter", offer=PercentOff(percent=25), goods=TEA, stacking=SEASON),
        Promotion(
            name="a yuan each",
            layer="line",
            offer=AmountOff(amount=yuan(1), spread=Spread.UNIT),
            goods=CUPS,
        ),
        Promotion(
            name="20 off 100",
            layer="coupon",
            offer=AmountOff(amount=yuan(20)),
            goods=TEA,
            needs=Threshold(amount=yuan(100), base="list"),
        ),
    ],
    prices=PriceBook(
        rules=[
            PriceRule(
                name="June",
                goods=CUPS,
                price=yuan(30),
                starts=date(2026, 6, 1),
                ends=date(2026, 7, 1),
            )
        ],
        floors=[PriceFloor(name="dear tea", goods=TEA, price=yuan(40))],
        public=[PublicPrice(sku="cup", price=yuan(32), platform="tmall")],
    ),
)
FEW = settings(max_examples=25)
MANY = settings(max_examples=2_000, phases=[Phase.generate], derandomize=True)


@pytest.mark.parametrize("check", laws.PRICE_CHECKS, ids=lambda check: check.__name__)
def test_the_engine_keeps_every_law_of_prices(check):
    check(PROGRAM, settings=FEW)
    check(default_program(), quote=quote_basket, settings=FEW)


# Broken pricers. Each is the sound `quote_basket` with one thing wrong, as a slip would make it.


def lets_the_fen_fall_of_no_line(basket, customer, program, **asked):
    quote = quote_basket(basket, customer, program, **asked)
    return evolve(quote, goods=Money(quote.goods.minor // 100 * 100))


def forgets_a_discount_in_the_lines(basket, customer, program, **asked):
    quote = quote_basket(basket, customer, program, **asked)
    return evolve(quote, lines=[evolve(line, adjustments=()) for line in quote.lines])


def compares_list_prices_with_public_ones(basket, customer, program, **asked):
    quote = quote_basket(basket, customer, program, **asked)
    lists = {line.id: line.list for line in quote.lines}
    return evolve(
        quote,
        against_public=[
            evolve(each, lines=[evolve(line, here=lists[line.id]) for line in each.lines])
            for each in quote.against_public
        ],
    )


def forgets_what_has_no_public_price(basket, customer, program, **asked):
    quote = quote_basket(basket, customer, program, **asked)
    return evolve(quote, against_public=[evolve(each, unknown=()) for each in quote.against_public])


def knows_no_floors(basket, customer, program, **asked):
    without = evolve(program, prices=evolve(program.prices, floors=()))
    return quote_basket(basket, customer, without, **asked)


CALLS = count()


def counts_its_calls(basket, customer, program, **asked):
    quote = quote_basket(basket, customer, program, **asked)
    return evolve(quote, input=f"{quote.input}/{next(CALLS)}")


def ships_for_nothing_and_tells_the_till_only(basket, customer, program, **asked):
    quote = quote_basket(basket, customer, program, **asked)
    return evolve(quote, shipping_cost=Money(0))


def applies_the_first_promotion_only(basket, customer, program, **asked):
    first = evolve(program, promotions=program.promotions[:1])
    return quote_basket(basket, customer, first, **asked)


def chooses_for_the_shop(basket, customer, program, **asked):
    pricing = evolve(program.pricing, objective=Objective.SHOP)
    return quote_basket(basket, customer, evolve(program, pricing=pricing), **asked)


def takes_what_comes_first(basket, customer, program, **asked):
    layers = [evolve(layer, choice=Choice.IN_ORDER) for layer in program.pricing.layers]
    pricing = evolve(program.pricing, layers=layers)
    return quote_basket(basket, customer, evolve(program, pricing=pricing), **asked)


def discounts_what_keeps_its_price(basket, customer, program, **asked):
    lines = [evolve(line, discountable=True) for line in basket.lines]
    return quote_basket(evolve(basket, lines=lines), customer, program, **asked)


def takes_all_goods_for_the_promotion_s(basket, customer, program, **asked):
    promotions = [evolve(each, goods=Goods()) for each in program.promotions]
    return quote_basket(basket, customer, evolve(program, promotions=promotions), **asked)


def thresholds_a_fen_too_low(basket, customer, program, **asked):
    (each,) = program.promotions
    lower = evolve(each, needs=evolve(each.needs, amount=each.needs.amount - Money(1)))
    return quote_basket(basket, customer, evolve(program, promotions=[lower]), **asked)


def forgets_thresholds(basket, customer, program, **asked):
    promotions = [evolve(each, needs=None) for each in program.promotions]
    return quote_basket(basket, customer, evolve(program, promotions=promotions), **asked)


def gives_large_baskets_nothing_off(basket, customer, program, **asked):
    if sum(line.quantity for line in basket.lines) > 5:
        program = evolve(program, promotions=())
    return quote_basket(basket, customer, program, **asked)


def runs_a_second_ahead(basket, customer, program, *, at, **asked):
    return quote_basket(basket, customer, program, at=at + timedelta(seconds=1), **asked)


def keeps_prices_after_their_days(basket, customer, program, **asked):
    rules = [evolve(rule, ends=None) for rule in program.prices.rules]
    prices = evolve(program.prices, rules=rules)
    return quote_basket(basket, customer, evolve(program, prices=prices), **asked)


BROKEN = [
    (laws.check_amounts_of_a_quote_sum_up, "M3", lets_the_fen_fall_of_no_line),
    (laws.check_amounts_of_a_quote_sum_up, "M3", forgets_a_discount_in_the_lines),
    (laws.check_amounts_of_a_quote_sum_up, "M3", compares_list_prices_with_public_ones),
    (laws.check_amounts_of_a_quote_sum_up, "M3", forgets_what_has_no_public_price),
    (laws.check_nothing_costs_less_than_its_floor, "M3", knows_no_floors),
    (laws.check_a_quote_asked_again_is_the_same, "D4", counts_its_calls),
    (
        laws.check_what_is_refunded_of_a_quote_was_paid,
        "M4",
        ships_for_nothing_and_tells_the_till_only,
    ),
    (laws.check_order_of_asking_makes_no_difference, "C4", applies_the_first_promotion_only),
    (laws.check_one_more_promotion_makes_nothing_dearer, "C4", chooses_for_the_shop),
    (laws.check_one_more_promotion_makes_nothing_dearer, "C4", takes_what_comes_first),
    (laws.check_the_best_price_is_that_of_no_single_promotion, "C4", takes_what_comes_first),
    (
        laws.check_the_best_price_is_that_of_no_single_promotion,
        "C4",
        applies_the_first_promotion_only,
    ),
    (laws.check_what_is_apart_changes_no_price, "C4", discounts_what_keeps_its_price),
    (
        laws.check_promotions_touch_their_goods_from_their_threshold,
        "C3",
        takes_all_goods_for_the_promotion_s,
    ),
    (
        laws.check_promotions_touch_their_goods_from_their_threshold,
        "C3",
        discounts_what_keeps_its_price,
    ),
    (laws.check_promotions_touch_their_goods_from_their_threshold, "C3", forgets_thresholds),
    (laws.check_more_pieces_bring_no_smaller_discount, "C3", gives_large_baskets_nothing_off),
    (laws.check_prices_hold_on_their_days, "B5", runs_a_second_ahead),
    (laws.check_prices_hold_on_their_days, "B5", keeps_prices_after_their_days),
]


@pytest.mark.parametrize(
    ("check", "law", "broken"), BROKEN, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_pricer_with_a_slip_is_found_out_by_its_law(check, law, broken):
    with pytest.raises(LawBrokenError, match=f"^{law} does not hold: ") as found:
        check(PROGRAM, quote=broken, settings=MANY)
    assert found.value.law == law


def test_every_law_of_prices_was_shown_to_bite():
    assert {check for check, _, _ in BROKEN} == set(laws.PRICE_CHECKS)


def test_a_fen_is_enough_to_be_found_out():
    check = laws.check_promotions_touch_their_goods_from_their_threshold
    from_100 = evolve(PROGRAM, promotions=PROGRAM.promotions[-1:], prices=PriceBook())
    check(from_100, settings=FEW)
    with pytest.raises(LawBrokenError, match=r"starts at 100\.00 CNY, and there are 9999 on"):
        check(from_100, quote=thresholds_a_fen_too_low, settings=MANY)


def test_a_pricer_of_ones_own_is_tried_by_all_laws_at_once():
    with pytest.raises(ExceptionGroup, match="1 of 30 laws do not hold") as found:
        laws.check_laws(PROGRAM, quote=counts_its_calls, settings=settings(max_examples=5))
    assert [fault.law for fault in found.value.exceptions] == ["D4"]
