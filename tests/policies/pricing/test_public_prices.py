"""Public prices: what is saved or lost here, and which of the shop's own offers lose."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands import Basket, BasketLine, Order, ShippingLine
from privlib.encoding.documents import Documents
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing import quote_basket
from privlib.policies.pricing.public_prices import WorseThanPublic, worse_than_public
from privlib.program.loading import default_program
from privlib.program.offers import AmountOff, FixedPrice, NthItem, PercentOff
from privlib.program.price_book import PriceBook
from privlib.program.prices.places import Places
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.prices.sold_only import SoldOnly
from privlib.program.promotion import Promotion
from privlib.quotes import AgainstPublic, LineAgainstPublic
from privlib.values.goods import Goods
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
PUBLIC = [
    PublicPrice(sku="cup", price=yuan(30), platform="tmall"),
    PublicPrice(sku="cup", price=yuan(32)),
    PublicPrice(sku="pot", price=yuan(90)),
]
BOOK = PriceBook(public=PUBLIC)
CUP = BasketLine(sku="cup", price=yuan(31))
POT = BasketLine(sku="pot", price=yuan(95))
TEA = BasketLine(sku="tea", price=yuan(60))


def quoted(*lines, book=BOOK, promotions=(), shipping=()):
    program = evolve(default_program(), prices=book, promotions=promotions)
    basket = Basket(lines=lines, shipping=shipping)
    return quote_basket(basket, CustomerState(), program, at=NOON)


def against(sku, here, there, *, id=None):
    return LineAgainstPublic(id=id or sku, sku=sku, here=yuan(here), there=yuan(there))


def test_a_quote_says_by_line_and_in_all_what_is_saved_or_lost():
    off = Promotion(name="off", goods=Goods(skus=["cup"]), offer=AmountOff(amount=yuan("12.99")))
    shipping = [ShippingLine(price=yuan(8))]
    here = quoted(evolve(CUP, quantity=3), POT, TEA, promotions=[off], shipping=shipping)
    [found] = here.against_public
    assert found == AgainstPublic(
        platform="tmall",
        lines=[against("cup", "80.01", 90), against("pot", 95, 90)],
        unknown=["tea"],
    )
    assert [each.saved for each in found.lines] == [yuan("9.99"), yuan(-5)]
    assert found.saved == yuan("4.99")
    assert found.dearer == ("pot",)


def test_each_platform_that_has_a_price_of_something_is_told_in_the_order_of_names():
    elsewhere = [
        PublicPrice(sku="cup", price=yuan(33), platform="jd"),
        PublicPrice(sku="tea", price=yuan(61), platform="alpha"),
        PublicPrice(sku="jar", price=yuan(1), platform="beta"),
    ]
    here = quoted(CUP, POT, TEA, book=PriceBook(public=[*PUBLIC, *elsewhere]))
    assert [(each.platform, each.saved) for each in here.against_public] == [
        ("alpha", yuan(-3)),
        ("jd", yuan(-3)),
        ("tmall", yuan(-6)),
    ]
    assert [each.unknown for each in here.against_public] == [(), ("tea",), ("tea",)]


def test_prices_of_no_platform_stand_for_themselves_where_none_is_named_for_the_basket():
    assert quoted(POT, TEA).against_public == (
        AgainstPublic(lines=[against("pot", 95, 90)], unknown=["tea"]),
    )


@pytest.mark.parametrize(("lines", "book"), [([CUP, TEA], PriceBook()), ([TEA], BOOK), ([], BOOK)])
def test_where_no_public_price_is_known_nothing_is_said(lines, book):
    assert quoted(*lines, book=book).against_public == ()


def test_lines_of_one_sku_are_told_apart_and_pieces_that_went_other_ways_together():
    half = Promotion(name="half", layer="line", offer=NthItem(n=2, percent=50))
    two = [evolve(CUP, quantity=2, price=yuan("31.01")), evolve(CUP, id="wrapped", price=yuan(40))]
    [found] = quoted(*two, promotions=[half]).against_public
    here = quoted(*two, promotions=[half]).lines
    assert [each.here for each in found.lines] == [line.payable for line in here]
    assert [each.there for each in found.lines] == [yuan(60), yuan(30)]
    assert [each.id for each in found.lines] == ["cup", "wrapped"]


def test_what_is_not_sold_or_not_ticked_is_compared_with_nothing():
    kept = SoldOnly(name="live", goods=Goods(skus=["pot"]), places=Places(channels=["live"]))
    here = quoted(
        CUP, POT, evolve(CUP, id="later", ticked=False), book=evolve(BOOK, sold_only=[kept])
    )
    [found] = here.against_public
    assert [each.id for each in found.lines] == ["cup"]
    assert found.unknown == ()


def test_what_is_the_same_there_is_neither_saved_nor_lost():
    [found] = quoted(evolve(CUP, price=yuan(30))).against_public
    assert (found.saved, found.dearer) == (yuan(0), ())


def test_an_order_is_stored_and_read_back_with_what_was_saved_when_it_was_quoted():
    orders = Documents(Order)
    order = Order.of_quote(quoted(CUP, POT, TEA), id="A-1001", customer="wei")
    [found] = orders.load(orders.dump(order)).quote.against_public
    assert found == order.quote.against_public[0]
    assert found.saved == yuan(-6)
    without = Order.of_quote(quoted(TEA), id="A-1002", customer="wei")
    assert "against_public" not in orders.dump(without)
    assert orders.load(orders.dump(without)) == without


def rule(price, *, skus=("cup",)):
    return PriceRule(name="ours", goods=Goods(skus=skus), price=price)


@pytest.mark.parametrize(
    ("price", "is_worse"), [(yuan("29.99"), False), (yuan(30), False), (yuan("30.01"), True)]
)
def test_a_fixed_price_above_the_lowest_public_price_is_worse(price, is_worse):
    found = worse_than_public(PriceBook(rules=[rule(price)], public=PUBLIC))
    worse = WorseThanPublic(offer="ours", sku="cup", price=price, public=yuan(30), platform="tmall")
    assert found == ((worse,) if is_worse else ())
    assert worse.lost == price - yuan(30)


def test_each_sku_of_an_offer_is_looked_at_and_those_without_a_public_price_are_not():
    book = PriceBook(rules=[rule(yuan(100), skus=["cup", "pot", "tea"])], public=PUBLIC)
    assert [(each.sku, each.platform) for each in worse_than_public(book)] == [
        ("cup", "tmall"),
        ("pot", None),
    ]


def test_promotions_with_a_fixed_price_are_looked_at_too():
    cups = Goods(skus=["cup"])
    dear = Promotion(name="dear", goods=cups, offer=FixedPrice(price=yuan(31)))
    good = Promotion(name="good", goods=cups, offer=FixedPrice(price=yuan(29)))
    part = Promotion(name="part", goods=cups, offer=PercentOff(percent=1))
    assert [each.offer for each in worse_than_public(BOOK, [dear, good, part])] == ["dear"]
