"""Attempts: the workload told by a process that may be killed, and what came of it."""

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from attrs import frozen
from tests.crashes.holdings import rows, sent
from tests.crashes.workload import START, shop_over, tell

from privlib import SqlStorage

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL


def open_teller():
    """A process that has everything imported and tells the workload in children of its own."""
    command = [sys.executable, "-m", "tests.crashes.teller"]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@frozen
class Attempt:
    """One telling of the workload by a child, to a database of its own, and by us afterwards."""

    teller: subprocess.Popen
    url: str
    folder: Path

    @property
    def log(self):
        return self.folder / "sent"

    @property
    def report(self):
        return self.folder / "report.json"

    def told(self, **point):
        """The exit code of a child that tells everything, or dies at the point that is named."""
        asked = {"url": self.url, "log": str(self.log), "report": str(self.report), **point}
        self.teller.stdin.write(json.dumps(asked) + "\n")
        self.teller.stdin.flush()
        return int(self.teller.stdout.readline())

    def told_again(self):
        """Tell everything once more, whatever was told before."""
        storage = SqlStorage(self.url, durability="normal", clock=lambda: START)
        tell(shop_over(storage, self.log))
        storage.close()


@frozen
class Unbroken:
    """The workload as it goes without a crash: what is passed on the way, kept and sent."""

    points: list
    calls: list
    rows: dict
    sent: list

    @classmethod
    def of(cls, attempt):
        assert attempt.told() == 0
        passed = json.loads(attempt.report.read_text(encoding="utf-8"))
        return cls(**passed, rows=rows(attempt.url), sent=sent(attempt.log))


def assert_nothing_is_lost_or_doubled(unbroken, attempt, *, unsettled, **point):
    """Kill a telling at a point, tell everything again, and compare with the unbroken one.

    Where it dies `unsettled`, between the channel's yes and the commit that writes it down, that
    one request is sent once more, with the same key.
    """
    assert attempt.told(**point) == KILLED
    doubled = sent(attempt.log)[-1:] if unsettled else []
    attempt.told_again()
    kept = rows(attempt.url)
    assert [table for table in kept if kept[table] != unbroken.rows[table]] == [], point
    assert Counter(sent(attempt.log)) == Counter(unbroken.sent + doubled), point
