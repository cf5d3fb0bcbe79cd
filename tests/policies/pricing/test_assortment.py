"""Assortment: what is sold only in some places, or to some buyers, or to all from a day on."""

from datetime import date

import pendulum
import pytest

from privlib.commands.baskets import BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.assortment import not_sold
from privlib.program.price_book import PriceBook
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.places import Places
from privlib.program.prices.sold_only import SoldOnly
from privlib.refusals import MembersOnly, NotSoldHere
from privlib.values.goods import Goods
from privlib.values.money import yuan

SHANGHAI = "Asia/Shanghai"
CUP = BasketLine(sku="cup", price=yuan(30))
TEA = BasketLine(sku="longjing", price=yuan(60), tags=["new"])
HERE = SoldOnly(
    name="only here", goods=Goods(skus=["cup"]), places=Places(channels=["mini program"])
)
EARLY = SoldOnly(
    name="early",
    goods=Goods(tags=["new"]),
    buyers=Buyers(tiers=["gold"]),
    opens=date(2026, 6, 8),
)
NOBODY = CustomerState()
NOON = pendulum.datetime(2026, 6, 1, 12, tz=SHANGHAI)


def reasons(*lines, book, customer=NOBODY, channel=None, platform=None, at=NOON):
    return not_sold(lines, customer, book, channel=channel, platform=platform, at=at, zone=SHANGHAI)


def test_without_limits_everything_is_sold_everywhere():
    assert reasons(CUP, TEA, book=PriceBook()) == ((), ())


def test_what_is_sold_elsewhere_is_refused_with_where_that_is():
    book = PriceBook(sold_only=[HERE])
    assert reasons(CUP, TEA, book=book, channel="shop") == (
        (NotSoldHere(sku="cup", channel="shop", channels=["mini program"]),),
        (),
    )
    assert reasons(CUP, book=book, channel="mini program") == ((),)


def test_a_basket_that_does_not_say_where_it_is_bought_is_bought_nowhere_in_particular():
    assert reasons(CUP, book=PriceBook(sold_only=[HERE])) == (
        (NotSoldHere(sku="cup", channels=["mini program"]),),
    )


def test_a_limit_of_channel_and_platform_wants_both():
    places = Places(channels=["mini program"], platforms=["wechat"])
    book = PriceBook(sold_only=[SoldOnly(name="here", places=places)])
    assert reasons(CUP, book=book, channel="mini program", platform="wechat") == ((),)
    assert reasons(CUP, book=book, channel="mini program", platform="tmall") != ((),)
    assert reasons(CUP, book=book, channel="shop", platform="wechat") != ((),)


def test_what_is_for_members_only_is_refused_to_others():
    book = PriceBook(sold_only=[SoldOnly(name="club", buyers=Buyers(members_only=True))])
    assert reasons(CUP, book=book) == ((MembersOnly(sku="cup"),),)
    assert reasons(CUP, book=book, customer=CustomerState(id="wei", is_member=True)) == ((),)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (pendulum.datetime(2026, 6, 7, 23, 59, 59, 999_999, tz=SHANGHAI), False),
        (pendulum.datetime(2026, 6, 8, tz=SHANGHAI), True),
        (pendulum.datetime(2026, 6, 7, 15, 59, 59, tz="UTC"), False),
        (pendulum.datetime(2026, 6, 7, 16, tz="UTC"), True),
    ],
)
def test_what_some_have_early_opens_to_everybody_on_its_local_day(at, is_open):
    book = PriceBook(sold_only=[EARLY])
    refused = (MembersOnly(sku="longjing", tiers=["gold"], opens=date(2026, 6, 8)),)
    assert reasons(TEA, book=book, at=at) == ((() if is_open else refused),)
    assert reasons(TEA, book=book, at=at, customer=CustomerState(tier="gold")) == ((),)


def test_every_limit_that_is_not_met_is_named():
    both = PriceBook(sold_only=[EARLY, SoldOnly(name="here", places=Places(platforms=["wechat"]))])
    assert reasons(TEA, book=both, platform="tmall") == (
        (
            MembersOnly(sku="longjing", tiers=["gold"], opens=date(2026, 6, 8)),
            NotSoldHere(sku="longjing", platform="tmall", platforms=["wechat"]),
        ),
    )


def test_where_a_limit_names_places_and_buyers_a_day_opens_it_to_all_buyers_in_these_places():
    limit = SoldOnly(
        name="both",
        places=Places(channels=["mini program"]),
        buyers=Buyers(members_only=True),
        opens=date(2026, 6, 1),
    )
    book = PriceBook(sold_only=[limit])
    assert reasons(CUP, book=book, channel="mini program") == ((),)
    assert reasons(CUP, book=book, channel="shop") == (
        (NotSoldHere(sku="cup", channel="shop", channels=["mini program"]),),
    )
