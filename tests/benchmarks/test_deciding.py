"""The plain shop, floor of the benchmarks, decides what record_order decides."""

from collections import Counter

import pendulum
import pytest
from attrs import evolve
from tests.benchmarks.deciding import decided, decided_plainly
from tests.benchmarks.plain_rows import (
    entity_text,
    event_text,
    record_text,
    request_text,
    timer_text,
)
from tests.benchmarks.plain_shop import rules_of, with_still_stages
from tests.benchmarks.stream import plain_order, stream

from privlib import Order, default_program, yuan
from privlib.cli.grocery_year import grocery_program
from privlib.decisions.records import DecisionRecord
from privlib.decisions.stored import ENTITIES, EVENTS, REQUESTS, TIMERS

pytestmark = pytest.mark.target("R1")


def test_every_decision_of_the_stream_is_the_plain_one():
    assert_same(stream(1_260), with_still_stages(default_program()))


def test_the_stream_holds_newcomers_and_every_tier_but_the_highest():
    happened = Counter(
        event[3] if event[0] == "TierReached" else event[0]
        for decision in decided_plainly(
            map(plain_order, stream(6_300)), rules_of(with_still_stages(default_program()))
        )
        for event in decision.events
    )
    assert happened["MemberJoined"] == 100
    assert happened["silver"] > happened["gold"] > 0


@pytest.mark.parametrize("paid", ["0", "4999.99", "5000", "10000.01", "100000"])
def test_one_order_reaches_as_many_tiers(paid):
    noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    order = Order(id="A-1001", customer="wei", paid=yuan(paid), paid_at=noon)
    later = evolve(order, id="A-1002", paid=yuan("0.01"))
    assert_same([order, later, order], with_still_stages(default_program()))


@pytest.mark.parametrize("day", ["2026-03-06T03:30:00", "2026-10-29T23:59:59"])
def test_a_follow_up_is_due_at_the_same_time_on_the_wall_when_summer_time_comes_and_goes(day):
    at = pendulum.parse(day, tz="America/New_York")
    order = Order(id="A-1001", customer="wei", paid=yuan(20), paid_at=at)
    assert_same([order], with_still_stages(grocery_program()))


def assert_same(orders, program):
    told, plain = (
        decided(orders, program),
        decided_plainly(map(plain_order, orders), rules_of(program)),
    )
    assert [written(each) for each in told] == [plainly_written(each) for each in plain]


def written(decision):
    """A decision as it is stored, with all that comes with it."""
    return (
        decision.key,
        decision.input_hash,
        [EVENTS.dump(event) for event in decision.events],
        [REQUESTS.dump(request) for request in decision.requests],
        [TIMERS.dump(timer) for timer in decision.timers],
        {tuple(ref): ENTITIES.dump(entity) for ref, entity in decision.changes.items()},
        DecisionRecord.of(decision).dump(),
    )


def plainly_written(decision):
    return (
        decision.key,
        decision.input_hash,
        [event_text(event) for event in decision.events],
        [request_text(request) for request in decision.requests],
        [timer_text(timer) for timer in decision.timers],
        {ref: entity_text(*ref, entity) for ref, entity in decision.after.items()},
        record_text(decision),
    )
