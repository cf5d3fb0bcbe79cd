"""A storage that fails at any of its calls, and everything told again: nothing lost or doubled.

In memory every call is tried, on the databases a spread of them in `ci` and every one in `full`.
"""

from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from attrs import frozen
from tests.crashes.holdings import holdings, rows, sent
from tests.crashes.workload import START, WORKLOAD, day, delivered, shop_over, tell
from tests.profiles import FAULTS_IN_SQL, SEEDS, spread

from privlib import InMemory, SqlStorage
from privlib.errors import (
    KeyConflictError,
    OutcomeUnknownError,
    StaleDecisionError,
    StorageBugError,
    StorageError,
    StorageUnavailableError,
)
from privlib.testing.faults import FaultPlan
from privlib.testing.faulty import Faulty

FIVE = [
    StaleDecisionError,
    StorageUnavailableError,
    OutcomeUnknownError,
    KeyConflictError,
    StorageBugError,
]
# What a failing storage had claimed to the last is due again in the hours after.
AND_LATER = [delivered(day(6, hours=2 + number)) for number in range(20)]


@frozen
class Shop:
    """An empty storage, in memory or in a database, and a log of what is sent."""

    storage: InMemory | SqlStorage
    log: Path
    url: str | None = None

    def held(self, keys):
        if self.url is None:
            return holdings(self.storage, keys)
        return rows(self.url, self.storage.shop)

    def sent(self):
        return [line.partition("\t")[0] for line in sent(self.log)]


@pytest.fixture
def new_shop(tmp_path):
    """Gives another shop with each call, in memory or in a database that they share."""
    numbers = count(1)

    def new(url=None):
        number = next(numbers)
        log = tmp_path / f"sent-{number}"
        if url is None:
            return Shop(InMemory(clock=lambda: START), log)
        storage = SqlStorage(url, f"shop-{number}", durability="normal", clock=lambda: START)
        return Shop(storage, log, url)

    return new


@frozen
class Unbroken:
    """The workload as it goes without a fault: the calls it takes, what is held and sent."""

    calls: tuple
    keys: list
    held: dict
    sent: list

    @classmethod
    def of(cls, shop):
        run = Faulty(shop.storage)
        keys = tell(shop_over(run, shop.log))
        return cls(run.calls, keys, shop.held(keys), shop.sent())

    def assert_no_difference(self, shop, faulty):
        """Nothing is lost; nothing is doubled but what was sent when its settlement failed."""
        held = shop.held(self.keys)
        assert [name for name in held if held[name] != self.held[name]] == [], faulty.plan
        doubled = Counter(shop.sent())
        doubled.subtract(self.sent)
        assert set(doubled) == set(self.sent), faulty.plan
        assert min(doubled.values()) >= 0, faulty.plan
        assert doubled.total() == settlements_refused(faulty), faulty.plan


def settlements_refused(faulty):
    """How many requests were sent of which the storage was never told so."""
    faults = [
        faulty.plan.at(number)
        for number, name in enumerate(faulty.calls, start=1)
        if name == "settle"
    ]
    return sum(fault is not None and fault.mishap.comes_first for fault in faults)


def told_until_known(domain):
    """What a host does who is told of an error: he tells the same again."""
    for step in WORKLOAD:
        while not succeeds(step, domain):
            pass


def succeeds(step, domain):
    try:
        step(domain)
    except StorageError:
        return False
    return True


@pytest.mark.parametrize("error", FIVE)
@pytest.mark.parametrize("mishap", ["raise before", "raise after"])
def test_whatever_is_raised_at_any_call_in_memory_telling_again_is_enough(new_shop, mishap, error):
    unbroken = Unbroken.of(new_shop())
    for plan in FaultPlan.at_each(unbroken.calls, mishap, error=error):
        shop = new_shop()
        faulty = Faulty(shop.storage, plan)
        told_until_known(shop_over(faulty, shop.log))
        unbroken.assert_no_difference(shop, faulty)


@pytest.mark.parametrize("mishap", ["raise before", "raise after"])
def test_whatever_call_of_a_database_fails_telling_again_is_enough(new_shop, database_url, mishap):
    shop = new_shop(database_url)
    unbroken = Unbroken.of(shop)
    shop.storage.close()
    for plan in spread(FaultPlan.at_each(unbroken.calls, mishap), FAULTS_IN_SQL):
        shop = new_shop(database_url)
        faulty = Faulty(shop.storage, plan)
        told_until_known(shop_over(faulty, shop.log))
        unbroken.assert_no_difference(shop, faulty)
        shop.storage.close()


@pytest.mark.parametrize("mishap", ["raise before", "raise after"])
def test_after_a_storage_failed_for_good_a_new_shop_is_told_everything(new_shop, mishap):
    """From some call on each of them fails, and the shop goes on regardless, until a restart."""
    unbroken = Unbroken.of(new_shop())
    for plan in FaultPlan.at_each(unbroken.calls, mishap, for_good=True):
        shop = new_shop()
        faulty = Faulty(shop.storage, plan)
        failing = shop_over(faulty, shop.log)
        for step in WORKLOAD:
            succeeds(step, failing)
        tell(shop_over(shop.storage, shop.log), [*WORKLOAD, *AND_LATER])
        unbroken.assert_no_difference(shop, faulty)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_many_faults_from_a_seed_lose_and_double_nothing(new_shop, seed):
    unbroken = Unbroken.of(new_shop())
    shop = new_shop()
    faulty = Faulty(shop.storage, FaultPlan.from_seed(seed, calls=150, faults=30))
    told_until_known(shop_over(faulty, shop.log))
    tell(shop_over(shop.storage, shop.log), AND_LATER)
    unbroken.assert_no_difference(shop, faulty)
