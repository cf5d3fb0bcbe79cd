"""Imports: what importing privlib costs in fresh processes, and what it leaves alone."""

import json
import subprocess
import sys

from tests.benchmarks.measuring import Spent, interleaved, median_ratio, medians
from tests.benchmarks.targets import Row, at_most

IMPORT = at_most("I1", "import privlib", gate=1.35, goal=1.15, unit="x three packages")
UNASKED = at_most("I2", "import privlib", gate=0, goal=0, unit="modules")
UNASKED_IN_USE = at_most("I2", "and PrivateDomain", gate=0, goal=0, unit="modules")

FLOOR = "import attrs, pendulum, pluggy"
OURS = "import privlib"
OURS_IN_USE = "from privlib import Order, PrivateDomain, default_program, record_order, yuan"
NEVER = ("hypothesis", "sqlite3", "sqlalchemy", "polars", "duckdb", "rich", "asyncio")

_TIMED = """
from time import perf_counter, process_time
cpu, wall = process_time(), perf_counter()
{}
print(process_time() - cpu, perf_counter() - wall)
"""
_LISTED = "{}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"


def rows(effort):
    sides = {"window": OURS, "in use": OURS_IN_USE, "floor": FLOOR}
    interleaved(sides, range(1), spent_on=spent_on_importing)  # now all are compiled
    spent = interleaved(sides, range(effort.rounds), spent_on=spent_on_importing)
    millis = {name: f"{seconds * 1e3:.3g} ms" for name, seconds in medians(spent).items()}
    yield Row(
        target=IMPORT,
        value=median_ratio(spent["window"], spent["floor"]),
        note=f"{millis['window']}, against {millis['floor']}; "
        f"{millis['in use']} once PrivateDomain is asked for",
    )
    for target, statement in ((UNASKED, OURS), (UNASKED_IN_USE, OURS_IN_USE)):
        found = unasked(statement)
        yield Row(target=target, value=len(found), note=", ".join(found) or "none of those named")


def spent_on_importing(statement, _round):
    """What importing costs a fresh process, its own start left aside."""
    return Spent(*map(float, _said(_TIMED.format(statement)).split()))


def unasked(statement):
    """Which of the modules that are never to be imported a statement imports."""
    modules = set(json.loads(_said(_LISTED.format(statement))))
    return [name for name in NEVER if name in modules]


def _said(script):
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
