"""Floor, product and peers of the benchmark of lifecycles move a customer the same way."""

import pytest
from attrs import evolve
from tests.benchmarks import lifecycle
from tests.benchmarks.measuring import Effort
from tests.benchmarks.moved import floor, ours, statemachine, transitions
from tests.benchmarks.moved.floor import PlainCustomer
from tests.benchmarks.moved.workload import AT, TO_AND_FRO

from privlib.values.moment import to_micros

ON_AND_BACK = [*TO_AND_FRO, "loyal", "gone", *TO_AND_FRO]  # two of them are no way out


@pytest.mark.target("L1")
def test_a_move_is_the_plain_one_and_so_is_its_event():
    relation, customer = ours.friend(), PlainCustomer()
    for number, to in enumerate(ON_AND_BACK):
        at, told, plainly = AT.add(hours=number), [], []
        relation = ours.move(relation, to, at, told.append) or relation
        floor.move(customer, to, to_micros(at), plainly.append)
        assert [plain(event) for event in told] == plainly
        assert fields_of(relation) == plain_fields_of(customer)
    assert relation.version == 1 + 4


def test_the_guard_stands_before_whoever_has_not_ordered(monkeypatch):
    newcomer = PlainCustomer()
    newcomer.orders = 0
    monkeypatch.setattr(ours, "_MEMBER", evolve(ours._MEMBER, orders=0))
    assert ours.move(ours.friend(), "advocate", AT, lifecycle.told) is None
    assert floor.move(newcomer, "advocate", to_micros(AT), lifecycle.told) is None


@pytest.mark.target("L2")
@pytest.mark.parametrize(
    ("module", "way"),
    [
        (transitions, transitions.mover),
        (statemachine, statemachine.mover),
        (statemachine, statemachine.rebuilding_mover),
    ],
)
def test_a_peer_moves_him_where_the_floor_does(module, way):
    pytest.importorskip(module.__name__.rpartition(".")[2])
    customer, expected = module.Customer(), PlainCustomer()
    move = way(customer)
    for to in TO_AND_FRO:
        move(to)
        floor.move(expected, to, to_micros(AT), lifecycle.told)
        assert (customer.stage, customer.version) == (expected.stage, expected.version)


@pytest.mark.target("L3")
def test_nothing_but_one_standing_hangs_on_a_customer_in_a_lifecycle():
    moved = ours.move(ours.friend(), "advocate", AT, lifecycle.told)
    assert lifecycle.objects_beside_standing(moved) == 0
    assert moved.standing("customer").stage is lifecycle.TO_AND_FRO[0]


def test_there_is_a_row_for_each_target_and_peers_that_are_not_there_say_so():
    rows = list(lifecycle.rows(Effort(rounds=1)))
    assert [row.target.id for row in rows] == ["L1", "L2", "L2", "L2", "L3"]
    for row in rows:
        assert (row.value is None) == ("is not installed" in row.note)


def plain(event):
    """An event as the floor tells it."""
    way = (event.lifecycle, event.came_from, event.to, event.cause.value, to_micros(event.at))
    return ("StageMoved", event.relation, event.customer, *way)


def fields_of(relation):
    (standing,) = relation.standings
    tie = (relation.id, relation.version, relation.customer, relation.employee, relation.carrier)
    where = (standing.stage, to_micros(standing.since), standing.moved)
    return (*tie, relation.source, to_micros(relation.since), relation.follow_ups, *where)


def plain_fields_of(customer):
    tie = (customer.id, customer.version, customer.customer, customer.employee, customer.carrier)
    where = (customer.stage, customer.stage_since, customer.moved)
    return (*tie, customer.source, customer.since, customer.follow_ups, *where)
