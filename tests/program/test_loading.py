"""Loading a program from TOML: every fault at once, each with its path and what was expected."""

import string
from datetime import date
from typing import get_args

import pytest
from attrs import fields_dict
from hypothesis import example, given, strategies as st

from privlib.errors import Problem, ProgramError
from privlib.program import (
    CampaignRules,
    CouponTemplate,
    Enrolment,
    Gift,
    Holiday,
    Ladder,
    Lifecycle,
    Program,
    Service,
    ServiceHours,
    Shop,
    Stage,
    Tier,
    Welcome,
)
from privlib.program.loading import default_program, load_program, program_from_toml
from privlib.program.offers import Offer, Step
from privlib.program.pricing import Layer, Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, UseLimits
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan

LEAST = """
[shop]
name = "Tea"
[welcome]
text = "Hi"
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
"""


def problems_of(text):
    with pytest.raises(ProgramError) as caught:
        program_from_toml(text)
    return set(caught.value.problems)


def tier(fields):
    return f"{LEAST}\n[[ladder.tiers]]\n{fields}"


def coupon(fields):
    campaign = '[[campaigns]]\nname = "june"\nstarts = 2026-06-01\nbudget = 100\n'
    return f"{LEAST}\n{campaign}[[campaigns.coupons]]\n{fields}"


def test_a_shop_a_welcome_and_one_stage_are_enough():
    program = program_from_toml(LEAST)
    assert program == Program(
        shop=Shop(name="Tea", currency="CNY", zone="Asia/Shanghai"),
        lifecycles=[Lifecycle(name="customer", stages=(Stage(name="new"),))],
        welcome=Welcome(text="Hi"),
    )


def test_toml_says_what_python_says():
    text = """
    [shop]
    name = "茶馆"
    currency = "USD"
    zone = "America/New_York"
    [enrolment]
    unknown_customer = "refuse"
    imported_member = "catch_up"
    contact_like_ids = "accept"
    carrier = "wecom"
    employee = "mei"
    [ladder]
    tier_after_refund = "keep"
    gift_after_refund = "keep"
    [[ladder.tiers]]
    name = "silver"
    threshold = "19.90"
    gift = { id = "pack", value = 7, items = ["tea", "cup"] }
    [[ladder.tiers]]
    name = "gold"
    threshold = 20
    [[lifecycles]]
    name = "customer"

    [[lifecycles.stages]]
    name = "new"
    leads_to = ["old"]
    follow_up_days = 3
    [[lifecycles.stages]]
    name = "old"
    role = "terminal"
    [welcome]
    text = "Hi {name}"
    deadline_seconds = 60
    name_if_unknown = "you"
    [[campaigns]]
    name = "june"
    starts = 2026-06-01
    ends = 2026-07-01
    budget = 0
    [[campaigns.coupons]]
    name = "3 off 9"
    value = 3
    threshold = "9.00"
    valid_days = 30
    per_customer = 2
    """
    assert program_from_toml(text) == Program(
        shop=Shop(name="茶馆", currency="USD", zone="America/New_York"),
        enrolment=Enrolment(
            unknown_customer="refuse",
            imported_member="catch_up",
            contact_like_ids="accept",
            carrier="wecom",
            employee="mei",
        ),
        ladder=Ladder(
            tiers=[
                Tier(
                    name="silver",
                    threshold=Money(1990, "USD"),
                    gift=Gift(id="pack", value=Money(700, "USD"), items=["tea", "cup"]),
                ),
                Tier(name="gold", threshold=Money(2000, "USD")),
            ],
            tier_after_refund="keep",
            gift_after_refund="keep",
        ),
        lifecycles=[
            Lifecycle(
                name="customer",
                stages=[
                    Stage(name="new", leads_to=["old"], follow_up_days=3),
                    Stage(name="old", role="terminal"),
                ],
            )
        ],
        welcome=Welcome(text="Hi {name}", deadline_seconds=60, name_if_unknown="you"),
        campaigns=[
            CampaignRules(
                name="june",
                starts=date(2026, 6, 1),
                ends=date(2026, 7, 1),
                budget=Money(0, "USD"),
                coupons=[
                    CouponTemplate(
                        name="3 off 9",
                        value=Money(300, "USD"),
                        threshold=Money(900, "USD"),
                        valid_days=30,
                        per_customer=2,
                    )
                ],
            )
        ],
    )


def test_the_faults_of_all_parts_come_at_once():
    text = """
    laddr = 1
    [shop]
    name = "Tea"
    currency = "RMB"
    zone = "Asia/Shangai"
    [enrolment]
    unknown_customer = "enroll"
    [ladder]
    [[ladder.tiers]]
    name = "silver"
    threshold = 5000
    gift = { id = "pack", value = 300 }
    [[ladder.tiers]]
    name = "silver"
    threshold = 5000
    gift = { id = "pack", value = 300 }
    [[lifecycles]]
    name = "customer"

    [[lifecycles.stages]]
    name = "new"
    leads_to = ["lots"]
    [[lifecycles.stages]]
    name = "lost"
    role = "terminal"
    [welcome]
    text = "Hi {nam}"
    [[campaigns]]
    name = "june"
    starts = 2026-07-01
    ends = 2026-06-01
    budget = -1
    """
    assert problems_of(text) == {
        Problem("laddr", 'unknown key; did you mean "ladder"?'),
        Problem("shop.currency", "'RMB' is not an ISO 4217 currency code"),
        Problem("shop.zone", "'Asia/Shangai' is not a time zone such as Asia/Shanghai"),
        Problem("enrolment.unknown_customer", "'enroll' is not one of: enrol, refuse"),
        Problem("ladder.tiers[1].name", '"silver" stands at [0] already'),
        Problem("ladder.tiers[1].gift.id", '"pack" stands at [0] already'),
        Problem(
            "ladder.tiers[1].threshold",
            '5000.00 CNY is not above 5000.00 CNY of "silver": thresholds must ascend',
        ),
        Problem(
            "lifecycles[0].stages[0].leads_to[0]", 'there is no stage "lots"; did you mean "lost"?'
        ),
        Problem("lifecycles[0].stages[1]", 'no way leads from "new" to "lost"'),
        Problem("welcome.text", '{nam} is not a variable; did you mean "name"?'),
        Problem("campaigns[0].ends", "a period ends after it starts; got 2026-07-01 to 2026-06-01"),
        Problem("campaigns[0].budget", "a budget is 0 or more; got -1.00 CNY"),
    }


def test_the_error_prints_one_problem_a_line():
    with pytest.raises(ProgramError) as caught:
        program_from_toml("[shop]\nname = 5")
    assert str(caught.value).splitlines() == [
        "shop.name: expected text in quotes; got int",
        "lifecycles: is missing",
        "welcome: is missing",
    ]


def test_faults_between_parts_come_with_those_of_the_others():
    twice = '[[campaigns]]\nname = "june"\nstarts = 2026-06-01\nbudget = 1\n' * 2
    assert problems_of(f"{LEAST}{twice}[enrolment]\ncarrier = ''") == {
        Problem("enrolment.carrier", "the id is empty"),
        Problem("campaigns[1].name", '"june" stands at [0] already'),
    }


@pytest.mark.parametrize(
    ("lower", "upper", "ascend"),
    [
        ("5000", '"4999.99"', False),
        ("5000", "5000", False),
        ("5000", '"5000.00"', False),
        ("5000", '"5000.01"', True),
    ],
)
def test_thresholds_must_ascend(lower, upper, ascend):
    text = tier(f'name = "a"\nthreshold = {lower}\n') + (
        f'[[ladder.tiers]]\nname = "b"\nthreshold = {upper}'
    )
    if ascend:
        assert program_from_toml(text).ladder.tiers[1].threshold == yuan("5000.01")
    else:
        assert {problem.path for problem in problems_of(text)} == {"ladder.tiers[1].threshold"}


def test_each_step_down_is_named_with_the_tier_below_it():
    steps = "".join(
        f'[[ladder.tiers]]\nname = "t{place}"\nthreshold = {threshold}\n'
        for place, threshold in enumerate([300, 200, 400, 100])
    )
    said = '{} is not above {} of "{}": thresholds must ascend'
    assert problems_of(LEAST + steps) == {
        Problem("ladder.tiers[1].threshold", said.format("200.00 CNY", "300.00 CNY", "t0")),
        Problem("ladder.tiers[3].threshold", said.format("100.00 CNY", "400.00 CNY", "t2")),
    }


def test_a_third_of_the_same_name_points_at_the_first():
    stages = "".join(f'[[lifecycles.stages]]\nname = "{name}"\n' for name in ("old", "new", "new"))
    text = LEAST.replace('name = "new"', 'name = "new"\nleads_to = ["old"]') + stages
    assert problems_of(text) == {
        Problem("lifecycles[0].stages[2].name", '"new" stands at [0] already'),
        Problem("lifecycles[0].stages[3].name", '"new" stands at [0] already'),
    }


def test_two_coupons_of_a_campaign_cannot_share_a_name():
    one = 'name = "20 off"\nvalue = 20\nthreshold = 100\n'
    assert problems_of(coupon(f"{one}[[campaigns.coupons]]\n{one}")) == {
        Problem("campaigns[0].coupons[1].name", '"20 off" stands at [0] already')
    }


def test_two_campaigns_may_have_a_coupon_of_one_name():
    one = 'name = "20 off"\nvalue = 20\nthreshold = 100\n'
    july = '[[campaigns]]\nname = "july"\nstarts = 2026-07-01\nbudget = 1\n'
    program = program_from_toml(f"{coupon(one)}{july}[[campaigns.coupons]]\n{one}")
    assert [rules.coupons[0].name for rules in program.campaigns] == ["20 off", "20 off"]


@pytest.mark.parametrize(
    ("text", "path", "nearest"),
    [
        ("campagns = 1\n" + LEAST, "campagns", "campaigns"),
        (LEAST.replace("[welcome]", 'zon = "UTC"\n[welcome]'), "shop.zon", "zone"),
        (f'{LEAST}[enrolment]\nemployer = "x"', "enrolment.employer", "employee"),
        (f"{LEAST}[ladder]\ntier = []", "ladder.tier", "tiers"),
        (f"{LEAST}follow_up_day = 3", "lifecycles[0].stages[0].follow_up_day", "follow_up_days"),
        (
            LEAST.replace("[[lifecycles]]", "deadline_second = 3\n[[lifecycles]]"),
            "welcome.deadline_second",
            "deadline_seconds",
        ),
        (
            tier('name = "a"\nthreshold = 5\ntreshold = 6'),
            "ladder.tiers[0].treshold",
            "threshold",
        ),
        (
            tier('name = "a"\nthreshold = 5\ngift = { id = "g", value = 1, itms = [] }'),
            "ladder.tiers[0].gift.itms",
            "items",
        ),
        (
            coupon('name = "c"\nvalue = 1\nthreshold = 2\nper_custommer = 1'),
            "campaigns[0].coupons[0].per_custommer",
            "per_customer",
        ),
        (
            f'{LEAST}[[campaigns]]\nname = "a"\nstarts = 2026-06-01\nbudget = 1\nend = 2',
            "campaigns[0].end",
            "ends",
        ),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known_one_at_every_level(text, path, nearest):
    assert problems_of(text) == {Problem(path, f'unknown key; did you mean "{nearest}"?')}


def test_an_unknown_key_near_to_none_is_named_and_at_the_top_all_that_there_is():
    assert problems_of(f"qqq = 1\n{LEAST}xyz = 2") == {
        Problem(
            "qqq",
            "unknown key; a program is made of shop, service, enrolment, ladder, lifecycles, "
            "welcome, personas, campaigns, pricing, promotions, prices, important_days, lunar, "
            "surveys",
        ),
        Problem("lifecycles[0].stages[0].xyz", "unknown key"),
    }


def test_a_key_that_is_inside_privlib_only_is_no_key_of_a_ladder():
    assert problems_of(f"{LEAST}[ladder]\n_thresholds = [1]\nthresholds = [1]") == {
        Problem("ladder._thresholds", "unknown key"),
        Problem("ladder.thresholds", "unknown key"),
    }


def test_an_unknown_key_and_a_missing_one_are_both_said():
    assert problems_of(tier('nam = "a"\nthreshold = 5')) == {
        Problem("ladder.tiers[0].name", "is missing"),
        Problem("ladder.tiers[0].nam", 'unknown key; did you mean "name"?'),
    }


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", {"shop", "lifecycles", "welcome"}),
        (
            "shop = {}\nwelcome = {}\nlifecycles = [{ name = 'a', stages = [{}] }]",
            {"shop.name", "welcome.text", "lifecycles[0].stages[0].name"},
        ),
        (tier("gift = {}"), {f"ladder.tiers[0].{at}" for at in ("name", "threshold")}
         | {f"ladder.tiers[0].gift.{at}" for at in ("id", "value")}),
        (f"{LEAST}[[campaigns]]", {f"campaigns[0].{at}" for at in ("name", "starts", "budget")}),
        (coupon(""), {f"campaigns[0].coupons[0].{at}" for at in ("name", "value", "threshold")}),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(text, missing):
    assert problems_of(text) == {Problem(path, "is missing") for path in missing}


def test_there_must_be_a_stage_to_start_in():
    text = LEAST.replace('[[lifecycles.stages]]\nname = "new"', "stages = []")
    assert problems_of(text) == {
        Problem("lifecycles[0].stages", "there must be at least one stage, the one to start in")
    }


AMOUNT_WANTED = 'expected a whole number or a decimal in quotes ("19.90"); got '


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("19.9", AMOUNT_WANTED + "a decimal without quotes"),
        ("5.0", AMOUNT_WANTED + "a decimal without quotes"),
        ("nan", AMOUNT_WANTED + "a decimal without quotes"),
        ("inf", AMOUNT_WANTED + "a decimal without quotes"),
        ("true", AMOUNT_WANTED + "true or false"),
        ("[5]", AMOUNT_WANTED + "list"),
        ("{ yuan = 5 }", AMOUNT_WANTED + "a table"),
        ("2026-06-01", AMOUNT_WANTED + "date"),
        ('"19.905"', "19.905 CNY is not a whole number of minor units"),
        ('"0.001"', "0.001 CNY is not a whole number of minor units"),
        ('"1e3"', "'1e3' is not an amount such as \"19.90\""),
        ('"5,000"', "'5,000' is not an amount such as \"19.90\""),
        ('" 5"', "' 5' is not an amount such as \"19.90\""),
        ('"５"', "'５' is not an amount such as \"19.90\""),
        ('"NaN"', "'NaN' is not an amount such as \"19.90\""),
        ('""', "'' is not an amount such as \"19.90\""),
        ("0", "a threshold is above 0; got 0.00 CNY"),
        ('"-0.01"', "a threshold is above 0; got -0.01 CNY"),
        ("92233720368547759", "an amount of 64 bits is beyond the 64 allowed"),
        ('"92233720368547758.08"', "an amount of 64 bits is beyond the 64 allowed"),
        ("1" + "0" * 30, "100 bits of CNY are too many"),
    ],
)
def test_an_amount_that_is_none_is_refused_where_it_stands(written, said):
    assert problems_of(tier(f'name = "a"\nthreshold = {written}')) == {
        Problem("ladder.tiers[0].threshold", said)
    }


@pytest.mark.parametrize("written", ['"0.01"', '"92233720368547758.07"', "92233720368547758"])
def test_the_smallest_and_the_largest_amount_are_read_exactly(written):
    threshold = program_from_toml(tier(f'name = "a"\nthreshold = {written}')).ladder.tiers[0]
    assert threshold.threshold == yuan(written.strip('"'))


def test_amounts_have_the_digits_of_the_shops_currency():
    yen = LEAST.replace('name = "Tea"', 'name = "Tea"\ncurrency = "JPY"')
    rung = '[[ladder.tiers]]\nname = "a"\nthreshold = '
    assert program_from_toml(f"{yen}{rung}5000").ladder.tiers[0].threshold == Money(5000, "JPY")
    assert problems_of(f'{yen}{rung}"5000.5"') == {
        Problem("ladder.tiers[0].threshold", "5000.5 JPY is not a whole number of minor units")
    }


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        (LEAST.replace('"Tea"', "5"), "shop.name", "expected text in quotes; got int"),
        (LEAST.replace('"Tea"', "true"), "shop.name", "expected text in quotes; got true or false"),
        (LEAST.replace('"Hi"', '["Hi"]'), "welcome.text", "expected text in quotes; got list"),
        (
            LEAST.replace('"new"', "{}"),
            "lifecycles[0].stages[0].name",
            "expected text in quotes; got a table",
        ),
        (
            f"{LEAST}follow_up_days = 3.0",
            "lifecycles[0].stages[0].follow_up_days",
            "expected a whole number; got a decimal without quotes",
        ),
        (
            f"{LEAST}follow_up_days = true",
            "lifecycles[0].stages[0].follow_up_days",
            "expected a whole number; got true or false",
        ),
        (
            f'{LEAST}follow_up_days = "3"',
            "lifecycles[0].stages[0].follow_up_days",
            "expected a whole number; got str",
        ),
        (
            LEAST.replace('"Hi"', '"Hi"\ndeadline_seconds = 20.9'),
            "welcome.deadline_seconds",
            "expected a whole number; got a decimal without quotes",
        ),
        (
            coupon('name = "c"\nvalue = 1\nthreshold = 2\nvalid_days = 1.5'),
            "campaigns[0].coupons[0].valid_days",
            "expected a whole number; got a decimal without quotes",
        ),
        (
            coupon('name = "c"\nvalue = 1\nthreshold = 2\nper_customer = true'),
            "campaigns[0].coupons[0].per_customer",
            "expected a whole number; got true or false",
        ),
        (
            f"{LEAST}[enrolment]\nimported_member = true",
            "enrolment.imported_member",
            "expected text in quotes; got true or false",
        ),
        (
            f'{LEAST}[[campaigns]]\nname = "a"\nbudget = 1\nstarts = "2026-06-01"',
            "campaigns[0].starts",
            "expected a date such as 2026-06-01; got str",
        ),
        (
            f'{LEAST}[[campaigns]]\nname = "a"\nbudget = 1\nstarts = 2026-06-01T00:00:00Z',
            "campaigns[0].starts",
            "expected a date such as 2026-06-01; got datetime",
        ),
        (
            tier('name = "a"\nthreshold = 5\ngift = { id = "g", value = 1, items = ["a", 1] }'),
            "ladder.tiers[0].gift.items[1]",
            "expected text in quotes; got int",
        ),
        (
            f"{LEAST}leads_to = [1]",
            "lifecycles[0].stages[0].leads_to[0]",
            "expected text in quotes; got int",
        ),
    ],
)
def test_a_value_of_another_type_is_refused_and_never_converted(text, path, said):
    assert problems_of(text) == {Problem(path, said)}


@pytest.mark.parametrize(
    ("text", "path", "got"),
    [
        (f'{LEAST}[ladder]\ntiers = {{ name = "a", threshold = 5 }}', "ladder.tiers", "a table"),
        (f'{LEAST}[ladder.tiers]\nname = "a"', "ladder.tiers", "a table"),
        (f'{LEAST}[ladder]\ntiers = "silver"', "ladder.tiers", "str"),
        (f'{LEAST}leads_to = "new"', "lifecycles[0].stages[0].leads_to", "str"),
        (
            tier('name = "a"\nthreshold = 5\ngift = { id = "g", value = 1, items = "tea" }'),
            "ladder.tiers[0].gift.items",
            "str",
        ),
        (
            '[shop]\nname = "T"\n[welcome]\ntext = "Hi"\n[lifecycles]\nname = "new"',
            "lifecycles",
            "a table",
        ),
        (f'{LEAST}[campaigns]\nname = "june"', "campaigns", "a table"),
        (f"campaigns = {{}}\n{LEAST}", "campaigns", "a table"),
        (f"campaigns = 5\n{LEAST}", "campaigns", "int"),
    ],
)
def test_one_table_or_text_in_place_of_a_list_is_refused(text, path, got):
    assert problems_of(text) == {Problem(path, f"expected a list; got {got}")}


def test_a_list_or_value_in_place_of_a_table_is_refused():
    text = 'shop = []\nwelcome = "Hi"\nenrolment = 5\nladder = [[1]]\n'
    text += "lifecycles = [1]\ncampaigns = [2]"
    assert problems_of(text) == {
        Problem("shop", "expected a table; got list"),
        Problem("welcome", "expected a table; got str"),
        Problem("enrolment", "expected a table; got int"),
        Problem("ladder", "expected a table; got list"),
        Problem("lifecycles[0]", "expected a table; got int"),
        Problem("campaigns[0]", "expected a table; got int"),
    }


@pytest.mark.parametrize(
    ("setting", "path", "said"),
    [
        (
            "follow_up_days = 0",
            "lifecycles[0].stages[0].follow_up_days",
            "follow_up_days is 1 to 3650; got 0",
        ),
        (
            "follow_up_days = 3651",
            "lifecycles[0].stages[0].follow_up_days",
            "follow_up_days is 1 to 3650; got 3651",
        ),
        (
            "[ladder]\ntier_after_refund = 'lower'",
            "ladder.tier_after_refund",
            "'lower' is not one of: recompute, keep",
        ),
        (
            "[ladder]\ngift_after_refund = ''",
            "ladder.gift_after_refund",
            "'' is not one of: returnable, keep",
        ),
        (
            "[enrolment]\ncontact_like_ids = 'ACCEPT'",
            "enrolment.contact_like_ids",
            "'ACCEPT' is not one of: refuse, accept",
        ),
    ],
)
def test_a_setting_out_of_bounds_is_refused_with_its_bounds(setting, path, said):
    assert problems_of(LEAST + setting) == {Problem(path, said)}


@pytest.mark.parametrize("seconds", [0, 604_801, -1])
def test_a_welcome_has_between_a_second_and_a_week(seconds):
    text = LEAST.replace('"Hi"', f'"Hi"\ndeadline_seconds = {seconds}')
    assert problems_of(text) == {
        Problem("welcome.deadline_seconds", f"deadline_seconds is 1 to 604800; got {seconds}")
    }


def test_a_coupon_never_gives_more_than_is_paid():
    assert problems_of(coupon('name = "c"\nvalue = 20\nthreshold = "19.99"')) == {
        Problem(
            "campaigns[0].coupons[0]",
            "a coupon of 20.00 CNY from 19.99 CNY would give more than is paid",
        )
    }
    program = program_from_toml(coupon('name = "c"\nvalue = 20\nthreshold = 20'))
    assert program.campaigns[0].coupons[0].threshold == yuan(20)


def test_a_campaign_of_no_day_is_refused_and_one_of_a_day_runs():
    campaign = f'{LEAST}[[campaigns]]\nname = "a"\nbudget = 1\nstarts = 2026-06-01\nends = '
    assert problems_of(f"{campaign}2026-06-01") == {
        Problem("campaigns[0].ends", "a period ends after it starts; got 2026-06-01 to 2026-06-01")
    }
    assert program_from_toml(f"{campaign}2026-06-02").campaigns[0].ends == date(2026, 6, 2)


def test_a_stage_that_only_leads_to_itself_and_one_that_nothing_leads_to_are_told_apart():
    text = f'{LEAST}leads_to = ["new"]\n[[lifecycles.stages]]\nname = "island"\nleads_to = ["new"]'
    trap = 'no way leads out of "{}": give it one, or role = "terminal"'
    assert problems_of(text) == {
        Problem("lifecycles[0].stages[0]", trap.format("new")),
        Problem("lifecycles[0].stages[1]", 'no way leads from "new" to "island"'),
    }


def test_every_unknown_variable_of_the_welcome_is_named_once():
    text = LEAST.replace('"Hi"', '"{nmae} {shop} {x} {nmae} {} {1}"')
    assert problems_of(text) == {
        Problem("welcome.text", '{nmae} is not a variable; did you mean "name"?'),
        Problem("welcome.text", "{x} is not a variable"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "[shop",
        "\ufeff[shop]",
        "a = 1\x00",
        "a = 1\na = 2",
        "a = 2026-02-30",
        'a = "\\uD800"',
        "a = " + "1" * 5_000,
        "a = " + "[" * 3_000 + "]" * 3_000,
        "a = " + "{a = " * 3_000 + "1" + "}" * 3_000,
    ],
)
def test_what_is_not_toml_is_one_problem_without_a_path(text):
    [problem] = problems_of(text)
    assert problem.path == ""
    assert problem.message.startswith("not TOML: ")


@pytest.mark.parametrize(
    "place", ["shop.currency", "shop.zone", "welcome.text", "enrolment.carrier", "ladder.tiers"]
)
def test_tables_nested_two_thousand_deep_are_one_problem_where_they_start(place):
    found = problems_of(f"{place}{'.a' * 2_000} = 1")
    assert [problem for problem in found if problem.path == place]
    assert all(len(problem.message) < 100 for problem in found)


def test_ten_thousand_faults_all_come():
    rungs = '[[ladder.tiers]]\nname = ""\nthreshold = 0\n' * 5_000
    assert len(problems_of(LEAST + rungs)) == 10_000


@given(st.text())
@example("\ud800 = 1")
@example('a = "\ud800"')
@example("[[ladder.tiers]]\n[ladder]")
def test_no_text_raises_anything_but_a_program_error(text):
    with pytest.raises(ProgramError):
        program_from_toml(text)


PARTS = (
    Shop,
    Service,
    ServiceHours,
    Holiday,
    Enrolment,
    Ladder,
    Tier,
    Gift,
    Lifecycle,
    Stage,
    Welcome,
    CampaignRules,
    CouponTemplate,
    Pricing,
    Layer,
    Promotion,
    Threshold,
    Stacking,
    UseLimits,
    Goods,
    *get_args(Offer),
    Step,
)
KEYS = st.sampled_from(["kind", *(name for part in PARTS for name in fields_dict(part))]) | st.text(
    min_size=1, max_size=3
)
TOPS = st.sampled_from(
    [
        *("shop", "service", "enrolment", "ladder", "lifecycles", "welcome", "campaigns"),
        *("pricing", "promotions"),
    ]
)
LEAVES = (
    st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=5)
    | st.sampled_from(["CNY", "JPY", "UTC", "new", "keep", "refuse", "19.90", "-1", "{name}"])
    | st.sampled_from([kind.tag for kind in get_args(Offer)])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=8),
    max_leaves=20,
)
WELL_SHAPED = st.fixed_dictionaries(
    {
        "shop": st.fixed_dictionaries({"name": LEAVES}, optional={"currency": LEAVES}),
        "welcome": st.fixed_dictionaries({"text": LEAVES}, optional={"deadline_seconds": LEAVES}),
        "lifecycles": st.lists(
            st.fixed_dictionaries(
                {
                    "name": LEAVES,
                    "stages": st.lists(
                        st.fixed_dictionaries(
                            {"name": LEAVES},
                            optional={
                                "role": LEAVES,
                                "leads_to": st.lists(LEAVES, max_size=2),
                                "follow_up_days": LEAVES,
                            },
                        ),
                        max_size=3,
                    ),
                }
            ),
            max_size=2,
        ),
        "ladder": st.fixed_dictionaries(
            {
                "tiers": st.lists(
                    st.fixed_dictionaries(
                        {"name": LEAVES, "threshold": LEAVES},
                        optional={"gift": st.fixed_dictionaries({"id": LEAVES, "value": LEAVES})},
                    ),
                    max_size=3,
                )
            }
        ),
    },
    optional={
        "campaigns": st.lists(
            st.fixed_dictionaries(
                {"name": LEAVES, "starts": LEAVES, "budget": LEAVES},
                optional={"ends": LEAVES, "coupons": VALUES},
            ),
            max_size=2,
        )
    },
)


def quoted(text):
    """A TOML basic string: what is no plain character is escaped."""
    plain = set(string.ascii_letters + string.digits + " .{}-")
    return '"' + "".join(c if c in plain else f"\\U{ord(c):08x}" for c in text) + '"'


def rendered(value):
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case date():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(rendered, value))}]"
        case dict():
            pairs = (f"{quoted(key)} = {rendered(inner)}" for key, inner in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return repr(value)


def read(tables):
    """The program of these tables, or the problems for which it is refused."""
    text = "\n".join(f"{quoted(key)} = {rendered(value)}" for key, value in tables.items())
    try:
        return program_from_toml(text)
    except ProgramError as fault:
        return fault.problems


@given(st.dictionaries(TOPS, VALUES))
def test_tables_of_any_shape_are_refused_with_a_message_and_a_path_each(tables):
    problems = read(tables)
    assert not isinstance(problems, Program)
    assert problems
    parts = (
        "shop",
        "service",
        "stages",
        "lifecycles",
        "welcome",
        "enrolment",
        "ladder",
        "campaigns",
        "pricing",
        "promotions",
    )
    for problem in problems:
        assert problem.message
        assert problem.path.startswith(parts)


@given(WELL_SHAPED)
@example(
    {
        "shop": {"name": "T"},
        "welcome": {"text": "Hi"},
        "lifecycles": [{"name": "customer", "stages": [{"name": "n"}]}],
    }
)
def test_well_shaped_tables_are_read_as_they_are_or_refused(tables):
    program = read(tables)
    if not isinstance(program, Program):
        assert program
        return
    assert program.shop.name == tables["shop"]["name"]
    assert program.welcome.text == tables["welcome"]["text"]
    assert [each.names for each in program.lifecycles] == [
        tuple(stage["name"] for stage in each["stages"]) for each in tables["lifecycles"]
    ]
    assert len(program.version) == 64


def test_a_file_is_read_as_its_text(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text(LEAST.replace("Tea", "茶"), encoding="utf-8")
    assert load_program(path) == load_program(str(path)) == program_from_toml(path.read_text())
    assert load_program(path).shop.name == "茶"


def test_a_file_that_is_not_utf_8_is_refused_by_its_name(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_bytes(LEAST.replace("Tea", "茶").encode("gb18030"))
    with pytest.raises(ProgramError) as caught:
        load_program(path)
    assert caught.value.problems == (Problem(str(path), "a program is UTF-8 text"),)


def test_a_file_above_four_mebibytes_is_refused_unread(tmp_path):
    path = tmp_path / "shop.toml"
    comment = b"#" * (4 * 2**20 - len(LEAST.encode()))
    path.write_bytes(LEAST.encode() + comment)
    assert load_program(path) == program_from_toml(LEAST)
    path.write_bytes(LEAST.encode() + comment + b"#")
    with pytest.raises(ProgramError) as caught:
        load_program(path)
    assert caught.value.problems == (Problem(str(path), "a program has at most 4 MiB"),)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_program(tmp_path / "none.toml")


def test_the_faults_of_a_file_are_those_of_its_text(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text("[shop]\nnam = 1", encoding="utf-8")
    with pytest.raises(ProgramError) as caught:
        load_program(path)
    assert set(caught.value.problems) == problems_of("[shop]\nnam = 1")


def test_the_default_program_is_the_documented_ladder():
    program = default_program()
    assert program.shop == Shop(name="the shop", currency="CNY", zone="Asia/Shanghai")
    assert program.ladder == Ladder(
        tier_after_refund="recompute",
        gift_after_refund="returnable",
        tiers=[
            Tier(
                name="silver",
                threshold=yuan(5_000),
                gift=Gift(id="silver-pack", value=yuan(300), items=["tea sampler", "thermos"]),
            ),
            Tier(
                name="gold",
                threshold=yuan(10_000),
                gift=Gift(id="gold-pack", value=yuan(800), items=["tea set"]),
            ),
            Tier(
                name="platinum",
                threshold=yuan(50_000),
                gift=Gift(
                    id="platinum-pack",
                    value=yuan(5_000),
                    items=["tea set", "weekend at the tea hills"],
                ),
            ),
            Tier(
                name="diamond",
                threshold=yuan(100_000),
                gift=Gift(
                    id="diamond-pack",
                    value=yuan(12_000),
                    items=["own adviser for a year", "autumn journey"],
                ),
            ),
        ],
    )


def test_the_default_program_has_the_documented_defaults_one_welcome_and_one_campaign():
    program = default_program()
    assert program.enrolment == Enrolment(
        unknown_customer="enrol",
        imported_member="already_rewarded",
        contact_like_ids="refuse",
        carrier="console",
        employee="shop",
    )
    assert program.enrolment == Enrolment()
    assert program.service == Service()
    assert program.service.hours == (ServiceHours(opens="09:00", closes="21:00"),)
    assert program.welcome.deadline_seconds == 20
    assert program.lifecycles[0].names == (
        "new friend",
        "first response",
        "first purchase",
        "repeat",
        "loyal",
        "advocate",
        "agent",
        "dormant",
        "lost",
        "won back",
    )
    assert program.campaigns == (
        CampaignRules(
            name="newcomers",
            starts=date(2017, 1, 1),
            budget=yuan(100_000),
            coupons=[
                CouponTemplate(
                    name="20 off 100",
                    value=yuan(20),
                    threshold=yuan(100),
                    valid_days=30,
                    per_customer=1,
                )
            ],
        ),
    )
    assert program.secret is None


def test_a_fault_in_one_table_hides_no_fault_between_it_and_the_others():
    with pytest.raises(ProgramError) as raised:
        program_from_toml(
            """
            [shop]
            name = "Tea"
            [[ladder.tiers]]
            name = "silver"
            threshold = 9
            [[ladder.tiers]]
            name = "silver"
            threshold = 5
            thresold = 6
            [[lifecycles]]
            name = "customer"

            [[lifecycles.stages]]
            name = "new"
            leads_to = ["nwe"]
            colour = "red"
            [welcome]
            text = "Hello"
            [[campaigns]]
            name = "june"
            starts = 2026-06-01
            budget = 1
            colour = "red"
            [[campaigns]]
            name = "june"
            starts = 2026-06-01
            budget = 1
            """
        )
    assert set(map(str, raised.value.problems)) == {
        'ladder.tiers[1].thresold: unknown key; did you mean "threshold"?',
        'ladder.tiers[1].name: "silver" stands at [0] already',
        (
            'ladder.tiers[1].threshold: 5.00 CNY is not above 9.00 CNY of "silver": '
            "thresholds must ascend"
        ),
        "lifecycles[0].stages[0].colour: unknown key",
        'lifecycles[0].stages[0].leads_to[0]: there is no stage "nwe"; did you mean "new"?',
        "campaigns[0].colour: unknown key",
        'campaigns[1].name: "june" stands at [0] already',
    }


def test_what_is_wrong_between_settings_is_said_beside_what_is_wrong_with_one_of_them():
    campaign = '[[campaigns]]\nname = "june"\nstarts = 2026-06-01\nends = 2026-05-01\nbudget = 9\n'
    coupon = '[[campaigns.coupons]]\nname = "20 off"\nvalue = 20\nthreshold = 10\n'
    period = Problem(
        "campaigns[0].ends", "a period ends after it starts; got 2026-06-01 to 2026-05-01"
    )
    assert problems_of(LEAST + campaign) == {period}
    assert problems_of(LEAST + campaign + coupon) == {
        period,
        Problem(
            "campaigns[0].coupons[0]",
            "a coupon of 20.00 CNY from 10.00 CNY would give more than is paid",
        ),
    }
    assert problems_of(f"{LEAST}{campaign}colour = 1\n") == {
        period,
        Problem("campaigns[0].colour", "unknown key"),
    }
