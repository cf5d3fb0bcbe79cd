"""The law of the best price: no combination, and no use of pieces, is better than the one found."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from tests.laws.plain_pricing import outcome_of, plain_quote
from tests.laws.pricing_cases import AT, Question, layers, questions
from tests.laws.sharing_cases import questions_of_shares
from tests.profiles import FULL, PRICED_BASKETS

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
    NthItem,
    Packs,
    PercentOff,
    SetOffer,
    SetsFrom,
    ShippingOff,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, UseLimits, uses_key
from privlib.values.goods import Goods
from privlib.values.money import Money

pytestmark = pytest.mark.law("C4")
MANY = settings(
    max_examples=PRICED_BASKETS,
    derandomize=not FULL,  # much the same baskets every day; full finds others
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
SOME = settings(MANY, max_examples=PRICED_BASKETS // 4)
FEW = settings(MANY, max_examples=PRICED_BASKETS // 20)
IN_ORDER = Pricing(layers=layers(["in_order"] * 4))
FOR_THE_SHOP = Pricing(objective="shop")


def line(number, price, quantity=1, **given):
    given = {"categories": ["tea"], **given}
    return BasketLine(sku=f"s{number}", price=Money(price), quantity=quantity, **given)


def on_line(name, offer, **given):
    return Promotion(name=name, layer="line", offer=offer, **given)


def tenth(name, **given):
    return on_line(name, NthItem(n=1, percent=10), **given)


def gift(name, **given):
    return Promotion(name=name, offer=GiftWithPurchase(sku="g"), **given)


def steps(*starts):
    """So much off from so much."""
    return ThresholdOff(steps=[Step(amount=Money(start), off=Money(off)) for start, off in starts])


def asked(lines, promotions, *, shipping=(), coupons=(), used=None, **given):
    basket = Basket(lines=lines, shipping=[ShippingLine(price=Money(each)) for each in shipping])
    program = evolve(default_program(), promotions=promotions, **given)
    return Question(basket, CustomerState(id="wei", coupons=coupons), program, (), used or {})


def coupons(*names, **given):
    return [CouponInHand(id=f"c-{number}", promotion=of) for number, of in enumerate(names)]


def plain(question):
    return plain_quote(
        question.basket,
        question.customer,
        question.program,
        codes=question.codes,
        used=question.used,
        out_of_stock=question.out_of_stock,
        at=AT,
    )


def quoted(question):
    return quote_basket(
        question.basket,
        question.customer,
        question.program,
        codes=question.codes,
        used=question.used,
        out_of_stock=question.out_of_stock,
        at=AT,
    )


def as_far_as_said(question, outcome):
    """What an offer could not take, only where a quote says it."""
    by_name = {each.name: each for each in question.program.promotions}
    of_coupons = {each.id: by_name.get(each.promotion) for each in question.customer.coupons}
    promotions = by_name | of_coupons
    return outcome._replace(
        taken=tuple(
            (source, off, cut if says_its_cut(promotions[source]) else 0)
            for source, off, cut in outcome.taken
        )
    )


def says_its_cut(promotion):
    """Whether it takes off an amount, of each set where it makes sets, or a percentage."""
    return (
        promotion is None
        or not isinstance(promotion.offer, SetOffer)
        or getattr(promotion.offer, "off", None) is not None
    )


def is_as_good(question, quote):
    """Whether a basket is priced in one of the best ways, whichever of equal ones counts."""
    best = plain(question)
    ways = best.open or best.ways | best.rivals
    found = as_far_as_said(question, outcome_of(quote))
    return found in {as_far_as_said(question, each) for each in ways}


def assert_best_of(drawn, how_many):
    """Nothing is better; a search is seldom cut short, and a quote says so then."""
    cut_short = []

    @how_many
    @given(drawn)
    def nothing_is_better(question):
        quote = quoted(question)
        if quote.proven:
            assert is_as_good(question, quote)
        else:
            cut_short.append(question)

    nothing_is_better()
    assert len(cut_short) <= how_many.max_examples / 200


def test_no_combination_and_no_use_of_pieces_is_better():
    """Every subset of what could apply, every use of pieces, all kinds of stacking."""
    assert_best_of(questions(), MANY)


def test_a_dozen_promotions_are_chosen_from_exactly():
    assert_best_of(questions(most_lines=2, most_promotions=12), FEW)


def test_no_odd_unit_is_saved_by_leaving_out_what_meets_everything():
    assert_best_of(questions_of_shares(), SOME)


SETTLED = {
    "a partner that does not apply": asked(
        [line(0, 1)],
        [tenth("a"), on_line("b", AmountOff(amount=Money(1)), stacking=Stacking(only_with=["a"]))],
        pricing=IN_ORDER,
    ),
    "two coupons for one use": asked(
        [line(0, 10), line(1, 10)],
        [
            on_line(
                "a",
                NthItem(n=1, percent=50, at_most=1),
                trigger="coupon",
                limits=UseLimits(uses=2),
            )
        ],
        coupons=coupons("a", "a"),
        used={uses_key("a"): 1},
    ),
    "other goods in order": asked(
        [line(0, 0), line(1, 5)],
        [on_line("a", BuyGet(buy=1, get=1, percent=10, get_goods=Goods()))],
        pricing=IN_ORDER,
    ),
    "alone in a later layer": asked(
        [line(0, 5)],
        [
            tenth("a"),
            Promotion(
                name="b",
                layer="shipping",
                offer=FreeShipping(),
                stacking=Stacking(alone=True),
            ),
        ],
        shipping=[2],
        pricing=Pricing(crossing="by_layer"),
    ),
    "the cheapest of other goods": asked(
        [line(0, 5), line(1, 0, 3)],
        [
            on_line(
                "a",
                BuyGet(buy=1, get=2, percent=10, get_goods=Goods(), favour="shop"),
                goods=Goods(skus=["s1"]),
            )
        ],
    ),
    "a coupon for shipping of goods that are not there": asked(
        [line(0, 5)],
        [
            Promotion(
                name="a",
                layer="shipping",
                offer=FreeShipping(),
                goods=Goods(categories=["cup"]),
                trigger="coupon",
            )
        ],
        coupons=coupons("a"),
        shipping=[2],
    ),
    "a budget that pays for the smaller of two sets": asked(
        [line(0, 11), line(1, 19, 2)],
        [on_line("a", CheapestFree(of=2), limits=UseLimits(budget=Money(12)))],
    ),
    "an amount off each set, where pieces that cost nothing make the most of it": asked(
        [line(0, 0, 2), line(1, 5, 2)],
        [on_line("a", Bundle(parts=[BundlePart(pieces=2)], off=Money(3)))],
    ),
    "a line with nothing left that wastes the share of what would do better without it": asked(
        [line(0, 100), line(1, 100)],
        [
            Promotion(
                name="a",
                layer="coupon",
                base="member",
                offer=AmountOff(amount=Money(100)),
                uses_units=True,
            ),
            on_line("b", AmountOff(amount=Money(100)), goods=Goods(skus=["s0"])),
            Promotion(
                name="c",
                layer="coupon",
                offer=AmountOff(amount=Money(100)),
                goods=Goods(skus=["s0"]),
                uses_units=True,
            ),
        ],
        pricing=Pricing(overflow="lost"),
    ),
    "an amount shared with a line that another could take": asked(
        [line(0, 1), line(1, 1)],
        [
            Promotion(
                name="a",
                layer="coupon",
                base="member",
                offer=AmountOff(amount=Money(1)),
                uses_units=True,
            ),
            on_line("b", AmountOff(amount=Money(1))),
            Promotion(
                name="c",
                layer="coupon",
                offer=AmountOff(amount=Money(1)),
                goods=Goods(skus=["s0"]),
                uses_units=True,
            ),
        ],
        pricing=Pricing(overflow="lost"),
    ),
    "equal pieces in a declared order, for the shop": asked(
        [line(0, 30), line(1, 30)],
        [
            on_line("a", BuyGet(buy=1, get=1, percent=10, get_goods=Goods())),
            Promotion(
                name="b",
                layer="order",
                offer=NthItem(n=1, percent=20),
                goods=Goods(skus=["s1"]),
            ),
        ],
        pricing=evolve(IN_ORDER, objective="shop"),
    ),
    "pieces at one price of which another left more": asked(
        [line(0, 5, 3), line(1, 5)],
        [
            on_line("a", NthItem(n=2, percent=10)),
            Promotion(name="b", layer="order", base="member", offer=CheapestFree(of=3)),
        ],
    ),
    "odd units of an amount within a line, of which the first lines get theirs": asked(
        [line(0, 16, 2)],
        [
            on_line("a", SetsFrom(amount=Money(5), off=Money(15), at_most=1)),
            Promotion(name="b", layer="order", offer=AmountOff(amount=Money(1))),
            Promotion(name="c", layer="coupon", offer=AmountOff(amount=Money(1), spread="unit")),
        ],
        pricing=Pricing(remainder="first"),
    ),
    "a partner of an earlier layer that what comes first in declared order leaves nothing": asked(
        [line(0, 10)],
        [
            Promotion(name="a", layer="order", offer=NthItem(n=1, percent=10)),
            on_line("b", NthItem(n=1, percent=10), stacking=Stacking(only_with=["e"])),
            Promotion(name="e", layer="order", offer=NthItem(n=1, percent=10)),
        ],
        pricing=Pricing(layers=layers(["best", "in_order", "best", "best"])),
    ),
    "a budget that does not pay for two coupons": asked(
        [line(0, 30)],
        [
            on_line(
                "a",
                AmountOff(amount=Money(10)),
                trigger="coupon",
                limits=UseLimits(budget=Money(12)),
            )
        ],
        coupons=coupons("a", "a"),
    ),
    "a percentage by piece with a ceiling, off a line that sets have split": asked(
        [line(0, 10, 2)],
        [
            on_line("b", FixedPrice(price=Money(4))),
            tenth("c"),
            on_line("d", UnitAmounts(first=Money(1), next=Money(3))),
            on_line("e", PercentOff(percent=20, ceiling=Money(1), rounded="unit")),
        ],
    ),
    "a discount that brings another to a lower step": asked(
        [line(0, 100)],
        [
            on_line("a", AmountOff(amount=Money(5))),
            on_line("b", steps((90, 1), (100, 30))),
        ],
    ),
    "a discount that makes another count less often": asked(
        [line(0, 100)],
        [
            on_line("a", AmountOff(amount=Money(1))),
            on_line("b", ThresholdOff(steps=[Step(amount=Money(50), off=Money(20))], repeat=True)),
        ],
    ),
    "a discount that brings sets of a later layer below what they need": asked(
        [line(0, 50, 2)],
        [
            on_line("a", AmountOff(amount=Money(5))),
            Promotion(
                name="b",
                layer="order",
                offer=CheapestFree(of=2),
                needs=Threshold(amount=Money(100), base="remaining"),
            ),
        ],
    ),
    "a share that one unit off elsewhere puts on another line": asked(
        [line(0, 2), line(1, 8)],
        [
            on_line("a", PercentOff(percent=50), goods=Goods(skus=["s0"])),
            Promotion(name="b", layer="coupon", base="member", offer=AmountOff(amount=Money(9))),
            on_line("c", PercentOff(percent=10, rounded="once")),
            Promotion(
                name="d",
                layer="order",
                offer=PercentOff(percent=100),
                goods=Goods(skus=["s0"]),
            ),
        ],
        pricing=Pricing(rounding="down", overflow="lost"),
    ),
    "a share whose exact part has no room, though rounded down it has": asked(
        [line(0, 20), line(1, 2), line(2, 1)],
        [
            on_line("a", AmountOff(amount=Money(5)), goods=Goods(skus=["s2"])),
            Promotion(name="b", layer="order", base="member", offer=AmountOff(amount=Money(10))),
            Promotion(
                name="c",
                layer="coupon",
                offer=PercentOff(percent=50, rounded="once"),
                goods=Goods(skus=["s1"]),
            ),
        ],
        pricing=Pricing(rounding="down", remainder="first"),
    ),
    "odd units that are lost on the last line": asked(
        [line(0, 4, 2), line(1, 9), line(2, 11), line(3, 1, 2)],
        [
            on_line("a", AmountOff(amount=Money(1), spread="line"), goods=Goods(skus=["s3"])),
            Promotion(name="b", layer="coupon", offer=PercentOff(percent=10, rounded="once")),
        ],
        pricing=Pricing(rounding="down", remainder="last", overflow="lost"),
    ),
    "a line that is given to nobody for one odd unit": asked(
        [line(0, 1), line(1, 1), line(2, 28)],
        [
            on_line("a", PercentOff(percent=10, rounded="once")),
            on_line(
                "b",
                AmountOff(amount=Money(1), spread="line"),
                goods=Goods(skus=["s0"]),
                uses_units=True,
            ),
            on_line("c", AmountOff(amount=Money(1), spread="line")),
        ],
        pricing=Pricing(rounding="down"),
    ),
    "a lower step that takes more off": asked(
        [line(0, 100)],
        [
            on_line("a", AmountOff(amount=Money(15)), stacking=Stacking(never_with=["b"])),
            on_line("b", AmountOff(amount=Money(10))),
            on_line("c", steps((86, 30), (100, 1))),
        ],
    ),
    "pieces of two prices in one line when the turn of packs comes": asked(
        [line(0, 20, 3)],
        [
            on_line("a", AmountOff(amount=Money(19)), priority=1),
            on_line("b", Packs(pieces=3, price=Money(40))),
        ],
        pricing=IN_ORDER,
    ),
    "the only one there is, for the shop": asked(
        [line(0, 5)],
        [on_line("a", AmountOff(amount=Money(1)), stacking=Stacking(alone=True))],
        pricing=FOR_THE_SHOP,
    ),
    "two offers on one piece, for the shop": asked(
        [line(0, 100)],
        [tenth("a"), on_line("b", NthItem(n=1, percent=20))],
        pricing=FOR_THE_SHOP,
    ),
    "two percentages that use pieces, for the shop": asked(
        [line(0, 100)],
        [
            on_line("a", PercentOff(percent=10), uses_units=True),
            on_line("b", PercentOff(percent=20), uses_units=True),
        ],
        pricing=FOR_THE_SHOP,
    ),
    "as many sets as there can be beside another offer, for the shop": asked(
        [line(0, 10, 2)],
        [
            on_line("a", SetsFrom(pieces=1, off=Money(2))),
            on_line("b", AmountOff(amount=Money(1))),
        ],
        pricing=FOR_THE_SHOP,
    ),
    "what would apply were another left out, for the shop": asked(
        [line(0, 2), line(1, 9)],
        [
            on_line("a", AmountOff(amount=Money(2), spread="line")),
            on_line("b", AmountOff(amount=Money(7), spread="line"), goods=Goods(skus=["s0"])),
        ],
        pricing=FOR_THE_SHOP,
    ),
    "sets that would be made were another left out, for the shop": asked(
        [line(0, 10, 3)],
        [
            on_line("a", AmountOff(amount=Money(10), spread="unit")),
            Promotion(name="b", layer="coupon", offer=CheapestFree(of=3)),
        ],
        pricing=FOR_THE_SHOP,
    ),
    "pieces at one price of which there is not as much left": asked(
        [line(0, 13, 2), line(1, 28), line(2, 12, 2, categories=["cup"]), line(3, 13)],
        [
            Promotion(name="a", layer="coupon", offer=CheapestFree(of=2, at_most=2), base="member"),
            on_line("b", AmountOff(amount=Money(4)), goods=Goods(skus=["s0", "s1"])),
        ],
        pricing=Pricing(remainder="last", overflow="lost"),
    ),
    "no more pieces than two products": asked(
        [line(0, 10, 2), line(1, 5)], [on_line("a", SetsFrom(distinct=2, off=Money(30)))]
    ),
    "packs of the cheapest, which others take": asked(
        [line(0, 30), line(1, 17, 2)],
        [
            on_line("a", NthItem(n=1, percent=20, at_most=1)),
            on_line("b", Packs(pieces=2, price=Money(41), favour="shop")),
        ],
    ),
    "the rest of an amount where a line is at its floor": asked(
        [line(0, 20), line(1, 10, categories=["cup"]), line(2, 10)],
        [on_line("a", AmountOff(amount=Money(3)))],
        pricing=Pricing(remainder="last"),
        prices=PriceBook(
            floors=[
                PriceFloor(name="cup", goods=Goods(categories=["cup"]), price=Money(10)),
            ]
        ),
    ),
    "a gift beside what applies alone": asked(
        [line(0, 10)], [gift("a"), tenth("b", stacking=Stacking(alone=True))]
    ),
    "a gift beside a gift that applies alone": asked(
        [line(0, 10)], [gift("a", stacking=Stacking(alone=True)), gift("b")]
    ),
    "a coupon that saves nothing beside a lower price": asked(
        [line(0, 10)],
        [
            on_line("a", AmountOff(amount=Money(3)), trigger="coupon"),
            on_line("b", FixedPrice(price=Money(5))),
        ],
        coupons=coupons("a"),
    ),
    "the part of an amount that each piece cannot take": asked(
        [line(0, 3)], [on_line("a", AmountOff(amount=Money(5), spread="unit"))]
    ),
    "the part of an amount that each line cannot take": asked(
        [line(0, 3)], [on_line("a", AmountOff(amount=Money(5), spread="line"))]
    ),
    "the part of a first amount that a piece cannot take": asked(
        [line(0, 3)], [on_line("a", UnitAmounts(first=Money(5), next=Money(0)))]
    ),
    "the part of a step that cannot be taken": asked([line(0, 3)], [on_line("a", steps((3, 5)))]),
    "the part of an amount off sets that cannot be taken": asked(
        [line(0, 3)], [on_line("a", SetsFrom(pieces=1, off=Money(5)))]
    ),
    "the part of an amount off shipping that cannot be taken": asked(
        [line(0, 3)],
        [Promotion(name="a", layer="shipping", offer=ShippingOff(amount=Money(5)))],
        shipping=[3],
    ),
    "the part of a percentage of the list price that is no longer there": asked(
        [line(0, 10)],
        [
            on_line("a", PercentOff(percent=60)),
            on_line("b", PercentOff(percent=50), base="list"),
        ],
    ),
}


@pytest.mark.parametrize("name", SETTLED)
def test_what_once_differed(name):
    question = SETTLED[name]
    assert plain(question).allows(outcome_of(quoted(question)))
