"""Hints keep their word: so much more brings what they say."""

import pickle

import pendulum
import pytest
from attrs import evolve
from hypothesis import HealthCheck, event, given, settings, strategies as st
from tests.laws.pricing_cases import (
    AT,
    Question,
    baskets,
    customers,
    goods,
    price_books,
    pricings,
    questions,
    threshold_offers,
    thresholds,
)
from tests.profiles import CASES, FULL

from privlib.commands.baskets import MOST_PIECES, Basket, BasketLine, ShippingLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.errors import InvalidValueError
from privlib.policies.pricing.changing import what_if
from privlib.policies.pricing.hinting import hints
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import (
    AmountOff,
    FreeShipping,
    GiftWithPurchase,
    NextCoupon,
    PercentOff,
    PointsTimes,
    Step,
    ThresholdOff,
)
from privlib.program.price_book import PriceBook
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Layer, Pricing
from privlib.program.promotion import Promotion, Threshold
from privlib.quotes import GiftLine, NextCouponGranted
from privlib.values.goods import Goods
from privlib.values.money import LARGEST_MINOR, Money, yuan
from privlib.values.rate import Rate

NOON = pendulum.datetime(2026, 6, 1, 4)
THIRTY_FROM_200 = Promotion(
    name="thirty", offer=ThresholdOff(steps=[Step(amount=yuan(200), off=yuan(30))])
)
STEPS = Promotion(
    name="steps",
    offer=ThresholdOff(
        steps=[Step(amount=yuan(200), off=yuan(20)), Step(amount=yuan(300), off=yuan(40))]
    ),
)
TEN_PERCENT_LESS = PriceBook(
    rules=[PriceRule(name="tea", goods=Goods(categories=["tea"]), percent=10)]
)


def quoted(
    *promotions,
    price,
    pieces=1,
    prices=PriceBook(),  # noqa: B008 - frozen
    shipping=(),
    coupons=(),
    pricing=Pricing(),  # noqa: B008 - frozen
    **asked,
):
    program = evolve(default_program(), promotions=promotions, prices=prices, pricing=pricing)
    tea = BasketLine(sku="longjing", price=yuan(price), quantity=pieces, categories=["tea"])
    customer = CustomerState(id="wei", coupons=coupons)
    basket = Basket(lines=[tea], shipping=shipping)
    return quote_basket(basket, customer, program, at=NOON, **asked)


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


def test_a_coupon_of_its_own_value_says_how_far_its_threshold_is():
    quote = quoted(price=88, coupons=[CouponInHand(id="c-1", value=yuan(20), threshold=yuan(100))])
    [hint] = hints(quote)
    assert (hint.promotion, hint.coupon) == ("coupon", "c-1")
    assert (hint.more, hint.takes_off, hint.payable) == (yuan(12), yuan(20), yuan(80))


def test_a_coupon_that_stands_for_a_promotion_is_named_beside_it():
    birthday = Promotion(
        name="birthday",
        layer="coupon",
        trigger="coupon",
        goods=Goods(categories=["tea"]),
        needs=Threshold(amount=yuan(100), base="member"),
        offer=AmountOff(amount=yuan(20)),
    )
    coupons = [CouponInHand(id="c-1", promotion="birthday")]
    [hint] = hints(quoted(birthday, price=88, coupons=coupons))
    assert (hint.promotion, hint.coupon, hint.goods) == ("birthday", "c-1", birthday.goods)
    assert (hint.more, hint.takes_off, hint.payable) == (yuan(12), yuan(20), yuan(80))


def test_of_two_coupons_the_better_one_is_hinted_at_beside_the_one_that_applies():
    coupons = [
        CouponInHand(id=f"from {least}", value=yuan(off), threshold=yuan(least))
        for least, off in [(100, 10), (200, 30)]
    ]
    [hint] = hints(quoted(price=150, coupons=coupons))
    assert (hint.coupon, hint.more, hint.payable) == ("from 200", yuan(50), yuan(170))


def test_a_coupon_that_could_not_be_used_anyway_is_no_hint():
    over = CouponInHand(id="c-1", value=yuan(20), threshold=yuan(100), expires_at=NOON)
    assert hints(quoted(price=88, coupons=[over])) == ()


@pytest.mark.parametrize(
    ("price", "more", "off", "off_now"),
    [
        ("199.99", "0.01", 20, None),
        (200, 100, 40, 20),
        (270, 30, 40, 20),
        ("299.99", "0.01", 40, 20),
    ],
)
def test_from_each_step_the_next_one_is_hinted_at(price, more, off, off_now):
    [hint] = hints(quoted(STEPS, price=price))
    assert (hint.more, hint.takes_off) == (yuan(more), yuan(off))
    assert hint.takes_off_now == (None if off_now is None else yuan(off_now))


def test_after_the_last_step_there_is_nothing_more():
    assert hints(quoted(STEPS, price=300)) == ()


@pytest.mark.parametrize(
    ("price", "more", "off"), [(90, 10, 10), (100, 100, 20), (299, 1, 30), (300, None, None)]
)
def test_the_next_full_step_counts_as_often_as_it_may(price, more, off):
    step = Step(amount=yuan(100), off=yuan(10))
    full = Promotion(name="full", offer=ThresholdOff(steps=[step], repeat=True, at_most=3))
    found = [(hint.more, hint.takes_off) for hint in hints(quoted(full, price=price))]
    assert found == ([] if more is None else [(yuan(more), yuan(off))])


def test_a_ceiling_that_is_reached_leaves_nothing_to_hint_at():
    step = Step(amount=yuan(100), off=yuan(10))
    offer = ThresholdOff(steps=[step], repeat=True, ceiling=yuan(20))
    assert hints(quoted(Promotion(name="full", offer=offer), price=250)) == ()


def test_the_next_step_in_pieces_adds_pieces():
    steps = [Step(pieces=2, percent=10), Step(pieces=3, percent=20)]
    several = Promotion(name="several", offer=ThresholdOff(steps=steps))
    [hint] = hints(quoted(several, price=50, pieces=2))
    assert (hint.pieces, hint.more, hint.payable) == (1, yuan(50), yuan(120))
    assert (hint.takes_off_now, hint.takes_off) == (yuan(10), yuan(30))


def test_more_of_the_same_percentage_is_no_next_step():
    """With 90 yuan more a tenth is more than now, but the fifth comes with 100."""
    steps = [Step(amount=yuan(100), percent=10), Step(amount=yuan(360), percent=20)]
    promotion = Promotion(name="steps", offer=ThresholdOff(steps=steps))
    [hint] = hints(quoted(promotion, price=300, prices=TEN_PERCENT_LESS))
    assert (hint.more, hint.takes_off_now, hint.takes_off) == (yuan(100), yuan(27), yuan(72))


def test_what_comes_before_it_in_its_own_layer_is_looked_at():
    fifth = Promotion(name="fifth", offer=PercentOff(percent=20), priority=1)
    [hint] = hints(quoted(fifth, STEPS, price=350))
    assert (hint.more, hint.takes_off_now, hint.takes_off) == (yuan(25), yuan(20), yuan(40))


IN_ORDER = Pricing(
    layers=[Layer(name=name, choice="in_order") for name in ("line", "order", "coupon")]
)


def test_what_comes_later_takes_nothing_off_its_threshold():
    """The coupon takes 60 off after it: 1 yuan is missing, and not 61."""
    first = Promotion(name="first", layer="line", offer=AmountOff(amount=yuan(2)))
    coupons = [CouponInHand(id="c-1", value=yuan(60))]
    quote = quoted(first, THIRTY_FROM_200, price=201, coupons=coupons, pricing=IN_ORDER)
    [hint] = hints(quote)
    assert (hint.more, hint.takes_off, hint.payable) == (yuan(1), yuan(30), yuan(110))


def test_what_comes_before_it_where_all_go_in_order_is_made_up_for():
    fifth = Promotion(name="fifth", offer=PercentOff(percent=20), priority=1)
    [hint] = hints(quoted(fifth, THIRTY_FROM_200, price=240, pricing=IN_ORDER))
    assert (hint.more, hint.takes_off, hint.payable) == (yuan(10), yuan(30), yuan(170))


SPOON = Promotion(
    name="spoon", offer=GiftWithPurchase(sku="spoon"), needs=Threshold(amount=yuan(100))
)


def test_a_gift_that_would_come_with_it_is_a_hint():
    [hint] = hints(quoted(SPOON, price=88))
    assert (hint.more, hint.takes_off, hint.payable) == (yuan(12), yuan(0), yuan(100))
    assert hint.gift == GiftLine(promotion="spoon", sku="spoon", pieces=1)


def test_a_gift_that_is_out_is_no_hint():
    assert hints(quoted(SPOON, price=88, out_of_stock={"spoon"})) == ()


@pytest.mark.parametrize(
    ("pieces", "more", "gifts"), [(2, 1, 1), (3, 3, 2), (5, 1, 2), (6, None, None)]
)
def test_the_next_gift_for_every_so_many_pieces_is_a_hint(pieces, more, gifts):
    spoon = evolve(SPOON, offer=GiftWithPurchase(sku="spoon", every=3, at_most=2), needs=None)
    found = hints(quoted(spoon, price=40, pieces=pieces))
    assert [(hint.pieces, hint.gift.pieces) for hint in found] == (
        [] if more is None else [(more, gifts)]
    )


def test_a_gift_on_a_coupon_names_the_coupon():
    spoon = evolve(SPOON, trigger="coupon")
    [hint] = hints(quoted(spoon, price=88, coupons=[CouponInHand(id="c-1", promotion="spoon")]))
    assert (hint.promotion, hint.coupon) == ("spoon", "c-1")
    assert hint.gift == GiftLine(promotion="c-1", sku="spoon", pieces=1)


def test_more_points_that_would_come_with_it_are_a_hint():
    double = evolve(SPOON, name="double", offer=PointsTimes(times="1.5"))
    [hint] = hints(quoted(double, price=88))
    assert (hint.more, hint.points_times, hint.gift) == (yuan(12), Rate(3, 2), None)


def test_fewer_points_are_no_hint():
    assert hints(quoted(evolve(SPOON, offer=PointsTimes(times="0.5")), price=88)) == ()


def test_a_coupon_for_the_next_order_that_would_come_with_it_is_a_hint():
    again = evolve(SPOON, offer=NextCoupon(campaign="newcomers", coupon="20 off 100"))
    [hint] = hints(quoted(again, price=88))
    assert hint.next_coupon == NextCouponGranted(
        promotion="spoon", campaign="newcomers", coupon="20 off 100"
    )
    assert (hint.more, hint.takes_off) == (yuan(12), yuan(0))


@pytest.mark.parametrize(("costs", "found"), [(8, [(yuan(12), yuan(8), yuan(100))]), (0, [])])
def test_free_shipping_is_a_hint_where_shipping_costs_anything(costs, found):
    free = evolve(SPOON, layer="shipping", offer=FreeShipping())
    quote = quoted(free, price=88, shipping=[ShippingLine(price=yuan(costs))])
    assert [(hint.more, hint.takes_off, hint.payable) for hint in hints(quote)] == found


def test_the_smallest_step_comes_first():
    coupon = CouponInHand(id="c-1", value=yuan(20), threshold=yuan(240))
    quote = quoted(SPOON, STEPS, price=90, coupons=[coupon])
    assert [hint.promotion for hint in hints(quote)] == ["spoon", "steps", "coupon"]


def test_more_than_a_basket_holds_is_no_hint():
    every = evolve(SPOON, offer=GiftWithPurchase(sku="spoon", every=MOST_PIECES), needs=None)
    assert hints(quoted(every, price=1, pieces=MOST_PIECES)) == ()
    far = evolve(SPOON, needs=Threshold(amount=Money(LARGEST_MINOR)))
    assert hints(quoted(far, price=88, prices=TEN_PERCENT_LESS)) == ()
    many = Promotion(name="many", offer=PercentOff(percent=10), needs=Threshold(pieces=3))
    assert hints(quoted(many, price=LARGEST_MINOR // 200)) == ()


def test_what_was_not_bought_is_not_made_more_of():
    several = Promotion(name="several", offer=PercentOff(percent=10), needs=Threshold(pieces=3))
    program = evolve(default_program(), promotions=[several])
    lines = [
        BasketLine(sku="sachet", price=yuan(5), ticked=False),
        BasketLine(sku="longjing", price=yuan(60)),
    ]
    [hint] = hints(quote_basket(Basket(lines=lines), CustomerState(), program, at=NOON))
    assert (hint.pieces, hint.more) == (2, yuan(120))


def test_hints_are_for_quotes_that_know_their_basket():
    with pytest.raises(InvalidValueError, match="Quote is expected; got NoneType"):
        hints(None)
    with pytest.raises(InvalidValueError, match="a quote that was stored has no basket"):
        hints(pickle.loads(pickle.dumps(quoted(price=88))))


def test_in_an_empty_basket_anything_is_more():
    program = evolve(default_program(), promotions=[SPOON, THIRTY_FROM_200])
    [hint] = hints(quote_basket(Basket(), CustomerState(), program, at=NOON))
    assert (hint.promotion, hint.more, hint.payable) == ("spoon", yuan(100), yuan(100))


def test_in_an_empty_basket_there_is_nothing_to_take_more_pieces_of():
    several = evolve(SPOON, needs=Threshold(pieces=3))
    program = evolve(default_program(), promotions=[several])
    assert hints(quote_basket(Basket(), CustomerState(), program, at=NOON)) == ()


def test_a_line_may_be_called_what_it_likes():
    program = evolve(default_program(), promotions=[SPOON])
    lines = [BasketLine(sku="cup", id="more 1", price=yuan(40))]
    [hint] = hints(quote_basket(Basket(lines=lines), CustomerState(), program, at=NOON))
    assert (hint.more, hint.payable) == (yuan(60), yuan(100))


def with_what_it_says(quote, hint):
    """The change that a hint speaks of, as a customer makes it."""
    asked = quote.work.asked
    among = [asked.lines[row] for row in asked.lines_among(hint.goods)]
    if hint.pieces is None:
        like = among[0] if among else BasketLine(sku="anything", price=hint.more)
        more = evolve(like, id="one more", price=hint.more, quantity=1, cost=None)
        return what_if(quote, add=[more])
    like = min(among, key=lambda line: (line.price.minor, line.id))
    lines = [
        evolve(line, quantity=line.quantity + hint.pieces) if line is like else line
        for line in asked.basket.lines
    ]
    return what_if(quote, add=lines, remove=[line.id for line in lines])


def keeps_its_word(quote, hint):
    change, source = with_what_it_says(quote, hint), hint.coupon or hint.promotion
    before, after = [
        {each.source: each for each in quote.applied} for quote in (change.before, change.after)
    ]
    then = after[source]
    assert (then.promotion, then.coupon) == (hint.promotion, hint.coupon)
    assert (then.amount, change.after.payable) == (hint.takes_off, hint.payable)
    assert change.after.list - change.before.list == hint.more
    now = before[source].amount if source in before else then.amount - then.amount
    assert (hint.takes_off_now or now) == now
    assert hint.gift is None or hint.gift in change.after.gifts
    assert hint.gift is None or hint.gift not in change.before.gifts
    assert hint.next_coupon is None or hint.next_coupon in change.after.next_coupons
    assert hint.next_coupon is None or source not in before
    assert hint.points_times in (None, change.after.points_times)
    brings = [hint.gift, hint.next_coupon, hint.points_times]
    assert then.amount > now or sum(each is not None for each in brings) == 1


SOME = settings(
    max_examples=CASES,
    derandomize=not FULL,
    deadline=None,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@SOME
@given(questions())
def test_a_hint_keeps_its_word(question):
    basket, customer, program, codes, used, out_of_stock = question
    quote = quote_basket(
        basket, customer, program, codes=codes, used=used, out_of_stock=out_of_stock, at=AT
    )
    for hint in hints(quote):
        event("next step" if hint.takes_off_now else "coupon" if hint.coupon else "promotion")
        keeps_its_word(quote, hint)


GIVEN = [
    GiftWithPurchase(sku="spoon"),
    GiftWithPurchase(sku="spoon", every=2, at_most=2),
    PointsTimes(times=2),
    NextCoupon(campaign="newcomers", coupon="20 off 100"),
]


@st.composite
def wanting(draw):
    """Questions about promotions and coupons that want an amount or pieces, and nothing else."""
    promotions = []
    for name in "abc":
        layer = draw(st.sampled_from(["line", "order", "coupon"]))
        is_given = draw(st.booleans())
        promotion = Promotion(
            name=name,
            layer=layer,
            offer=draw(st.sampled_from(GIVEN) if is_given else threshold_offers()),
            goods=draw(goods()),
            needs=draw(thresholds(layer)) if is_given else None,
            trigger=draw(st.sampled_from(["automatic", "automatic", "coupon"])),
        )
        promotions.append(promotion)
    program = evolve(
        default_program(),
        promotions=promotions,
        pricing=draw(pricings()),
        prices=draw(price_books()),
    )
    return Question(draw(baskets()), draw(customers(program)), program)


@SOME
@given(wanting())
def test_a_hint_of_what_wants_a_little_more_keeps_its_word(question):
    quote = quote_basket(question.basket, question.customer, question.program, at=AT)
    for hint in hints(quote):
        kept = [name for name in ("gift", "next_coupon", "points_times") if getattr(hint, name)]
        kept += ["next step"] if hint.takes_off_now else ["coupon"] if hint.coupon else ["money"]
        event(kept[0])
        keeps_its_word(quote, hint)
