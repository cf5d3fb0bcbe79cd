"""The plain reference of pricing is held against cases that are worked out by hand, and so is the
engine.
"""

import pendulum
import pytest
from attrs import evolve
from tests.laws.plain_pricing import outcome_of, plain_quote
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
    GiftWithPurchase,
    NextCoupon,
    NthItem,
    Packs,
    PercentOff,
    PointsTimes,
    SetsFrom,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.program.pricing import Group, Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, UseLimits, spent_key
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan
from privlib.values.rate import Rate

pytestmark = pytest.mark.law("C4")
AT = pendulum.datetime(2026, 6, 10, 4)
TEA, CUP = Goods(categories=["tea"]), Goods(categories=["cup"])


def tea(price, quantity=1, **given):
    return BasketLine(sku="tea", price=yuan(price), quantity=quantity, categories=["tea"], **given)


def cup(price, quantity=1, **given):
    return BasketLine(sku="cup", price=yuan(price), quantity=quantity, categories=["cup"], **given)


def box(price, quantity=1, **given):
    return BasketLine(sku="box", price=yuan(price), quantity=quantity, **given)


def on_line(name, offer, **given):
    return Promotion(name=name, layer="line", offer=offer, **given)


def on_order(name, offer, **given):
    return Promotion(name=name, layer="order", offer=offer, **given)


def from_so_much(amount, off):
    return ThresholdOff(steps=[Step(amount=yuan(amount), off=yuan(off))])


def only_with(name):
    return Stacking(only_with=[name])


def priced(lines, promotions, *, shipping=(), coupons=(), used=None, out=(), **given):
    """How a basket is priced: by the plain reference, which must be what the engine says."""
    basket = Basket(lines=lines, shipping=[ShippingLine(price=yuan(each)) for each in shipping])
    wei = CustomerState(id="wei", coupons=coupons)
    program = evolve(default_program(), promotions=promotions, **given)
    plain = plain_quote(basket, wei, program, used=used, out_of_stock=out, at=AT)
    quote = quote_basket(basket, wei, program, used=used or {}, out_of_stock=out, at=AT)
    found = outcome_of(quote)
    assert plain.allows(found)
    return found


def paid(lines, promotions, **asked):
    """What is paid, and what takes something off."""
    found = priced(lines, promotions, **asked)
    return Money(found.payable), found.sources


def recorded(lines, promotions, **asked):
    """What applies and takes nothing off."""
    return priced(lines, promotions, **asked).effects


def gift(name="gift", sku="whisk", *, every=None, at_most=None, fill=False, instead=(), **given):
    offer = GiftWithPurchase(sku=sku, every=every, at_most=at_most, fill=fill, replacements=instead)
    return on_order(name, offer, **given)


def free_shipping(name="free", **given):
    return Promotion(name=name, layer="shipping", offer=FreeShipping(), **given)


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


def test_sets_that_come_to_so_much_are_as_many_as_there_can_be():
    """50 + 30 and 40 + 40 are two sets of 80; 50 + 40 would leave 40 + 30, which are none."""
    lines = [tea(50), cup(40, 2), box(30)]
    eight = on_line("eight", SetsFrom(amount=yuan(80), off=yuan(8)))
    assert paid(lines, [eight]) == (yuan(144), ("eight",))
    once = on_line("eight", SetsFrom(amount=yuan(80), off=yuan(8), at_most=1))
    assert paid(lines, [once]) == (yuan(152), ("eight",))
    a_fen_more = on_line("eight", SetsFrom(amount=yuan("80.01"), off=yuan(8)))
    assert paid(lines, [a_fen_more]) == (yuan(152), ("eight",))


def test_a_percentage_is_taken_off_further_pieces_than_its_set_needs():
    """One set of 80 holds all four pieces of 160: a tenth is 16."""
    tenth = on_line("tenth", SetsFrom(amount=yuan(80), percent=10, at_most=1))
    assert paid([tea(50), cup(40, 2), box(30)], [tenth]) == (yuan(144), ("tenth",))


def test_a_set_comes_to_all_that_is_asked():
    """Three pieces come to 120: not to four, and not to 120.01."""
    lines = [tea(50, 2), cup(20)]
    for amount, pieces, payable in ((1, 3, 112), (120, 2, 112), (120, 4, 120), ("120.01", 2, 120)):
        sets = on_line("sets", SetsFrom(amount=yuan(amount), pieces=pieces, off=yuan(8)))
        assert paid(lines, [sets])[0] == yuan(payable)


def test_pieces_of_one_product_are_no_set_of_two_products():
    pair = on_line("pair", SetsFrom(distinct=2, off=yuan(8)))
    assert paid([tea(50), cup(20)], [pair]) == (yuan(62), ("pair",))
    assert paid([tea(50, 2)], [pair]) == (yuan(100), ())


def test_the_best_for_the_shop_is_the_dearest_to_which_nothing_can_be_added():
    """Of a group of two, 10 off counts and 30 off does not; whatever goes with it applies too."""
    several = [
        on_order(name, AmountOff(amount=yuan(off)), stacking=Stacking(groups=groups))
        for name, off, groups in (("a", 10, ["g"]), ("b", 30, ["g"]), ("c", 5, []))
    ]
    assert paid([tea(100)], several) == (yuan(65), ("b", "c"))
    assert paid([tea(100)], several, pricing=Pricing(objective="shop")) == (yuan(85), ("a", "c"))


def test_what_the_shop_gives_away_is_not_withheld():
    """That 5 off would put 20 off from 100 out of reach is no reason to give neither."""
    five = on_line("five", AmountOff(amount=yuan(5)))
    full = on_order("full", from_so_much(100, 20))
    shops = Pricing(objective="shop")
    assert paid([tea(100)], [five, full], pricing=shops) == (yuan(95), ("five",))
    assert paid([tea(99)], [full], pricing=shops) == (yuan(99), ())


def test_what_is_bought_counts_for_what_is_needed_and_what_is_got_does_not():
    """Tea for 100 and a cup for 30: from 100 the cup is free, from 100.01 it is not."""

    def free(amount):
        needs = Threshold(amount=yuan(amount))
        return on_line("free", BuyGet(buy=1, get_goods=CUP), goods=TEA, needs=needs)

    assert paid([tea(100), cup(30)], [free(100)]) == (yuan(100), ("free",))
    assert paid([tea(100), cup(30)], [free("100.01")]) == (yuan(130), ())


def test_a_gift_sees_what_is_left_at_its_turn():
    """10 off 100 come before a gift from 100 in its layer, or after it."""
    ten = on_order("ten", AmountOff(amount=yuan(10)))
    from_100 = Threshold(amount=yuan(100))
    assert recorded([tea(100)], [ten, gift("a gift", needs=from_100)]).gifts == (
        ("whisk", 1, None),
    )
    assert recorded([tea(100)], [ten, gift("tin", needs=from_100)]).gifts == ()
    assert recorded([tea(110)], [ten, gift("tin", needs=from_100)]).sources == ("tin",)


def test_a_gift_is_given_for_every_so_many_pieces_and_replaced_where_it_is_out():
    twos = gift(every=2, at_most=2, instead=["spoon"])
    assert recorded([tea(10, 1)], [twos]).sources == ()
    assert recorded([tea(10, 5)], [twos]).gifts == (("whisk", 2, None),)
    assert recorded([tea(10, 6)], [twos], out=["whisk"]).gifts == (("spoon", 2, "whisk"),)
    assert recorded([tea(10, 6)], [twos], out=["spoon", "whisk"]).sources == ()
    # Of what lies in the basket already only the rest is given.
    assert recorded([cup(10, 2)], [gift(sku="cup", every=1, fill=True)]).sources == ()
    assert recorded([tea(10), cup(10)], [gift(sku="cup", every=1, fill=True)]).gifts == (
        ("cup", 1, None),
    )


def test_gifts_take_no_part_in_the_choice():
    """Of one group the money counts, however little it is, and a gift only where nothing does."""
    one = Stacking(groups=["g"])
    little = on_order("little", AmountOff(amount=yuan(1)), stacking=one)
    assert recorded([tea(10)], [little, gift("a gift", stacking=one)]).sources == ()
    both = [gift("a gift", stacking=one), gift("b gift", stacking=one)]
    assert recorded([tea(10)], both).sources == ("a gift",)
    # A partner must apply by then: what comes later does not count.
    after = gift("b gift", stacking=only_with("a gift"))
    before = gift("b gift", stacking=only_with("c gift"))
    assert recorded([tea(10)], [gift("a gift"), after]).sources == ("a gift", "b gift")
    assert recorded([tea(10)], [gift("c gift"), before]).sources == ("c gift",)


def test_points_are_multiplied_and_coupons_are_for_the_next_order():
    several = [
        on_order("double", PointsTimes(times=2)),
        on_order("more", PointsTimes(times="1.5"), goods=TEA),
        on_order("next", NextCoupon(campaign="newcomers", coupon="20 off 100")),
    ]
    found = recorded([tea(10)], several)
    assert (found.points, found.coupons) == (Rate(3), (("newcomers", "20 off 100"),))
    assert recorded([cup(10)], several).points == Rate(2)


def test_free_shipping_is_recorded_where_shipping_costs_nothing_already():
    assert recorded([tea(10)], [free_shipping()], shipping=[0]).sources == ("free",)
    assert recorded([tea(10)], [free_shipping()], shipping=[5]).sources == ()
    assert recorded(
        [tea(10)], [free_shipping(), free_shipping("so too")], shipping=[5]
    ).sources == ("so too",)
    assert recorded([tea(10)], [free_shipping()]).sources == ()
    from_20 = free_shipping(needs=Threshold(amount=yuan(20)))
    assert recorded([tea(10)], [from_20], shipping=[0]).sources == ()


def test_what_an_amount_could_not_take_is_said():
    """50 off 35 take 35, and 15 are cut; off 20 and 20 of which 15 stay, 25 are and 25 are not."""
    fifty = on_order("fifty", AmountOff(amount=yuan(50)))
    assert priced([tea(35)], [fifty]).taken == (("fifty", 3_500, 1_500),)
    assert priced([tea(50)], [fifty]).taken == (("fifty", 5_000, 0),)
    book = PriceBook(floors=[PriceFloor(name="tea", goods=TEA, price=yuan(15))])
    assert priced([tea(20), cup(20)], [fifty], prices=book).taken == (("fifty", 2_500, 2_500),)
