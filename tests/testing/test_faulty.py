"""The fault wrapper: each planned fault at its call, before or after its work, and no other."""

import multiprocessing
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pendulum
import pytest

from privlib import InMemory, Order, PrivateDomain, SqlStorage, default_program, yuan
from privlib.entities.query import Query
from privlib.errors import (
    InvalidValueError,
    OutcomeUnknownError,
    PluginError,
    StaleDecisionError,
    StorageBugError,
    StorageError,
    StorageUnavailableError,
)
from privlib.plugins import Delivery
from privlib.plugins.storages import WholeStorage
from privlib.testing.faults import STORAGE_ERRORS, WRITING_CALLS, Fault, FaultPlan, Mishap
from privlib.testing.faulty import Faulty

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
PROGRAM = default_program()
ORDER = Order(id="A-1001", customer="wei", paid=yuan(5_000), paid_at=NOON)


def planned(call, mishap, **settings):
    return FaultPlan([Fault(call=call, mishap=mishap, **settings)])


def every_call_of(storage):
    """One call of each kind there is, by name."""
    storage.keep_program(PROGRAM)
    PrivateDomain(PROGRAM, plugins=[storage]).record_order(ORDER)
    storage.stored(ORDER.decision_key)
    storage.find(Query("member"))
    storage.limits(["l"])
    storage.due(NOON)
    storage.history([])
    storage.program(PROGRAM.version)
    storage.personal([])
    storage.erase_personal("wei")
    claimed = storage.claim(at=NOON)
    storage.settle(claimed[0], Delivery(outcome="accepted"), at=NOON)
    return storage.calls


def test_a_run_without_a_plan_takes_down_every_call_of_a_storage():
    promised = {name for name in dir(WholeStorage) if not name.startswith("_")} - {"joined"}
    assert set(every_call_of(Faulty(InMemory()))) == promised
    assert promised > WRITING_CALLS


def test_what_goes_through_comes_out_as_from_the_storage_itself():
    plain, wrapped = InMemory(), Faulty(InMemory())
    for storage in (plain, wrapped):
        PrivateDomain(PROGRAM, plugins=[storage]).record_order(ORDER)
    assert wrapped.joined is plain.joined is False
    assert wrapped.stored(ORDER.decision_key) == plain.stored(ORDER.decision_key)
    assert wrapped.find(Query("member")) == plain.find(Query("member"))
    assert wrapped.due(NOON.add(days=9)) == plain.due(NOON.add(days=9))
    assert wrapped.claim(at=NOON, limit=1) == plain.claim(at=NOON, limit=1)
    assert wrapped.program(PROGRAM.version) == plain.program(PROGRAM.version)


@pytest.mark.parametrize("call", range(1, 4))
def test_what_is_raised_before_a_call_keeps_it_from_working(call):
    behind = InMemory()
    domain = PrivateDomain(PROGRAM, plugins=[Faulty(behind, planned(call, "raise before"))])
    with pytest.raises(StorageUnavailableError, match=f"call {call}: raise before"):
        domain.record_order(ORDER)
    assert behind.stored(ORDER.decision_key) is None
    assert not domain.record_order(ORDER).replayed


def test_what_is_raised_after_a_call_hides_that_it_worked():
    behind = InMemory()
    domain = PrivateDomain(PROGRAM, plugins=[Faulty(behind, planned(3, "raise after"))])
    with pytest.raises(OutcomeUnknownError, match="save, call 3: raise after"):
        domain.record_order(ORDER)
    assert behind.stored(ORDER.decision_key) is not None
    assert domain.record_order(ORDER).replayed


@pytest.mark.parametrize("error", STORAGE_ERRORS)
@pytest.mark.parametrize("mishap", ["raise before", "raise after"])
def test_any_of_the_five_errors_is_raised_as_planned(error, mishap):
    storage = Faulty(InMemory(), planned(1, mishap, error=error))
    with pytest.raises(error):
        storage.get([])
    assert storage.get([]) == ()


def test_a_fault_for_good_stays_and_one_for_once_does_not():
    once = Faulty(InMemory(), planned(2, "raise before"))
    once.get([])
    with pytest.raises(StorageError):
        once.get([])
    once.get([])
    for_good = Faulty(InMemory(), planned(2, "raise before", for_good=True))
    for_good.get([])
    for _ in range(3):
        with pytest.raises(StorageError):
            for_good.get([])
    assert for_good.calls == ("get",) * 4


def test_a_fault_of_its_own_comes_before_one_for_good():
    down = Fault(call=1, mishap="raise before", for_good=True)
    stale = Fault(call=2, mishap="raise before", error=StaleDecisionError)
    storage = Faulty(InMemory(), FaultPlan([down, stale]))
    raised = []
    for _ in range(3):
        with pytest.raises(StorageError) as fault:
            storage.get([])
        raised.append(fault.type)
    assert raised == [StorageUnavailableError, StaleDecisionError, StorageUnavailableError]


@pytest.mark.parametrize(("mishap", "is_written"), [("kill before", False), ("kill after", True)])
def test_a_killed_process_is_dead_and_what_was_committed_stays(sqlite_url, mishap, is_written):
    killed = multiprocessing.get_context("spawn").Process(
        target=record_and_die, args=(sqlite_url, mishap)
    )
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    killed.close()
    assert is_recorded(sqlite_url) is is_written


def record_and_die(url, mishap):
    storage = Faulty(SqlStorage(url), planned(3, mishap))
    PrivateDomain(PROGRAM, plugins=[storage]).record_order(ORDER)
    os._exit(0)


def is_recorded(url):
    storage = SqlStorage(url)
    found = storage.stored(ORDER.decision_key)
    storage.close()
    return found is not None


@pytest.mark.parametrize("seed", range(20))
def test_a_plan_is_made_again_from_its_seed_and_from_what_it_prints(seed):
    plan = FaultPlan.from_seed(seed, calls=50, faults=5, mishaps=list(Mishap))
    assert plan == FaultPlan.from_seed(seed, calls=50, faults=5, mishaps=list(Mishap))
    calls = [fault.call for fault in plan.faults]
    assert calls == sorted(set(calls))
    assert 1 <= min(calls) <= max(calls) <= 50
    names = {each.__name__: each for each in (FaultPlan, Fault, *STORAGE_ERRORS)}
    assert eval(repr(plan), names) == plan
    assert f"seed={seed}" in repr(Faulty(InMemory(), plan))


def test_seeds_reach_every_call_and_every_mishap():
    plans = [
        FaultPlan.from_seed(seed, calls=10, mishaps=["raise before", "raise after"])
        for seed in range(300)
    ]
    drawn = {(fault.call, fault.mishap) for plan in plans for fault in plan.faults}
    assert len(drawn) == 20
    assert FaultPlan.from_seed(1, calls=3, faults=3).seed == 1
    assert FaultPlan.from_seed(1, calls=0, faults=0) == FaultPlan(seed=1)


def test_there_is_a_plan_for_each_call_of_a_run_or_for_those_that_write():
    calls = every_call_of(Faulty(InMemory()))
    plans = FaultPlan.at_each(calls, "raise after", error=StorageBugError)
    assert [plan.faults[0].call for plan in plans] == list(range(1, len(calls) + 1))
    assert {plan.faults[0].error for plan in plans} == {StorageBugError}
    writing = FaultPlan.at_each(calls, "kill before", only=WRITING_CALLS)
    assert [calls[plan.faults[0].call - 1] for plan in writing] == [
        name for name in calls if name in WRITING_CALLS
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: Fault(call=0, mishap="raise before"), "counted from 1"),
        (lambda: Fault(call=True, mishap="raise before"), "counted from 1"),
        (lambda: Fault(call=1, mishap="raise"), "is not one of: raise before"),
        (lambda: Fault(call=1, mishap="raise before", error=ValueError), "is not one of: Stale"),
        (lambda: Fault(call=1, mishap="raise before", error=StorageError), "is not one of"),
        (lambda: Fault(call=1, mishap="kill before", for_good=True), "killed once"),
        (lambda: FaultPlan([Fault(call=1, mishap="raise before")] * 2), "at one call"),
        (lambda: FaultPlan(["raise before"]), "must be Fault"),
        (lambda: FaultPlan.from_seed(1, calls=2, faults=3), "3 faults of 2 kinds do not fit"),
        (lambda: FaultPlan.from_seed(1, calls=2, mishaps=[]), "1 faults of 0 kinds do not fit"),
        (lambda: Faulty(InMemory(), Fault(call=1, mishap="raise before")), "must be FaultPlan"),
        (lambda: Faulty(object()), "got object, which is no storage: it lacks claim"),
    ],
)
def test_what_cannot_go_wrong_so_is_refused(wrong, said):
    with pytest.raises(InvalidValueError, match=said):
        wrong()


def test_calls_are_counted_once_each_by_many_threads():
    storage = Faulty(InMemory(), planned(500, "raise before"))

    def outcome(_):
        try:
            return storage.get([])
        except StorageUnavailableError:
            return None

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(outcome, range(1_000)))
    assert outcomes.count(None) == 1
    assert len(storage.calls) == 1_000


def test_it_is_a_plugin_with_a_name_of_its_own():
    storage = Faulty(InMemory(), name="shaky")
    assert PrivateDomain(PROGRAM, plugins=[storage]).storage is storage
    with pytest.raises(PluginError, match="in memory and shaky each give a storage"):
        PrivateDomain(PROGRAM, plugins=[storage, InMemory()])
