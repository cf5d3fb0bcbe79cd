"""Where a condition begins and ends to hold, to the minute, the day and the fen."""

from datetime import date

import pytest
from attrs import evolve
from tests.conditions.plainly import plainly

from privlib.commands.baskets import BasketLine
from privlib.conditions import (
    SHOPPING,
    EarlyAccess,
    amount,
    compile_condition,
    distinct,
    field,
    pieces,
    unmet,
)
from privlib.refusals import ConditionUnmet, NotOpenYet
from privlib.testing.strategies.condition import ToldFacts
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan

MAY_30, JUNE_1, JUNE_30, JULY_1 = (
    date(2026, 5, 30),
    date(2026, 6, 1),
    date(2026, 6, 30),
    date(2026, 7, 1),
)
TEA = Goods(categories=["tea"])


def holds(condition, **told):
    """Compiled, explained and read plainly."""
    facts = ToldFacts(**told)
    answer = compile_condition(condition, SHOPPING)(facts)
    assert answer is plainly(condition, facts)
    assert answer is (unmet(condition, facts, SHOPPING) == ())
    return answer


@pytest.mark.parametrize(
    ("minute", "inside"),
    [
        (21 * 60 + 59, False),
        (22 * 60, True),
        (23 * 60 + 59, True),
        (0, True),
        (5 * 60 + 59, True),
        (6 * 60, False),
        (12 * 60, False),
    ],
)
def test_a_night_runs_over_midnight_and_ends_before_its_last_minute(minute, inside):
    night = field("time_of_day").between("22:00", "06:00")
    assert holds(night, time_of_day=minute) is inside
    assert holds(~night, time_of_day=minute) is not inside
    assert holds(field("time_of_day").outside("22:00", "06:00"), time_of_day=minute) is not inside


@pytest.mark.parametrize(
    ("minute", "inside"), [(1_199, False), (1_200, True), (1_439, True), (0, False)]
)
def test_an_evening_can_end_at_24_00(minute, inside):
    assert holds(field("time_of_day").between("20:00", "24:00"), time_of_day=minute) is inside
    assert holds(field("time_of_day").between("20:00", "00:00"), time_of_day=minute) is inside


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2026, 5, 31), False), (JUNE_1, True), (JUNE_30, True), (JULY_1, False)],
)
def test_a_period_has_its_first_day_and_not_its_last(day, inside):
    assert holds(field("date").between(JUNE_1, JULY_1), date=day) is inside


@pytest.mark.parametrize(("day", "name"), [(JUNE_1, "mon"), (date(2026, 6, 7), "sun")])
def test_the_week_begins_on_monday(day, name):
    assert holds(field("weekday").equals(name), date=day)
    assert holds(field("weekday").none_of("tue", "wed", "sat"), date=day)


@pytest.mark.parametrize(("orders", "nth"), [(0, 1), (1, 2), (9, 10)])
def test_the_nth_order_is_the_one_after_those_before(orders, nth):
    assert holds(field("nth_order").equals(nth), orders=orders)
    assert not holds(field("nth_order").equals(nth + 1), orders=orders)
    assert holds(field("orders").equals(orders), orders=orders)
    assert holds(field("nth_order").between(nth, nth + 1), orders=orders)


@pytest.mark.parametrize(("days", "absent"), [(89, False), (90, True), (91, True), (None, False)])
def test_an_absence_is_one_only_after_an_order(days, absent):
    condition = field("days_since_last_order").at_least(90)
    assert holds(condition, days_since_last_order=days) is absent
    assert holds(~condition, days_since_last_order=days) is not absent


def test_without_an_order_before_the_reason_has_no_number():
    facts = ToldFacts(days_since_last_order=None)
    for condition in (
        field("days_since_last_order").at_least(90),
        field("days_since_last_order").at_most(90),
    ):
        (reason,) = unmet(condition, facts, SHOPPING)
        assert (reason.has, reason.missing, reason.needs) == (None, None, 90)


@pytest.mark.parametrize(("price", "missing"), [(199_99, Money(1)), (200_00, None), (200_01, None)])
def test_an_amount_is_reached_to_the_fen(price, missing):
    line = BasketLine(sku="longjing", price=Money(price), categories=["tea/green"])
    facts = ToldFacts(lines=(line,))
    reasons = unmet(amount(TEA).at_least(yuan(200)), facts, SHOPPING)
    assert [reason.missing for reason in reasons] == ([] if missing is None else [missing])


@pytest.mark.parametrize(
    ("condition", "missing"),
    [
        (pieces(TEA).at_least(3), 1),
        (pieces(TEA).more_than(2), 1),
        (pieces(TEA).between(4, 9), 2),
        (pieces(TEA).equals(5), 3),
        (pieces(TEA).at_most(1), None),
        (pieces(TEA).between(0, 2), None),
        (distinct().at_least(2), 1),
        (amount(TEA).more_than(yuan(200)), Money(1)),
        (amount(TEA, base="member").at_least(yuan(200)), yuan(20)),
    ],
)
def test_what_is_missing_is_what_would_have_to_come(condition, missing):
    line = BasketLine(sku="longjing", price=yuan(100), quantity=2, categories=["tea"])
    facts = ToldFacts(lines=(line,))
    (reason,) = unmet(condition, facts, SHOPPING)
    assert reason.missing == missing
    assert reason.goods == condition.of
    assert reason.base == (condition.base if condition.measure == "amount" else None)


def test_what_must_not_be_is_told_as_what_has_to_be_instead():
    facts = ToldFacts(tier="gold", tags=frozenset({"vip", "new"}))
    assert unmet(~field("tier").one_of("gold", "silver"), facts, SHOPPING) == (
        ConditionUnmet(
            field="tier",
            called="tier",
            comparison="none_of",
            needs=["gold", "silver"],
            has="gold",
        ),
    )
    (reason,) = unmet(~field("tags").contains_all("vip"), facts, SHOPPING)
    assert (reason.comparison, reason.has) == ("lacks_any", ("new", "vip"))


def test_all_that_is_unmet_is_told_and_not_only_the_first():
    condition = field("tier").equals("gold") & field("orders").at_least(3) & pieces().at_least(1)
    reasons = unmet(condition, ToldFacts(orders=1), SHOPPING)
    assert [(reason.field, reason.missing) for reason in reasons] == [
        ("tier", None),
        ("orders", 2),
        ("pieces", 1),
    ]


# Early access

GOLD = field("tier").equals("gold")
OPENING = EarlyAccess(opens=JUNE_1, early=GOLD, early_opens=date(2026, 5, 28))


@pytest.mark.parametrize(
    ("day", "tier", "opens"),
    [
        (date(2026, 5, 27), None, JUNE_1),
        (date(2026, 5, 27), "gold", date(2026, 5, 28)),
        (date(2026, 5, 28), "silver", JUNE_1),
        (date(2026, 5, 28), "gold", None),
        (date(2026, 5, 31), None, JUNE_1),
        (date(2026, 5, 31), "gold", None),
        (JUNE_1, None, None),
        (JULY_1, "gold", None),
    ],
)
def test_early_access_opens_for_each_on_his_own_day(day, tier, opens):
    facts = ToldFacts(date=day, tier=tier)
    expected = () if opens is None else (NotOpenYet(opens=opens, today=day),)
    assert unmet(OPENING, facts, SHOPPING) == expected
    assert holds(OPENING, date=day, tier=tier) is (opens is None)
    assert holds(~OPENING, date=day, tier=tier) is (opens is not None)


def test_without_a_day_of_their_own_the_early_are_let_in_at_once():
    opening = evolve(OPENING, early_opens=None)
    assert holds(opening, date=date(2020, 1, 1), tier="gold")
    assert not holds(opening, date=MAY_30, tier="silver")
