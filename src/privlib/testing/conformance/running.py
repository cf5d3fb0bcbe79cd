"""Running a suite without pytest, for a report that a program can read."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from privlib.errors import InvalidValueError
from privlib.testing.conformance.promises import promises_of
from privlib.testing.conformance.report import Failure, Report
from privlib.testing.conformance.supplied import Supplied

__all__ = ["checks_of", "run_suite", "taken_back"]


def checks_of(suite: type[Supplied]) -> tuple[str, ...]:
    """The names of all checks of a suite, in the order in which pytest runs them."""
    names = dict.fromkeys(name for each in suite.__mro__ for name in reversed(vars(each)))
    return tuple(name for name in reversed(names) if name.startswith("test_"))


def taken_back(suite: type[Supplied], check: str) -> str | None:
    """The promise of the author's own that a check is about and that he has taken back."""
    return next((name for name in promises_of(suite, check) if not getattr(suite, name)), None)


def run_suite(suite: type[Supplied], *, only: Iterable[str] | None = None) -> Report:
    """Run all checks of a suite, or only some of them, and say what became of each.

    The class has to do without pytest's fixtures.

    Raises InvalidValueError for a check that there is not, RuntimeError under `python -O`.
    """
    if not __debug__:
        raise RuntimeError("run the suite without -O: its checks are assertions")
    wanted = _wanted(suite, only)
    left_out = {check: name for check in wanted if (name := taken_back(suite, check)) is not None}
    outcomes = {check: _failure_of(suite, check) for check in wanted if check not in left_out}
    return Report(
        suite=suite.__name__,
        passed=tuple(check for check, failure in outcomes.items() if failure is None),
        failed=tuple(failure for failure in outcomes.values() if failure is not None),
        not_promised={
            promise: tuple(check for check, name in left_out.items() if name == promise)
            for promise in left_out.values()
        },
    )


def _wanted(suite: type[Supplied], only: Iterable[str] | None) -> tuple[str, ...]:
    known = checks_of(suite)
    wanted = known if only is None else tuple(only)
    unknown = set(wanted) - set(known)
    if unknown:
        raise InvalidValueError(f"there is no check {min(unknown)!r:.100}")
    return wanted


def _failure_of(suite: type[Supplied], check: str) -> Failure | None:
    author = suite()
    author.begin()
    try:
        getattr(author, check)()
    except (Exception, pytest.fail.Exception) as fault:  # noqa: BLE001 - a storage may raise anything
        return Failure(check, f"{type(fault).__name__}: {fault}".strip().partition("\n")[0])
    finally:
        author.end()
    return None
