"""The laws of prices (M3, M4, C3, C4, B5, D4), on programs of all kinds and on the engine."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings, strategies as st
from tests.laws import pricing_cases
from tests.profiles import CASES, FULL

from privlib import default_program
from privlib.testing.laws import (
    check_a_quote_asked_again_is_the_same,
    check_amounts_of_a_quote_sum_up,
    check_more_pieces_bring_no_smaller_discount,
    check_nothing_costs_less_than_its_floor,
    check_one_more_promotion_makes_nothing_dearer,
    check_order_of_asking_makes_no_difference,
    check_prices_hold_on_their_days,
    check_promotions_touch_their_goods_from_their_threshold,
    check_the_best_price_is_that_of_no_single_promotion,
    check_what_is_apart_changes_no_price,
    check_what_is_refunded_of_a_quote_was_paid,
)
from privlib.testing.strategies import price_books, promotion_sets, services

LAWS = {
    "M3": [check_amounts_of_a_quote_sum_up, check_nothing_costs_less_than_its_floor],
    "M4": [check_what_is_refunded_of_a_quote_was_paid],
    "D4": [check_a_quote_asked_again_is_the_same],
    "C4": [
        check_order_of_asking_makes_no_difference,
        check_one_more_promotion_makes_nothing_dearer,
        check_the_best_price_is_that_of_no_single_promotion,
        check_what_is_apart_changes_no_price,
    ],
    "C3": [
        check_promotions_touch_their_goods_from_their_threshold,
        check_more_pieces_bring_no_smaller_discount,
    ],
    "B5": [check_prices_hold_on_their_days],
}
SOME = settings(
    max_examples=CASES // 4,  # each is priced many times over
    derandomize=not FULL,  # other programs are for the full profile to find
    deadline=None,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


TIERS = [tier.name for tier in default_program().ladder.tiers]


@st.composite
def programs(draw):
    """Programs with promotions, settings and price books as the shipped strategies draw them."""
    service = draw(services())
    names = sorted({holiday.name for holiday in service.holidays})
    promotions, pricing = draw(promotion_sets(max_promotions=4, tiers=TIERS, holidays=names))
    prices = draw(price_books())
    changes = {"promotions": promotions, "pricing": pricing, "prices": prices}
    return evolve(default_program(), service=service, **changes)


@pytest.mark.parametrize(
    "check",
    [pytest.param(check, marks=pytest.mark.law(law)) for law in LAWS for check in LAWS[law]],
    ids=lambda check: check.__name__.removeprefix("check_"),
)
@pytest.mark.parametrize("drawn", [programs(), pricing_cases.programs()], ids=["any", "few fen"])
def test_law(check, drawn):
    check(drawn, settings=SOME)
