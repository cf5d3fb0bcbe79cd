"""Report: what a storage kept of its promises, what it broke, and what it never promised."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from privlib.testing.conformance.promises import PROMISES

__all__ = ["Failure", "Report"]


@frozen
class Failure:
    """A check that failed, and how."""

    check: str
    reason: str


@frozen(kw_only=True)
class Report:
    """What became of each check of a suite; `not_promised` has checks by what was taken back.

    >>> print(Report(suite="TestShelf", passed=("test_a",), failed=(), not_promised={}))
    TestShelf: 1 passed, 0 failed
    """

    suite: str
    passed: tuple[str, ...]
    failed: tuple[Failure, ...]
    not_promised: Mapping[str, tuple[str, ...]]

    @property
    def holds(self) -> bool:
        """Whether everything that was promised is kept."""
        return not self.failed

    def __str__(self) -> str:
        head = f"{self.suite}: {len(self.passed)} passed, {len(self.failed)} failed"
        failed = [f"  failed: {each.check}: {each.reason}" for each in self.failed]
        return "\n".join([head, *failed, *not_promised_lines(self.suite, self.not_promised)])


def not_promised_lines(suite: str, checks: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A line for each promise that was taken back, with the checks that were left out for it."""
    return [
        f"not promised by {suite}: {name}, that {PROMISES[name]} ({', '.join(left_out)})"
        for name, left_out in sorted(checks.items())
    ]
