"""S17, coupons that differ by domain (差异化优惠券): the shop's own, in a basket.

Own value and own threshold, in hand, and the best use of them. (How they are given out and
used is in test_s11_campaigns.)
"""

from datetime import date

import pendulum
import pytest
from attrs import evolve

from privlib import (
    AmountOff,
    Basket,
    BasketLine,
    Buyers,
    CampaignRules,
    CouponInHand,
    CouponIssue,
    CouponRedemption,
    CouponTemplate,
    CustomerState,
    MemberImport,
    PriceBook,
    PriceRule,
    PrivateDomain,
    Promotion,
    best_use,
    default_program,
    quote_basket,
    yuan,
)
from privlib.refusals import AmountNotReached, Beaten, CouponRanOut, Excluded, Exclusion

pytestmark = pytest.mark.system("S17")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
GOLD_PRICE = PriceRule(name="gold price", kind="tier", percent=10, buyers=Buyers(tiers=["gold"]))
PUBLIC = CouponInHand(id="public", value=yuan(10), threshold=yuan(100))
OWN = CouponInHand(id="own", value=yuan(15), threshold=yuan(80))


def basket(price):
    return Basket(lines=[BasketLine(sku="longjing", price=yuan(price))])


def quoted(*coupons, price, tier=None, promotions=(), at=NOON):
    program = evolve(default_program(), promotions=promotions, prices=PriceBook(rules=[GOLD_PRICE]))
    customer = CustomerState(id="wei", tier=tier, coupons=coupons)
    return quote_basket(basket(price), customer, program, at=at)


def used(quote):
    return [applied.coupon for applied in quote.applied]


@pytest.mark.parametrize(
    ("price", "coupon"),
    [("79.99", []), (80, ["own"]), ("99.99", ["own"]), (100, ["own"])],
)
def test_each_has_its_own_threshold_and_the_one_that_saves_most_is_used(price, coupon):
    quote = quoted(PUBLIC, OWN, price=price)
    assert used(quote) == coupon
    assert quote.payable == (yuan(price) - yuan(15) if coupon else yuan(price))


def test_of_two_the_other_is_told_that_one_is_enough_and_by_how_much_it_was_beaten():
    [left] = quoted(PUBLIC, OWN, price=100).left_out
    assert (left.source, left.reasons) == (
        "public",
        (
            Excluded(promotion="public", by=["own"], rule=Exclusion.GROUP, group="coupons"),
            Beaten(promotion="public", by=["own"], amount=yuan(5)),
        ),
    )


@pytest.mark.parametrize(("price", "coupon"), [("88.88", []), ("88.89", ["own"])])
def test_its_threshold_is_looked_at_on_the_member_price(price, coupon):
    """Of 88.89 yuan a gold member pays 80: the rounding of his 10 percent decides."""
    quote = quoted(OWN, price=price, tier="gold")
    assert used(quote) == coupon


def test_what_promotions_take_off_does_not_count_against_its_threshold():
    sale = Promotion(name="sale", offer=AmountOff(amount=yuan(30)))
    quote = quoted(OWN, price=80, promotions=[sale])
    assert (quote.payable, used(quote)) == (yuan(35), [None, "own"])


def test_below_its_threshold_it_says_what_is_missing_and_too_late_that_it_ran_out():
    short = AmountNotReached(promotion="own", needs=yuan(80), has=yuan("79.99"), base="member")
    assert quoted(OWN, price="79.99").left_out[0].reasons == (short,)
    old = evolve(OWN, expires_at=NOON)
    assert quoted(old, price=80).left_out[0].reasons == (CouponRanOut(coupon="own", at=NOON),)


@pytest.mark.parametrize(
    ("price", "ticked", "saves"), [(79, (), 0), (99, ("own",), 15), (150, ("own",), 15)]
)
def test_it_is_told_which_to_tick_and_what_they_save(price, ticked, saves):
    use = best_use([PUBLIC, OWN], basket(price), CustomerState(), default_program(), at=NOON)
    assert (use.ticked, use.saves) == (ticked, yuan(saves))
    assert {each.source for each in use.left} == {"own", "public"} - {*ticked}


def test_a_coupon_given_out_is_found_in_the_basket_and_once_used_no_more():
    june = CampaignRules(
        name="june",
        starts=date(2026, 6, 1),
        ends=date(2026, 7, 1),
        budget=yuan(100),
        coupons=[
            CouponTemplate(name="15 off 80", value=yuan(15), threshold=yuan(80), valid_days=30)
        ],
    )
    program = evolve(default_program(), campaigns=[june])
    domain = PrivateDomain(program, clock=lambda: NOON)
    domain.import_member(MemberImport(customer="wei", joined_at=NOON, spent=yuan(0)))
    domain.issue_coupon(CouponIssue(key="k", customer="wei", campaign="june", coupon="15 off 80"))
    quote = domain.quote(basket(80), "wei")
    [coupon] = used(quote)
    assert quote.payable == yuan(65)
    assert domain.quote(basket(80), "lan").payable == yuan(80)
    told = CouponRedemption(coupon=coupon, customer="wei", order="A-1", amount=yuan(80))
    assert domain.redeem_coupon(told).refusals == ()
    assert domain.quote(basket(80), "wei").payable == yuan(80)
