"""How the words of a case are told in ours."""

from datetime import date

import pytest
from tests.peers.amounts import FINEST, Scale, TooFineError, scales_of
from tests.peers.asked import condition_of
from tests.peers.cases import Case, MissingError, OutOfScopeError
from tests.peers.goods import goods_of
from tests.peers.picking import picked
from tests.peers.profile import Order, Seen
from tests.peers.profiles import PROFILES, profile_of
from tests.peers.quoting import priced
from tests.peers.shopping import Shopping
from tests.peers.taxes import Taxes
from tests.peers.windows import window_of

from privlib.conditions import Always, amount, field, pieces
from privlib.program.codes import CodeMatching
from privlib.program.offers import (
    Bundle,
    BuyGet,
    FixedPrice,
    GiftWithPurchase,
    PercentOff,
    SetsFrom,
)
from privlib.program.promotion import Trigger
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan
from privlib.values.rate import Rounding
from privlib.values.remainder import Remainder

CNY = Scale("CNY")
PLAIN = PROFILES[0]


def told(**given):
    return Case("a case", given, {}, PLAIN)


def shopping_of(**given):
    return Shopping(told(**given), CNY)


def program_of(**given):
    return priced(told(**given), CNY).placed.program


def line(id, price, qty="1", **more):
    return {"id": id, "sku": id, "unit_price": price, "qty": qty, **more}


def test_an_amount_finer_than_its_currency_is_told_in_one_of_four_digits():
    plain, fine, rounded = scales_of("USD")
    with pytest.raises(TooFineError):
        plain.minor("2.375")
    assert fine.money("2.375") == Money(23_750, FINEST)
    assert rounded.minor("333.33333") == 3_333_333


def test_an_expectation_finer_than_a_cent_is_met_by_both_amounts_beside_it():
    assert [CNY.is_same("500/3", minor) for minor in (16_665, 16_666, 16_667, 16_668)] == [
        False,
        True,
        True,
        False,
    ]
    assert CNY.is_same("166.66", 16_666)
    assert not CNY.is_same("166.66", 16_667)


def test_no_currency_is_yuan():
    assert scales_of(None)[0].currency == "CNY"


def test_a_filter_of_prices_has_both_ends_in_it():
    goods = goods_of({"skus": ["tea"], "unit_price_min": "10.00", "unit_price_max": "20.00"}, CNY)
    assert goods == Goods(skus=["tea"], price_from=yuan(10), price_below=yuan("20.01"))


def test_a_filter_of_what_we_do_not_know_is_out_of_scope():
    with pytest.raises(OutOfScopeError, match="a filter by colour"):
        goods_of({"colour": ["red"]}, CNY)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (None, amount().at_least(yuan(50))),
        ("gt", amount().more_than(yuan(50))),
        ("gte", amount().at_least(yuan(50))),
        ("lt", amount().less_than(yuan(50))),
        ("lte", amount().at_most(yuan(50))),
    ],
)
def test_a_minimum_says_whether_the_amount_itself_is_in_it(operator, expected):
    condition = {
        "type": "min_amount",
        "value": "50.00",
        **({"operator": operator} if operator else {}),
    }
    assert condition_of(condition, shopping_of(), "list") == expected


def test_none_of_some_goods_is_no_piece_of_them():
    condition = {"type": "contains", "match": "none", "filter": {"skus": ["tea"]}}
    expected = pieces(Goods(skus=["tea"])).less_than(1)
    assert condition_of(condition, shopping_of(), "list") == expected


def test_any_of_no_goods_always_holds():
    condition = {"type": "contains", "match": "any", "filter": {"skus": []}}
    assert condition_of(condition, shopping_of(), "list") == Always()


def test_a_total_has_shipping_in_it():
    shopping = shopping_of(shipping=[{"id": "s", "method": "post", "amount": "10.00"}])
    made = condition_of({"type": "total", "gte": "60.00"}, shopping, "list")
    assert made == amount().at_least(yuan(50))


def test_a_condition_of_another_currency_never_holds():
    shopping = shopping_of(currency="USD")
    made = condition_of({"type": "min_amount", "value": "1", "currency": "CAD"}, shopping, "list")
    assert made == field("segments").contains_any("(nobody)")


def test_a_last_day_is_the_whole_of_it():
    window = window_of({"start": "2026-06-01", "last_day": "2026-06-30"}, "Asia/Shanghai")
    assert (window.starts, window.ends) == (date(2026, 6, 1), date(2026, 7, 1))
    assert window.when == Always()


def test_a_moment_is_a_day_and_a_time():
    window = window_of({"end": "2026-06-30T12:30:00+08:00"}, "Asia/Shanghai")
    assert window.ends == date(2026, 7, 1)
    earlier = field("date").less_than(date(2026, 6, 30))
    assert window.when == earlier | field("time_of_day").less_than("12:30")


def test_midnight_at_the_end_is_the_end_of_the_day_before():
    window = window_of({"end": "2026-07-01T00:00:00+08:00"}, "Asia/Shanghai")
    assert (window.ends, window.when) == (date(2026, 7, 1), Always())


def test_each_promotion_has_a_layer_of_its_own_where_they_come_in_turn():
    program = program_of(
        lines=[line("tea", "10.00")],
        promotions=[
            {"id": "A", "actions": [{"type": "percent_off", "value": "10"}]},
            {
                "id": "B",
                "actions": [
                    {"type": "percent_off", "value": "110"},
                    {"type": "gift_item", "sku": "cup", "qty": "2"},
                ],
            },
        ],
    )
    assert [(each.layer, type(each.offer)) for each in program.promotions] == [
        ("layer 1", PercentOff),
        ("layer 2", PercentOff),
        ("layer 2", GiftWithPurchase),
    ]
    assert [each.name for each in program.pricing.layers] == ["layer 1", "layer 2"]


def test_a_code_with_two_actions_brings_two_promotions():
    program = program_of(
        lines=[line("tea", "10.00")],
        promotions=[
            {
                "id": "A",
                "trigger": "code",
                "code": "ten",
                "actions": [
                    {"type": "amount_off", "value": "1.00"},
                    {"type": "set_price", "value": "5.00", "target": "lines"},
                ],
            }
        ],
        coupons=["TEN"],
    )
    assert [each.codes for each in program.promotions] == [("ten",), ("ten (part 2)",)]
    assert {each.trigger for each in program.promotions} == {Trigger.CODE}
    assert isinstance(program.promotions[1].offer, FixedPrice)


def test_buy_and_get_of_other_goods():
    (promotion,) = program_of(
        lines=[line("tea", "10.00"), line("cup", "5.00")],
        promotions=[
            {
                "id": "A",
                "actions": [
                    {
                        "type": "buy_get",
                        "buy": {"qty": "2", "filter": {"skus": ["tea"]}},
                        "get": {"qty": "1", "percent_off": "50", "filter": {"skus": ["cup"]}},
                        "max_units": "3",
                    }
                ],
            }
        ],
    ).promotions
    assert promotion.goods == Goods(skus=["tea"])
    assert promotion.offer == BuyGet(
        buy=2, get=1, percent=50, get_goods=Goods(skus=["cup"]), at_most=3
    )


def test_a_price_for_the_whole_order_is_a_bundle_of_all_its_pieces():
    (promotion,) = program_of(
        lines=[line("tea", "10.00", "2"), line("cup", "5.00")],
        promotions=[
            {"id": "A", "actions": [{"type": "set_price", "value": "9.00", "target": "order"}]}
        ],
    ).promotions
    assert isinstance(promotion.offer, Bundle)
    assert (promotion.offer.parts[0].pieces, promotion.offer.price) == (3, yuan(9))


def sets_by(*conditions, **action):
    """The one promotion on sets of the pieces that meet some conditions."""
    given = {"target": "condition_units", "apply": "set_of_condition_units", **action}
    return program_of(
        lines=[line("tea", "30.00", "4")],
        promotions=[{"id": "A", "conditions": list(conditions), "actions": [given]}],
    ).promotions


TEA = {"skus": ["tea"]}
THREE = {"type": "min_qty", "value": "3", "filter": TEA}
EIGHTY = {"type": "min_amount", "value": "80.00", "filter": TEA}
NINE_OFF = {"type": "amount_off", "value": "9.00"}


def test_pieces_that_come_to_an_amount_are_sets_from_it():
    (promotion,) = sets_by(EIGHTY, **NINE_OFF)
    assert promotion.goods == Goods(skus=["tea"])
    assert promotion.offer == SetsFrom(amount=yuan(80), off=yuan(9))


def test_more_than_an_amount_is_a_cent_more():
    (promotion,) = sets_by({**EIGHTY, "operator": "gt"}, **NINE_OFF)
    assert promotion.offer == SetsFrom(amount=yuan("80.01"), off=yuan(9))


def test_pieces_of_the_same_goods_and_an_amount_are_asked_together():
    (promotion,) = sets_by(THREE, EIGHTY, **NINE_OFF)
    assert promotion.offer == SetsFrom(amount=yuan(80), pieces=3, off=yuan(9))


def test_an_amount_of_some_goods_with_pieces_of_others_is_no_set_of_ours():
    with pytest.raises(MissingError, match="by what they come to"):
        sets_by(EIGHTY, {**THREE, "filter": {"skus": ["cup"]}}, **NINE_OFF)


def test_what_a_set_does_not_meet_with_its_pieces_is_asked_beside_it():
    members = {"type": "customer_group", "any_of": ["members"]}
    (promotion,) = sets_by(THREE, members, **NINE_OFF)
    assert isinstance(promotion.offer, Bundle)
    assert promotion.when == field("segments").contains_any("members")


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        (None, {"(A 0)": {"tea": 2}}),
        ("cheapest_unit", {"(A 0)": {"cup": 2}}),
        ("most_expensive_unit", {"(A 0)": {"tea": 2}}),
        ("highest_line_subtotal_first", {"(A 0)": {"cup": 2}}),
        ("lowest_line_subtotal_first", {"(A 0)": {"tea": 2}}),
    ],
)
def test_pieces_are_picked_in_the_order_that_is_told(select, expected):
    shopping = shopping_of(lines=[line("tea", "30.00", "2"), line("cup", "20.00", "4")])
    assert picked({"max_units": 2, "select": select}, Goods(), shopping, "(A 0)") is not None
    assert shopping.picks == expected


def test_a_line_whose_pieces_are_picked_apart_is_told_as_two():
    shopping = shopping_of(lines=[line("tea", "10.00", "5")])
    shopping.pick("(A 0)", {"tea": 2})
    lines = shopping.basket().lines
    assert [(each.id, each.quantity) for each in lines] == [("tea", 2), ("tea (from piece 3)", 3)]
    assert ["(A 0)" in each.tags for each in lines] == [True, False]


def test_a_line_below_zero_is_out_of_scope():
    with pytest.raises(OutOfScopeError, match="below zero"):
        shopping_of(lines=[line("deposit", "-5.00")]).basket()


def test_a_threshold_without_tax_is_raised_where_prices_have_it():
    taxed = line("tea", "12.00", tax={"rate": "20", "included": True})
    taxes = Taxes(shopping_of(lines=[taxed]))
    condition = {"type": "min_amount", "value": "10.00", "tax": "excluded"}
    assert taxes.threshold(condition, Goods()) == 1_200


def test_an_amount_over_two_rates_is_out_of_scope():
    lines = [
        line("tea", "12.00", tax={"rate": "20", "included": False}),
        line("book", "12.00", tax={"rate": "10", "included": False}),
    ]
    with pytest.raises(OutOfScopeError, match="several rates"):
        Taxes(shopping_of(lines=lines)).amount_off(500, Goods(), with_tax=True)


def test_a_profile_is_told_by_what_a_file_says_and_not_by_its_name():
    profile = profile_of({"order": "three lanes run one after the other"}, None, None)
    assert profile.name == "lanes, the best of each line"
    assert profile_of({"see": "notes"}, None, None) == PLAIN


def test_what_a_case_says_of_itself_stands_over_its_file():
    own = {
        "order": "higher priority first",
        "base": "every percentage works on the original amount",
    }
    profile = profile_of(None, own, {"remainder": "last_line", "threshold_basis": "list_price"})
    assert (profile.order, profile.percent) == (Order.PRIORITY, Seen.LIST)
    assert (profile.remainder, profile.threshold) == (Remainder.LAST, Seen.LIST)


def test_codes_count_as_they_are_written_where_a_case_says_so():
    assert PLAIN.codes is CodeMatching.ANY_CASE
    profile = profile_of(None, None, {"coupon_case_sensitive": True})
    assert profile.codes is CodeMatching.AS_WRITTEN


def test_half_a_cent_of_a_shelf_price_goes_up_in_what_is_left():
    rules = [{"id": "half", "type": "percent_off", "value": "50"}]
    lines = [line("tea", "0.25")]
    words = {"base": "each rule works on the price left by the previous ones"}
    case = Case(
        "x", {"lines": lines, "catalog_price_rules": rules}, {}, profile_of(None, words, None)
    )
    made = priced(case, CNY)
    assert made.placed.program.pricing.rounding is Rounding.HALF_DOWN
    assert made.quote.goods == yuan("0.13")
