"""Ours: the library's side of the benchmarks of pricing, and the floors in the same shape.

What a side is made of is made before the clock starts: its program, baskets and coupons.
"""

import pendulum
from attrs import evolve
from tests.benchmarks.priced import member
from tests.benchmarks.priced.coupons import best_pruned
from tests.benchmarks.priced.floor import added, indexed, priced

from privlib.commands.baskets import Basket, BasketLine
from privlib.conditions import amount, pieces
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.policies.pricing.plan import plan_of
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff, PercentOff
from privlib.program.price_book import PriceBook
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Crossing, Layer, Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, Trigger
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["Floor", "MemberFloor", "Pruned", "chooser", "member_product", "product"]

NOON = pendulum.datetime(2026, 6, 1, 4)
NOBODY = CustomerState()


def product(work):
    """The library's side of a workload, with all that `Floor` has."""
    return Library(work)


def member_product(work):
    """The library's side of a member's basket, with all that `MemberFloor` has."""
    return MemberLibrary(work)


def chooser(hand, *, at_most=None):
    """The library's side of a hand of coupons, with all that `Pruned` has.

    With `at_most`, no more of them are used together.
    """
    return Chooser(hand, at_most=at_most)


class Library:
    """The library as one side of a workload."""

    def __init__(self, work):
        self.baskets = [basket_of(lines) for lines in work.baskets]
        self._program = evolve(
            default_program(),
            promotions=[_exclusive(place, each) for place, each in enumerate(work.promotions)],
            pricing=Pricing(layers=[Layer(name="line", choice="in_order")]),
        )
        self._one_more = evolve(
            self._program.promotions[0], name="one more", priority=-len(work.promotions)
        )
        self._plan = self.compile()

    def compile(self):
        program = self._program
        return plan_of(program.promotions, program.pricing, program.zone)

    def add(self):
        return self._plan.with_promotion(self._one_more)

    def total(self, basket):
        return quote_basket(basket, NOBODY, self._program, at=NOON).payable

    def explained(self, basket):
        quote = quote_basket(basket, NOBODY, self._program, at=NOON)
        read(quote)
        return quote

    def plain(self, quote):
        reasons = [
            (adjustment.source, number, line.quantity, adjustment.amount_minor)
            for number, line in enumerate(quote.lines)
            for adjustment in line.adjustments
        ]
        return quote.payable.minor, reasons


class MemberLibrary:
    """The library as one side of a member's basket."""

    def __init__(self, work):
        self._basket = basket_of(work.basket)
        self._customer = holder_of(work.coupons, is_member=True)
        self._program = evolve(
            default_program(),
            promotions=[
                *(_best_of_line(place, each) for place, each in enumerate(work.promotions)),
                *map(_of_order, work.of_order),
                *_coupons(work.coupons, work.basket, alone=_without_the_others),
            ],
            pricing=Pricing(
                layers=[Layer(name=name) for name in ("line", "order", "coupon")],
                crossing=Crossing.BY_LAYER,
            ),
            prices=_at_rates(work),
        )

    def explained(self):
        quote = quote_basket(self._basket, self._customer, self._program, at=NOON)
        read(quote)
        return quote

    def plain(self, quote):
        reasons = [
            (adjustment.source, number, adjustment.amount_minor)
            for number, line in enumerate(quote.lines)
            for adjustment in line.adjustments
        ]
        return quote.payable.minor, reasons


class Chooser:
    """The library as what chooses coupons."""

    def __init__(self, hand, *, at_most=None):
        lines = [
            BasketLine(sku=f"sku-{number}", price=Money(fen))
            for number, fen in enumerate(hand.amounts)
        ]
        self._basket, self._customer = Basket(lines=lines), holder_of(hand.coupons)
        self._program = evolve(
            default_program(),
            promotions=_coupons(hand.coupons, lines),
            pricing=Pricing(layers=[Layer(name="coupon")], at_most=at_most),
        )

    def choose(self):
        return quote_basket(self._basket, self._customer, self._program, at=NOON)

    def plain(self, quote):
        return quote.discount.minor, tuple(applied.source for applied in quote.applied)

    def is_proven(self, quote):
        return quote.proven


def read(quote):
    """Reads every line, what is to be paid for it, and each of its reasons."""
    for line in quote.lines:
        line.payable_minor  # noqa: B018 - to be read is all that is wanted
        for adjustment in line.adjustments:
            adjustment.amount_minor  # noqa: B018


def basket_of(lines):
    """A basket of the workload as ours."""
    return Basket(
        lines=[
            BasketLine(sku=sku, categories=[category], price=Money(price), quantity=quantity)
            for sku, category, price, quantity in lines
        ]
    )


def holder_of(coupons, *, is_member=False):
    """Somebody who has these coupons in hand, each of a promotion of its own."""
    return CustomerState(
        is_member=is_member,
        coupons=[CouponInHand(id=coupon.id, promotion=coupon.id) for coupon in coupons],
    )


def _exclusive(place, promotion):
    """A promotion that uses up what it touches, in its place in the order."""
    needs = Threshold(pieces=promotion.threshold)
    if promotion.needs == "fen":
        needs = Threshold(amount=Money(promotion.threshold), base="remaining")
    return Promotion(
        name=promotion.id,
        layer="line",
        goods=_goods(promotion),
        offer=_offer(promotion, "once"),
        needs=needs,
        uses_units=True,
        priority=-place,
    )


def _goods(promotion):
    if promotion.category is not None:
        return Goods(categories=[promotion.category])
    return Goods(skus=promotion.skus)


def _offer(promotion, spread):
    if promotion.gives == "percent":
        return PercentOff(percent=Rate(promotion.benefit, 100))
    return AmountOff(amount=Money(promotion.benefit), spread=spread)


def _at_rates(work):
    """The member's rates; a part of a fen counts as one from a half on in what he pays."""
    rules = [
        PriceRule(
            name=category,
            goods=Goods(categories=[category]),
            percent=Rate(10_000 - rate, 10_000),
            buyers=Buyers(members_only=True),
        )
        for category, rate in work.rates.items()
        if rate < 10_000
    ]
    return PriceBook(rules=rules, rounding="half_down")


def _best_of_line(place, promotion):
    """A promotion of which each line takes the one that is best for it."""
    goods = _goods(promotion)
    if promotion.needs == "fen":
        needs = amount(goods, base="member").at_least(Money(promotion.threshold))
    else:
        needs = pieces(goods).at_least(promotion.threshold)
    return Promotion(
        name=promotion.id,
        layer="line",
        goods=goods,
        offer=_offer(promotion, "unit"),
        when=needs,
        uses_units=True,
        priority=-place,
    )


def _of_order(promotion):
    return Promotion(
        name=promotion.id,
        layer="order",
        offer=AmountOff(amount=Money(promotion.fen)),
        needs=Threshold(amount=Money(promotion.threshold)),
        stacking=Stacking(groups=["order"]),
    )


def _alone(coupon, _coupons):
    """In a group, or with nothing else at all."""
    return Stacking(groups=[f"group-{coupon.group}"], alone=coupon.alone)


def _without_the_others(coupon, coupons):
    """In a group, or with no other coupon; promotions may apply."""
    others = [each.id for each in coupons if each is not coupon] if coupon.alone else []
    return Stacking(groups=[f"group-{coupon.group}"], never_with=others)


def _coupons(coupons, lines, *, alone=_alone):
    """The promotions of coupons, which are used in the order in which they stand."""
    return [
        Promotion(
            name=coupon.id,
            layer="coupon",
            goods=Goods(skus=[lines[number].sku for number in coupon.lines]),
            offer=_off(coupon),
            needs=Threshold(amount=Money(coupon.threshold)),
            trigger=Trigger.COUPON,
            stacking=alone(coupon, coupons),
            priority=-place,
        )
        for place, coupon in enumerate(coupons)
    ]


def _off(coupon):
    if not coupon.percent:
        return AmountOff(amount=Money(coupon.fen))
    percent = Rate(coupon.percent, 100)
    return PercentOff(percent=percent, ceiling=Money(coupon.fen), rounded="once")


class Floor:
    """The floor as one side of a workload: its baskets, and what is done with one of them."""

    def __init__(self, work, *, price=priced):
        self.baskets = work.baskets
        self._promotions, self._price = work.promotions, price
        self._compiled = self.compile()

    def compile(self):
        """The promotions made ready to price baskets."""
        return indexed(self._promotions)

    def add(self):
        """The promotions made ready, and one more that goes after them."""
        return added(self._compiled, self._promotions[0])

    def total(self, basket):
        """A quote of which nothing but the total is read."""
        return self._price(basket, self._compiled)

    def explained(self, basket):
        """A quote of which every line and each of its reasons is read."""
        return self._price(basket, self._compiled)

    def plain(self, quote):
        """A quote in the floor's terms: what is to be paid, and (promotion, line, pieces, fen)."""
        return quote


class Pruned:
    """The floor of choosing coupons: a search written for nothing else."""

    def __init__(self, hand):
        self._hand = hand

    def choose(self):
        return best_pruned(self._hand)

    def plain(self, choice):
        """What is taken off, and the ids of the coupons that do so."""
        return choice

    def is_proven(self, choice):
        """Whether nothing better can be."""
        return True


class MemberFloor:
    """The floor of a member's basket as one side of it."""

    def __init__(self, work):
        self._work, self._rules = work, member.ready(work)

    def explained(self):
        """A quote of which every line and each of its reasons is read."""
        return member.priced(self._work.basket, self._rules, self._work.coupons)

    def plain(self, quote):
        """A quote in the floor's terms: what is to be paid, and (source, line, fen)."""
        return quote
