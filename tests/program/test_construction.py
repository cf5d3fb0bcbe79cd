"""A program built in Python: what cannot be is refused where it is built, with its path."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from privlib.errors import (
    CurrencyMismatchError,
    InvalidIdError,
    InvalidValueError,
    Problem,
    ProgramError,
)
from privlib.program import (
    CampaignRules,
    CouponTemplate,
    Enrolment,
    Gift,
    Ladder,
    Lifecycle,
    Program,
    Shop,
    Stage,
    Tier,
    Welcome,
)
from privlib.values.money import Money, yuan


def dollars(amount):
    return Money.parse(amount, "USD")


def program_with(**parts):
    least = {
        "shop": Shop(name="Tea"),
        "lifecycles": [Lifecycle(name="customer", stages=[Stage(name="new")])],
        "welcome": Welcome(text="Hi"),
    }
    return Program(**(least | parts))


def june(**fields):
    return CampaignRules(
        **({"name": "june", "starts": date(2026, 6, 1), "budget": yuan(1)} | fields)
    )


def good_for(valid_days):
    """An offer that is good for so many days."""
    return CouponTemplate(name="20 off", value=yuan(1), threshold=yuan(1), valid_days=valid_days)


def problems_of(build, **fields):
    with pytest.raises(ProgramError) as caught:
        build(**fields)
    return caught.value.problems


def test_a_program_error_is_a_value_error_with_all_its_problems():
    fault = ProgramError([Problem("shop.name", "is missing"), Problem("", "not TOML")])
    assert isinstance(fault, ValueError)
    assert str(fault) == "shop.name: is missing\nnot TOML"


def test_a_ladder_names_all_its_faults_at_once():
    pack = Gift(id="pack", value=yuan(1))
    tiers = [
        Tier(name="a", threshold=yuan(5_000), gift=pack),
        Tier(name="b", threshold=yuan("4999.99"), gift=pack),
        Tier(name="a", threshold=dollars(9_000)),
    ]
    assert problems_of(Ladder, tiers=tiers) == (
        Problem("tiers[2].name", '"a" stands at [0] already'),
        Problem("tiers[1].gift.id", '"pack" stands at [0] already'),
        Problem(
            "tiers[1].threshold",
            '4999.99 CNY is not above 5000.00 CNY of "a": thresholds must ascend',
        ),
        Problem("tiers[2].threshold", "all thresholds must be in one currency"),
    )


def test_the_gift_of_another_tier_is_found_by_the_tiers_place_not_the_gifts():
    pack = Gift(id="pack", value=yuan(1))
    tiers = [
        Tier(name="a", threshold=yuan(1)),
        Tier(name="b", threshold=yuan(2), gift=pack),
        Tier(name="c", threshold=yuan(3)),
        Tier(name="d", threshold=yuan(4), gift=pack),
    ]
    assert [problem.path for problem in problems_of(Ladder, tiers=tiers)] == ["tiers[3].gift.id"]


def test_stages_name_all_their_faults_at_once():
    stages = [
        Stage(name="new", leads_to=["od", "new"]),
        Stage(name="old", leads_to=["gone"]),
        Stage(name="new", role="terminal"),
    ]
    assert set(problems_of(Lifecycle, name="customer", stages=stages)) == {
        Problem("stages[2].name", '"new" stands at [0] already'),
        Problem("stages[0].leads_to[0]", 'there is no stage "od"; did you mean "old"?'),
        Problem("stages[1].leads_to[0]", 'there is no stage "gone"'),
    }


def test_a_circle_of_stages_is_no_fault():
    stages = Lifecycle(
        name="customer", stages=[Stage(name="a", leads_to=["b"]), Stage(name="b", leads_to=["a"])]
    )
    assert stages.first.name == "a"
    assert stages.get("b") == Stage(name="b", leads_to=("a",))
    assert stages.get(None) is None


def test_a_campaign_names_all_its_faults_at_once():
    offer = CouponTemplate(name="20 off", value=yuan(20), threshold=yuan(20))
    assert problems_of(june, ends=date(2026, 6, 1), budget=yuan("-0.01"), coupons=[offer] * 2) == (
        Problem("ends", "a period ends after it starts; got 2026-06-01 to 2026-06-01"),
        Problem("budget", "a budget is 0 or more; got -0.01 CNY"),
        Problem("coupons[1].name", '"20 off" stands at [0] already'),
    )


def test_a_welcome_names_every_unknown_variable():
    assert problems_of(Welcome, text="{naem}, {shop}, {x}") == (
        Problem("text", '{naem} is not a variable; did you mean "name"?'),
        Problem("text", "{x} is not a variable"),
    )


def test_amounts_in_another_currency_than_the_shops_are_named_one_by_one():
    ladder = Ladder(
        tiers=[Tier(name="a", threshold=dollars(5), gift=Gift(id="g", value=yuan(1)))],
    )
    offer = CouponTemplate(name="c", value=dollars(1), threshold=dollars(2))
    campaigns = [june(), june(name="july", budget=dollars(9), coupons=[offer])]
    said = "{} USD is not in CNY, the currency of the shop".format
    assert set(problems_of(program_with, ladder=ladder, campaigns=campaigns)) == {
        Problem("ladder.tiers[0].threshold", said("5.00")),
        Problem("campaigns[1].budget", said("9.00")),
        Problem("campaigns[1].coupons[0].value", said("1.00")),
        Problem("campaigns[1].coupons[0].threshold", said("2.00")),
    }


def test_a_gift_in_another_currency_than_its_tier_is_named():
    gift = Gift(id="g", value=Money(0, "JPY"))
    ladder = Ladder(tiers=[Tier(name="a", threshold=yuan(5), gift=gift)])
    assert problems_of(program_with, ladder=ladder) == (
        Problem("ladder.tiers[0].gift.value", "0 JPY is not in CNY, the currency of the shop"),
    )


def test_a_shop_in_dollars_takes_amounts_in_dollars():
    program = program_with(
        shop=Shop(name="Tea", currency="USD"),
        ladder=Ladder(tiers=[Tier(name="a", threshold=dollars(5))]),
        campaigns=[june(budget=dollars(1))],
    )
    assert program.currency == "USD"


def test_two_campaigns_cannot_share_a_name():
    assert problems_of(program_with, campaigns=[june(), june(name="july"), june()]) == (
        Problem("campaigns[2].name", '"june" stands at [0] already'),
    )


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: Tier(name="a", threshold=5_000), "threshold must be Money; got int"),
        (lambda: Tier(name="a", threshold=19.9), "threshold must be Money; got float"),
        (lambda: Tier(name="a", threshold=yuan(0)), "a threshold is above 0; got 0.00 CNY"),
        (lambda: Tier(name="a", threshold=yuan(1), gift="g"), "gift must be Gift; got str"),
        (lambda: Tier(name="", threshold=yuan(1)), "the tier name is empty"),
        (lambda: Gift(id="g", value=300), "value must be Money; got int"),
        (lambda: Gift(id="g", value=yuan("-0.01")), "value cannot be negative; got -0.01 CNY"),
        (
            lambda: Gift(id="g", value=yuan(1), items="tea"),
            "expected several, such as a list; got one text",
        ),
        (lambda: Gift(id="g", value=yuan(1), items=[1]), "the text must be text; got int"),
        (lambda: Gift(id=5, value=yuan(1)), "the gift id must be text; got int"),
        (lambda: Ladder(tiers=["a"]), "tiers[0] must be Tier; got str"),
        (lambda: Ladder(tier_after_refund="lower"), "'lower' is not one of: recompute, keep"),
        (lambda: Ladder(gift_after_refund=None), "None is not one of: returnable, keep"),
        (lambda: Stage(name="a", leads_to="b"), "expected several, such as a list; got one text"),
        (lambda: Stage(name="a", follow_up_days=0), "follow_up_days is 1 to 3650; got 0"),
        (lambda: Stage(name="a", follow_up_days=1.5), "follow_up_days is 1 to 3650; got 1.5"),
        (lambda: Stage(name="a", follow_up_days=True), "follow_up_days is 1 to 3650; got True"),
        (lambda: Lifecycle(name="customer", stages=["new"]), "stages[0] must be Stage; got str"),
        (lambda: Welcome(text=None), "the text must be text; got NoneType"),
        (
            lambda: Welcome(text="Hi", deadline_seconds=20.0),
            "deadline_seconds is 1 to 604800; got 20.0",
        ),
        (lambda: Enrolment(unknown_customer="enroll"), "'enroll' is not one of: enrol, refuse"),
        (lambda: Enrolment(carrier=" "), "the id holds control characters or blanks at its ends"),
        (lambda: Enrolment(employee=""), "the employee id is empty"),
        (lambda: Shop(name=5), "the text must be text; got int"),
        (lambda: Shop(name="a", currency="RMB"), "'RMB' is not an ISO 4217 currency code"),
        (lambda: Shop(name="a", currency="cny"), "'cny' is not an ISO 4217 currency code"),
        (
            lambda: Shop(name="a", zone="Shanghai"),
            "'Shanghai' is not a time zone such as Asia/Shanghai",
        ),
        (
            lambda: Shop(name="a", zone="../zone"),
            "'../zone' is not a time zone such as Asia/Shanghai",
        ),
        (
            lambda: CouponTemplate(name="c", value=5, threshold=yuan(9)),
            "value must be Money; got int",
        ),
        (
            lambda: CouponTemplate(name="c", value=yuan(5), threshold=9),
            "threshold must be Money; got int",
        ),
        (
            lambda: CouponTemplate(name="c", value=yuan(0), threshold=yuan(9)),
            "the value of a coupon is above 0; got 0.00 CNY",
        ),
        (
            lambda: CouponTemplate(name="c", value=yuan(5), threshold=yuan("4.99")),
            "a coupon of 5.00 CNY from 4.99 CNY would give more than is paid",
        ),
        (
            lambda: CouponTemplate(name="c", value=yuan(1), threshold=yuan(1), valid_days=0),
            "valid_days is 1 to 1,000,000; got 0",
        ),
        (
            lambda: CouponTemplate(name="c", value=yuan(1), threshold=yuan(1), per_customer=True),
            "per_customer is 1 to 1,000,000; got True",
        ),
        (lambda: june(budget=1), "budget must be Money; got int"),
        (lambda: june(coupons=["c"]), "coupons[0] must be CouponTemplate; got str"),
        (lambda: june(name=""), "the campaign name is empty"),
        (
            lambda: june(starts=datetime(2026, 6, 1, tzinfo=UTC)),
            "starts: expected a date such as 2026-06-01; got datetime",
        ),
        (
            lambda: june(ends="2026-07-01"),
            "ends: expected a date such as 2026-06-01; got str",
        ),
        (lambda: program_with(shop="Tea"), "shop must be Shop; got str"),
        (
            lambda: program_with(lifecycles=[Stage(name="a")]),
            "lifecycles[0] must be Lifecycle; got Stage",
        ),
        (lambda: program_with(welcome="Hi"), "welcome must be Welcome; got str"),
        (lambda: program_with(ladder=()), "ladder must be Ladder; got tuple"),
        (lambda: program_with(enrolment="enrol"), "enrolment must be Enrolment; got str"),
        (lambda: program_with(campaigns=["june"]), "campaigns[0] must be CampaignRules; got str"),
        (lambda: program_with(secret=b"sixteen bytes ok"), "secret must be Secret; got bytes"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_built(build, said):
    with pytest.raises((InvalidValueError, ProgramError)) as caught:
        build()
    assert str(caught.value) == said


def test_a_coupon_of_two_currencies_is_refused():
    with pytest.raises(CurrencyMismatchError):
        CouponTemplate(name="c", value=yuan(5), threshold=dollars(9))


def test_an_id_of_ten_megabytes_is_refused_by_its_length():
    with pytest.raises(InvalidIdError, match="has 10000000 characters; at most 128 fit"):
        Tier(name="x" * 10_000_000, threshold=yuan(1))


def test_nothing_in_a_program_can_be_changed():
    tiers = [Tier(name="a", threshold=yuan(1))]
    ladder = Ladder(tiers=tiers)
    tiers.append(Tier(name="b", threshold=yuan(2)))
    assert ladder.tiers == (Tier(name="a", threshold=yuan(1)),)
    with pytest.raises(FrozenInstanceError):
        program_with().ladder = ladder


@pytest.mark.parametrize(
    ("spent", "rungs"),
    [(0, 0), (499_999, 0), (500_000, 1), (500_001, 1), (999_999, 1), (1_000_000, 2), (10**12, 2)],
)
def test_a_threshold_is_reached_by_exactly_that_much(spent, rungs):
    ladder = Ladder(
        tiers=[Tier(name="a", threshold=yuan(5_000)), Tier(name="b", threshold=yuan(10_000))]
    )
    assert ladder.rungs_reached(spent) == rungs


def test_a_tier_is_found_by_its_name():
    ladder = Ladder(tiers=[Tier(name="a", threshold=yuan(1)), Tier(name="b", threshold=yuan(2))])
    assert [ladder.rung_of(name) for name in ("a", "b", "c", None)] == [1, 2, 0, 0]


def test_campaigns_and_coupons_are_found_by_name():
    offer = CouponTemplate(name="c", value=yuan(1), threshold=yuan(2))
    program = program_with(campaigns=[june(coupons=[offer])])
    rules = program.campaign("june")
    assert rules is not None
    assert rules.coupon("c") == offer
    assert rules.coupon("d") is None
    assert program.campaign("july") is None
    assert rules.days.contains(date(2026, 6, 1))
    assert not rules.days.contains(date(2026, 5, 31))


def test_a_campaign_starts_on_a_day_that_its_shop_has():
    first = june(starts=date(1, 1, 1))
    assert problems_of(
        program_with, shop=Shop(name="Tea"), campaigns=[june(name="may"), first]
    ) == (
        Problem(
            "campaigns[1].starts",
            "in Asia/Shanghai, 0001-01-01T00:00:00 is beyond the years 1 to 9999",
        ),
    )
    assert program_with(shop=Shop(name="Tea", zone="UTC"), campaigns=[first])
    assert program_with(shop=Shop(name="Tea"), campaigns=[june(starts=date(1, 1, 2))])


@pytest.mark.parametrize(
    ("days", "valid_days", "fits"),
    [
        ({"starts": date(9999, 12, 1)}, 29, True),
        ({"starts": date(9999, 12, 1)}, 30, False),
        ({"starts": date(9999, 1, 1), "ends": date(9999, 12, 1)}, 29, True),
        ({"starts": date(9999, 1, 1), "ends": date(9999, 12, 1)}, 30, False),
        ({"starts": date(2026, 6, 1)}, 1_000_000, True),
    ],
)
def test_a_coupon_runs_out_within_the_calendar(days, valid_days, fits):
    offers = [good_for(None), evolve(good_for(valid_days), name="more")]
    if fits:
        assert june(**days, coupons=offers).coupons == tuple(offers)
    else:
        (problem,) = problems_of(june, **days, coupons=offers)
        assert problem.path == "coupons[1].valid_days"
        assert problem.message.endswith("is beyond the years 1 to 9999")
