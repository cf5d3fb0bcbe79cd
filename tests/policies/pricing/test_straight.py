"""Prices in declared order go a straight way, with the result of the way that chooses."""

import pendulum
from attrs import evolve
from hypothesis import given, strategies as st

from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.conditions import amount
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.policies.pricing.plan import MANY
from privlib.policies.pricing.quoting import quote_basket
from privlib.policies.pricing.working_out import QuoteRecord
from privlib.program.loading import default_program
from privlib.program.offers import (
    AmountOff,
    FixedPrice,
    GiftWithPurchase,
    PercentOff,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.pricing import Layer, Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan
from privlib.values.rate import Rate, Rounding

NOON = pendulum.datetime(2026, 6, 1, 4)
NOBODY = CustomerState()

amounts = st.integers(1, 4_000).map(Money)
spreads = st.sampled_from(["unit", "line", "once"])
categories = st.lists(
    st.sampled_from(["tea", "tea/green", "tea/black", "cups"]), max_size=2, unique=True
)
skus = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=3, unique=True)
lines = st.builds(
    BasketLine,
    sku=st.sampled_from(["a", "b", "c", "d", "e"]),
    price=amounts,
    quantity=st.integers(1, 3),
    categories=categories,
    tags=st.lists(st.sampled_from(["new", "gift"]), unique=True),
    discountable=st.sampled_from([True, True, True, False]),
    ticked=st.sampled_from([True, True, True, False]),
)
baskets = st.builds(
    lambda drawn, shipping: Basket(
        lines=[evolve(line, id=f"line-{at}") for at, line in enumerate(drawn)], shipping=shipping
    ),
    st.lists(lines, max_size=6),
    st.lists(st.builds(ShippingLine, price=amounts), max_size=1),
)
goods = (
    st.builds(Goods, skus=skus)
    | st.builds(Goods, categories=categories)
    | st.builds(Goods, tags=st.just(["new", "gift"]))
    | st.builds(Goods, categories=categories, price_from=amounts)
    | st.just(Goods(without=Goods(skus=["b"])))
)
offers = (
    st.builds(
        PercentOff,
        percent=st.integers(1, 100).map(lambda part: Rate(part, 100)),
        rounded=spreads,
        ceiling=st.none() | amounts,
    )
    | st.builds(AmountOff, amount=amounts, spread=spreads)
    | st.builds(FixedPrice, price=amounts)
    | st.builds(UnitAmounts, first=amounts, next=amounts, spread=st.sampled_from(["line", "once"]))
    | st.builds(
        lambda start, off: ThresholdOff(steps=[Step(amount=start, off=off)], repeat=True),
        start=amounts,
        off=amounts,
    )
    | st.just(GiftWithPurchase(sku="sachet"))
)
thresholds = st.none() | st.builds(
    Threshold,
    amount=amounts,
    pieces=st.none() | st.integers(1, 4),
    distinct=st.none() | st.integers(1, 3),
    base=st.sampled_from(["list", "member", "remaining"]),
)


def promotions(*, layers=("line", "order"), uses_units=(True, False), least=0, most=10):
    drawn = st.builds(
        lambda **given: given,
        layer=st.sampled_from(layers),
        goods=goods,
        offer=offers,
        needs=thresholds,
        uses_units=st.sampled_from(uses_units),
        priority=st.integers(-2, 2),
        base=st.sampled_from(["list", "member", "remaining"]),
    )
    return st.lists(drawn, min_size=least, max_size=most).map(named)


def named(drawn):
    return [
        Promotion(name=f"p-{at}", **given | {"uses_units": given["uses_units"] and has_cut(given)})
        for at, given in enumerate(drawn)
    ]


def has_cut(given):
    return not isinstance(given["offer"], GiftWithPurchase)


def program_of(promotions, rounding="half_up"):
    layers = [Layer(name=name, choice="in_order") for name in ("line", "order")]
    pricing = Pricing(layers=layers, rounding=rounding)
    return evolve(default_program(), promotions=promotions, pricing=pricing)


def assert_both_ways_agree(basket, promotions, rounding="half_up"):
    quote = quote_basket(basket, NOBODY, program_of(promotions, rounding), at=NOON)
    work = quote.work
    assert work.straight is not None
    other = QuoteRecord(work.asked, work.program, work.out_of_stock, None)
    assert work.left == other.left
    assert quote.lines == other.rows.lines()
    assert quote.shipping == other.rows.shipping(other.effects.applied)
    assert quote.payable.minor == sum(other.left)
    assert quote.proven


@given(basket=baskets, promotions=promotions(), rounding=st.sampled_from(Rounding))
def test_both_ways_take_the_same_off_each_line_for_the_same_reasons(basket, promotions, rounding):
    assert_both_ways_agree(basket, promotions, rounding)


@given(
    basket=baskets,
    promotions=promotions(
        layers=["line"],
        uses_units=[True],
        least=MANY + 8,
        most=2 * MANY,
    ),
)
def test_so_they_do_where_many_promotions_want_the_same_lines(basket, promotions):
    about = [each for each in promotions if each.takes_units and not each.goods.is_all]
    assert_both_ways_agree(basket, [evolve(each, goods=Goods(skus=["a", "b"])) for each in about])


def test_where_one_promotion_hangs_on_another_there_is_more_to_look_at():
    basket = Basket(lines=[BasketLine(sku="a", price=yuan(100))])
    plain = Promotion(name="ten", layer="line", offer=AmountOff(amount=yuan(10)))
    holder = CustomerState(coupons=[CouponInHand(id="c-1", value=yuan(5))])
    for program, customer in (
        (program_of([evolve(plain, stacking=Stacking(alone=True))]), NOBODY),
        (program_of([evolve(plain, when=amount().at_least(yuan(100)))]), NOBODY),
        (program_of([evolve(plain, starts=pendulum.date(2026, 1, 1))]), NOBODY),
        (program_of([plain]), holder),
    ):
        quote = quote_basket(basket, customer, program, at=NOON)
        assert quote.work.straight is None
        assert quote.lines[0].payable <= yuan(90)
