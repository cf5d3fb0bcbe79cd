"""A storage that fails at any of its calls, and everything told again: nothing lost or doubled.

In memory every call is tried, on the databases a spread of them in `ci` and every one in `full`.
"""

import pytest
from tests.crashes.shops import Undisturbed, error_of, tell_until_known
from tests.crashes.workload import WORKLOAD, day, delivered, shop_over, tell
from tests.profiles import FAULTS_IN_SQL, SEEDS, spread

from privlib.testing.faults import STORAGE_ERRORS, FaultPlan
from privlib.testing.faulty import Faulty

# What a failing storage had claimed to the last is due again in the hours after.
AND_LATER = [delivered(day(6, hours=2 + number)) for number in range(20)]


def unsettled(faulty):
    """How many requests were sent without the storage being told so: these are sent once more."""
    faults = [
        faulty.plan.at(number)
        for number, name in enumerate(faulty.calls, start=1)
        if name == "settle"
    ]
    return sum(fault is not None and fault.mishap.comes_first for fault in faults)


@pytest.mark.parametrize("error", STORAGE_ERRORS)
@pytest.mark.parametrize("mishap", ["raise before", "raise after"])
def test_whatever_is_raised_at_any_call_in_memory_telling_again_is_enough(new_shop, mishap, error):
    undisturbed = Undisturbed.in_shop(new_shop())
    for plan in FaultPlan.at_each(undisturbed.calls, mishap, error=error):
        shop = new_shop()
        faulty = Faulty(shop.storage, plan)
        tell_until_known(shop_over(faulty, shop.log))
        undisturbed.assert_same(shop, doubled=unsettled(faulty), why=faulty.plan)


@pytest.mark.parametrize("mishap", ["raise before", "raise after"])
def test_whatever_call_of_a_database_fails_telling_again_is_enough(new_shop, database_url, mishap):
    shop = new_shop(database_url)
    undisturbed = Undisturbed.in_shop(shop)
    shop.storage.close()
    for plan in spread(FaultPlan.at_each(undisturbed.calls, mishap), FAULTS_IN_SQL):
        shop = new_shop(database_url)
        faulty = Faulty(shop.storage, plan)
        tell_until_known(shop_over(faulty, shop.log))
        undisturbed.assert_same(shop, doubled=unsettled(faulty), why=faulty.plan)
        shop.storage.close()


@pytest.mark.parametrize("mishap", ["raise before", "raise after"])
def test_after_a_storage_failed_for_good_a_new_shop_is_told_everything(new_shop, mishap):
    """From some call on each of them fails, and the shop goes on regardless, until a restart."""
    undisturbed = Undisturbed.in_shop(new_shop())
    for plan in FaultPlan.at_each(undisturbed.calls, mishap, for_good=True):
        shop = new_shop()
        faulty = Faulty(shop.storage, plan)
        failing = shop_over(faulty, shop.log)
        for step in WORKLOAD:
            error_of(step, failing)
        tell(shop_over(shop.storage, shop.log), [*WORKLOAD, *AND_LATER])
        undisturbed.assert_same(shop, doubled=unsettled(faulty), why=faulty.plan)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_many_faults_from_a_seed_lose_and_double_nothing(new_shop, seed):
    undisturbed = Undisturbed.in_shop(new_shop())
    shop = new_shop()
    faulty = Faulty(shop.storage, FaultPlan.from_seed(seed, calls=150, faults=30))
    tell_until_known(shop_over(faulty, shop.log))
    tell(shop_over(shop.storage, shop.log), AND_LATER)
    undisturbed.assert_same(shop, doubled=unsettled(faulty), why=faulty.plan)
