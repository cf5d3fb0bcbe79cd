"""The plain reference of pricing is held against cases that are worked out by hand, and so is the
engine.
"""

import pendulum
import pytest
from attrs import evolve
from tests.laws.plain_pricing import plain_quote
from tests.laws.pricing_cases import layers

from privlib import default_program
from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.policies.pricing import quote_basket
from privlib.program.offers import (
    AmountOff,
    Bundle,
    BundlePart,
    BuyGet,
    CheapestFree,
    FixedPrice,
    FreeShipping,
    NthItem,
    Packs,
    PercentOff,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.program.pricing import Group, Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, UseLimits, spent_key
from privlib.values.goods import Goods
from privlib.values.money import yuan

pytestmark = pytest.mark.law("C4")
AT = pendulum.datetime(2026, 6, 10, 4)
TEA, CUP = Goods(categories=["tea"]), Goods(categories=["cup"])


def tea(price, quantity=1, **given):
    return BasketLine(sku="tea", price=yuan(price), quantity=quantity, categories=["tea"], **given)


def cup(price, quantity=1, **given):
    return BasketLine(sku="cup", price=yuan(price), quantity=quantity, categories=["cup"], **given)


def on_line(name, offer, **given):
    return Promotion(name=name, layer="line", offer=offer, **given)


def on_order(name, offer, **given):
    return Promotion(name=name, layer="order", offer=offer, **given)


def from_so_much(amount, off):
    return ThresholdOff(steps=[Step(amount=yuan(amount), off=yuan(off))])


def only_with(name):
    return Stacking(only_with=[name])


def paid(lines, promotions, *, shipping=(), coupons=(), used=None, **given):
    """What is paid and what applies: by the plain reference, which must be what the engine says."""
    basket = Basket(lines=lines, shipping=[ShippingLine(price=yuan(each)) for each in shipping])
    wei = CustomerState(id="wei", coupons=coupons)
    program = evolve(default_program(), promotions=promotions, **given)
    plain = plain_quote(basket, wei, program, used=used, at=AT)
    quote = quote_basket(basket, wei, program, used=used or {}, at=AT)
    sources = tuple(sorted(each.source for each in quote.applied))
    assert (quote.payable.minor, sources) == (plain.payable, plain.sources)
    return quote.payable, sources


def test_a_threshold_sees_what_the_line_left():
    """2 x 60 at 10 % off leave 108: from 100, 20 off are 88; from 110, nothing comes off."""
    ten = on_line("ten", PercentOff(percent=10))
    assert paid([tea(60, 2)], [ten, on_order("full", from_so_much(100, 20))]) == (
        yuan(88),
        ("full", "ten"),
    )
    # 20 off 120 are 100, which beats 108 with 10 percent.
    assert paid([tea(60, 2)], [ten, on_order("full", from_so_much(110, 20))]) == (
        yuan(100),
        ("full",),
    )


def test_thresholds_on_the_list_price_do_not_see_each_other():
    """平行满减: 300 of goods, 50 off from 300 and 30 off from 300 are 220 together."""
    both = [
        on_order(name, from_so_much(300, off), needs=Threshold(amount=yuan(300), base="list"))
        for name, off in (("a", 50), ("b", 30))
    ]
    assert paid([tea(100, 3)], both) == (yuan(220), ("a", "b"))


def test_the_best_is_found_where_the_largest_comes_first_is_not():
    """One of a group: 30 off alone is 90; two others of 20 each are 80."""
    alone = on_order("a", AmountOff(amount=yuan(30)), stacking=Stacking(alone=True))
    two = [on_order(name, AmountOff(amount=yuan(20))) for name in "bc"]
    assert paid([tea(120)], [alone, *two]) == (yuan(80), ("b", "c"))


def test_of_equal_prices_that_with_fewer_promotions_counts_and_then_the_first_name():
    ten = [on_order(name, AmountOff(amount=yuan(10))) for name in "bc"]
    twenty = on_order("d", AmountOff(amount=yuan(20)), stacking=Stacking(alone=True))
    assert paid([tea(100)], [*ten, twenty]) == (yuan(80), ("d",))
    groups = [evolve(each, stacking=Stacking(groups=["g"])) for each in ten]
    assert paid([tea(100)], groups) == (yuan(90), ("b",))
    both = Pricing(groups=[Group(name="g", at_most=2)])
    assert paid([tea(100)], groups, pricing=both) == (yuan(80), ("b", "c"))


def test_the_second_at_half_price_takes_the_pieces_that_save_most():
    """Pieces of 50, 40, 30 and 20: pairs (50, 40) and (30, 20) save 20 and 10."""
    half = on_line("half", NthItem(n=2, percent=50))
    lines = [
        BasketLine(sku=str(price), price=yuan(price), categories=["tea"])
        for price in (50, 40, 30, 20)
    ]
    assert paid(lines, [half]) == (yuan(110), ("half",))
    once = on_line("half", NthItem(n=2, percent=50, at_most=1))
    assert paid(lines, [once]) == (yuan(120), ("half",))
    # The shop rewards the two cheapest: 10 and 15 are saved.
    shops = on_line("half", NthItem(n=2, percent=50, favour="shop"))
    assert paid(lines, [shops]) == (yuan("115"), ("half",))


def test_pieces_are_used_once_in_a_layer():
    """Of three pieces of 30, three for 60 uses all, and no fourth is left for 20 % off."""
    three = on_line("three", Packs(pieces=3, price=yuan(60)))
    fifth = on_line("fifth", PercentOff(percent=20), uses_units=True)
    assert paid([tea(30, 3)], [three, fifth]) == (yuan(60), ("three",))
    assert paid([tea(30, 4)], [three, fifth]) == (yuan(84), ("fifth", "three"))


def test_a_bundle_shares_what_it_saves_by_price():
    """Tea at 60 and a cup at 30, together 75: tea bears 10 of the 15 and the cup 5."""
    pair = Bundle(parts=[BundlePart(goods=TEA), BundlePart(goods=CUP)], price=yuan(75))
    assert paid([tea(60), cup(30)], [on_line("pair", pair)]) == (yuan(75), ("pair",))
    # What is left of the tea is 50, and the cup does not come to 50.
    from_50 = on_order(
        "tea", AmountOff(amount=yuan(5)), goods=TEA, needs=Threshold(amount=yuan(50))
    )
    assert paid([tea(60), cup(30)], [on_line("pair", pair), from_50]) == (
        yuan(70),
        ("pair", "tea"),
    )


def test_buying_tea_brings_a_cup():
    free = on_line("free cup", BuyGet(buy=2, get=1, get_goods=CUP), goods=TEA)
    assert paid([tea(60, 2), cup(30)], [free]) == (yuan(120), ("free cup",))
    assert paid([tea(60, 1), cup(30)], [free]) == (yuan(90), ())


def test_of_three_the_cheapest_is_free():
    free = on_line("free", CheapestFree(of=3))
    assert paid([tea(50, 2), cup(20)], [free]) == (yuan(100), ("free",))


def test_a_percentage_has_a_ceiling():
    capped = on_order("fifth", PercentOff(percent=20, ceiling=yuan(15)))
    assert paid([tea(100)], [capped]) == (yuan(85), ("fifth",))
    assert paid([tea(70)], [capped]) == (yuan(56), ("fifth",))


def test_a_fixed_price_counts_only_where_it_is_lower():
    flash = on_line("flash", FixedPrice(price=yuan(40)))
    assert paid([tea(60, 2), cup(30)], [flash]) == (yuan(110), ("flash",))
    assert paid([cup(30)], [flash]) == (yuan(30), ())


def test_the_first_piece_and_the_next():
    """Ten off the first, five off each next, three at most."""
    stairs = on_line("stairs", UnitAmounts(first=yuan(10), next=yuan(5), most=3))
    assert paid([tea(30, 5)], [stairs]) == (yuan(130), ("stairs",))


def test_every_full_hundred_takes_ten_off():
    steps = [Step(amount=yuan(100), off=yuan(10))]
    every = on_order("every", ThresholdOff(steps=steps, repeat=True, at_most=2))
    assert paid([tea("99.99")], [every]) == (yuan("99.99"), ())
    assert paid([tea(100)], [every]) == (yuan(90), ("every",))
    assert paid([tea(399)], [every]) == (yuan(379), ("every",))


def test_a_floor_holds_and_the_others_bear_what_it_could_not_take():
    """60 off 100 of tea and 50 of cups would be 40 and 20; tea is never below 80."""
    book = PriceBook(floors=[PriceFloor(name="tea", goods=TEA, price=yuan(80))])
    off = on_order("off", AmountOff(amount=yuan(60)))
    assert paid([tea(100), cup(50)], [off], prices=book) == (yuan(90), ("off",))
    lost = Pricing(overflow="lost")
    assert paid([tea(100), cup(50)], [off], prices=book, pricing=lost) == (yuan(110), ("off",))


def test_what_keeps_its_price_counts_for_no_threshold():
    full = on_order("full", from_so_much(100, 20))
    assert paid([tea(60), cup(40)], [full]) == (yuan(80), ("full",))
    assert paid([tea(60), cup(40, discountable=False)], [full]) == (yuan(100), ())


def test_a_coupon_is_tested_on_the_member_price():
    """Ten percent off 110 leave 99; the coupon from 100 looks at the 110."""
    coupon = CouponInHand(id="c-1", value=yuan(20), threshold=yuan(100))
    ten = on_line("ten", PercentOff(percent=10))
    assert paid([tea(110)], [ten], coupons=[coupon]) == (yuan(79), ("c-1", "ten"))
    assert paid([tea("99.99")], [ten], coupons=[coupon]) == (yuan("89.99"), ("ten",))


def test_what_a_budget_does_not_pay_for_does_not_apply():
    ten = on_order("ten", AmountOff(amount=yuan(10)), limits=UseLimits(budget=yuan(100)))
    assert paid([tea(30)], [ten], used={spent_key("ten"): 9_000}) == (yuan(20), ("ten",))
    assert paid([tea(30)], [ten], used={spent_key("ten"): 9_001}) == (yuan(30), ())


def test_two_layers_are_chosen_together():
    """Half off one piece of 100 leaves 150, below the threshold of 200; without it 60 come off."""
    half = on_line("half", NthItem(n=2, percent=50))
    full = on_order("full", from_so_much(200, 60))
    assert paid([tea(100, 2)], [half, full]) == (yuan(140), ("full",))
    by_layer = Pricing(crossing="by_layer")
    assert paid([tea(100, 2)], [half, full], pricing=by_layer) == (yuan(150), ("half",))


def test_in_order_takes_what_comes_first():
    """By priority: the small one first, which shuts out the large one of its group."""
    small = on_order("a", AmountOff(amount=yuan(5)), stacking=Stacking(groups=["g"]), priority=1)
    large = on_order("b", AmountOff(amount=yuan(50)), stacking=Stacking(groups=["g"]))
    assert paid([tea(100)], [small, large]) == (yuan(50), ("b",))
    in_order = Pricing(layers=layers(["in_order"] * 4))
    assert paid([tea(100)], [small, large], pricing=in_order) == (yuan(95), ("a",))


def test_shipping_for_nothing_from_so_much_of_goods():
    free = Promotion(
        name="free",
        layer="shipping",
        offer=FreeShipping(),
        needs=Threshold(amount=yuan(99), base="after:order"),
    )
    assert paid([tea(99)], [free], shipping=[10]) == (yuan(99), ("free",))
    assert paid([tea("98.99")], [free], shipping=[10]) == (yuan("108.99"), ())
    five = on_order("five", AmountOff(amount=yuan(5)))
    assert paid([tea(99)], [free, five], shipping=[10]) == (yuan(99), ("free",))
