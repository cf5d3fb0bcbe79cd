"""Many domains at once over one storage, and many that open a new database."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Timer

import pytest
from attrs import evolve
from sqlalchemy import create_engine, make_url

from privlib import (
    CampaignRules,
    CouponIssue,
    CouponTemplate,
    EntityRef,
    InMemory,
    PrivateDomain,
    Reservation,
    SqlStorage,
    yuan,
)
from privlib.entities.query import Query
from privlib.plugins import Saved
from privlib.program.campaign import budget_key
from privlib.refusals import CampaignExhausted
from privlib.testing.conformance.callers import all_at_once, until_not_stale
from privlib.testing.conformance.contents import everything
from privlib.testing.conformance.samples import NOON, PROGRAM, bare, friend, order

WEI = EntityRef("member", "wei")
TWENTY = evolve(
    PROGRAM,
    campaigns=[
        CampaignRules(
            name="june",
            starts=date(2026, 6, 1),
            budget=yuan(400),
            coupons=[CouponTemplate(name="20 off", value=yuan(20), threshold=yuan(100))],
        )
    ],
)


@pytest.fixture
def shared(make_storage):
    """One storage for all callers, in memory, or each caller's own over one database."""
    first = make_storage()
    return (lambda: first) if isinstance(first, InMemory) else make_storage


def test_32_callers_of_one_domain_tell_an_order_once(shared):
    domain = PrivateDomain(PROGRAM, plugins=[shared()])
    decisions = all_at_once([lambda: domain.record_order(order("A-1", 6_000))] * 32)
    assert [decision.replayed for decision in decisions].count(False) == 1
    assert len({decision.events for decision in decisions}) == 1
    assert all(decision.after.member("wei").spent == yuan(6_000) for decision in decisions)
    assert len(domain.storage.claim(at=NOON)) == 2


def test_32_callers_of_four_domains_tell_an_order_once(shared):
    domains = [PrivateDomain(PROGRAM, plugins=[shared()]) for _ in range(4)]
    decisions = all_at_once(
        [
            lambda domain=domains[number % 4]: domain.record_order(order("A-1", 6_000))
            for number in range(32)
        ]
    )
    assert [decision.replayed for decision in decisions].count(False) == 1
    assert len({decision.events for decision in decisions}) == 1


def test_200_callers_after_a_budget_of_20_coupons_get_20(shared):
    domains = [PrivateDomain(TWENTY, plugins=[shared()]) for _ in range(2)]
    names = [f"customer-{number:03}" for number in range(200)]
    domains[0].record_orders(order(f"A-{name}", customer=name) for name in names)

    def issue(name, domain):
        return domain.issue_coupon(
            CouponIssue(key=name, customer=name, campaign="june", coupon="20 off"), at=NOON
        )

    with ThreadPoolExecutor(16) as pool:
        decisions = list(pool.map(issue, names, domains * 100))
    refusals = [decision.refusals for decision in decisions if decision.refusals]
    assert (
        refusals
        == [
            (CampaignExhausted(campaign="june", used=yuan(400), budget=yuan(400), wanted=yuan(20)),)
        ]
        * 180
    )
    storage = domains[0].storage
    assert storage.limits([budget_key("june")]) == {budget_key("june"): 40_000}
    assert len(everything(storage, Query("coupon"))) == 20
    assert all(storage.stored(decision.key) == decision for decision in decisions)


def test_orders_of_one_member_at_once_lose_nothing(shared):
    domains = [PrivateDomain(PROGRAM, plugins=[shared()]) for _ in range(4)]

    def tell(number):
        told = order(f"A-{number}", 100 + number)
        return until_not_stale(lambda: domains[number % 4].record_order(told))

    with ThreadPoolExecutor(8) as pool:
        decisions = list(pool.map(tell, range(80)))
    (wei,) = domains[0].storage.get([WEI])
    assert wei.spent == yuan(sum(100 + number for number in range(80)))
    assert wei.orders == 80
    assert [gift.id for gift in wei.gifts] == ["silver-pack", "gold-pack"]
    tiers = [event.tier for d in decisions for event in d.events if hasattr(event, "threshold")]
    assert sorted(tiers) == ["gold", "silver"]
    versions = [recorded.event for recorded in domains[0].storage.history([WEI])]
    assert len(versions) == wei.version


def test_batches_of_two_shops_assistants_at_once_lose_nothing(shared):
    domains = [PrivateDomain(PROGRAM, plugins=[shared()]) for _ in range(2)]
    orders = [order(f"A-{number}", 10, f"c-{number % 7}") for number in range(60)]

    def replay(told, domain):
        return until_not_stale(lambda: domain.record_orders(told))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(replay, [orders, orders[::-1]], domains))
    members = everything(domains[0].storage, Query("member"))
    assert {member.id: member.orders for member in members} == {
        f"c-{number}": (60 - number + 6) // 7 for number in range(7)
    }


def test_a_timer_is_fired_by_one_of_many(shared):
    domains = [PrivateDomain(PROGRAM, plugins=[shared()]) for _ in range(4)]
    for number in range(10):
        domains[0].accept_friend(friend(f"c-{number}"))
    due = NOON.add(days=3)
    decided_by = all_at_once([lambda domain=domain: domain.run_due(at=due) for domain in domains])
    fresh = [each.key for told in decided_by for each in told if not each.replayed]
    assert len(fresh) == len(set(fresh)) == 10
    assert domains[0].storage.due(due) == ()


@pytest.mark.parametrize("round", range(3))
def test_a_new_database_is_opened_by_many_at_once(open_sql, round):
    storages = all_at_once([open_sql] * 8)
    storages[0].save(bare("d"))
    assert [storage.stored("d").key for storage in storages] == ["d"] * 8


def test_a_new_file_that_somebody_else_writes_to_is_waited_for(sqlite_url):
    other = sqlite3.connect(make_url(sqlite_url).database, check_same_thread=False)
    other.isolation_level = None
    other.execute("BEGIN IMMEDIATE")
    release = Timer(0.3, other.commit)
    release.start()
    storage = SqlStorage(sqlite_url)
    release.join()
    other.close()
    storage.save(bare("d"))
    storage.close()


def test_a_new_database_is_opened_over_many_engines_at_once(database_url):
    engines = [create_engine(database_url) for _ in range(6)]
    storages = all_at_once([lambda engine=engine: SqlStorage(engine) for engine in engines])
    storages[0].save(bare("d"))
    assert [storage.stored("d").key for storage in storages] == ["d"] * 6
    for engine in engines:
        engine.dispose()


def test_the_plain_engine_of_a_host_keeps_limits_too(database_url):
    engine = create_engine(database_url)
    storage = SqlStorage(engine)
    one = Reservation(limit_key="l", amount=1, limit=5)
    outcomes = all_at_once(
        [
            lambda number=number: until_not_stale(
                lambda: storage.save(bare(f"d-{number}", reservations=[one]))
            )
            for number in range(12)
        ]
    )
    assert [type(outcome) for outcome in outcomes].count(Saved) == 5
    engine.dispose()
