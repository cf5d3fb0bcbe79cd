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
from tests.benchmarks.plain_shop import PlainShop, rules_of, with_still_stages
from tests.benchmarks.plain_storage import PlainStorage, assert_same_tables
from tests.benchmarks.saving import BATCH, clock
from tests.benchmarks.stream import plain_order
from tests.benchmarks.targets import Row, at_most

from privlib import PrivateDomain, SqlStorage
from privlib.cli.grocery_year import grocery_program, grocery_year
from privlib.cli.order_files import Row as OrderRow
from privlib.cli.replaying import Replay

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
    """What reading the year and telling it costs; the collector is left as it was."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.freeze()
    cpu, wall = process_time(), perf_counter()
    _, orders = grocery_year()
    tell(orders, url)
    spent = Spent(process_time() - cpu, perf_counter() - wall)
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    return spent


def told(orders, url):
    """Orders told as the demo tells them."""
    with closing(SqlStorage(url)) as storage:
        replay = Replay(
            PrivateDomain(with_still_stages(grocery_program()), [storage]), Console(file=StringIO())
        )
        replay.run(OrderRow(order.id, order) for order in orders)
    assert not replay.bad


def told_plainly(orders, url):
    """The floor: orders decided upon plain values, and their rows written by hand."""
    program = with_still_stages(grocery_program())
    shop = PlainShop(rules_of(program))
    plain = map(plain_order, orders)
    with closing(PlainStorage(url, program=program.version, clock=clock)) as storage:
        while batch := list(islice(plain, BATCH)):
            storage.save_many([shop.record_order(order) for order in batch])
