"""A thousand callers after a coupon for a hundred: exactly a hundred get it, in every round.

In memory they are a thousand threads. On SQLite they are shared out to 20 threads of one process,
and to 4 processes; on PostgreSQL to 4 processes. Callers of one thread or process call one after
the other, and none of them saves before the others have decided too: each time all of them have
seen the same room.
"""

import sys
from random import Random  # noqa: TID251 - another order in each round, the same in each run

import pytest
from tests.profiles import LOOKED_UP, RACE_ROUNDS, spread
from tests.races.callers import (
    CUSTOMERS,
    NOON,
    ONE_EACH,
    Processes,
    Threads,
    campaign,
    get_to_know_everybody,
    wish,
)

from privlib import InMemory, Money, SqlStorage
from privlib.entities import CouponState
from privlib.program.campaign import budget_key, customer_key
from privlib.refusals import CampaignExhausted, CouponLimitReached
from privlib.values.ids import EntityRef

NEXT_YEAR = NOON.add(years=1)


@pytest.fixture
def restless():
    """Threads take turns after a microsecond, where they else have five thousand each."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture
def in_memory(restless):
    storage = InMemory()
    return storage, Threads(storage, RACE_ROUNDS, count=1_000)


@pytest.fixture
def in_threads(sqlite_url):
    storage = SqlStorage(sqlite_url, durability="normal")
    yield storage, Threads(storage, RACE_ROUNDS, count=20)
    storage.close()


@pytest.fixture
def in_processes(database_url):
    storage = SqlStorage(database_url, durability="normal")
    with Processes(database_url, RACE_ROUNDS, count=4) as processes:
        yield storage, processes
    storage.close()


def race_for_a_hundred(storage, callers):
    """Let a thousand call in every round, in another order each time, and see what they got."""
    get_to_know_everybody(storage)
    for round in range(RACE_ROUNDS):
        decisions = callers.issue(shuffled(round, [wish(name, round) for name in CUSTOMERS]))
        full = CampaignExhausted(
            campaign=campaign(round), used=Money(100), budget=Money(100), wanted=Money(1)
        )
        assert refusals_of(decisions) == [(full,)] * 900
        budget = budget_key(campaign(round))
        assert storage.limits([budget]) == {budget: 100}
        assert_kept(storage, decisions, issued=100, round=round)


def race_for_one_each(storage, callers):
    """Let each of fifty customers call twenty times: there is room for all of them, once."""
    get_to_know_everybody(storage)
    fifty = CUSTOMERS[:50]
    wishes = [wish(name, 0, coupon=ONE_EACH, number=n) for n in range(20) for name in fifty]
    decisions = callers.issue(shuffled(0, wishes))
    had_it = CouponLimitReached(campaign=campaign(0), coupon=ONE_EACH.name, had=1, limit=1)
    assert refusals_of(decisions) == [(had_it,)] * 950
    assert {decision.events[0].customer for decision in decisions if decision.events} == set(fifty)
    own = [customer_key(campaign(0), ONE_EACH.name, name) for name in fifty]
    budget = budget_key(campaign(0))
    assert storage.limits([*own, budget]) == dict.fromkeys(own, 1) | {budget: 50}
    assert_kept(storage, decisions, issued=50, round=0)


def shuffled(round, wishes):
    return Random(round).sample(wishes, len(wishes))


def refusals_of(decisions):
    return [decision.refusals for decision in decisions if not decision.events]


def assert_kept(storage, decisions, *, issued, round):
    """A caller's decision is stored as he has it, and with it a coupon and its end, or none."""
    assert len({decision.key for decision in decisions}) == 1_000
    looked_up = spread(decisions, LOOKED_UP)
    assert all(storage.stored(decision.key) == decision for decision in looked_up)
    coupons = storage.get(EntityRef("coupon", f"{decision.key}/coupon/1") for decision in decisions)
    given = [decision.events[0].customer for decision in decisions if decision.events]
    assert len(coupons) == issued
    assert sorted(coupon.customer for coupon in coupons) == sorted(given)
    assert {coupon.state for coupon in coupons} == {CouponState.ISSUED}
    timers = storage.due(NEXT_YEAR, limit=100_000)
    ends = [each.coupon for each in timers if each.about.kind == "coupon"]
    assert {coupon.id for coupon in coupons} <= set(ends)
    assert len([id for id in ends if id.startswith(f"issue-coupon:{round}-")]) == issued


def test_a_thousand_threads_in_memory_get_a_hundred(in_memory):
    race_for_a_hundred(*in_memory)


def test_threads_over_one_sqlite_file_get_a_hundred(in_threads):
    race_for_a_hundred(*in_threads)


def test_processes_over_one_database_get_a_hundred(in_processes):
    race_for_a_hundred(*in_processes)


def test_a_thousand_threads_in_memory_get_one_each(in_memory):
    race_for_one_each(*in_memory)


def test_threads_over_one_sqlite_file_get_one_each(in_threads):
    race_for_one_each(*in_threads)


def test_processes_over_one_database_get_one_each(in_processes):
    race_for_one_each(*in_processes)
