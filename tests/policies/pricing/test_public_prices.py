"""Public prices: what is saved or lost here, and which of the shop's own offers lose."""

import pendulum
import pytest

from privlib.errors import CurrencyMismatchError
from privlib.policies.pricing.public_prices import (
    LineAgainstPublic,
    WorseThanPublic,
    saved_against_public,
    worse_than_public,
)
from privlib.program.offers import FixedPrice, PercentOff
from privlib.program.price_book import PriceBook
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.promotion import Promotion
from privlib.quotes import Quote, QuotedLine
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan

PUBLIC = [
    PublicPrice(sku="cup", price=yuan(30), platform="tmall"),
    PublicPrice(sku="cup", price=yuan(32)),
    PublicPrice(sku="pot", price=yuan(90)),
]
BOOK = PriceBook(public=PUBLIC)


def quote(*lines):
    goods = Money(sum(line.payable_minor for line in lines))
    return Quote(
        at=pendulum.datetime(2026, 6, 1),
        list=goods,
        goods=goods,
        shipping_list=yuan(0),
        shipping_cost=yuan(8),
        proven=True,
        lines=lines,
        program="p",
        input="i",
    )


def line(sku, *, pieces, payable):
    return QuotedLine(
        id=f"{sku} line",
        sku=sku,
        quantity=pieces,
        list_minor=payable.minor,
        payable_minor=payable.minor,
    )


def test_a_quote_says_by_line_and_in_all_what_is_saved_or_lost():
    here = quote(
        line("cup", pieces=3, payable=yuan("80.01")),
        line("pot", pieces=1, payable=yuan(95)),
        line("tea", pieces=1, payable=yuan(60)),
    )
    found = saved_against_public(here, BOOK, platform="tmall")
    assert found.lines == (
        LineAgainstPublic(id="cup line", sku="cup", here=yuan("80.01"), there=yuan(90)),
        LineAgainstPublic(id="pot line", sku="pot", here=yuan(95), there=yuan(90)),
    )
    assert [each.saved for each in found.lines] == [yuan("9.99"), yuan(-5)]
    assert found.saved == yuan("4.99")
    assert found.unknown == ("tea line",)


def test_a_platform_that_is_not_named_has_the_price_of_those_not_named():
    here = quote(line("cup", pieces=1, payable=yuan(31)))
    assert saved_against_public(here, BOOK, platform="jd").saved == yuan(1)
    assert saved_against_public(here, BOOK, platform="tmall").saved == yuan(-1)


def test_without_public_prices_nothing_is_saved_and_nothing_is_known():
    found = saved_against_public(
        quote(line("cup", pieces=1, payable=yuan(31))), PriceBook(), platform="tmall"
    )
    assert (found.lines, found.unknown, found.saved) == ((), ("cup line",), yuan(0))


def test_a_book_in_another_currency_than_the_quote_is_refused():
    book = PriceBook(public=[PublicPrice(sku="cup", price=Money(1, "USD"))])
    found = saved_against_public(
        quote(line("cup", pieces=1, payable=yuan(31))), book, platform="tmall"
    )
    with pytest.raises(CurrencyMismatchError):
        _ = found.saved


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
