"""Lifecycle: a customer moved to another stage, beside a table by hand and state machines."""

import gc
import tracemalloc
from importlib import import_module
from importlib.util import find_spec

from attrs import evolve
from tests.benchmarks.comparing import compared
from tests.benchmarks.measuring import paced
from tests.benchmarks.moved import ours
from tests.benchmarks.moved.floor import PlainCustomer, move as move_plainly
from tests.benchmarks.moved.workload import AT, TO_AND_FRO
from tests.benchmarks.targets import Row, at_least, at_most

from privlib.values.moment import to_micros

MOVE = at_most("L1", "a customer moved", gate=9, goal=6, unit="x the floor")
FASTER = "x faster"
PEERS = {
    ("transitions", "mover"): at_least("L2", "transitions", gate=5, goal=8, unit=FASTER),
    ("statemachine", "mover"): at_least("L2", "python-statemachine", gate=50, goal=90, unit=FASTER),
    ("statemachine", "rebuilding_mover"): at_least(
        "L2", "the same, rebuilt", gate=150, goal=250, unit=FASTER
    ),
}
MEMORY = at_most("L3", "memory per customer", gate=0, goal=0, unit="objects more")

CUSTOMERS = 200


def rows(effort):
    yield compared(MOVE, effort, ours=moving, other=moving_plainly, items=len(TO_AND_FRO))
    for (name, way), target in PEERS.items():
        if is_there(name):
            move = getattr(import_module(f"tests.benchmarks.moved.{name}"), way)
            yield beside(target, effort, move)
        else:
            yield absent(target, name)
    yield memory_row()


def beside(target, effort, mover):
    peer = import_module(mover.__module__)
    move = mover(peer.Customer())

    def moving_there(times):
        for _ in range(times):
            for to in TO_AND_FRO:
                move(to)

    return compared(
        target, effort, ours=moving, other=moving_there, measured=paced, items=len(TO_AND_FRO)
    )


def moving(times):
    relation, move = ours.friend(), ours.move
    for _ in range(times):
        for to in TO_AND_FRO:
            relation = move(relation, to, AT, told)
    return relation


def moving_plainly(times):
    customer, at = PlainCustomer(), to_micros(AT)
    for _ in range(times):
        for to in TO_AND_FRO:
            move_plainly(customer, to, at, told)
    return customer


def told(event):
    """Be called back with an event, and do nothing about it."""


def memory_row():
    """What customers weigh more in a lifecycle, in which they have moved, than in none."""
    notes = [f"{weight(_moved) - weight(_in_none):.0f} bytes"]
    for name, start in (("transitions", _several), ("statemachine", _each)):
        if is_there(name):
            peer = import_module(f"tests.benchmarks.moved.{name}")
            bare = weight(lambda count, kind=peer.Customer: [kind() for _ in range(count)])
            more = weight(lambda count, peer=peer, start=start: start(peer, count)) - bare
            notes.append(f"{peer.INSTALL} {more:,.0f}")
    return Row(target=MEMORY, value=objects_beside_standing(_moved(1)[0]), note=", ".join(notes))


def objects_beside_standing(relation):
    """How many objects hang on a relation because of its lifecycle, its one standing left out.

    What all relations share, a class or the name of a stage, is nobody's own.
    """
    (standing,) = relation.standings
    without = evolve(relation, standings=())
    own = reachable(relation) - reachable(without) - reachable(standing)
    return len(own - {id(relation), id(relation.standings)})


def reachable(thing):
    """The ids of a thing and all that hangs on it, classes left out."""
    found, ahead = {}, [thing]
    while ahead:
        each = ahead.pop()
        if id(each) not in found and not isinstance(each, type):
            found[id(each)] = each
            ahead += gc.get_referents(each)
    return set(found)


def weight(make):
    """The bytes of one of many customers that are made."""
    make(1)  # what is made once for all of them
    gc.collect()
    tracemalloc.start()
    try:
        customers = make(CUSTOMERS)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / len(customers)
    finally:
        tracemalloc.stop()


def _in_none(count):
    return [ours.friend(placed=()) for _ in range(count)]


def _moved(count):
    return [ours.move(ours.friend(), TO_AND_FRO[0], AT, told) for _ in range(count)]


def _several(peer, count):
    customers = [peer.Customer() for _ in range(count)]
    return [(customer, machine) for machine in [peer.machine(customers)] for customer in customers]


def _each(peer, count):
    customers = [peer.Customer() for _ in range(count)]
    return [(customer, peer.machine(customer)) for customer in customers]


def is_there(name):
    return find_spec(name) is not None


def absent(target, name):
    install = import_module(f"tests.benchmarks.moved.{name}").INSTALL
    return Row(target=target, value=None, note=f"{install} is not installed (extra: peers)")
