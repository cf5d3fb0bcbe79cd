"""A price book: what cannot be is refused where it is built, with the path to the fault."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from hypothesis import given

from privlib.conditions import field, pieces
from privlib.encoding.canonical import canonical, parse_canonical
from privlib.encoding.converting import converter
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.ladder import Ladder, Tier
from privlib.program.loading import default_program, program_from_toml
from privlib.program.price_book import PriceBook
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.places import Places
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.prices.sold_only import SoldOnly
from privlib.testing.strategies import price_books
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan
from privlib.values.rate import Rate

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def problems_of(build, **fields):
    with pytest.raises(ProgramError) as caught:
        build(**fields)
    return caught.value.problems


def sale(**fields):
    return PriceRule(**({"name": "sale"} | (fields or {"percent": 10})))


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({}, [("", "a price, a percentage or an amount off is expected: give one")]),
        (
            {"price": yuan(1), "percent": 10},
            [("", "a price, a percentage or an amount off is expected: give one")],
        ),
        (
            {"off": yuan(1), "kind": "tier"},
            [("buyers.tiers", 'the kind "tier" says of which tiers')],
        ),
        (
            {"off": yuan(1), "kind": "plan", "buyers": Buyers(tiers=["gold"])},
            [("buyers.plans", 'the kind "plan" says of which plans')],
        ),
        (
            {"off": yuan(1), "kind": "list", "buyers": Buyers(members_only=True)},
            [("buyers", 'the kind "list" is for everybody')],
        ),
        (
            {"off": yuan(1), "starts": JUNE, "ends": JUNE},
            [("ends", "a period ends after it starts; got 2026-06-01 to 2026-06-01")],
        ),
        (
            {"kind": "tier", "starts": JULY, "ends": JUNE},
            [
                ("", "a price, a percentage or an amount off is expected: give one"),
                ("buyers.tiers", 'the kind "tier" says of which tiers'),
                ("ends", "a period ends after it starts; got 2026-07-01 to 2026-06-01"),
            ],
        ),
    ],
)
def test_a_rule_names_all_its_faults_at_once(fields, problems):
    assert problems_of(PriceRule, name="sale", **fields) == tuple(
        Problem(path, message) for path, message in problems
    )


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: sale(price=5), "price must be Money; got int"),
        (lambda: sale(price=yuan("-0.01")), "price cannot be negative; got -0.01 CNY"),
        (lambda: sale(off=yuan(0)), "off is above 0; got 0.00 CNY"),
        (lambda: sale(off=yuan(-1)), "off is above 0; got -1.00 CNY"),
        (lambda: sale(percent=0), "percent is above 0 % and at most 100 %; got 0/1"),
        (lambda: sale(percent=101), "percent is above 0 % and at most 100 %; got 101/100"),
        (lambda: sale(percent=-1), "-1/100 is not a rate of 0 or more"),
        (lambda: sale(percent=12.5), '12.5 is not a percentage such as 15 or "12.5"'),
        (lambda: sale(percent=1, kind="vip"), "'vip' is not one of: list, campaign, tier, plan"),
        (lambda: sale(percent=1, goods=["cup"]), "goods must be Goods; got list"),
        (lambda: sale(percent=1, buyers="gold"), "buyers must be Buyers; got str"),
        (lambda: sale(percent=1, places="shop"), "places must be Places; got str"),
        (
            lambda: sale(percent=1, starts=datetime(2026, 6, 1, tzinfo=UTC)),
            "expected a date such as 2026-06-01; got datetime",
        ),
        (lambda: PriceRule(name="", percent=1), "the id is empty"),
        (lambda: Buyers(members_only=1), "members_only must be bool; got int"),
        (lambda: Buyers(tiers="gold"), "expected several, such as a list; got one text"),
        (lambda: Places(channels=[1]), "the id must be text; got int"),
        (
            lambda: PriceFloor(name="low"),
            "a floor is a price or a percentage over the cost: give one",
        ),
        (
            lambda: PriceFloor(name="low", price=yuan(1), over_cost=1),
            "a floor is a price or a percentage over the cost: give one",
        ),
        (lambda: PriceFloor(name="low", price=yuan(0)), "price is above 0; got 0.00 CNY"),
        (lambda: PriceFloor(name="low", over_cost=-1), "-1/100 is not a rate of 0 or more"),
        (
            lambda: PriceFloor(name="low", over_cost=1_001),
            "over_cost is 0 % to 1,000 %; got 1001/100",
        ),
        (
            lambda: SoldOnly(name="all"),
            "it says neither where its goods are sold only, nor to whom",
        ),
        (
            lambda: SoldOnly(name="all", places=Places(channels=["shop"]), opens=JUNE),
            "opens: it opens to everybody what everybody may buy: name the buyers",
        ),
        (
            lambda: PublicPrice(sku="cup", price=yuan("-0.01")),
            "price cannot be negative; got -0.01 CNY",
        ),
        (lambda: PriceBook(rules=["sale"]), "rules[0] must be PriceRule; got str"),
        (
            lambda: PriceBook(arbitration="highest"),
            "'highest' is not one of: lowest, plan, declared",
        ),
        (lambda: PriceBook(above_list="no"), "above_list must be bool; got str"),
        (lambda: PriceBook(floors_bind="none"), "'none' is not one of: all, promotions"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_built(build, said):
    with pytest.raises((InvalidValueError, ProgramError)) as caught:
        build()
    assert str(caught.value) == said


def test_a_floor_may_be_just_what_the_goods_cost_or_ten_times_more():
    assert PriceFloor(name="low", over_cost=0).over_cost == Rate(0)
    assert PriceFloor(name="low", over_cost=1_000).over_cost == Rate(10)


def test_a_book_names_all_its_faults_at_once():
    low = PriceFloor(name="sale", price=yuan(5))
    here = SoldOnly(name="here", places=Places(channels=["shop"]))
    cup = PublicPrice(sku="cup", price=yuan(9), platform="tmall")
    rules = [sale(percent=10), sale(off=yuan(1)), sale(price=Money(4, "JPY"))]
    assert problems_of(
        PriceBook,
        rules=[rules[0], rules[1], evolve(rules[2], name="yen")],
        floors=[low, low],
        sold_only=[here, here],
        public=[cup, evolve(cup, platform=None), cup],
    ) == (
        Problem("rules[1].name", '"sale" stands at [0] already'),
        Problem("floors[1].name", '"sale" stands at [0] already'),
        Problem("sold_only[1].name", '"here" stands at [0] already'),
        Problem("floors[0].name", '"sale" is the name of a rule already'),
        Problem("floors[1].name", '"sale" is the name of a rule already'),
        Problem("public[2]", "the same sku and platform stand at [0] already"),
        Problem("rules[2].price", "4 JPY is not in CNY, as the amounts before it are"),
    )


@pytest.mark.parametrize(
    ("price", "fits"), [(yuan("4.99"), False), (yuan(5), True), (yuan("5.01"), True)]
)
def test_a_price_below_the_floor_of_the_same_goods_is_a_fault(price, fits):
    parts = {
        "rules": [sale(price=price, goods=Goods(skus=["cup"]))],
        "floors": [PriceFloor(name="low", goods=Goods(skus=["cup"]), price=yuan(5))],
    }
    if fits:
        assert PriceBook(**parts).rules == tuple(parts["rules"])
    else:
        assert problems_of(PriceBook, **parts) == (
            Problem("rules[0].price", "4.99 CNY is below the floor of 5.00 CNY"),
        )
    assert PriceBook(**parts, floors_bind="promotions")


def test_a_price_book_of_a_program_is_in_its_currency_and_names_its_tiers():
    ladder = Ladder(tiers=[Tier(name="silver", threshold=yuan(1))])
    book = PriceBook(
        rules=[
            sale(percent=10, kind="tier", buyers=Buyers(tiers=["sliver", "silver"])),
            sale(percent=10),
        ][:1],
        floors=[PriceFloor(name="low", price=Money(5, "USD"))],
        sold_only=[SoldOnly(name="here", buyers=Buyers(tiers=["diamond"]))],
        public=[PublicPrice(sku="cup", price=Money(9, "USD"))],
    )
    said = "{} USD is not in CNY, the currency of the shop".format
    assert problems_of(lambda: evolve(default_program(), ladder=ladder, prices=book)) == (
        Problem("prices.floors[0].price", said("0.05")),
        Problem("prices.public[0].price", said("0.09")),
        Problem(
            "prices.rules[0].buyers.tiers", 'there is no tier "sliver"; did you mean "silver"?'
        ),
        Problem("prices.sold_only[0].buyers.tiers", 'there is no tier "diamond"'),
    )


def test_amounts_by_which_goods_are_told_apart_are_in_the_currency_too():
    book = PriceBook(rules=[sale(percent=10, goods=Goods(price_from=Money(100, "USD")))])
    assert [
        problem.path for problem in problems_of(lambda: evolve(default_program(), prices=book))
    ] == ["prices.rules[0].goods.price_from"]


@given(price_books())
def test_a_price_book_comes_back_from_its_canonical_text(book):
    text = canonical(book, whole=True)
    back = converter(whole=True).structure(parse_canonical(text), PriceBook)
    assert back == book
    assert canonical(back, whole=True) == text


LEAST = """
[shop]
name = "Tea"
[welcome]
text = "Hi"
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
[[ladder.tiers]]
name = "gold"
threshold = 100
"""
BOOK = """
[prices]
arbitration = "plan"
above_list = false
floors_bind = "promotions"
rounding = "down"

[[prices.rules]]
name = "gold price"
kind = "tier"
goods = { categories = ["tea"], without = { skus = ["gift-box"] } }
percent = "12.5"
buyers = { tiers = ["gold"] }

[[prices.rules]]
name = "WeChat"
kind = "list"
goods = { skus = ["cup"] }
price = "19.90"
places = { channels = ["mini program"], platforms = ["wechat"] }
starts = 2026-06-01
ends = 2026-07-01

[[prices.floors]]
name = "no loss"
over_cost = 0

[[prices.sold_only]]
name = "early"
goods = { tags = ["new"] }
buyers = { members_only = true, plans = ["annual"] }
opens = 2026-06-08

[[prices.public]]
sku = "cup"
price = 25
platform = "tmall"
"""


def test_a_price_book_is_read_from_toml():
    read = program_from_toml(LEAST + BOOK).prices
    assert read == PriceBook(
        arbitration="plan",
        floors_bind="promotions",
        rounding="down",
        rules=[
            PriceRule(
                name="gold price",
                kind="tier",
                goods=Goods(categories=["tea"], without=Goods(skus=["gift-box"])),
                percent="12.5",
                buyers=Buyers(tiers=["gold"]),
            ),
            PriceRule(
                name="WeChat",
                kind="list",
                goods=Goods(skus=["cup"]),
                price=yuan("19.90"),
                places=Places(channels=["mini program"], platforms=["wechat"]),
                starts=JUNE,
                ends=JULY,
            ),
        ],
        floors=[PriceFloor(name="no loss", over_cost=0)],
        sold_only=[
            SoldOnly(
                name="early",
                goods=Goods(tags=["new"]),
                buyers=Buyers(members_only=True, plans=["annual"]),
                opens=date(2026, 6, 8),
            )
        ],
        public=[PublicPrice(sku="cup", price=yuan(25), platform="tmall")],
    )


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ('percent = "12.5"', "percent = 101", "rules[0].percent: percent is above 0 % and at most"),
        ('percent = "12.5"', "percnt = 5", 'rules[0].percnt: unknown key; did you mean "percent"?'),
        ('percent = "12.5"', "", "rules[0]: a price, a percentage or an amount off is expected"),
        ('price = "19.90"', "price = -1", "rules[1].price: price cannot be negative; got -1.00"),
        ('price = "19.90"', "price = 19.9", "rules[1].price: expected a whole number or a decimal"),
        ("ends = 2026-07-01", "ends = 2026-06-01", "rules[1].ends: a period ends after it starts"),
        ('"WeChat"', '"gold price"', 'rules[1].name: "gold price" stands at [0] already'),
        ('["gold"]', '["glod"]', 'rules[0].buyers.tiers: there is no tier "glod"; did you mean'),
        ('"no loss"', '"WeChat"', 'floors[0].name: "WeChat" is the name of a rule already'),
        ("over_cost = 0", "over_cost = 2000", "floors[0].over_cost: over_cost is 0 % to 1,000 %"),
        ("over_cost = 0", "over = 0", "floors[0].over: unknown key"),
        ("members_only = true", 'members_only = "yes"', "sold_only[0].buyers.members_only: expect"),
        ('sku = "cup"\n', "", "public[0].sku: is missing"),
        ('"plan"', '"planned"', "arbitration: 'planned' is not one of: lowest, plan, declared"),
    ],
)
def test_every_fault_of_a_price_book_has_its_path(written, instead, problem):
    assert written in BOOK
    with pytest.raises(ProgramError) as caught:
        program_from_toml(LEAST + BOOK.replace(written, instead, 1))
    assert any(line.startswith(f"prices.{problem}") for line in str(caught.value).splitlines())


def test_what_is_wrong_between_rules_is_said_beside_what_is_wrong_with_one_of_them():
    faulty = (
        BOOK.replace('kind = "tier"', 'kind = "tier"\ncolour = 1')
        .replace('"WeChat"', '"gold price"')
        .replace('"no loss"', '"gold price"')
        .replace("over_cost = 0", "over_cost = 2000")
        .replace('plans = ["annual"]', 'tiers = ["glod"]')
    )
    with pytest.raises(ProgramError) as caught:
        program_from_toml(LEAST + faulty)
    assert {problem.path for problem in caught.value.problems} == {
        "prices.rules[0].colour",
        "prices.rules[1].name",
        "prices.floors[0].over_cost",
        "prices.sold_only[0].buyers.tiers",
    }


def test_a_program_with_a_price_book_has_its_version_whether_from_toml_or_python():
    read = program_from_toml(LEAST + BOOK)
    assert read.version != program_from_toml(LEAST).version
    assert evolve(program_from_toml(LEAST), prices=read.prices).version == read.version


def test_a_condition_of_a_rule_asks_what_is_known_before_anything_is_priced():
    vain = pieces(Goods()).at_least(3) | field("tire").equals("a")
    assert problems_of(PriceRule, name="sale", percent=10, when=vain) == (
        Problem("when.any[0].pieces", "no goods are measured here"),
        Problem("when.any[1].tire", 'unknown field; did you mean "tier"?'),
    )


def test_a_tier_that_a_condition_names_stands_in_the_ladder():
    rule = sale(percent=10, when=field("tier").one_of("gold", "glod"))
    book = PriceBook(rules=[rule])
    assert problems_of(lambda: evolve(default_program(), prices=book)) == (
        Problem("prices.rules[0].when", 'there is no tier "glod"; did you mean "gold"?'),
    )
    assert evolve(default_program(), prices=book, ladder=Ladder()).prices == book
