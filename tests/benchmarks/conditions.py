"""Conditions: a segment picked out of many customers, and a hundred segments at once."""

from itertools import product, repeat

import rule_engine
from attrs import frozen
from tests.benchmarks.comparing import calling_on_each, compared
from tests.benchmarks.targets import at_least, at_most

from privlib.conditions import (
    Field,
    Kind,
    Vocabulary,
    compile_condition,
    compile_filter,
    compile_many,
    field,
)

BY_HAND = at_most("G1", "10 predicates", gate=2, goal=1.2, unit="x comprehension")
RULE_ENGINE = at_least("G1", "10 predicates", gate=60, goal=120, unit="x rule-engine")
AT_ONCE = at_least("G2", "100 segments at once", gate=5, goal=12, unit="x one by one")

CITIES = ("Hangzhou", "Suzhou", "Nanjing", "Ningbo", "Wuxi", "Hefei", "Jinhua", "Huzhou", "Taizhou")
STAGES = ("new", "in touch", "regular", "dormant", "lost")
TIERS = (None, "silver", "gold", "platinum", "diamond")
TAGS = ("tea lover", "gift buyer", "bargain hunter", "vip", "parent")
CHANNELS = ("mini program", "wecom", "shop")


@frozen(kw_only=True)
class Shopper:
    """A customer as segments look at him."""

    city: str
    stage: str
    tier: str | None
    channel: str
    age: int
    orders: int
    spent: int
    days_since_last_order: int | None
    tags: frozenset[str]
    is_member: bool

    @property
    def listed_tags(self):
        """The same tags for rule-engine, which takes no frozen set."""
        return tuple(self.tags)


WORDS = Vocabulary(
    fields=[
        Field(name="city", kind=Kind.TEXT, always_known=True),
        Field(name="stage", kind=Kind.TEXT, always_known=True),
        Field(name="tier", kind=Kind.TEXT),
        Field(name="channel", kind=Kind.TEXT, always_known=True),
        Field(name="age", kind=Kind.NUMBER, always_known=True),
        Field(name="orders", kind=Kind.NUMBER, always_known=True),
        Field(name="spent", kind=Kind.NUMBER, always_known=True),
        Field(name="days_since_last_order", kind=Kind.NUMBER),
        Field(name="tags", kind=Kind.TEXTS, always_known=True),
        Field(name="is_member", kind=Kind.YES_NO, always_known=True),
    ]
)


def shoppers(count):
    """So many customers, no two runs with others."""
    spread = [number * 7_919 % 104_729 for number in range(1, count + 1)]
    return [
        Shopper(
            city=CITIES[mix % 9],
            stage=STAGES[mix // 9 % 5],
            tier=TIERS[mix // 45 % 5],
            channel=CHANNELS[mix % 3],
            age=18 + mix % 60,
            orders=mix % 25,
            spent=mix * 37 % 2_000_000,
            days_since_last_order=None if mix % 25 == 0 else mix % 300,
            tags=frozenset(tag for place, tag in enumerate(TAGS) if mix >> place & 1),
            is_member=mix % 4 != 0,
        )
        for mix in spread
    ]


SHOPPERS = shoppers(2_000)
SEGMENT = (
    field("is_member").equals(value=True)
    & field("stage").one_of("regular", "dormant", "in touch")
    & field("age").at_least(25)
    & field("age").less_than(70)
    & field("tags").contains_any("tea lover", "vip")
    & field("orders").at_least(2)
    & field("spent").at_least(100_000)
    & field("channel").differs_from("shop")
    & field("tags").contains_none("bargain hunter")
    & field("days_since_last_order").at_most(180)
)
RULE = rule_engine.Rule(
    "is_member and stage in ['regular', 'dormant', 'in touch'] and age >= 25 and age < 70 "
    "and ('tea lover' in listed_tags or 'vip' in listed_tags) and orders >= 2 "
    "and spent >= 100000 and channel != 'shop' and not ('bargain hunter' in listed_tags) "
    "and days_since_last_order != null and days_since_last_order <= 180",
    context=rule_engine.Context(resolver=rule_engine.resolve_attribute),
)
WANTED = frozenset({"tea lover", "vip"})
select = compile_filter(SEGMENT, WORDS)


def by_hand(many):
    """The floor of picking a segment."""
    return [
        shopper
        for shopper in many
        if shopper.is_member is True
        and shopper.stage in {"regular", "dormant", "in touch"}
        and shopper.age >= 25
        and shopper.age < 70
        and not shopper.tags.isdisjoint(WANTED)
        and shopper.orders >= 2
        and shopper.spent >= 100_000
        and shopper.channel != "shop"
        and "bargain hunter" not in shopper.tags
        and (shopper.days_since_last_order is not None and shopper.days_since_last_order <= 180)
    ]


def by_rule_engine(many):
    """The peer's way of picking a segment."""
    return list(RULE.filter(many))


def segments():
    """A hundred: those of each city and stage, and of some cities whatever the stage."""
    rest = (
        field("age").less_than(40),
        field("tags").contains_any("vip"),
        field("spent").at_least(500_000) & field("tier").is_known(),
        field("orders").more_than(3) | field("is_member").equals(value=True),
    )
    of_both = {
        f"{city}, {stage}": field("city").equals(city) & field("stage").equals(stage) & other
        for (city, stage), other in zip(product(CITIES, STAGES), rest * 12, strict=False)
    }
    of_two = {
        f"{city} or {other}, {stage}": field("city").one_of(city, other)
        & field("stage").one_of(stage, "regular")
        & field("orders").at_least(5)
        for (city, stage), other in zip(product(CITIES, STAGES), CITIES[1:] * 6, strict=False)
    }
    of_a_city = {
        f"{city}: {number}": field("city").equals(city) & rest[number % 4]
        for number, city in enumerate([*CITIES, CITIES[0]])
    }
    return {**of_both, **of_two, **of_a_city}


SEGMENTS = segments()
which = compile_many(SEGMENTS, WORDS)
ONE_BY_ONE = [(name, compile_condition(each, WORDS)) for name, each in SEGMENTS.items()]


def one_by_one(shopper):
    """The segments that a customer is in, each tested by itself."""
    return tuple([name for name, holds in ONE_BY_ONE if holds(shopper)])


def rows(effort):
    yield compared(BY_HAND, effort, ours=over(select), other=over(by_hand))
    yield compared(RULE_ENGINE, effort, ours=over(select), other=over(by_rule_engine))
    yield compared(
        AT_ONCE,
        effort,
        ours=calling_on_each(which, SHOPPERS),
        other=calling_on_each(one_by_one, SHOPPERS),
    )


def over(pick):
    def picking(times):
        for _ in repeat(None, times):
            pick(SHOPPERS)

    return picking
