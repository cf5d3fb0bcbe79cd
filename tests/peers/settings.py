"""Settings: the parts of a program beside its promotions."""

from datetime import date
from fractions import Fraction

from tests.peers.goods import tagged
from tests.peers.profile import Turn
from tests.peers.rewards import NEXT
from tests.peers.shopping import line_tag

from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.program.offers import NextCoupon
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Choice, Crossing, Layer, Pricing
from privlib.values.rate import Rate

__all__ = ["MEMBER", "book_of", "campaigns_of", "pricing_of"]

MEMBER = "member"
"""Whose a price is that a customer has by his tier."""


def campaigns_of(places, shopping):
    """The campaign of those coupons that are for the next order."""
    offers = [place.draft.offer for place in places]
    names = dict.fromkeys(offer.coupon for offer in offers if isinstance(offer, NextCoupon))
    worth = shopping.scale.money_of(1)
    coupons = [
        CouponTemplate(name=name, value=worth, threshold=worth, valid_days=1) for name in names
    ]
    made = CampaignRules(name=NEXT, starts=date(2026, 1, 1), budget=worth, coupons=coupons)
    return [made] if names else []


def book_of(shopping):
    """The book of prices: what a member pays, and below what no line goes."""
    floors = [
        PriceFloor(
            name=f"floor of {line['id']}",
            goods=tagged(line_tag(str(line["id"]))),
            price=shopping.scale.money(line["min_unit_price"]),
        )
        for line in shopping.lines
        if Fraction(str(line.get("min_unit_price") or 0))
    ]
    percent = (shopping.customer or {}).get("tier_percent_payable")
    rules = [] if percent is None else _member_price(percent)
    return PriceBook(rules=rules, floors=floors)


def _member_price(percent):
    off = 1 - Fraction(str(percent)) / 100
    rate = Rate(off.numerator, off.denominator)
    return [PriceRule(name=MEMBER, percent=rate)] if off else []


def pricing_of(places, layers, shopping):
    profile = shopping.case.profile
    chosen = dict.fromkeys(layers, Choice.IN_ORDER)
    combines = all(place.owner.get("combinable") is not False for place in places)
    for place in places:
        is_choice = place.turn not in (Turn.IN_TURN, Turn.UNITS_ONCE)
        is_one_of = profile.one_order_percent and place.draft.is_order_percent
        if is_choice or is_one_of or not combines:
            chosen[place.key] = Choice.BEST
    made = [Layer(name=name, choice=chosen[key]) for key, name in layers.items()]
    return Pricing(
        layers=made or [Layer(name="layer 1")],
        rounding=_rounding(places, profile),
        codes=profile.codes,
        node_budget=profile.node_budget,
        remainder=profile.remainder,
        overflow=profile.overflow,
        crossing=Crossing.BY_LAYER
        if shopping.case.options.get("groups") == "sequential"
        else Crossing.CROSSED,
        points_as_money=shopping.tenders.get("points_rule"),
    )


def _rounding(places, profile):
    """Where all that happens is that rules set shelf prices, it is those that are rounded."""
    if profile.shelf_rounding and all(place.draft.kind == "catalog" for place in places):
        return profile.shelf_rounding
    return profile.rounding
