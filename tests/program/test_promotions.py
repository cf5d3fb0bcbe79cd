"""Promotions in a program: read as they are meant, refused with their path where they cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import get_args

import pytest
from attrs import evolve, fields_dict, has
from hypothesis import HealthCheck, given, settings, strategies as st

from privlib.conditions import Condition, amount, condition_to_plain, field, pieces
from privlib.encoding.canonical import canonical, parse_canonical
from privlib.encoding.converting import converter
from privlib.entities.customer_state import CustomerState
from privlib.errors import Problem, ProgramError, UnknownSchemaError
from privlib.program import CampaignRules, CouponTemplate, Ladder, Program, Shop, Tier, Welcome
from privlib.program.lifecycle import Lifecycle
from privlib.program.loading import program_from_parts, program_from_toml
from privlib.program.offers import (
    AmountOff,
    Bundle,
    BundlePart,
    BuyGet,
    CheapestFree,
    FixedPrice,
    FreeShipping,
    GiftWithPurchase,
    NextCoupon,
    NthItem,
    Offer,
    Packs,
    PercentOff,
    PointsTimes,
    SetsFrom,
    ShippingOff,
    Spread,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.pricing import Group, Layer, Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, UseLimits
from privlib.program.stage import Stage
from privlib.program.toml_reading import toml_reader
from privlib.testing.strategies import (
    baskets,
    customer_states,
    pricing_settings,
    programs,
    promotion_sets,
    promotions,
)
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan
from privlib.values.rate import Rate

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
threshold = 5000
[[campaigns]]
name = "june"
starts = 2026-06-01
budget = 100
coupons = [{ name = "3 off", value = 3, threshold = 9 }]
"""
TEN_OFF = PercentOff(percent=10)


def program_with(*offered, **parts):
    least = {
        "shop": Shop(name="Tea"),
        "lifecycles": [Lifecycle(name="customer", stages=[Stage(name="new")])],
        "welcome": Welcome(text="Hi"),
        "ladder": Ladder(tiers=[Tier(name="gold", threshold=yuan(5_000))]),
        "campaigns": [
            CampaignRules(
                name="june",
                starts=date(2026, 6, 1),
                budget=yuan(100),
                coupons=[CouponTemplate(name="3 off", value=yuan(3), threshold=yuan(9))],
            )
        ],
        "promotions": offered,
    }
    return Program(**(least | parts))


IN_ORDER = [Layer(name="order", choice="in_order")]


def named(name, **fields):
    return Promotion(**({"name": name, "offer": TEN_OFF} | fields))


def faults_between(*offered, **parts):
    with pytest.raises(ProgramError) as caught:
        program_with(*offered, **parts)
    return list(caught.value.problems)


def faults_in(text):
    with pytest.raises(ProgramError) as caught:
        program_from_toml(LEAST + text)
    return list(caught.value.problems)


def promotion_in_toml(fields):
    return program_from_toml(f'{LEAST}[[promotions]]\nname = "p"\n{fields}').promotions[0]


# What is read


@pytest.mark.parametrize(
    ("written", "offer"),
    [
        ('kind = "percent_off", percent = 10', PercentOff(percent=10)),
        (
            'kind = "percent_off", percent = "12.5", ceiling = 5, rounded = "once"',
            PercentOff(percent="12.5", ceiling=yuan(5), rounded=Spread.ONCE),
        ),
        ('kind = "amount_off", amount = "9.90"', AmountOff(amount=yuan("9.90"))),
        (
            'kind = "amount_off", amount = 3, spread = "unit"',
            AmountOff(amount=yuan(3), spread="unit"),
        ),
        ('kind = "fixed_price", price = 0', FixedPrice(price=yuan(0))),
        (
            'kind = "unit_amounts", first = 10, next = 5, most = 3',
            UnitAmounts(first=yuan(10), next=yuan(5), most=3),
        ),
        (
            (
                'kind = "threshold_off", steps = [{ amount = 100, off = 20 }, '
                "{ amount = 200, percent = 15 }]"
            ),
            ThresholdOff(
                steps=[Step(amount=yuan(100), off=yuan(20)), Step(amount=yuan(200), percent=15)]
            ),
        ),
        (
            (
                'kind = "threshold_off", steps = [{ pieces = 3, off = 20 }], repeat = true, '
                "at_most = 2"
            ),
            ThresholdOff(steps=[Step(pieces=3, off=yuan(20))], repeat=True, at_most=2),
        ),
        ('kind = "nth_item", n = 2, percent = 50', NthItem(n=2, percent=50)),
        (
            'kind = "buy_get", buy = 2, get_goods = { skus = ["cup"] }, favour = "shop"',
            BuyGet(buy=2, get_goods=Goods(skus=["cup"]), favour="shop"),
        ),
        ('kind = "cheapest_free", of = 4, free = 2', CheapestFree(of=4, free=2)),
        (
            (
                'kind = "bundle", price = 99, '
                'parts = [{ goods = { categories = ["tea"] } }, { pieces = 2 }]'
            ),
            Bundle(
                parts=[BundlePart(goods=Goods(categories=["tea"])), BundlePart(pieces=2)],
                price=yuan(99),
            ),
        ),
        (
            'kind = "sets_from", amount = 100, pieces = 2, off = 10',
            SetsFrom(amount=yuan(100), pieces=2, off=yuan(10)),
        ),
        ('kind = "packs", pieces = 3, price = 100', Packs(pieces=3, price=yuan(100))),
        ('kind = "shipping_off", percent = 50', ShippingOff(percent=50)),
        ('kind = "free_shipping", methods = ["b", "a"]', FreeShipping(methods=["a", "b"])),
        (
            'kind = "gift", sku = "cup", fill = true, replacements = ["pot", "bag"]',
            GiftWithPurchase(sku="cup", fill=True, replacements=["pot", "bag"]),
        ),
        (
            'kind = "sets_from", amount = 80, distinct = 2, off = "8.50", at_most = 3',
            SetsFrom(amount=yuan(80), distinct=2, off=yuan("8.50"), at_most=3),
        ),
        ('kind = "points_times", times = "1.5"', PointsTimes(times="1.5")),
        (
            'kind = "next_coupon", campaign = "june", coupon = "3 off"',
            NextCoupon(campaign="june", coupon="3 off"),
        ),
    ],
)
def test_every_kind_of_offer_is_written_in_toml_as_in_python(written, offer):
    assert promotion_in_toml(f"offer = {{ {written} }}").offer == offer


def test_the_examples_above_are_of_every_kind():
    (mark,) = test_every_kind_of_offer_is_written_in_toml_as_in_python.pytestmark
    assert {type(offer) for _, offer in mark.args[1]} == set(get_args(Offer))


def test_all_settings_of_a_promotion_are_written_in_toml_as_in_python():
    text = """
    layer = "coupon"
    offer = { kind = "percent_off", percent = 10 }
    goods = { categories = ["tea"], price_from = "9.90", without = { skus = ["cup"] } }
    when = { tier = "gold", pieces = { at_least = 3, of = { categories = ["tea"] } } }
    needs = { amount = 100, pieces = 2, distinct = 2, base = "after:line" }
    base = "member"
    trigger = "code"
    codes = ["SPRING", "LENTE"]
    priority = -3
    uses_units = true
    stacking = { groups = ["a"], never_with = ["q"] }
    limits = { uses = 100, per_customer = 1, budget = "1000.50" }
    starts = 2026-03-01
    ends = 2026-06-01
    [[promotions]]
    name = "q"
    offer = { kind = "free_shipping" }
    """
    assert promotion_in_toml(text) == Promotion(
        name="p",
        layer="coupon",
        offer=TEN_OFF,
        goods=Goods(categories=["tea"], price_from=yuan("9.90"), without=Goods(skus=["cup"])),
        when=field("tier").equals("gold") & pieces(Goods(categories=["tea"])).at_least(3),
        needs=Threshold(amount=yuan(100), pieces=2, distinct=2, base="after:line"),
        base="member",
        trigger="code",
        codes=["LENTE", "SPRING"],
        priority=-3,
        uses_units=True,
        stacking=Stacking(groups=["a"], never_with=["q"]),
        limits=UseLimits(uses=100, per_customer=1, budget=yuan("1000.50")),
        starts=date(2026, 3, 1),
        ends=date(2026, 6, 1),
    )


def test_all_pricing_settings_are_written_in_toml_as_in_python():
    text = """
    [pricing]
    layers = [{ name = "line", choice = "in_order" }, { name = "order" }]
    groups = [{ name = "coupons", at_most = 2 }]
    at_most = 3
    objective = "shop"
    crossing = "by_layer"
    node_budget = 100
    rounding = "down"
    remainder = "last"
    overflow = "lost"
    points_as_money = { points = 100, worth = 1, at_most = "12.5" }
    """
    pricing = program_from_toml(LEAST + text).pricing
    assert pricing.points_as_money.at_most == Rate(1, 8)
    assert pricing == Pricing(
        layers=[Layer(name="line", choice="in_order"), Layer(name="order")],
        groups=[Group(name="coupons", at_most=2)],
        at_most=3,
        objective="shop",
        crossing="by_layer",
        node_budget=100,
        rounding="down",
        remainder="last",
        overflow="lost",
        points_as_money=pricing.points_as_money,
    )


def test_the_text_of_a_promotion_does_not_depend_on_the_order_of_its_names():
    one = named("p", goods=Goods(skus=["b", "a"]), stacking=Stacking(groups=["y", "x"]))
    other = named("p", goods=Goods(skus=["a", "b"]), stacking=Stacking(groups=["x", "y"]))
    assert program_with(one).version == program_with(other).version


@pytest.mark.parametrize(
    "damage",
    [
        ('"kind":"percent_off"', '"kind":"percent_of"'),
        ('"kind":"percent_off",', ""),
        ('"kind":"percent_off"', '"kind":3'),
        ('"percent":[1,10]', '"percent":[11,10]'),
        ('"percent":[1,10]', '"percent":10'),
        ('"percent":[1,10],', ""),
        ('"rounded":"line"', '"rounded":"line","rounds":1'),
        ('"kind":"always"', '"kind":"sometimes"'),
        ('"layer":"order"', '"layer":"odrer"'),
    ],
)
def test_a_stored_promotion_that_was_damaged_is_refused(damage):
    parts = program_with(named("p")).parts
    damaged = [evolve(part, text=part.text.replace(*damage)) for part in parts]
    assert damaged != list(parts)
    with pytest.raises(UnknownSchemaError):
        program_from_parts(damaged)


def test_a_set_has_one_text_in_whatever_order_it_was_told():
    one = CustomerState(tags=["b", "a", "c"])
    assert canonical(one) == '{"tags":["a","b","c"]}'
    assert canonical(CustomerState(tags=["c", "b", "a", "a"])) == canonical(one)


# What is wrong in one promotion


@pytest.mark.parametrize(
    ("written", "path", "said"),
    [
        ("percent = 10", "offer.kind", "is missing; it is one of: percent_off, amount_off, fixed"),
        (
            'kind = "percent_of"',
            "offer.kind",
            "'percent_of' is not one of: percent_off, amount_off",
        ),
        ('kind = "percent_of"', "offer.kind", 'next_coupon; did you mean "percent_off"?'),
        ("kind = 3", "offer.kind", "expected text in quotes; got int"),
        ('kind = "percent_off"', "offer.percent", "is missing"),
        (
            'kind = "percent_off", percent = 10, celing = 3',
            "offer.celing",
            'unknown key; did you mean "ceiling"?',
        ),
        (
            'kind = "percent_off", percent = 0',
            "offer.percent",
            "percent is above 0 % and at most 100 %; got 0/1",
        ),
        (
            'kind = "percent_off", percent = "100.01"',
            "offer.percent",
            "percent is above 0 % and at most 100 %; got 10001/10000",
        ),
        (
            'kind = "percent_off", percent = -1',
            "offer.percent",
            "-1/100 is not a rate of 0 or more",
        ),
        (
            'kind = "percent_off", percent = 12.5',
            "offer.percent",
            'expected a whole number or a decimal in quotes ("12.5"); got a decimal without quotes',
        ),
        ('kind = "percent_off", percent = true', "offer.percent", "got true or false"),
        (
            'kind = "percent_off", percent = 10, rounded = "twice"',
            "offer.rounded",
            "'twice' is not one of: unit, line, once",
        ),
        (
            'kind = "amount_off", amount = "-0.01"',
            "offer.amount",
            "amount is above 0; got -0.01 CNY",
        ),
        ('kind = "amount_off", amount = 0', "offer.amount", "amount is above 0; got 0.00 CNY"),
        (
            'kind = "fixed_price", price = "-1"',
            "offer.price",
            "price cannot be negative; got -1.00",
        ),
        (
            'kind = "amount_off", amount = 92233720368547758070',
            "offer.amount",
            "67 bits of CNY are too many",
        ),
        ('kind = "nth_item", n = 0, percent = 50', "offer.n", "n is 1 to 1,000,000; got 0"),
        (
            'kind = "nth_item", n = 2, percent = 50, at_most = 1000001',
            "offer.at_most",
            "got 1000001",
        ),
        (
            (
                'kind = "threshold_off", steps = [{ amount = 100, off = 10 }, '
                "{ amount = 100, off = 20 }]"
            ),
            "offer.steps[1]",
            "steps go upward",
        ),
        (
            (
                'kind = "threshold_off", steps = [{ amount = 100, off = 10 }, '
                '{ pieces = 3, off = "x" }]'
            ),
            "offer.steps[1].off",
            "'x' is not an amount such as \"19.90\"",
        ),
        ('kind = "threshold_off", steps = []', "offer.steps", "a threshold has at least one step"),
        (
            'kind = "threshold_off", steps = [{ pieces = 1, percent = 5 }], repeat = true',
            "offer.repeat",
            "one step with an amount off can be repeated, and nothing else",
        ),
        (
            'kind = "threshold_off", steps = [{ pieces = 1, off = 5 }], repeat = "yes"',
            "offer.repeat",
            "expected true or false; got str",
        ),
        (
            'kind = "bundle", price = 3, parts = [{ goods = { sku = ["a"] } }]',
            "offer.parts[0].goods.sku",
            'unknown key; did you mean "skus"?',
        ),
        (
            'kind = "bundle", price = 3, off = 1, parts = [{}]',
            "offer",
            "a bundle has a price, an amount off or a percentage: give one",
        ),
    ],
)
def test_a_fault_in_an_offer_has_its_path(written, path, said):
    found = faults_in(f'[[promotions]]\nname = "p"\noffer = {{ {written} }}')
    assert [problem.path for problem in found] == [f"promotions[0].{path}"]
    assert said in found[0].message


@pytest.mark.parametrize(
    ("fields", "path", "said"),
    [
        ('codes = ["A"]', "codes", 'the trigger "code" wants codes, and no other trigger has any'),
        (
            'trigger = "code"',
            "codes",
            'the trigger "code" wants codes, and no other trigger has any',
        ),
        ("priority = true", "priority", "expected a whole number; got true or false"),
        ("priority = 1000001", "priority", "is a whole number between -1,000,000 and 1,000,000"),
        ('base = "afer:line"', "base", "'afer:line' is not one of: list, member, remaining"),
        ("needs = {}", "needs", "a threshold asks for an amount, pieces or distinct products"),
        ("needs = { pieces = 0 }", "needs.pieces", "pieces is 1 to 1,000,000; got 0"),
        ("limits = { uses = 0 }", "limits.uses", "uses is 1 to 1,000,000; got 0"),
        ('limits = { budget = "-1" }', "limits.budget", "budget cannot be negative; got -1.00 CNY"),
        (
            'stacking = { alone = true, only_with = ["q"] }',
            "stacking",
            "what applies alone cannot apply only with others",
        ),
        (
            'stacking = { only_with = ["q"], never_with = ["q"] }',
            "stacking",
            "only_with and never_with both name q",
        ),
        ('stacking = { never_with = ["p"] }', "stacking", "a promotion cannot name itself"),
        ("starts = 2026-06-01\nends = 2026-06-01", "ends", "a period ends after it starts"),
        ("ends = 2026-06-01T12:00:00", "ends", "expected a date such as 2026-06-01; got datetime"),
        ("goods = { price_below = 3, price_from = 3 }", "goods", "no price is from 3.00 CNY"),
        ("goods = { price_below = 0 }", "goods", "no price is below 0.00 CNY"),
        ("goods = { without = {} }", "goods", "without: everything is left out"),
        ('when = { teir = "gold" }', "when.teir", 'unknown field; did you mean "tier"?'),
        (
            'when = { any = [{ is_member = true }, { amount = { at_least = "1.005" } }] }',
            "when.any[1].amount.at_least",
            "1.005 CNY is not a whole number of minor units",
        ),
        ("when = 3", "when", "expected a table; got int"),
    ],
)
def test_a_fault_in_the_settings_of_a_promotion_has_its_path(fields, path, said):
    promotion = '[[promotions]]\nname = "p"\noffer = { kind = "percent_off", percent = 10 }\n'
    found = faults_in(f"{promotion}{fields}")
    assert [problem.path for problem in found][:1] == [f"promotions[0].{path}"]
    assert said in found[0].message


@pytest.mark.parametrize("day", ["2026-06-01", 20260601])
def test_a_day_that_is_none_is_refused_in_python(day):
    for place in ("starts", "ends"):
        with pytest.raises(ProgramError) as caught:
            named("p", **{place: day})
        assert [problem.path for problem in caught.value.problems] == [place]


@pytest.mark.parametrize(
    ("written", "path", "said"),
    [
        (
            'layers = [{ name = "a" }, { name = "a" }]',
            "layers[1].name",
            '"a" stands at [0] already',
        ),
        ("layers = []", "layers", "there is at least one layer"),
        (
            'groups = [{ name = "a" }, { name = "a" }]',
            "groups[1].name",
            '"a" stands at [0] already',
        ),
        (
            'groups = [{ name = "a", at_most = 0 }]',
            "groups[0].at_most",
            "at_most is 1 to 1,000,000",
        ),
        (
            'rounding = "up_half"',
            "rounding",
            "'up_half' is not one of: half_up, half_down, half_even, down",
        ),
        ("node_budget = 0", "node_budget", "node_budget is 1 to 1,000,000; got 0"),
        (
            "points_as_money = { worth = 1, at_most = 101 }",
            "points_as_money.at_most",
            "at_most is above 0 % and at most 100 %; got 101/100",
        ),
    ],
)
def test_a_fault_in_the_pricing_settings_has_its_path(written, path, said):
    found = faults_in(f"[pricing]\n{written}")
    assert found[0].path == f"pricing.{path}"
    assert said in found[0].message


# What is wrong between promotions, and with other parts


def test_two_promotions_cannot_have_one_name():
    assert faults_between(named("p"), named("q"), named("p")) == [
        Problem("promotions[2].name", '"p" stands at [0] already')
    ]


def test_two_promotions_cannot_have_one_code_however_it_is_typed():
    one = named("p", trigger="code", codes=["SPRING", "tea"])
    other = named("q", trigger="code", codes=["Spring", "ware"])
    assert faults_between(one, other) == [
        Problem("promotions[1].codes", '"Spring" is a code of "p" at [0] already')
    ]
    own = named("p", trigger="code", codes=["SPRING", "Spring"])
    assert program_with(own, named("q", trigger="code", codes=["SPR"])).promotions[0] == own


def test_codes_beyond_ascii_are_told_apart_as_they_are_written():
    one = named("p", trigger="code", codes=["É"])
    assert len(program_with(one, named("q", trigger="code", codes=["é"])).promotions) == 2


def test_a_layer_that_is_not_there_is_named_with_the_nearest():
    assert faults_between(named("p", layer="odrer"), named("q", layer="xyz")) == [
        Problem("promotions[0].layer", 'there is no layer "odrer"; did you mean "order"?'),
        Problem("promotions[1].layer", 'there is no layer "xyz"'),
    ]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"base": "after:{}"}, "base"),
        ({"needs": "after:{}"}, "needs.base"),
        ({"when": "after:{}"}, "when"),
    ],
)
def test_a_base_is_reckoned_after_an_earlier_layer(fields, path):
    ((place, base),) = fields.items()

    def reckoned_after(layer):
        value = base.format(layer)
        made = {
            "base": value,
            "needs": Threshold(amount=yuan(1), base=value),
            "when": amount(Goods(), base=value).at_least(yuan(1)),
        }
        return named("p", layer="order", **{place: made[place]})

    assert program_with(reckoned_after("line")).promotions
    for later in ("order", "coupon", "shipping"):
        said = f'"{later}" does not come before "order", its layer'
        assert faults_between(reckoned_after(later)) == [Problem(f"promotions[0].{path}", said)]
    said = 'there is no layer "lien"; did you mean "line"?'
    assert faults_between(reckoned_after("lien")) == [Problem(f"promotions[0].{path}", said)]


def test_a_base_of_a_condition_that_is_none_is_refused():
    when = amount(Goods(), base="remainng").at_least(yuan(1))
    assert faults_between(named("p", when=when)) == [
        Problem("promotions[0].when", 'there is no base "remainng"; did you mean "remaining"?')
    ]


def test_stacking_names_only_promotions_that_there_are():
    stacking = Stacking(only_with=["sprin"], never_with=["xyz"])
    assert faults_between(named("spring"), named("q", stacking=stacking)) == [
        Problem(
            "promotions[1].stacking.only_with",
            'there is no promotion "sprin"; did you mean "spring"?',
        ),
        Problem("promotions[1].stacking.never_with", 'there is no promotion "xyz"'),
    ]


@pytest.mark.parametrize(
    ("mine", "others", "pricing", "reason"),
    [
        ({}, {"alone": True}, {}, '"q" applies alone'),
        ({}, {"never_with": ["p"]}, {}, '"q" never applies with "p"'),
        (
            {"groups": ["a", "b"]},
            {"groups": ["b", "c"]},
            {},
            'both are in the group "b", of which one applies',
        ),
        ({}, {}, {"at_most": 1}, "only one promotion applies to a basket"),
        ({}, {}, {"layers": IN_ORDER}, '"q" has its turn after it'),
    ],
)
def test_a_partner_that_can_never_be_met_is_refused(mine, others, pricing, reason):
    p = named("p", stacking=Stacking(only_with=["q"], **mine))
    q = named("q", stacking=Stacking(**others))
    assert faults_between(p, q, pricing=Pricing(**pricing)) == [
        Problem("promotions[0].stacking.only_with", f'"p" can never meet "q": {reason}')
    ]


@pytest.mark.parametrize(
    ("mine", "others", "choice"),
    [
        ({}, {}, "best"),
        ({}, {"priority": 1}, "in_order"),
        ({"layer": "coupon"}, {}, "in_order"),
        ({"offer": PointsTimes(times=2)}, {}, "in_order"),
    ],
)
def test_a_partner_that_applies_by_its_turn_can_be_met(mine, others, choice):
    layers = [Layer(name=name, choice=choice) for name in ("order", "coupon")]
    p = named("p", **{"stacking": Stacking(only_with=["q"])} | mine)
    program = program_with(p, named("q", **others), pricing=Pricing(layers=layers))
    assert program.promotions[0] is p


def test_a_partner_that_takes_no_money_off_comes_too_late_for_what_does():
    p = named("p", stacking=Stacking(only_with=["q"]))
    q = named("q", offer=PointsTimes(times=2))
    late = '"p" can never meet "q": "q" has its turn after it'
    assert faults_between(p, q) == [Problem("promotions[0].stacking.only_with", late)]


def test_a_group_of_which_two_apply_keeps_no_partners_apart():
    p = named("p", stacking=Stacking(only_with=["q"], groups=["a"]))
    q = named("q", stacking=Stacking(only_with=["p"], groups=["a"]))
    two = Pricing(groups=[Group(name="a", at_most=2)], at_most=2)
    assert program_with(p, q, pricing=two).promotions == (p, q)


def test_a_group_in_the_settings_has_a_promotion_in_it_or_is_that_of_coupons():
    grouped = named("p", stacking=Stacking(groups=["seasonal"]))
    pricing = Pricing(groups=[Group(name="seasonl", at_most=2), Group(name="coupons", at_most=2)])
    assert faults_between(grouped, pricing=pricing) == [
        Problem(
            "pricing.groups[0].name",
            'no promotion is in the group "seasonl"; did you mean "seasonal"?',
        )
    ]


def test_every_amount_is_in_the_currency_of_the_shop():
    dollar = Money(100, "USD")
    offered = [
        named("a", offer=AmountOff(amount=dollar)),
        named("b", offer=ThresholdOff(steps=[Step(amount=yuan(1), off=dollar)])),
        named("c", goods=Goods(skus=["a"], without=Goods(price_from=dollar))),
        named("d", needs=Threshold(amount=dollar)),
        named("e", limits=UseLimits(budget=dollar)),
        named("f", when=amount(Goods()).at_least(dollar)),
        named("g", offer=BuyGet(buy=1, get_goods=Goods(price_below=dollar))),
        named("h", offer=Bundle(price=yuan(1), parts=[BundlePart(goods=Goods(price_from=dollar))])),
    ]
    said = "1.00 USD is not in CNY, the currency of the shop"
    assert faults_between(*offered) == [
        Problem(f"promotions[{at}].{path}", said)
        for at, path in enumerate(
            [
                "offer.amount",
                "offer.steps[0].off",
                "goods.without.price_from",
                "needs.amount",
                "limits.budget",
                "when",
                "offer.get_goods.price_below",
                "offer.parts[0].goods.price_from",
            ]
        )
    ]


def test_a_coupon_for_the_next_order_is_one_of_a_campaign():
    offers = [("jun", "3 off"), ("june", "3 of"), ("may", "xyz")]
    offered = [
        named(f"p{at}", offer=NextCoupon(campaign=campaign, coupon=coupon))
        for at, (campaign, coupon) in enumerate(offers)
    ]
    assert faults_between(*offered) == [
        Problem("promotions[0].offer.campaign", 'there is no campaign "jun"; did you mean "june"?'),
        Problem("promotions[1].offer.coupon", '"june" has no coupon "3 of"; did you mean "3 off"?'),
        Problem("promotions[2].offer.campaign", 'there is no campaign "may"'),
    ]


def test_a_tier_or_stage_that_there_is_not_is_named_in_a_condition():
    asked = field("tier").one_of("glod", "gold") | ~field("stage").equals("nwe")
    assert faults_between(named("p", when=asked)) == [
        Problem("promotions[0].when", 'there is no tier "glod"; did you mean "gold"?'),
        Problem("promotions[0].when", 'there is no stage "nwe"; did you mean "new"?'),
    ]
    tiers_elsewhere = named("p", when=field("tier").equals("glod"))
    assert program_with(tiers_elsewhere, ladder=Ladder()).promotions == (tiers_elsewhere,)


def test_a_condition_in_words_that_there_are_not_is_refused_in_python_too():
    asked = field("tier").equals("gold") & ~field("teir").equals("gold")
    assert faults_between(named("p", when=asked)) == [
        Problem("promotions[0].when.all[1].not.teir", 'unknown field; did you mean "tier"?')
    ]


def test_days_that_are_nowhere_in_the_zone_are_refused():
    first, last = date(1, 1, 1), date(9999, 12, 31)
    early = faults_between(named("p", starts=first, ends=last))
    assert [problem.path for problem in early] == ["promotions[0].starts"]
    assert early[0].message.startswith("in Asia/Shanghai, ")
    assert program_with(named("p", starts=date(1, 1, 2), ends=last)).promotions
    west = Shop(name="Tea", zone="America/New_York")
    assert program_with(named("p", starts=first), shop=west).promotions


def test_faults_within_promotions_hide_none_between_them():
    text = """
    [pricing]
    groups = [{ name = "a", at_most = 2 }]
    [[promotions]]
    name = "p"
    layer = "lien"
    offer = { kind = "percent_of" }
    stacking = { only_with = ["q"] }
    [[promotions]]
    name = "q"
    priority = "high"
    offer = { kind = "percent_off", percent = 10 }
    stacking = { alone = true }
    [[promotions]]
    name = "q"
    offer = { kind = "percent_off", percent = 200 }
    codes = ["A"]
    when = { tier = "glod" }
    [[promotions]]
    offer = { kind = "percent_off", percent = 200 }
    """
    assert {problem.path for problem in faults_in(text)} == {
        "promotions[0].layer",
        "promotions[0].offer.kind",
        "promotions[0].stacking.only_with",
        "promotions[1].priority",
        "promotions[2].name",
        "promotions[2].offer.percent",
        "promotions[2].codes",
        "promotions[2].when",
        "promotions[3].name",
        "promotions[3].offer.percent",
    }


def test_what_cannot_be_read_of_other_parts_makes_no_false_faults():
    text = """
    [pricing]
    layers = [{ name = "mine" }, { name = 3 }]
    [[campaigns]]
    name = 3
    [[promotions]]
    name = "p"
    layer = "mine"
    offer = { kind = "next_coupon", campaign = "july", coupon = "x" }
    """
    paths = {problem.path for problem in faults_in(text)}
    assert paths == {
        "pricing.layers[1].name",
        "campaigns[1].name",
        "campaigns[1].starts",
        "campaigns[1].budget",
    }


def test_a_promotion_named_by_another_may_itself_be_unreadable():
    text = """
    [[promotions]]
    name = "p"
    offer = { kind = "percent_off", percent = 10 }
    stacking = { only_with = ["q"] }
    [[promotions]]
    name = "q"
    offer = 3
    goods = 3
    needs = 3
    """
    paths = {problem.path for problem in faults_in(text)}
    assert paths == {"promotions[1].offer", "promotions[1].goods", "promotions[1].needs"}


# Laws


def plain(value):
    """A value as TOML has it, in yuan."""
    match value:
        case Money():
            return value.amount
        case Rate():
            return f"{Decimal(value.numerator) / value.denominator * 100:f}"
        case StrEnum():
            return value.value
        case tuple() | frozenset():
            return [plain(each) for each in value]
    if isinstance(value, Condition):
        return condition_to_plain(value)
    return plain_table(value) if has(type(value)) else value


def plain_table(value):
    """The fields of a value that are given."""
    told = [name for name, each in fields_dict(type(value)).items() if each.init]
    table = {name: plain(getattr(value, name)) for name in told if getattr(value, name) is not None}
    return {"kind": value.tag} | table if isinstance(value, Offer) else table


def told(promotion):
    """A promotion in plain tables; how many times the points is no percentage."""
    tables = plain(promotion)
    if isinstance(promotion.offer, PointsTimes):
        times = promotion.offer.times
        tables["offer"]["times"] = f"{Decimal(times.numerator) / times.denominator}"
    return tables


@SOME
@given(promotion=promotions())
def test_any_promotion_is_read_from_plain_tables_as_it_is(promotion):
    assert toml_reader("CNY").structure(told(promotion), Promotion) == promotion


@SOME
@given(promotion=promotions(currency="JPY"))
def test_any_promotion_comes_back_from_its_text(promotion):
    text = canonical(promotion, whole=True)
    again = converter(whole=True).structure(parse_canonical(text), Promotion)
    assert again == promotion
    assert canonical(again, whole=True) == text


@SOME
@given(pricing=pricing_settings())
def test_any_pricing_settings_are_read_from_plain_tables_as_they_are(pricing):
    assert toml_reader("CNY").structure(plain(pricing), Pricing) == pricing


@SOME
@given(basket=baskets(), customer=customer_states())
def test_any_basket_and_customer_are_read_and_come_back(basket, customer):
    reader = toml_reader("CNY")
    for told_of in (basket, customer):
        kind = type(told_of)
        assert reader.structure(plain(told_of), kind) == told_of
        text = canonical(told_of)
        assert converter(whole=False).structure(parse_canonical(text), kind) == told_of


@SOME
@given(program=programs(max_promotions=5))
def test_any_program_with_promotions_comes_back_with_its_version(program):
    again = program_from_parts(program.parts)
    assert again == program
    assert again.version == program.version


@SOME
@given(data=st.data(), drawn=promotion_sets())
def test_a_name_that_is_taken_out_of_a_set_is_missed(data, drawn):
    offered, pricing = drawn
    bound = {name for each in offered for name in each.stacking.only_with}
    bound |= {name for each in offered for name in each.stacking.never_with}
    if not bound:
        return
    missing = data.draw(st.sampled_from(sorted(bound)))
    rest = [each for each in offered if each.name != missing]
    problems = faults_between(*rest, pricing=evolve(pricing, groups=[]))
    assert any(f'there is no promotion "{missing}"' in problem.message for problem in problems)
