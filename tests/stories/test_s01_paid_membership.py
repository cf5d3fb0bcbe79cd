"""S1, paid annual membership (付费会员).

Member price on the catalogue; first access to new products and trials. (The fee, the welcome
pack and renewal are not there yet: a customer's plans are told.)
"""

from datetime import date

import pendulum
import pytest
from attrs import evolve

from privlib import (
    Basket,
    BasketLine,
    Buyers,
    CustomerState,
    Goods,
    Order,
    PriceBook,
    PriceRule,
    PrivateDomain,
    Refund,
    RefundLine,
    SoldOnly,
    default_program,
    yuan,
)
from privlib.events import SpendReversed
from privlib.refusals import MembersOnly

pytestmark = pytest.mark.system("S1")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
OPENING = pendulum.datetime(2026, 6, 8, tz="Asia/Shanghai")
PAYING = Buyers(plans=["annual"])
PLAN_PRICES = (
    PriceRule(
        name="plan price of tea",
        kind="plan",
        goods=Goods(categories=["tea"]),
        percent=10,
        buyers=PAYING,
    ),
    PriceRule(
        name="plan price of the cup",
        kind="plan",
        goods=Goods(skus=["cup"]),
        price=yuan(35),
        buyers=PAYING,
    ),
)
NEW_TEA = SoldOnly(name="new tea", goods=Goods(tags=["new"]), buyers=PAYING, opens=date(2026, 6, 8))
CATALOGUE = (
    BasketLine(sku="longjing", price=yuan(60), categories=["tea/green"]),
    BasketLine(sku="cup", price=yuan(40), categories=["ware"]),
    BasketLine(sku="tray", price=yuan(90), categories=["ware"]),
)
FIRST_FLUSH = BasketLine(sku="first flush", price=yuan(200), categories=["tea"], tags=["new"])
WEI = CustomerState(id="wei", is_member=True, tier="silver", plans=["annual"])
LAN = CustomerState(id="lan", is_member=True, tier="silver")


def opened(**book):
    program = evolve(default_program(), prices=PriceBook(**book))
    return PrivateDomain(program, clock=lambda: NOON)


def priced(domain, customer, *lines, at=NOON):
    quote = domain.quote(Basket(lines=lines or CATALOGUE), customer, at=at)
    return {line.sku: line.payable for line in quote.lines}


def test_who_has_the_plan_sees_its_prices_on_the_catalogue_and_others_the_public_ones():
    domain = opened(rules=PLAN_PRICES)
    assert priced(domain, WEI) == {"longjing": yuan(54), "cup": yuan(35), "tray": yuan(90)}
    public = {line.sku: line.price for line in CATALOGUE}
    assert priced(domain, LAN) == priced(domain, CustomerState()) == public


def test_the_quote_says_whose_price_counts_and_what_it_replaced():
    sale = PriceRule(name="sale", goods=Goods(skus=["cup"]), price=yuan(38))
    quote = opened(rules=[*PLAN_PRICES, sale]).quote(Basket(lines=CATALOGUE), WEI)
    longjing, cup, tray = (line.shelf for line in quote.lines)
    assert longjing.rule == "plan price of tea"
    assert (cup.rule, cup.replaced) == ("plan price of the cup", (("sale", 38_00),))
    assert tray is None


@pytest.mark.parametrize(("arbitration", "paid"), [("lowest", 33), ("plan", 35)])
def test_a_shop_says_whether_the_paid_plan_goes_before_a_lower_price(arbitration, paid):
    sale = PriceRule(name="sale", goods=Goods(skus=["cup"]), price=yuan(33))
    domain = opened(rules=[*PLAN_PRICES, sale], arbitration=arbitration)
    assert priced(domain, WEI)["cup"] == yuan(paid)
    assert priced(domain, LAN)["cup"] == yuan(33)


def test_a_plan_price_above_the_public_one_does_not_count():
    dear = PriceRule(
        name="dear", kind="plan", goods=Goods(skus=["cup"]), price=yuan(45), buyers=PAYING
    )
    assert priced(opened(rules=[dear]), WEI)["cup"] == yuan(40)


@pytest.mark.parametrize(
    ("at", "for_lan"),
    [(NOON, {}), (OPENING.subtract(microseconds=1), {}), (OPENING, {"first flush": yuan(200)})],
)
def test_a_new_product_is_theirs_first_and_opens_to_all_on_its_day(at, for_lan):
    domain = opened(sold_only=[NEW_TEA])
    assert priced(domain, WEI, FIRST_FLUSH, at=at) == {"first flush": yuan(200)}
    assert priced(domain, LAN, FIRST_FLUSH, at=at) == for_lan


def test_whoever_has_to_wait_is_told_the_day():
    quote = opened(sold_only=[NEW_TEA]).quote(Basket(lines=[FIRST_FLUSH]), LAN)
    [refused] = quote.not_sold
    assert refused.reasons == (
        MembersOnly(sku="first flush", plans=["annual"], opens=date(2026, 6, 8)),
    )
    assert quote.payable == yuan(0)


def test_what_was_bought_at_the_plan_price_comes_back_at_it_when_the_prices_are_gone():
    domain = opened(rules=PLAN_PRICES)
    order = Order.of_quote(
        domain.quote(Basket(lines=CATALOGUE), WEI), id="A-1", customer="wei", paid_at=NOON
    )
    domain.record_order(order)
    later = PrivateDomain(default_program(), plugins=[domain.storage], clock=lambda: OPENING)
    tea = next(line for line in order.lines if line.sku == "longjing")
    back = Refund(
        id="R-1",
        order="A-1",
        customer="wei",
        amount=tea.paid,
        lines=[RefundLine(line=tea.id, amount=tea.paid)],
    )
    events = later.reverse_order(back).events
    assert [each.amount for each in events if isinstance(each, SpendReversed)] == [yuan(54)]
