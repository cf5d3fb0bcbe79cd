"""Shelf prices: which of several prices of a line counts, what it replaced, and floors under it."""

from datetime import date

import pendulum
import pytest

from privlib.commands.baskets import BasketLine
from privlib.conditions import field
from privlib.entities.customer_state import CustomerState
from privlib.errors import CurrencyMismatchError
from privlib.policies.pricing.floors import floors
from privlib.policies.pricing.shelf import shelf_prices
from privlib.program.price_book import PriceBook
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.places import Places
from privlib.program.prices.rule import PriceRule
from privlib.program.service import Holiday, Service
from privlib.quotes import ShelfPrice
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan

SHANGHAI = "Asia/Shanghai"
EVERY_DAY = Service()
NOON = pendulum.datetime(2026, 6, 1, 12, tz=SHANGHAI)
NOBODY = CustomerState()
GOLD = CustomerState(id="wei", is_member=True, tier="gold")
PAYING = CustomerState(id="mei", is_member=True, tier="gold", plans=["annual"])

CUP = BasketLine(sku="cup", price=yuan(100), cost=yuan(40))
TEA = BasketLine(
    sku="longjing-box",
    product="longjing",
    price=yuan(60),
    categories=["tea/green"],
    brand="Xihu",
    tags=["new"],
)

TIER = PriceRule(name="gold price", kind="tier", buyers=Buyers(tiers=["gold"]), percent=10)
PLAN = PriceRule(name="plan price", kind="plan", buyers=Buyers(plans=["annual"]), percent=5)
SALE = PriceRule(name="sale", price=yuan(70), goods=Goods(skus=["cup"]))


def shelf(
    book,
    *lines,
    customer=NOBODY,
    channel=None,
    platform=None,
    at=NOON,
    zone=SHANGHAI,
    service=EVERY_DAY,
):
    return shelf_prices(
        lines, customer, book, channel=channel, platform=platform, at=at, zone=zone, service=service
    )


def price(book, line=CUP, **asked):
    (found,) = shelf(book, line, **asked)
    return found


def test_without_rules_the_list_price_counts():
    assert shelf(PriceBook(), CUP, TEA) == (
        ShelfPrice(rule=None, price_minor=10_000),
        ShelfPrice(rule=None, price_minor=6_000),
    )


def test_the_lowest_price_counts_and_says_what_it_replaced():
    book = PriceBook(rules=[TIER, PLAN, SALE])
    assert price(book, customer=PAYING) == ShelfPrice(
        rule="sale", price_minor=7_000, replaced=(("gold price", 9_000), ("plan price", 9_500))
    )
    assert price(book) == ShelfPrice(rule="sale", price_minor=7_000)
    assert price(book, TEA, customer=GOLD) == ShelfPrice(rule="gold price", price_minor=5_400)


def test_the_price_of_a_paid_plan_comes_first_where_the_shop_says_so():
    book = PriceBook(rules=[SALE, TIER, PLAN], arbitration="plan")
    assert price(book, customer=PAYING) == ShelfPrice(
        rule="plan price", price_minor=9_500, replaced=(("sale", 7_000), ("gold price", 9_000))
    )
    assert price(book, customer=GOLD).rule == "sale"


def test_the_first_rule_of_the_book_counts_where_the_shop_says_so():
    assert price(PriceBook(rules=[TIER, SALE], arbitration="declared"), customer=GOLD) == (
        ShelfPrice(rule="gold price", price_minor=9_000, replaced=(("sale", 7_000),))
    )
    assert price(PriceBook(rules=[SALE, TIER], arbitration="declared"), customer=GOLD) == (
        ShelfPrice(rule="sale", price_minor=7_000, replaced=(("gold price", 9_000),))
    )


def test_a_list_rule_is_what_the_others_are_reckoned_on():
    here = PriceRule(name="WeChat", kind="list", places=Places(channels=["WeChat"]), price=yuan(80))
    book = PriceBook(rules=[here, TIER])
    assert price(book, channel="WeChat", customer=GOLD) == ShelfPrice(
        rule="gold price", price_minor=7_200, replaced=(("WeChat", 8_000),)
    )
    assert price(book, channel="WeChat") == ShelfPrice(rule="WeChat", price_minor=8_000)
    assert price(book, channel="shop", customer=GOLD).price_minor == 9_000
    assert price(book, customer=GOLD).price_minor == 9_000


@pytest.mark.parametrize(
    ("given", "rule", "counts"),
    [
        (yuan("99.99"), "dear", 9_999),
        (yuan(100), None, 10_000),
        (yuan("100.01"), None, 10_000),
    ],
)
def test_a_price_above_the_list_price_does_not_count(given, rule, counts):
    dear = PriceRule(name="dear", price=given)
    found = price(PriceBook(rules=[dear]))
    assert (found.rule, found.price_minor) == (rule, counts)


@pytest.mark.parametrize("arbitration", ["lowest", "plan", "declared"])
def test_no_policy_lets_a_price_above_that_for_everybody_count(arbitration):
    dear = PriceRule(name="dear", kind="plan", buyers=Buyers(plans=["annual"]), price=yuan(90))
    here = PriceRule(name="here", kind="list", price=yuan(80))
    book = PriceBook(rules=[dear, here], arbitration=arbitration)
    assert price(book, customer=PAYING) == ShelfPrice(
        rule="here", price_minor=8_000, replaced=(("dear", 9_000),)
    )
    declared = PriceBook(rules=[dear, here], arbitration=arbitration, above_list=True)
    dearer = price(declared, customer=PAYING).price_minor
    assert dearer == (8_000 if arbitration == "lowest" else 9_000)


def test_a_dearer_price_counts_where_the_shop_declares_it():
    dear = PriceRule(name="dear", kind="list", price=yuan(120))
    assert price(PriceBook(rules=[dear, TIER]), customer=GOLD).price_minor == 9_000
    book = PriceBook(rules=[dear, TIER], above_list=True)
    assert price(book) == ShelfPrice(rule="dear", price_minor=12_000)
    assert price(book, customer=GOLD) == ShelfPrice(
        rule="gold price", price_minor=10_800, replaced=(("dear", 12_000),)
    )


@pytest.mark.parametrize(
    ("local", "counts"),
    [
        ((2026, 5, 31, 23, 59, 59, 999_999), False),
        ((2026, 6, 1), True),
        ((2026, 6, 30, 23, 59, 59, 999_999), True),
        ((2026, 7, 1), False),
    ],
)
@pytest.mark.parametrize("zone", [SHANGHAI, "America/New_York"])
def test_a_rule_holds_from_its_first_local_day_until_the_day_after_its_last(local, zone, counts):
    june = PriceRule(name="june", off=yuan(1), starts=date(2026, 6, 1), ends=date(2026, 7, 1))
    at = pendulum.datetime(*local, tz=zone)
    found = price(PriceBook(rules=[june]), at=at, zone=zone)
    assert (found.rule == "june") is counts


def test_a_rule_without_a_first_day_holds_until_its_end():
    until = PriceRule(name="until", off=yuan(1), ends=date(2026, 6, 1))
    last = pendulum.datetime(2026, 5, 31, 23, 59, 59, tz=SHANGHAI)
    assert price(PriceBook(rules=[until]), at=last).rule == "until"
    assert price(PriceBook(rules=[until])).rule is None


@pytest.mark.parametrize(
    "goods",
    [
        Goods(),
        Goods(skus=["longjing-box"]),
        Goods(products=["longjing"]),
        Goods(categories=["tea"]),
        Goods(categories=["tea/green"]),
        Goods(brands=["Xihu"]),
        Goods(tags=["new"]),
        Goods(categories=["tea"], brands=["Xihu"], price_from=yuan(60)),
    ],
)
def test_a_rule_finds_its_goods_by_whatever_they_name(goods):
    book = PriceBook(rules=[PriceRule(name="rule", goods=goods, off=yuan(1))])
    assert price(book, TEA).rule == "rule"
    assert price(book).rule == ("rule" if goods.is_all else None)


def test_what_is_taken_off_one_piece_is_rounded_as_the_book_says():
    line = BasketLine(sku="a", price=Money(105))
    tenth = PriceRule(name="tenth", percent=10)
    assert price(PriceBook(rules=[tenth]), line).price_minor == 94
    assert price(PriceBook(rules=[tenth], rounding="down"), line).price_minor == 95


def test_an_amount_off_takes_no_more_than_there_is():
    book = PriceBook(rules=[PriceRule(name="off", off=yuan(101))])
    assert price(book) == ShelfPrice(rule="off", price_minor=0)


def test_a_price_below_its_floor_is_lifted_to_it_by_the_floor():
    low = PriceFloor(name="not below 75", price=yuan(75))
    book = PriceBook(rules=[SALE, TIER], floors=[low])
    assert price(book, customer=GOLD) == ShelfPrice(
        rule="not below 75", price_minor=7_500, replaced=(("sale", 7_000), ("gold price", 9_000))
    )
    assert price(PriceBook(rules=[SALE], floors=[low], floors_bind="promotions")) == ShelfPrice(
        rule="sale", price_minor=7_000
    )


def test_a_floor_goes_by_a_price_or_by_what_the_goods_cost():
    book = PriceBook(
        floors=[
            PriceFloor(name="tea", goods=Goods(categories=["tea"]), price=yuan(50)),
            PriceFloor(name="margin", over_cost="12.5"),
        ]
    )
    assert floors([CUP, TEA], book) == (4_500, 5_000)
    assert floors([BasketLine(sku="a", price=yuan(1), cost=Money(33))], book) == (38,)


def test_of_several_floors_the_highest_counts_and_of_equal_ones_that_of_the_earlier_name():
    sale = PriceRule(name="sale", price=yuan(1), goods=Goods(skus=["cup"]))
    lows = [PriceFloor(name=name, price=yuan(at)) for name, at in (("a", 70), ("c", 75), ("b", 75))]
    found = price(PriceBook(rules=[sale], floors=lows))
    assert (found.rule, found.price_minor) == ("b", 7_500)


def test_no_floor_is_above_the_list_price():
    book = PriceBook(floors=[PriceFloor(name="margin", over_cost=50)])
    assert floors([BasketLine(sku="a", price=yuan(50), cost=yuan(40))], book) == (5_000,)


def test_a_line_in_another_currency_than_the_book_is_refused():
    line = BasketLine(sku="cup", price=Money(1, "JPY"))
    with pytest.raises(CurrencyMismatchError, match="line cup is in JPY, and the price book in CN"):
        price(PriceBook(rules=[SALE]), line)
    with pytest.raises(CurrencyMismatchError):
        floors([line], PriceBook(floors=[PriceFloor(name="low", price=yuan(1))]))


@pytest.mark.parametrize(
    ("local", "counts"),
    [
        ((2026, 6, 2, 20), False),  # a Tuesday
        ((2026, 6, 3, 19, 59, 59), False),
        ((2026, 6, 3, 20), True),
        ((2026, 6, 3, 21, 59, 59), True),
        ((2026, 6, 3, 22), False),
    ],
)
def test_a_rule_can_want_a_day_of_the_week_and_a_time_of_day(local, counts):
    evening = field("weekday").equals("wed") & field("time_of_day").between("20:00", "22:00")
    book = PriceBook(rules=[PriceRule(name="flash", price=yuan(50), when=evening)])
    assert (price(book, at=pendulum.datetime(*local, tz=SHANGHAI)).rule == "flash") is counts


def test_a_rule_can_want_whatever_is_known_of_the_customer():
    lover = PriceRule(name="for lovers", off=yuan(5), when=field("tags").contains_any("tea lover"))
    book = PriceBook(rules=[lover])
    assert price(book, TEA, customer=CustomerState(tags=["tea lover"])).price_minor == 5_500
    assert price(book, TEA).rule is None


def test_lines_that_are_not_discountable_have_their_shelf_price_too():
    line = BasketLine(sku="cup", price=yuan(100), discountable=False)
    assert price(PriceBook(rules=[SALE]), line).rule == "sale"


@pytest.mark.parametrize(
    ("at", "price_minor"),
    [
        (pendulum.datetime(2026, 9, 30, 23, 59, 59, tz=SHANGHAI), 100_00),
        (pendulum.datetime(2026, 10, 1, tz=SHANGHAI), 80_00),
        (pendulum.datetime(2026, 10, 7, 23, 59, 59, tz=SHANGHAI), 80_00),
        (pendulum.datetime(2026, 10, 8, tz=SHANGHAI), 100_00),
    ],
)
def test_a_price_can_hold_on_a_holiday_of_the_shop_in_its_zone(at, price_minor):
    golden_week = Holiday(name="国庆节", first=date(2026, 10, 1), last=date(2026, 10, 7))
    rule = PriceRule(name="golden week", percent=20, when=field("holiday").equals("国庆节"))
    found = price(PriceBook(rules=[rule]), at=at, service=Service(holidays=[golden_week]))
    assert found.price_minor == price_minor
