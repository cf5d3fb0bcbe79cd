"""Saving: orders one by one and in bulk into SQLite, beside the same rows written by hand."""

from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.deciding import decided
from tests.benchmarks.measuring import interleaved, median_ratio
from tests.benchmarks.plain_shop import PlainShop, rules_of, with_still_stages
from tests.benchmarks.plain_storage import PlainStorage, assert_same_tables
from tests.benchmarks.stream import plain_order, stream
from tests.benchmarks.targets import Row, at_least

from privlib import SqlStorage, default_program
from privlib.adapters.clock import system_clock
from privlib.values.moment import moment, to_micros

BY_HAND = "x rate by hand"
ONE = {
    durability: at_least("A1", f"save one, {durability}", gate=0.7, goal=0.9, unit=BY_HAND)
    for durability in ("normal", "full")
}
BULK = at_least("A2", "save in bulk", gate=0.5, goal=0.8, unit=BY_HAND)

SAVES = 200
BATCH = 1_000  # as many as record_orders puts into one transaction


def rows(effort):
    for durability, target in ONE.items():
        orders = stream(SAVES * effort.rounds)
        with storages(durability) as (ours, floor):
            sides = {
                "ours": lambda work, ours=ours: [ours.save(each) for each in work[0]],
                "floor": lambda work, floor=floor: [floor.save(each) for each in work[1]],
            }
            spent = interleaved(sides, both_decided(orders, by=SAVES))
        yield row(target, spent, by=SAVES)
    with storages("full") as (ours, floor):
        sides = {
            "ours": lambda work: ours.save(*work[0]),
            "floor": lambda work: floor.save_many(work[1]),
        }
        spent = interleaved(sides, both_decided(stream(effort.bulk), by=BATCH))
    yield row(BULK, spent, by=BATCH)


def row(target, spent, *, by):
    """How many orders we save in the time in which a hand saves one."""
    seconds = {name: median(each.cpu for each in stretches) for name, stretches in spent.items()}
    wall = {name: sum(each.wall for each in stretches) for name, stretches in spent.items()}
    return Row(
        target=target,
        value=median_ratio(spent["floor"], spent["ours"]),
        note=f"{by / seconds['ours']:,.0f} a CPU second, against {by / seconds['floor']:,.0f}; "
        f"{wall['floor'] / wall['ours']:.2f} x on the wall",
    )


def clock():
    """The time in microseconds, for the plain storage."""
    return to_micros(moment(system_clock()))


@contextmanager
def storages(durability):
    """Ours and the plain one on two new files, which hold the same in the end."""
    with TemporaryDirectory(prefix="privlib-benchmark-") as folder:
        urls = [f"sqlite:///{Path(folder) / name}.db" for name in ("ours", "floor")]
        ours = SqlStorage(urls[0], durability=durability)
        floor = PlainStorage(
            urls[1],
            program=with_still_stages(default_program()).version,
            clock=clock,
            durability=durability,
        )
        yield ours, floor
        ours.close()
        floor.close()
        assert_same_tables(*urls)


def both_decided(orders, *, by):
    """So many decisions at a time, ours and plain ones, made when they are asked for."""
    program, entities = with_still_stages(default_program()), {}
    shop = PlainShop(rules_of(program))
    for start in range(0, len(orders), by):
        told = orders[start : start + by]
        decisions = decided(told, program, entities)
        yield decisions, [shop.record_order(plain_order(order)) for order in told]
        for order in told:  # it does not come back
            del entities["order", order.id]
