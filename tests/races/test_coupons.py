"""A thousand callers after a coupon for a hundred: exactly a hundred get it, in every round.

In memory they are a thousand threads. On SQLite they are shared out to 20 threads of one process,
and to 4 processes; on PostgreSQL to 4 processes. Callers of one thread or process call one after
the other, and none of them saves before the others have decided too: each time all of them have
seen the same room.
"""

import sys
from random import Random  # noqa: TID251 - another order in each round, the same in each run

import pytest
from tests.profiles import RACE_ROUNDS
from tests.races.callers import (
    COUPON,
    CUSTOMERS,
    NOON,
    Processes,
    Threads,
    campaign,
    get_to_know_everybody,
    wish,
)

from privlib import InMemory, Money, SqlStorage
from privlib.entities import CouponState
from privlib.program.campaign import budget_key
from privlib.refusals import CampaignExhausted
from privlib.values.ids import EntityRef

FAR = NOON.add(years=1)


@pytest.fixture
def restless():
    """Threads take turns after a microsecond, where they else have five thousand each."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture
def opened():
    """Opens storages over a database, which are closed in the end."""
    storages = []

    def open_one(url):
        storages.append(SqlStorage(url, durability="normal"))
        return storages[-1]

    yield open_one
    for storage in storages:
        storage.close()


def race(storage, callers):
    """Let all call in every round, in another order each time, and see what they got."""
    get_to_know_everybody(storage)
    for round in range(RACE_ROUNDS):
        names = list(CUSTOMERS)
        Random(round).shuffle(names)
        decisions = callers.issue(names, round)
        assert len(decisions) == 1_000
        assert_exactly_100(storage, decisions, round)


def assert_exactly_100(storage, decisions, round):
    issued = [decision for decision in decisions if decision.events]
    refusals = [decision.refusals for decision in decisions if not decision.events]
    full = CampaignExhausted(
        campaign=campaign(round), used=Money(100), budget=Money(100), wanted=Money(1)
    )
    assert len(issued) == 100
    assert refusals == [(full,)] * 900
    budget = budget_key(campaign(round))
    assert storage.limits([budget]) == {budget: 100}
    assert all(storage.stored(decision.key) == decision for decision in decisions)
    coupons = storage.get(EntityRef("coupon", wish(name, round).coupon_id) for name in CUSTOMERS)
    assert sorted(coupon.customer for coupon in coupons) == sorted(
        decision.events[0].customer for decision in issued
    )
    assert {(coupon.state, coupon.template) for coupon in coupons} == {
        (CouponState.ISSUED, COUPON.name)
    }
    ends = [each for each in storage.due(FAR, limit=100_000) if each.about.kind == "coupon"]
    assert len([each for each in ends if each.campaign == campaign(round)]) == 100


def test_a_thousand_threads_in_memory(restless):
    storage = InMemory()
    race(storage, Threads(storage, RACE_ROUNDS, count=1_000))


def test_threads_over_one_sqlite_file(sqlite_url, opened):
    storage = opened(sqlite_url)
    race(storage, Threads(storage, RACE_ROUNDS, count=20))


def test_processes_over_one_database(database_url, opened):
    storage = opened(database_url)
    with Processes(database_url, RACE_ROUNDS, count=4) as callers:
        race(storage, callers)
