"""A process that tells the workload as often as it is asked to, each time in a child that may die.

Asked by one line of JSON on its input, it answers with one on its output: the child's exit code.
What is imported once is there in every child, which makes a crash cheap.
"""

import json
import os
import sys
import traceback
from pathlib import Path

from tests.crashes.workload import START, shop_over, tell
from tests.crashes.write_points import WritePoints

from privlib import InMemory, SqlStorage
from privlib.testing.faults import Fault, FaultPlan
from privlib.testing.faulty import Faulty


def told(url, log, report, *, kill_at=None, call=None, mishap=None):
    """Tell the workload to a database; whoever lives to the end reports what was passed."""
    points = WritePoints(kill_at)
    points.watch()
    behind = SqlStorage(url, durability="normal", clock=lambda: START)
    plan = FaultPlan() if call is None else FaultPlan([Fault(call=call, mishap=mishap)])
    storage = Faulty(behind, plan)
    points.calls = lambda: storage.calls
    tell(shop_over(storage, log))
    behind.close()
    passed = {"points": points.passed, "calls": storage.calls}
    Path(report).write_text(json.dumps(passed), encoding="utf-8")


def fork_and_tell(asked):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        told(**asked)
    except BaseException:  # noqa: BLE001 - a child must not go on as its parent
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def serve():
    import psycopg  # noqa: F401 - once, and not in every child

    tell(shop_over(InMemory(), os.devnull))
    for line in sys.stdin:
        print(fork_and_tell(json.loads(line)), flush=True)  # noqa: T201 - its answer


if __name__ == "__main__":
    serve()
