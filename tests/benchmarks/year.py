"""The year: the real grocery year told to a shop that keeps it durably, as the demo does it."""

import gc
import os
from contextlib import closing
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from rich.console import Console
from tests.benchmarks.measuring import Spent
from tests.benchmarks.plain_shop import PlainShop, rules_of
from tests.benchmarks.plain_storage import PlainStorage, assert_same_tables
from tests.benchmarks.saving import BATCH
from tests.benchmarks.stream import plain_order
from tests.benchmarks.targets import Row, at_most

from privlib import PrivateDomain, SqlStorage
from privlib.adapters.clock import system_clock
from privlib.cli.grocery_year import grocery_program, grocery_year
from privlib.cli.order_files import Row as OrderRow
from privlib.cli.replaying import Replay
from privlib.values.moment import moment, to_micros

YEAR = at_most("R2", "the year into SQLite", gate=60, goal=25, unit="seconds")


def rows(_effort):
    """The seconds on the wall of the whole year, whatever the effort."""
    with TemporaryDirectory(prefix="privlib-benchmark-") as folder:
        ours, floor = (f"sqlite:///{Path(folder) / name}.db" for name in ("ours", "floor"))
        by_hand, spent = spent_on(told_plainly, floor), spent_on(told, ours)
        assert_same_tables(ours, floor)
    yield Row(
        target=YEAR,
        value=spent.wall,
        note=f"{spent.cpu:.1f} s of CPU, {spent.cpu / by_hand.cpu:.2f} x by hand "
        f"({by_hand.wall:.1f} s on the wall); load {os.getloadavg()[0]:.1f} "
        f"on {os.cpu_count()} cores",
    )


def spent_on(tell, url):
    """What telling the year costs; the collector is left as it was."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.freeze()
    cpu, wall = process_time(), perf_counter()
    tell(url)
    spent = Spent(process_time() - cpu, perf_counter() - wall)
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    return spent


def told(url, count=None):
    """The year as the demo tells it; the orders are read on the way."""
    total, orders = grocery_year()
    with closing(SqlStorage(url)) as storage:
        domain = PrivateDomain(grocery_program(), [storage])
        replay = Replay(domain, Console(file=StringIO()), total=total)
        replay.run(OrderRow(order.id, order) for order in islice(orders, count))
    assert not replay.bad


def told_plainly(url, count=None):
    """The floor: the year decided on plain values, and its rows written by hand."""
    program = grocery_program()
    shop = PlainShop(rules_of(program))
    storage = PlainStorage(
        url, program=program.version, clock=lambda: to_micros(moment(system_clock()))
    )
    _, orders = grocery_year()
    plain = map(plain_order, islice(orders, count))
    with closing(storage):
        while batch := list(islice(plain, BATCH)):
            storage.save_many([shop.record_order(order) for order in batch])
