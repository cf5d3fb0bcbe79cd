"""A stream of orders and refunds comes out as if each had been told by itself."""

from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st
from tests.domain.channels import NOON, Clock, Listener, Overtaken

from privlib import (
    Actor,
    CurrencyMismatchError,
    EntityRef,
    InMemory,
    InvalidIdError,
    InvalidValueError,
    KeyConflictError,
    Money,
    MoneyOverflowError,
    Order,
    OrderLine,
    PrivateDomain,
    Refund,
    StorageUnavailableError,
    default_program,
    yuan,
)
from privlib.domain import Summary, bulk
from privlib.testing.conformance.contents import contents
from privlib.values.money import LARGEST_MINOR

PROGRAM = default_program()
SHOPS = count(1)
CUSTOMERS = st.sampled_from(["wei", "mei", "li"])
ORDER_IDS = st.sampled_from(["A-1", "A-2", "A-3", "A-10", "微-1"])
AMOUNTS = st.sampled_from([0, 1, 300, 499_999, 500_000, 500_001, 5_000_000, LARGEST_MINOR])
MONEY = st.builds(Money, AMOUNTS) | st.just(Money(100, "USD"))
MOMENTS = st.none() | st.integers(0, 3).map(lambda hours: NOON.add(hours=hours))


def with_lines(order):
    half = Money(order.paid.minor // 2, order.paid.currency)
    lines = [OrderLine(sku="tea", paid=half), OrderLine(sku="cup", paid=order.paid - half)]
    return Order(
        id=order.id,
        customer=order.customer,
        paid=order.paid,
        paid_at=order.paid_at,
        lines=lines,
    )


ORDERS = st.builds(Order, id=ORDER_IDS, customer=CUSTOMERS, paid=MONEY, paid_at=MOMENTS)
REFUNDS = st.builds(
    Refund,
    id=st.sampled_from(["R-1", "R-2"]),
    order=ORDER_IDS,
    customer=CUSTOMERS,
    amount=st.none() | MONEY,
    refunded_at=MOMENTS,
)
HISTORIES = st.lists(ORDERS | ORDERS.map(with_lines) | REFUNDS, max_size=25)
FEW = settings(
    max_examples=6,
    deadline=None,
    # each example has a shop of its own in the one database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
MANY = settings(FEW, max_examples=80)


def order(id, paid=10, customer="wei", at=NOON):
    return Order(id=id, customer=customer, paid=yuan(paid), paid_at=at)


@pytest.fixture(params=[1, 3, 1_000])
def batch(request, monkeypatch):
    """How many commands go into one transaction."""
    return batches_of(request.param, monkeypatch)


@pytest.fixture
def small_batches(monkeypatch):
    return batches_of(3, monkeypatch)


def batches_of(size, monkeypatch):
    """So many commands go into one transaction, and hardly anything is remembered between them."""
    monkeypatch.setattr(bulk, "_BATCH", size)
    monkeypatch.setattr(bulk, "_MOST_REMEMBERED", 2)
    return size


def in_memory(shop):
    """Each shop by itself; that a shop is kept apart in a database is shown elsewhere."""
    return InMemory()


def a_domain(make_storage):
    storage = make_storage(shop=f"shop {next(SHOPS)}")
    return PrivateDomain(PROGRAM, plugins=[storage], clock=Clock())


def one_by_one(domain, history):
    """What becomes of each command that is told by itself."""
    for command in history:
        tell = domain.record_order if isinstance(command, Order) else domain.reverse_order
        try:
            yield command, tell(command)
        except (InvalidValueError, KeyConflictError) as problem:
            yield command, problem


def as_a_stream(domain, history):
    """What becomes of each command that is told with the others."""
    told = []
    summary = domain.record_orders(
        iter(history),
        on_decision=lambda command, decision: told.append((command, decision)),
        on_problem=lambda command, problem: told.append((command, problem)),
    )
    return told, summary


def comparable(told):
    """Decisions as they are, with what they changed; problems by what they say."""
    for command, result in told:
        if isinstance(result, Exception):
            yield command, type(result), str(result)
        else:
            yield command, result, result.replayed, result.changed


@MANY
@given(HISTORIES)
@example([order("A-1", 5_000), order("A-1", 5_000), order("A-1", 5_001)])
@example([Refund(id="R-1", order="A-1", customer="wei"), order("A-1", 5_000), order("A-1", 5_000)])
@example([order("A-1"), Order(id="A-2", customer="wei", paid=Money(1, "USD")), order("A-3")])
def test_a_stream_is_the_same_as_one_by_one(batch, history):
    check_a_stream(in_memory, history)


@FEW
@given(HISTORIES)
def test_a_stream_into_any_storage_is_the_same_as_one_by_one(make_storage, small_batches, history):
    check_a_stream(make_storage, history)


def check_a_stream(make_storage, history):
    apart, together = a_domain(make_storage), a_domain(make_storage)
    expected = list(comparable(one_by_one(apart, history)))
    told, summary = as_a_stream(together, history)
    assert list(comparable(told)) == expected
    assert contents(together.storage) == contents(apart.storage)
    keys = {command.decision_key for command in history}
    assert {key: together.storage.stored(key) for key in keys} == {
        key: apart.storage.stored(key) for key in keys
    }
    decisions = [entry[1] for entry in expected if len(entry) == 4]
    replayed = [decision.replayed for decision in decisions]
    assert summary == Summary(
        told=len(decisions),
        new=replayed.count(False),
        replayed=replayed.count(True),
        refused=sum(bool(decision.refusals) for decision in decisions),
        problems=len(expected) - len(decisions),
    )


class PowerCutError(Exception):
    """Stops a stream in its midst."""


def cut_after(history, number):
    yield from history[:number]
    raise PowerCutError


CUTS = st.lists(st.integers(0, 25), min_size=1, max_size=3)


@MANY
@given(HISTORIES, CUTS)
def test_interrupted_and_resumed_is_the_same_as_unbroken(batch, history, cuts):
    check_interruptions(in_memory, history, cuts)


@FEW
@given(HISTORIES, CUTS)
def test_interrupted_and_resumed_in_any_storage_is_the_same_as_unbroken(
    make_storage, small_batches, history, cuts
):
    check_interruptions(make_storage, history, cuts)


def check_interruptions(make_storage, history, cuts):
    unbroken = a_domain(make_storage)
    unbroken.record_orders(history)
    storage = make_storage(shop=f"shop {next(SHOPS)}")
    for cut in cuts:
        domain = PrivateDomain(PROGRAM, plugins=[storage], clock=Clock())
        with pytest.raises(PowerCutError):
            domain.record_orders(cut_after(history, cut))
    resumed = PrivateDomain(PROGRAM, plugins=[storage], clock=Clock())
    resumed.record_orders(history)
    assert contents(resumed.storage) == contents(unbroken.storage)
    assert resumed.record_orders(history).new == 0
    assert contents(resumed.storage) == contents(unbroken.storage)


def test_a_storage_that_fails_in_the_midst_is_resumed_without_loss(storage, small_batches):
    history = [order(f"A-{number}", 900, f"c-{number % 3}") for number in range(20)]
    saves = count(1)

    def fail_at_the_second():
        if next(saves) == 2:
            raise StorageUnavailableError("gone")

    broken = PrivateDomain(PROGRAM, plugins=[Overtaken(storage, fail_at_the_second)])
    with pytest.raises(StorageUnavailableError):
        broken.record_orders(history)
    resumed = PrivateDomain(PROGRAM, plugins=[storage])
    summary = resumed.record_orders(history)
    assert (summary.told, summary.new + summary.replayed) == (20, 20)
    members = storage.get([EntityRef("member", f"c-{number}") for number in range(3)])
    assert [member.orders for member in members] == [7, 7, 6]


def test_somebody_who_writes_in_between_is_not_overwritten(storage, batch):
    rival = PrivateDomain(PROGRAM, plugins=[storage])
    numbers = count(1)
    turns = iter([True, True, True])

    def write():
        if next(turns, False):
            rival.record_order(order(f"B-{next(numbers)}", 1_000))

    domain = PrivateDomain(PROGRAM, plugins=[Overtaken(storage, write)])
    summary = domain.record_orders(order(f"A-{number}", 100) for number in range(20))
    (wei,) = storage.get([EntityRef("member", "wei")])
    assert (wei.orders, wei.spent) == (23, yuan(5_000))
    assert wei.tier == "silver"
    assert summary == Summary(told=20, new=20)


def test_what_cannot_be_an_order_of_this_shop_is_said_and_skipped(storage, batch):
    problems = []
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    history = [
        order("A-1"),
        Order(id="A-2", customer="wei", paid=Money(1, "USD"), paid_at=NOON),
        Order(id="A-3", customer="13800138000", paid=yuan(1), paid_at=NOON),
        order("A-1", 11),
        Order(id="A-4", customer="wei", paid=Money(LARGEST_MINOR), paid_at=NOON),
        Refund(id="R-1", order="A-1", customer="wei", amount=Money(1, "EUR")),
        order("A-5"),
    ]
    summary = domain.record_orders(
        history, on_problem=lambda command, problem: problems.append((command.id, type(problem)))
    )
    assert problems == [
        ("A-2", CurrencyMismatchError),
        ("A-3", InvalidIdError),
        ("A-1", KeyConflictError),
        ("A-4", MoneyOverflowError),
        ("R-1", CurrencyMismatchError),
    ]
    assert summary == Summary(told=2, new=2, problems=5)
    assert storage.get([EntityRef("member", "wei")])[0].spent == yuan(20)


def test_problems_are_counted_where_nobody_asks_for_them(storage):
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    wrong = Order(id="A-1", customer="wei", paid=Money(1, "USD"), paid_at=NOON)
    assert domain.record_orders([wrong]) == Summary(problems=1)


def test_no_orders_are_no_work(storage):
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    assert domain.record_orders([]) == Summary()
    assert contents(storage)["entities"] == []


def test_a_stream_is_read_as_it_is_needed(storage, batch):
    read = []

    def stream():
        for number in range(7):
            read.append(number)
            yield order(f"A-{number}")

    seen = []
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    domain.record_orders(stream(), on_decision=lambda *_: seen.append(len(read)))
    assert seen == [min(batch * (number // batch + 1), 7) for number in range(7)]


def test_decisions_are_told_after_they_were_saved_and_in_their_order(storage, batch):
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    told = []

    def look(command, decision):
        told.append((command.id, storage.stored(decision.key) == decision))

    domain.record_orders([order(f"A-{number}") for number in range(5)], on_decision=look)
    assert told == [(f"A-{number}", True) for number in range(5)]


def test_the_actor_and_the_moment_are_those_of_each_order(storage, batch):
    domain = PrivateDomain(PROGRAM, plugins=[storage], clock=Clock(NOON.add(years=1)))
    importer = Actor("system", "importer")
    domain.record_orders([order("A-1"), Order(id="A-2", customer="wei", paid=yuan(1))], by=importer)
    first, second = storage.stored("order:A-1:paid"), storage.stored("order:A-2:paid")
    assert (first.by, first.at, second.at) == (importer, NOON, NOON.add(years=1))


def test_observers_hear_of_every_new_order_once_and_in_order(storage, batch):
    listener = Listener()
    domain = PrivateDomain(PROGRAM, plugins=[storage, listener])
    history = [order("A-1"), order("A-2"), order("A-1"), order("A-3", 5_000)]
    domain.record_orders(history)
    domain.record_orders(history)
    assert [decision.key for decision in listener.heard] == [
        "order:A-1:paid",
        "order:A-2:paid",
        "order:A-3:paid",
    ]
    assert listener.heard[-1].after.member("wei").tier == "silver"


def test_many_orders_are_few_transactions(storage):
    saves = []
    domain = PrivateDomain(PROGRAM, plugins=[Overtaken(storage, lambda: saves.append(1))])
    domain.record_orders(order(f"A-{number}", 1, f"c-{number % 50}") for number in range(1_000))
    assert len(saves) <= 5
