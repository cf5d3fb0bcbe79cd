"""Write points inside a SQL storage: before and after every statement that writes, and COMMIT."""

import os
import re
import signal

from attrs import define, field
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|CREATE \w+(?: \w+)?) (privlib_\w+)")


@define(eq=False)
class WritePoints:
    """Counts the points that a process passes, and kills it at one of them, if told to.

    `calls` gives the storage's calls so far, so that a point can say in which one it lies.
    """

    kill_at: int | None = None
    calls: object = tuple
    passed: list = field(factory=list)

    def watch(self):
        """Listen to every engine of this process, and to every commit."""
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)
        commit = DefaultDialect.do_commit

        def do_commit(dialect, connection):
            self._pass("before COMMIT")
            commit(dialect, connection)
            self._pass("after COMMIT")

        DefaultDialect.do_commit = do_commit

    def _before(self, _connection, _cursor, statement, *_):
        if written := WRITES.match(statement.lstrip()):
            self._pass(f"before {written[0]}")

    def _after(self, _connection, _cursor, statement, *_):
        if written := WRITES.match(statement.lstrip()):
            self._pass(f"after {written[0]}")

    def _pass(self, what):
        calls = self.calls()
        self.passed.append(f"{calls[-1] if calls else 'open'}: {what}")
        if len(self.passed) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
