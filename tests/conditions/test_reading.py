"""Conditions in TOML: what stands in a table, and every fault of it at once with its path."""

import tomllib
from datetime import date, time

import pytest
from hypothesis import given, settings
from tests.profiles import CASES

from privlib.conditions import (
    CUSTOMER,
    SHOPPING,
    All,
    Always,
    AnyOf,
    EarlyAccess,
    Field,
    Kind,
    Not,
    Vocabulary,
    amount,
    condition_from_plain,
    condition_to_plain,
    distinct,
    field,
    pieces,
)
from privlib.errors import Problem, ProgramError
from privlib.testing.strategies import conditions
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan

WORDS = Vocabulary(
    fields=[Field(name="spent", kind=Kind.MONEY), Field(name="seen_at", kind=Kind.MOMENT)]
)


def read(text, vocabulary=SHOPPING, currency="CNY"):
    return condition_from_plain(tomllib.loads(text), vocabulary, currency=currency)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("", Always()),
        ('tier = "gold"', field("tier").equals("gold")),
        ('tier = ["gold", "platinum"]', field("tier").one_of("gold", "platinum")),
        ('tags = "vip"', field("tags").contains_any("vip")),
        ('tags = ["vip", "new"]', field("tags").contains_any("vip", "new")),
        ('tags = { contains_all = ["vip"] }', field("tags").contains_all("vip")),
        ('tags = { contains_none = "vip" }', field("tags").contains_none("vip")),
        ("is_member = true", field("is_member").equals(value=True)),
        ("nth_order = 1", field("nth_order").equals(1)),
        ("tier = { known = true }", field("tier").is_known()),
        ("tier = { known = false }", field("tier").is_unknown()),
        ("tier = { unknown = true }", field("tier").is_unknown()),
        (
            "orders = { at_least = 2, less_than = 5 }",
            field("orders").at_least(2) & field("orders").less_than(5),
        ),
        (
            'tier = "gold"\nweekday = ["sat", "sun"]',
            field("tier").equals("gold") & field("weekday").one_of("sat", "sun"),
        ),
        (
            'time_of_day = { between = ["22:00", "06:00"] }',
            field("time_of_day").between("22:00", "06:00"),
        ),
        (
            "time_of_day = { between = [22:00:00, 06:00:00] }",
            field("time_of_day").between(time(22), time(6)),
        ),
        (
            "date = { between = [2026-06-01, 2026-07-01] }",
            field("date").between(date(2026, 6, 1), date(2026, 7, 1)),
        ),
        ("pieces = { at_least = 3 }", pieces().at_least(3)),
        (
            'pieces = { at_least = 3, of = { categories = ["tea"] } }',
            pieces(Goods(categories=["tea"])).at_least(3),
        ),
        ("distinct = { more_than = 1 }", distinct().more_than(1)),
        ('amount = { at_least = "199.90" }', amount().at_least(yuan("199.90"))),
        (
            """
            [amount]
            at_least = 200
            base = "member"
            of = { price_from = 10, without = { skus = ["box"] } }
            """,
            amount(Goods(price_from=yuan(10), without=Goods(skus=["box"])), base="member").at_least(
                yuan(200)
            ),
        ),
        (
            'any = [{ tier = "gold" }, { nth_order = 1, channel = "wecom" }]',
            field("tier").equals("gold")
            | field("nth_order").equals(1) & field("channel").equals("wecom"),
        ),
        ('not = { tier = "gold" }', ~field("tier").equals("gold")),
        ('all = [{ tier = "gold" }]', All([field("tier").equals("gold")])),
        (
            'tier = "gold"\nnot = { tags = "vip" }',
            field("tier").equals("gold") & ~field("tags").contains_any("vip"),
        ),
        (
            'early_access = { opens = 2026-06-01, early = { tier = "gold" } }',
            EarlyAccess(opens=date(2026, 6, 1), early=field("tier").equals("gold")),
        ),
        (
            'early_access = { opens = 2026-06-01, early_opens = 2026-05-30, early.tier = "gold" }',
            EarlyAccess(
                opens=date(2026, 6, 1),
                early=field("tier").equals("gold"),
                early_opens=date(2026, 5, 30),
            ),
        ),
    ],
)
def test_a_table_is_read_as_python_would_write_it(text, condition):
    assert read(text) == condition


def test_amounts_are_in_the_currency_of_the_shop():
    assert read("spent = { at_least = 5000 }", WORDS, "JPY").value == Money(5_000, "JPY")
    assert read('spent = { at_least = "1.234" }', WORDS, "KWD").value == Money(1_234, "KWD")


def test_moments_name_their_zone():
    plain = condition_to_plain(read("seen_at = { at_least = 2026-06-01T00:00:00+08:00 }", WORDS))
    assert plain["seen_at"]["at_least"].isoformat() == "2026-05-31T16:00:00+00:00"
    assert problems("seen_at = { at_least = 2026-06-01T00:00:00 }", WORDS) == [
        Problem("seen_at.at_least", "2026-06-01T00:00:00 names no time zone")
    ]


@settings(max_examples=3 * CASES, deadline=None)
@given(condition=conditions())
def test_what_is_written_in_plain_tables_is_read_back(condition):
    plain = condition_to_plain(condition)
    assert condition_from_plain(plain, SHOPPING, currency="CNY") == condition


@settings(max_examples=CASES, deadline=None)
@given(condition=conditions(vocabulary=WORDS))
def test_money_and_moments_are_read_back(condition):
    plain = condition_to_plain(condition)
    assert condition_from_plain(plain, WORDS, currency="CNY") == condition


def problems(text, vocabulary=SHOPPING):
    with pytest.raises(ProgramError) as caught:
        read(text, vocabulary)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ('tire = "gold"', "tire", 'unknown field; did you mean "tier"?'),
        ("tier = 3", "tier", "text is expected; got 3"),
        ('tier = ["gold", 3]', "tier", "text is expected; got 3"),
        ("tier = []", "tier", "one_of: one or more values are expected"),
        ("tier = {}", "tier", "nothing is asked; expected such as { at_least = 3 }"),
        (
            'tier = { at_least = "gold" }',
            "tier.at_least",
            "text is not compared by at_least",
        ),
        (
            "orders = { atleast = 3 }",
            "orders.atleast",
            'unknown comparison; did you mean "at_least"?',
        ),
        ("orders = { at_least = 1.5 }", "orders.at_least", "nothing is compared with a float"),
        ("orders = true", "orders", "a whole number is expected; got True"),
        ("is_member = 1", "is_member", "true or false is expected; got 1"),
        ('is_member = { known = "no" }', "is_member.known", "expected true or false; got text"),
        (
            "orders = { between = [5, 5] }",
            "orders.between",
            "nothing lies from 5 and before 5",
        ),
        (
            "orders = { between = [5, 3] }",
            "orders.between",
            "nothing lies from 5 and before 3",
        ),
        (
            "orders = { between = [1, 2, 3] }",
            "orders.between",
            "between: two values, from and until, are expected",
        ),
        (
            'time_of_day = { between = ["22:00", "22:00"] }',
            "time_of_day.between",
            "nothing lies from 22:00 and before 22:00",
        ),
        (
            'time_of_day = { at_least = "25:00" }',
            "time_of_day.at_least",
            "a time such as \"22:00\" is expected; got '25:00'",
        ),
        (
            "time_of_day = { at_least = 22:00:30 }",
            "time_of_day.at_least",
            "nothing is compared with a time",
        ),
        (
            'weekday = "monday"',
            "weekday",
            "one of mon, tue, wed, thu, fri, sat, sun is expected; got 'monday'",
        ),
        (
            'date = "2026-06-01"',
            "date",
            "a date such as 2026-06-01 is expected; got '2026-06-01'",
        ),
        ("amount = 200", "amount", "expected a table such as { at_least = 3 }; got 200"),
        (
            "amount = { at_least = 1.5 }",
            "amount.at_least",
            'expected a whole number or a decimal in quotes ("19.90"); got float',
        ),
        (
            'amount = { at_least = "1.005" }',
            "amount.at_least",
            "1.005 CNY is not a whole number of minor units",
        ),
        ("pieces = { of = {} }", "pieces", "nothing is asked; expected such as { at_least = 3 }"),
        (
            'pieces = { at_least = 3, of = { categoris = ["tea"] } }',
            "pieces.of.categoris",
            'unknown key; did you mean "categories"?',
        ),
        (
            'pieces = { at_least = 3, of = { skus = "tea" } }',
            "pieces.of.skus",
            "expected a list; got text",
        ),
        (
            "pieces = { at_least = 3, of = { without = { price_from = true } } }",
            "pieces.of.without.price_from",
            'expected a whole number or a decimal in quotes ("19.90"); got true or false',
        ),
        (
            "pieces = { at_least = 3, base = 7 }",
            "pieces.base",
            "the id must be text; got int",
        ),
        ("any = []", "any", "at least one condition is expected; got none"),
        ("any = { tier = 3 }", "any", "expected a list of tables; got a table"),
        ("any = [3]", "any[0]", "expected a table; got int"),
        ("not = [{}]", "not", "expected a table; got a list"),
        ("early_access = { opens = 2026-06-01 }", "early_access.early", "is missing"),
        ("early_access = { early = {} }", "early_access.opens", "is missing"),
        (
            "early_access = { opens = 2026-06-01, early = {}, early_opens = 2026-06-01 }",
            "early_access",
            "2026-06-01 is not earlier than 2026-06-01",
        ),
        (
            "early_access = { opens = 2026-06-01, early = {}, erly_opens = 2026-05-01 }",
            "early_access.erly_opens",
            'unknown key; did you mean "early_opens"?',
        ),
    ],
)
def test_a_fault_is_told_with_its_path(text, path, message):
    assert Problem(path, message) in problems(text)
    assert len(problems(text)) == 1


def test_every_fault_of_a_tree_is_told_at_once():
    found = problems("""
        tire = "gold"
        any = [{ tier = "gold" }, { tier = 3, not = { orders = { at_last = 3 } } }]
        pieces = { at_least = "three", of = { brands = [] , tag = ["x"] } }
    """)
    assert {problem.path for problem in found} == {
        "tire",
        "any[1].tier",
        "any[1].not.orders.at_last",
        "pieces.at_least",
        "pieces.of.tag",
    }


def test_what_the_words_do_not_have_cannot_be_asked_for():
    assert problems("pieces = { at_least = 3 }", CUSTOMER) == [
        Problem("pieces.at_least", "no goods are measured here")
    ]
    assert problems("early_access = { opens = 2026-06-01, early = {} }", WORDS) == [
        Problem("early_access", "early access needs a field named date that holds one")
    ]


def test_a_tree_too_deep_is_refused_with_its_path():
    deep = {"tier": "gold"}
    for _ in range(40):
        deep = {"not": deep}
    with pytest.raises(ProgramError, match="at most 32 conditions lie within each other"):
        condition_from_plain(deep, SHOPPING, currency="CNY")
    for _ in range(100_000):
        deep = {"any": [deep]}
    with pytest.raises(ProgramError, match="at most 32 conditions lie within each other"):
        condition_from_plain(deep, SHOPPING, currency="CNY")


@pytest.mark.parametrize("given", [None, 3, "tier", ["tier"], True])
def test_what_is_no_table_is_no_condition(given):
    with pytest.raises(ProgramError, match="expected a table"):
        condition_from_plain(given, SHOPPING, currency="CNY")


def test_all_any_and_not_are_kept_as_they_were_written():
    gold = field("tier").equals("gold")
    for condition in (All([gold]), AnyOf([gold]), Not(Not(gold)), All([All([gold, gold])])):
        assert read_back(condition) == condition


def read_back(condition):
    return condition_from_plain(condition_to_plain(condition), SHOPPING, currency="CNY")
