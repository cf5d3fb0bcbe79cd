"""The version of a program: the same rules, the same version; any change, another."""

from datetime import date

import pytest
from attrs import evolve, fields
from hypothesis import given, strategies as st

from privlib.conditions import field
from privlib.encoding.canonical import Secret, canonical, digest
from privlib.errors import InvalidValueError, UnknownSchemaError
from privlib.program import (
    AroundTheDay,
    CampaignRules,
    CouponTemplate,
    DayRule,
    EmojiHabit,
    Enrolment,
    Face,
    Gift,
    Holiday,
    Ladder,
    Lifecycle,
    NamedCalendar,
    Part,
    Persona,
    Program,
    ServiceHours,
    Shop,
    Stage,
    Tier,
    Welcome,
    WholeMonth,
)
from privlib.program.loading import default_program, program_from_parts, program_from_toml
from privlib.program.offers import NthItem, PercentOff
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.places import Places
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.prices.sold_only import SoldOnly
from privlib.program.pricing import Group, Layer
from privlib.program.promotion import Promotion, Stacking, Threshold, UseLimits
from privlib.program.questions import OneChoice, WholeNumber
from privlib.program.survey import Survey
from privlib.program.survey_outcome import SurveyOutcome
from privlib.values.goods import Goods
from privlib.values.money import yuan

SECRET = b"never to be seen"

TOML = """
[shop]
name = "茶馆"
[ladder]
tiers = [{ name = "silver", threshold = 5000, gift = { id = "pack", value = 300 } }]
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
leads_to = ["old"]
[[lifecycles.stages]]
name = "old"
role = "terminal"
[welcome]
text = "Hi {name}"
[[campaigns]]
name = "june"
starts = 2026-06-01
budget = 100
coupons = [{ name = "c", value = 1, threshold = 2 }]
"""


def in_python():
    return Program(
        shop=Shop(name="茶馆"),
        ladder=Ladder(
            tiers=[
                Tier(name="silver", threshold=yuan(5_000), gift=Gift(id="pack", value=yuan(300)))
            ]
        ),
        lifecycles=[
            Lifecycle(
                name="customer",
                stages=[Stage(name="new", leads_to=["old"]), Stage(name="old", role="terminal")],
            )
        ],
        welcome=Welcome(text="Hi {name}"),
        campaigns=[
            CampaignRules(
                name="june",
                starts=date(2026, 6, 1),
                budget=yuan(100),
                coupons=[CouponTemplate(name="c", value=yuan(1), threshold=yuan(2))],
            )
        ],
    )


def tier_with(**changes):
    program = in_python()
    tiers = [evolve(program.ladder.tiers[0], **changes)]
    return evolve(program, ladder=evolve(program.ladder, tiers=tiers))


def campaign_with(**changes):
    program = in_python()
    return evolve(program, campaigns=[evolve(program.campaigns[0], **changes)])


def coupon_with(**changes):
    program = in_python()
    return campaign_with(coupons=[evolve(program.campaigns[0].coupons[0], **changes)])


def part_with(part, **changes):
    program = in_python()
    return evolve(program, **{part: evolve(getattr(program, part), **changes)})


def gift_with(**changes):
    return tier_with(gift=evolve(Gift(id="pack", value=yuan(300)), **changes))


def stages_with(*stages):
    return evolve(in_python(), lifecycles=[Lifecycle(name="customer", stages=stages)])


GREEN_TEA = Goods(categories=["tea"], without=Goods(categories=["tea/dark"]))
SILVER = Buyers(tiers=["silver"])
WECHAT = Places(channels=["WeChat"])


def promoted(**changes):
    promotion = Promotion(name="spring", offer=PercentOff(percent=10))
    return evolve(in_python(), promotions=[evolve(promotion, **changes)])


def holiday(name, first, last):
    return Holiday(name=name, first=date(2026, 2, first), last=date(2026, 2, last))


def persona_with(**changes):
    return evolve(in_python(), personas=[Persona(**{"name": "Lin", **changes})])


def celebrated(**changes):
    rule = DayRule(name="birthday", text="Happy birthday!")
    return evolve(in_python(), important_days=[evolve(rule, **changes)])


BASICS = Survey(
    name="basics",
    questions=[
        OneChoice(id="tea", text="Which?", choices=["green", "black"]),
        WholeNumber(id="cups", text="How many?"),
    ],
    outcomes=[SurveyOutcome(name="much", tags=["drinks much"])],
)


def surveyed(**changes):
    return evolve(in_python(), surveys=[evolve(BASICS, **changes)])


CHANGES = {
    "surveys": [
        surveyed(),
        surveyed(name="autumn"),
        surveyed(nudge_after_days=2),
        surveyed(open_days=9),
        surveyed(again_after_days=365),
        surveyed(questions=BASICS.questions[:1]),
        surveyed(questions=BASICS.questions[::-1]),
        surveyed(questions=[BASICS.questions[0], evolve(BASICS.questions[1], lowest=0)]),
        surveyed(
            questions=[
                BASICS.questions[0],
                evolve(BASICS.questions[1], asked_when=field("tea").equals("green")),
            ]
        ),
        surveyed(outcomes=()),
        surveyed(outcomes=[evolve(BASICS.outcomes[0], when=field("cups").at_least(9))]),
        surveyed(outcomes=[SurveyOutcome(name="much", suggests="plan", what="gold", reason="tea")]),
    ],
    "shop": [
        part_with("shop", name="茶館"),
        part_with("shop", zone="Asia/Urumqi"),
        Program(
            shop=Shop(name="茶馆", currency="USD"),
            lifecycles=in_python().lifecycles,
            welcome=in_python().welcome,
        ),
    ],
    "service": [
        part_with("service", hours=[ServiceHours(opens="09:00", closes="20:59")]),
        part_with("service", hours=[ServiceHours(opens="09:01", closes="21:00")]),
        part_with("service", hours=[ServiceHours(days=["mon"], opens="09:00", closes="21:00")]),
        part_with("service", holidays=[holiday("春节", 17, 17)]),
        part_with("service", holidays=[holiday("春节", 17, 18)]),
        part_with("service", holidays=[holiday("春节", 16, 17)]),
        part_with("service", holidays=[holiday("除夕", 17, 17)]),
        part_with("service", working_days=[date(2026, 2, 14)]),
        part_with("service", working_days=[date(2026, 2, 28)]),
        part_with("service", working_days_as="fri"),
    ],
    "enrolment": [
        part_with("enrolment", unknown_customer="refuse"),
        part_with("enrolment", imported_member="catch_up"),
        part_with("enrolment", contact_like_ids="accept"),
        part_with("enrolment", carrier="wecom"),
        part_with("enrolment", employee="mei"),
    ],
    "personas": [
        persona_with(),
        persona_with(name="Mei"),
        persona_with(role="adviser"),
        persona_with(age=28),
        persona_with(character="warm"),
        persona_with(interests=["tea"]),
        persona_with(manner="short sentences"),
        persona_with(title="tea master"),
        persona_with(social_identity="neighbour"),
        persona_with(experience="ten years of tea"),
        persona_with(picture="lin.png"),
        persona_with(to_customer="a friend"),
        persona_with(calls_customer="dear {name}"),
        persona_with(forbidden=["cheap"]),
        persona_with(longest=70),
        persona_with(emoji=EmojiHabit(use="none")),
        persona_with(emoji=EmojiHabit(use="few", most_emoji=1)),
        persona_with(emoji=EmojiHabit(allowed=["🍵"])),
        persona_with(faces=[Face(carrier="sms")]),
        persona_with(faces=[Face(carrier="sms", name="Aunt Lin")]),
    ],
    "ladder": [
        part_with("ladder", tiers=[]),
        part_with("ladder", tier_after_refund="keep"),
        part_with("ladder", gift_after_refund="keep"),
        tier_with(name="gold"),
        tier_with(threshold=yuan("5000.01")),
        tier_with(gift=None),
        gift_with(id="box"),
        gift_with(value=yuan("300.01")),
        gift_with(items=["tea"]),
        gift_with(items=["tea", "cup"]),
        gift_with(items=["cup", "tea"]),
    ],
    "lifecycles": [
        stages_with(Stage(name="new")),
        stages_with(Stage(name="new", leads_to=["new"])),
        stages_with(Stage(name="new", follow_up_days=3)),
        stages_with(Stage(name="new", follow_up_days=4)),
        stages_with(Stage(name="old", leads_to=["new"]), Stage(name="new", role="terminal")),
    ],
    "welcome": [
        part_with("welcome", text="Hi {shop}"),
        part_with("welcome", deadline_seconds=21),
        part_with("welcome", name_if_unknown="you"),
    ],
    "campaigns": [
        evolve(in_python(), campaigns=[]),
        campaign_with(name="july"),
        campaign_with(starts=date(2026, 6, 2)),
        campaign_with(ends=date(2026, 7, 1)),
        campaign_with(budget=yuan(101)),
        campaign_with(coupons=[]),
        coupon_with(name="d"),
        coupon_with(value=yuan("1.01")),
        coupon_with(threshold=yuan("2.01")),
        coupon_with(valid_days=30),
        coupon_with(per_customer=1),
    ],
    "prices": [
        part_with("prices", arbitration="plan"),
        part_with("prices", above_list=True),
        part_with("prices", floors_bind="promotions"),
        part_with("prices", rounding="down"),
        part_with("prices", rules=[PriceRule(name="sale", percent=10)]),
        part_with("prices", rules=[PriceRule(name="sale", percent=11)]),
        part_with("prices", rules=[PriceRule(name="sale", kind="list", percent=10)]),
        part_with("prices", rules=[PriceRule(name="sale", percent=10, starts=date(2026, 6, 1))]),
        part_with("prices", rules=[PriceRule(name="sale", percent=10, goods=GREEN_TEA)]),
        part_with("prices", rules=[PriceRule(name="sale", percent=10, buyers=SILVER)]),
        part_with("prices", rules=[PriceRule(name="sale", percent=10, places=WECHAT)]),
        part_with("prices", floors=[PriceFloor(name="no loss", over_cost=0)]),
        part_with("prices", sold_only=[SoldOnly(name="here", places=WECHAT)]),
        part_with("prices", public=[PublicPrice(sku="cup", price=yuan(30))]),
    ],
    "pricing": [
        part_with("pricing", layers=[Layer(name="order")]),
        part_with("pricing", layers=[Layer(name="order", choice="in_order")]),
        part_with("pricing", groups=[Group(name="coupons")]),
        part_with("pricing", groups=[Group(name="coupons", at_most=2)]),
        part_with("pricing", at_most=3),
        part_with("pricing", objective="shop"),
        part_with("pricing", crossing="by_layer"),
        part_with("pricing", node_budget=20_001),
        part_with("pricing", rounding="down"),
        part_with("pricing", remainder="first"),
        part_with("pricing", overflow="lost"),
    ],
    "promotions": [
        promoted(),
        promoted(name="autumn"),
        promoted(layer="line"),
        promoted(offer=PercentOff(percent=11)),
        promoted(offer=PercentOff(percent=10, rounded="once")),
        promoted(offer=NthItem(n=2, percent=10)),
        promoted(goods=Goods(skus=["tea"])),
        promoted(when=field("tier").equals("silver")),
        promoted(needs=Threshold(pieces=2)),
        promoted(base="list"),
        promoted(trigger="coupon"),
        promoted(trigger="code", codes=["SPRING"]),
        promoted(priority=1),
        promoted(uses_units=True),
        promoted(stacking=Stacking(alone=True)),
        promoted(limits=UseLimits(uses=1)),
        promoted(starts=date(2026, 3, 1)),
        promoted(ends=date(2026, 6, 1)),
    ],
    "important_days": [
        celebrated(),
        celebrated(name="wedding"),
        celebrated(window=WholeMonth()),
        celebrated(window=AroundTheDay(days_before=3)),
        celebrated(window=AroundTheDay(days_after=3)),
        celebrated(at="10:00"),
        celebrated(leap_day="mar_1"),
        celebrated(min_tenure_days=30),
        celebrated(members_only=True),
        celebrated(edits_per_year=None),
        celebrated(text="Cheers!"),
        celebrated(name_if_unknown="you"),
        celebrated(gift=Gift(id="cake", value=yuan(60))),
        celebrated(remind_days_ahead=3),
    ],
    "lunar": [
        evolve(in_python(), lunar=NamedCalendar(name="borax", version="4.1.3")),
        evolve(in_python(), lunar=NamedCalendar(name="borax", version="4.1.4")),
        evolve(in_python(), lunar=NamedCalendar(name="another", version="4.1.3")),
    ],
}
ALL_CHANGES = [changed for programs in CHANGES.values() for changed in programs]


def test_the_list_of_changes_below_covers_every_part():
    assert set(CHANGES) == {each.name for each in fields(Program)} - {"secret", "lunar_calendar"}


def test_any_change_makes_another_version():
    versions = [in_python().version, *(program.version for program in ALL_CHANGES)]
    assert len(set(versions)) == len(versions)


@pytest.mark.parametrize("part", sorted(set(CHANGES) - {"shop"}))
def test_a_change_shows_in_its_own_part_only(part):
    before = {each.name: each.digest for each in in_python().parts}
    for changed in CHANGES[part]:
        after = {each.name: each.digest for each in changed.parts}
        assert {name for name in before if before[name] != after[name]} == {part}


def test_toml_and_python_make_the_same_version():
    program = program_from_toml(TOML)
    assert program == in_python()
    assert program.version == in_python().version
    assert program.parts == in_python().parts


def test_the_version_is_the_same_however_the_toml_is_written():
    respelt = (
        TOML.replace("5000", '"5000.00"')
        .replace("300", '"300.0"')
        .replace('name = "茶馆"', 'zone = "Asia/Shanghai"\ncurrency = "CNY" # yuan\nname = "茶馆"')
        .replace("[ladder]", '[ladder]\ngift_after_refund = "returnable"')
    )
    assert respelt != TOML
    assert program_from_toml(respelt).version == program_from_toml(TOML).version


def test_the_order_of_tables_does_not_show_but_the_order_of_campaigns_does():
    welcome = '[welcome]\ntext = "Hi {name}"\n'
    moved = welcome + TOML.replace(welcome, "")
    assert program_from_toml(moved).version == in_python().version
    june, july = in_python().campaigns[0], evolve(in_python().campaigns[0], name="july")
    one = evolve(in_python(), campaigns=[june, july])
    other = evolve(in_python(), campaigns=[july, june])
    assert one.version != other.version


def test_the_version_is_the_digest_of_the_parts_digests():
    program = in_python()
    assert [part.name for part in program.parts] == [
        "shop",
        "service",
        "enrolment",
        "ladder",
        "lifecycles",
        "welcome",
        "personas",
        "campaigns",
        "pricing",
        "promotions",
        "prices",
        "important_days",
        "lunar",
        "surveys",
    ]
    assert all(part.digest == digest(part.text) for part in program.parts)
    assert program.version == digest(
        canonical([[part.name, part.digest] for part in program.parts])
    )


def test_a_part_says_all_it_means_so_that_a_later_default_changes_nothing():
    texts = {part.name: part.text for part in in_python().parts}
    assert texts["shop"] == '{"currency":"CNY","name":"茶馆","zone":"Asia/Shanghai"}'
    assert texts["service"] == (
        '{"holidays":[],"hours":[{"closes":"21:00",'
        '"days":["mon","tue","wed","thu","fri","sat","sun"],"opens":"09:00"}],'
        '"working_days":[],"working_days_as":"mon"}'
    )
    assert texts["enrolment"] == (
        '{"carrier":"console","contact_like_ids":"refuse","employee":"shop",'
        '"imported_member":"already_rewarded","unknown_customer":"enrol"}'
    )
    assert texts["ladder"] == (
        '{"gift_after_refund":"returnable","tier_after_refund":"recompute","tiers":'
        '[{"gift":{"id":"pack","items":[],"value":[30000,"CNY"]},"name":"silver",'
        '"threshold":[500000,"CNY"]}]}'
    )
    assert texts["campaigns"] == (
        '[{"budget":[10000,"CNY"],"coupons":[{"name":"c","per_customer":null,'
        '"threshold":[200,"CNY"],"valid_days":null,"value":[100,"CNY"]}],"ends":null,'
        '"name":"june","starts":"2026-06-01"}]'
    )


@pytest.mark.parametrize("program", [default_program(), in_python(), *ALL_CHANGES])
def test_a_program_comes_back_from_its_parts(program):
    again = program_from_parts(program.parts)
    assert again == program
    assert again.parts == program.parts
    assert again.version == program.version


@given(
    name=st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))),
    fen=st.lists(st.integers(1, 10**12), min_size=1, max_size=5, unique=True).map(sorted),
    days=st.none() | st.integers(1, 3650),
)
def test_any_program_comes_back_from_its_parts(name, fen, days):
    tiers = [
        Tier(name=f"t{place}", threshold=yuan(f"{minor // 100}.{minor % 100:02}"))
        for place, minor in enumerate(fen)
    ]
    program = Program(
        shop=Shop(name=name),
        ladder=Ladder(tiers=tiers),
        lifecycles=[Lifecycle(name="customer", stages=[Stage(name="new", follow_up_days=days)])],
        welcome=Welcome(text="Hi", name_if_unknown=name),
    )
    assert program_from_parts(program.parts) == program


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[]",
        "null",
        '{"name":5}',
        '{"name":"a","opens_at":"09:00"}',
        '{"name":"a","zone":"Mars/Olympus"}',
        '{"name":"a","currency":"USD"}',
        '{"name":"a","name":"b"}',
        '{"name":1.5}',
        '{"name":NaN}',
        "[" * 5_000,
    ],
)
def test_a_stored_part_that_was_damaged_is_refused(text):
    _, *others = in_python().parts
    with pytest.raises(UnknownSchemaError):
        program_from_parts([Part("shop", digest(text), text), *others])


def test_the_secret_is_no_part_of_the_rules():
    program = in_python().with_secret(SECRET)
    assert program.secret is not None
    assert program == in_python()
    assert program.version == in_python().version
    assert program.parts == in_python().parts
    assert program.with_secret(b"another one, as long").version == in_python().version
    assert in_python().secret is None


def test_the_secret_is_never_shown():
    program = in_python().with_secret(SECRET)
    shown = [repr(program), str(program), repr(program.secret), str(program.secret)]
    shown += [part.text for part in program.parts]
    assert "Secret(...)" in repr(program)
    assert not [text for text in shown if SECRET.decode() in text or SECRET.hex() in text]


def test_the_secret_goes_with_a_changed_program():
    program = evolve(in_python().with_secret(SECRET), enrolment=Enrolment(carrier="wecom"))
    assert program.secret is not None
    assert program.secret.key == SECRET


@pytest.mark.parametrize("secret", [b"", b"fifteen bytes..", "sixteen bytes ok", None, 5])
def test_a_secret_that_is_too_short_or_not_bytes_is_refused(secret):
    said = "a secret is at least 16 bytes of your own, kept outside the code"
    with pytest.raises(InvalidValueError) as caught:
        in_python().with_secret(secret)
    assert str(caught.value) == said


def test_a_secret_of_sixteen_bytes_is_taken_as_bytes_or_as_secret():
    as_bytes = in_python().with_secret(b"0123456789abcdef")
    as_secret = in_python().with_secret(Secret(b"0123456789abcdef"))
    assert as_bytes.secret is not None
    assert as_secret.secret is not None
    assert as_bytes.secret.key == as_secret.secret.key == b"0123456789abcdef"
    assert as_bytes.secret.id == as_secret.secret.id


def test_a_stored_program_of_a_later_release_is_refused():
    parts = in_python().parts
    with pytest.raises(UnknownSchemaError):
        program_from_parts([*parts, Part("points", digest("{}"), "{}")])
    with pytest.raises(UnknownSchemaError):
        program_from_parts(parts[1:])
