"""Questions to price by: small baskets of few fen, and promotions of all kinds that get in each
other's way.
"""

from datetime import date
from functools import cache
from typing import NamedTuple

import pendulum
from attrs import evolve
from hypothesis import strategies as st

from privlib import default_program
from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.conditions import Always, amount, distinct, field, pieces
from privlib.entities.customer_state import CouponInHand, CustomerState
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
    SetOffer,
    SetsFrom,
    ShippingOff,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.price_book import PriceBook
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Group, Layer, Pricing
from privlib.program.promotion import (
    Promotion,
    Stacking,
    Threshold,
    UseLimits,
    spent_key,
    uses_key,
)
from privlib.program.service import Holiday, Service
from privlib.program.stacking_checks import comes_too_late
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["AT", "Question", "baskets", "programs", "promotions", "questions"]

AT = pendulum.datetime(2026, 6, 10, 4)
SERVICES = (
    Service(),
    Service(holidays=[Holiday(name="tea day", first=date(2026, 6, 10), last=date(2026, 6, 10))]),
)
"""A shop without holidays, and one for which it is one."""
NAMES = tuple("abcdefghijkl")
EFFECTS = GiftWithPurchase | PointsTimes | NextCoupon
LAYERS = ("line", "order", "coupon", "shipping")
GOODS = (
    Goods(),
    Goods(categories=["tea"]),
    Goods(categories=["cup"]),
    Goods(skus=["s1", "s3"]),
    Goods(without=Goods(skus=["s2"])),
)


class Question(NamedTuple):
    """All that a quote is asked with."""

    basket: Basket
    customer: CustomerState
    program: object
    codes: tuple = ()
    used: dict = {}  # noqa: RUF012 - nothing changes it
    out_of_stock: tuple = ()


@cache
def fen(low, high):
    return st.integers(low, high).map(Money)


@cache
def percents():
    return st.sampled_from([10, 20, 33, 50, 100, "12.5"])


MOST_PIECES = 6
"""More can be put together in too many ways to try them all."""


@cache
@st.composite
def lines(draw, place, room):
    return BasketLine(
        sku=f"s{place}",
        price=draw(fen(0, 30) | fen(5, 30) | st.sampled_from([10, 10, 20, 30]).map(Money)),
        quantity=draw(st.sampled_from([1, 2, 2, 3]).map(lambda most: min(most, room))),
        categories=draw(st.sampled_from([["tea"], ["tea/green"], ["cup"], []])),
        product=draw(st.sampled_from([f"s{place}", "p"])),
        discountable=draw(st.sampled_from([True] * 8 + [False])),
        ticked=draw(st.sampled_from([True] * 8 + [False])),
    )


@cache
@st.composite
def baskets(draw, most=4):
    """A few lines of a few pieces each, and some shipping."""
    count = draw(st.sampled_from([1, 2, 2, 3, 4]).map(lambda count: min(count, most)))
    ways = draw(st.sampled_from([0, 1, 1, 2]))
    drawn = []
    for place in range(count):
        room = MOST_PIECES - sum(line.quantity for line in drawn) - (count - place - 1)
        drawn.append(draw(lines(place, room)))
    return Basket(
        lines=drawn,
        shipping=[
            ShippingLine(price=draw(fen(0, 20) | st.just(Money(0))), method=f"m{place}")
            for place in range(ways)
        ],
    )


@cache
def goods():
    return st.sampled_from(GOODS)


@cache
def at_most():
    return st.sampled_from([None, None, 1, 2])


@cache
def favours():
    return st.sampled_from(["customer", "customer", "shop"])


ALL_ASKED = ("amount", "pieces", "distinct")


@cache
@st.composite
def bundles(draw):
    parts = draw(st.sampled_from([[1], [2], [1, 2]]))
    of = [Goods(categories=["tea"]), Goods(categories=["cup"])]
    what = draw(st.sampled_from(["price", "off", "percent"]))
    return Bundle(
        parts=[
            BundlePart(goods=each, pieces=count) for count, each in zip(parts, of, strict=False)
        ],
        at_most=draw(at_most()),
        favour=draw(favours()),
        **{what: draw(percents() if what == "percent" else fen(1, 30))},
    )


@cache
def set_offers():
    return st.one_of(
        st.builds(
            NthItem,
            n=st.integers(1, 3),
            percent=percents(),
            at_most=at_most(),
            favour=favours(),
        ),
        st.builds(
            BuyGet,
            buy=st.integers(1, 2),
            get=st.integers(1, 2),
            percent=percents(),
            get_goods=st.none() | goods(),
            at_most=at_most(),
            favour=favours(),
        ),
        st.integers(2, 3).flatmap(
            lambda of: st.builds(
                CheapestFree,
                of=st.just(of),
                free=st.integers(1, of - 1),
                at_most=at_most(),
                favour=favours(),
            )
        ),
        bundles(),
        st.builds(
            Packs,
            pieces=st.integers(1, 3),
            price=fen(1, 50),
            at_most=at_most(),
            favour=favours(),
        ),
        sets_from(),
    )


@cache
@st.composite
def sets_from(draw):
    asked = draw(st.sampled_from([["amount"], ["amount"], ["pieces"], ["distinct"], ALL_ASKED]))
    amounts = {"amount": fen(5, 60), "pieces": st.integers(1, 3), "distinct": st.integers(1, 2)}
    off = draw(st.sampled_from(["off", "off", "percent"]))
    return SetsFrom(
        **{each: draw(amounts[each]) for each in asked},
        **{off: draw(percents() if off == "percent" else fen(1, 30))},
        at_most=draw(at_most()),
    )


@cache
@st.composite
def steps(draw):
    by_pieces = draw(st.booleans())
    starts = draw(st.lists(st.integers(1, 4 if by_pieces else 60), unique=True, max_size=3))
    percentages = draw(st.booleans())
    return [
        Step(
            amount=None if by_pieces else Money(start),
            pieces=start if by_pieces else None,
            off=None if percentages else draw(fen(1, 20)),
            percent=draw(percents()) if percentages else None,
        )
        for start in sorted(starts or [2])
    ]


@cache
@st.composite
def threshold_offers(draw):
    stairs = draw(steps())
    repeat = len(stairs) == 1 and stairs[0].off is not None and draw(st.booleans())
    return ThresholdOff(
        steps=stairs,
        repeat=repeat,
        at_most=draw(at_most()) if repeat else None,
        ceiling=draw(st.none() | st.none() | fen(1, 20)),
    )


@cache
def cut_offers():
    return st.one_of(
        st.builds(
            PercentOff,
            percent=percents(),
            ceiling=st.none() | st.none() | fen(1, 15),
            rounded=st.sampled_from(["unit", "line", "once"]),
        ),
        st.builds(AmountOff, amount=fen(1, 25), spread=st.sampled_from(["unit", "line", "once"])),
        st.builds(FixedPrice, price=fen(0, 25)),
        st.builds(
            UnitAmounts,
            first=fen(1, 9),
            next=fen(0, 9),
            most=st.sampled_from([None, 1, 2, 3]),
            spread=st.sampled_from(["line", "once"]),
        ),
        threshold_offers(),
    )


@cache
def shipping_offers():
    methods = st.sampled_from([(), ("m0",), ("m1",)])
    return st.one_of(
        st.builds(FreeShipping, methods=methods),
        st.builds(ShippingOff, amount=fen(1, 12), methods=methods),
        st.builds(ShippingOff, percent=percents(), methods=methods),
    )


@cache
def effect_offers():
    """Offers that take nothing off."""
    skus = st.sampled_from(["g", "h", "s0"])
    return st.one_of(
        st.builds(
            GiftWithPurchase,
            sku=skus,
            pieces=st.integers(1, 2),
            every=st.sampled_from([None, None, 1, 2, 3]),
            at_most=at_most(),
            fill=st.sampled_from([False, False, True]),
            # Whether a gift is filled up by its replacements in the basket, no document says.
            replacements=st.lists(st.sampled_from(["g", "h"]), max_size=2, unique=True),
        ),
        st.builds(PointsTimes, times=st.sampled_from([2, "1.5", 3])),
        st.just(NextCoupon(campaign="newcomers", coupon="20 off 100")),
    )


@cache
def bases(layer):
    before = LAYERS[: LAYERS.index(layer)]
    return st.sampled_from(
        ["remaining", "remaining", "member", "list", *(f"after:{name}" for name in before)]
    )


@cache
@st.composite
def thresholds(draw, layer):
    what = draw(st.sampled_from(["amount", "amount", "pieces", "distinct"]))
    return Threshold(
        base=draw(bases(layer)),
        **{what: draw(fen(1, 90) if what == "amount" else st.integers(1, 4))},
    )


@cache
def whens():
    return st.sampled_from(
        [
            *[Always()] * 12,
            field("tier").equals("gold"),
            field("holiday").is_known(),
            field("is_member").equals(True),  # noqa: FBT003 - what the field holds
            amount(base="remaining").at_least(Money(40)),
            amount(Goods(categories=["tea"])).at_least(Money(20)),
            pieces(Goods(categories=["cup"])).at_least(1),
            ~distinct().at_least(3),
        ]
    )


@cache
def stackings():
    return st.builds(
        Stacking,
        alone=st.sampled_from([False] * 9 + [True]),
        groups=st.sampled_from([[], [], [], ["g"], ["h"], ["g", "h"]]),
    )


@cache
@st.composite
def promotions(draw, name):
    """A promotion of any kind."""
    layer = draw(st.sampled_from(["line", "line", "order", "order", "coupon", "shipping"]))
    offer = draw(
        st.one_of(shipping_offers(), shipping_offers(), effect_offers())
        if layer == "shipping"
        else st.one_of(set_offers(), cut_offers(), effect_offers())
    )
    is_cut = not isinstance(offer, SetOffer | FreeShipping | ShippingOff | EFFECTS)
    trigger = draw(st.sampled_from(["automatic"] * 6 + ["code", "coupon"]))
    return Promotion(
        name=name,
        layer=layer,
        offer=offer,
        goods=Goods() if isinstance(offer, Bundle) else draw(goods()),
        when=draw(whens()),
        needs=draw(st.none() | st.none() | thresholds(layer)),
        base=draw(bases(layer)),
        trigger=trigger,
        codes=[f"Code {name}"] if trigger == "code" else [],
        priority=draw(st.sampled_from([0, 0, 0, 1, -1])),
        uses_units=is_cut and draw(st.sampled_from([False, False, True])),
        stacking=draw(stackings()),
        limits=draw(
            st.sampled_from([*[UseLimits()] * 8, UseLimits(uses=2), UseLimits(budget=Money(12))])
        ),
        starts=draw(st.sampled_from([*[None] * 6, date(2026, 6, 10), date(2026, 6, 11)])),
    )


def layers(choices):
    return [Layer(name=name, choice=choice) for name, choice in zip(LAYERS, choices, strict=True)]


@cache
@st.composite
def pricings(draw):
    """Settings of all kinds, whoever the best price is for."""
    best, in_order = "best", "in_order"
    choices = draw(
        st.sampled_from(
            [
                *[(best,) * 4] * 4,
                (in_order,) * 4,
                (in_order, best, best, best),
                (best, in_order, best, best),
            ]
        )
    )
    return Pricing(
        layers=layers(choices),
        at_most=draw(st.sampled_from([None, None, None, 2, 3])),
        objective=draw(st.sampled_from(["customer"] * 4 + ["shop"])),
        crossing=draw(st.sampled_from(["crossed", "crossed", "by_layer"])),
        rounding=draw(st.sampled_from(["half_up", "half_even", "down", "up"])),
        remainder=draw(st.sampled_from(["largest", "largest", "first", "last", "largest_share"])),
        overflow=draw(st.sampled_from(["reshared", "reshared", "lost"])),
    )


@st.composite
def named(draw, several, pricing):
    """The same promotions, some of them never with others, or only with others they can meet."""
    names = [each.name for each in several]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names))
    apart = {two for two in draw(st.lists(pair, max_size=2)) if two[0] != two[1]}
    wished = draw(st.just([]) | st.lists(pair, max_size=2))
    by_name = {each.name: each for each in several}
    together = {two for two in wished if can_meet(by_name[two[0]], by_name[two[1]], apart, pricing)}
    return [
        evolve(
            each,
            stacking=evolve(
                each.stacking,
                only_with=[other for one, other in together if one == each.name],
                never_with=[other for one, other in apart if one == each.name],
            ),
        )
        for each in several
    ]


def can_meet(one, other, apart, pricing):
    shared = set(one.stacking.groups) & set(other.stacking.groups)
    return (
        one.name != other.name
        and not {(one.name, other.name), (other.name, one.name)} & apart
        and not (one.stacking.alone or other.stacking.alone)
        and all(pricing.group_limit(group) > 1 for group in shared)
        and not comes_too_late(other, one, pricing)
    )


@cache
@st.composite
def price_books(draw):
    """Prices of members and floors of single skus, seldom any."""
    if draw(st.integers(0, 2)):
        return PriceBook()
    skus = st.lists(st.sampled_from(["s0", "s1", "s2"]), unique=True, max_size=2)
    return PriceBook(
        rules=[
            PriceRule(
                name=f"{sku} for members",
                goods=Goods(skus=[sku]),
                buyers=Buyers(members_only=True),
                price=draw(fen(1, 20)),
            )
            for sku in draw(skus)
        ],
        floors=[
            PriceFloor(
                name=f"{sku} at least", goods=Goods(categories=[name]), price=draw(fen(1, 15))
            )
            for sku, name in draw(st.sampled_from([(), (("tea", "tea"),), (("cup", "cup"),)]))
        ],
        floors_bind=draw(st.sampled_from(["all", "promotions"])),
    )


@cache
@st.composite
def programs(draw, most=5):
    """A program of some promotions, named by the letters."""
    count = draw(st.integers(1, most) | st.integers(most // 2, most))
    several = [draw(promotions(name)) for name in NAMES[:count]]
    in_groups = {group for each in several for group in each.stacking.groups}
    groups = [Group(name="g", at_most=2)] if "g" in in_groups and draw(st.booleans()) else []
    pricing = evolve(draw(pricings()), groups=groups)
    return evolve(
        default_program(),
        service=draw(st.sampled_from(SERVICES)),
        promotions=draw(named(several, pricing)),
        pricing=pricing,
        prices=draw(price_books()),
    )


@st.composite
def coupons_in_hand(draw, program):
    of = [each.name for each in program.promotions if each.trigger == "coupon"]
    hand = [
        CouponInHand(id=f"c-{name}-{number}", promotion=name)
        for name in of
        for number in range(draw(st.sampled_from([0, 1, 1, 2])))
    ]
    worth = draw(st.lists(fen(1, 15), max_size=1))
    return hand + [
        CouponInHand(id=f"v-{number}", value=value, threshold=draw(st.none() | fen(1, 50)))
        for number, value in enumerate(worth)
    ]


@st.composite
def customers(draw, program):
    return CustomerState(
        id="wei",
        is_member=draw(st.booleans()),
        tier=draw(st.sampled_from([None, "silver", "gold"])),
        coupons=draw(coupons_in_hand(program)),
    )


@cache
@st.composite
def questions(draw, most_lines=4, most_promotions=5):
    """A basket, a customer and a program, with codes and with limits that are used in part."""
    program = draw(programs(most_promotions))
    codes = draw(st.lists(st.sampled_from([f" cODE {name}" for name in NAMES]), max_size=3))
    used = {}
    for each in program.promotions:
        if each.limits.is_bounded:
            used[uses_key(each.name)] = draw(st.sampled_from([0, 1, 2]))
            used[spent_key(each.name)] = draw(st.sampled_from([0, 6]))
    return Question(
        draw(baskets(most_lines)),
        draw(customers(program)),
        program,
        tuple(codes),
        used,
        tuple(draw(st.lists(st.sampled_from(["g", "h"]), max_size=2, unique=True))),
    )
