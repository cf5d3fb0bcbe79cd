"""Running a suite without pytest, for a report that a program can read."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from privlib.errors import InvalidValueError
from privlib.testing.conformance.promises import Supplied, promises_of
from privlib.testing.conformance.report import Failure, Report

__all__ = ["checks_of", "run_suite", "taken_back"]


def checks_of(suite: type[Supplied]) -> tuple[str, ...]:
    """The names of all checks of a suite."""
    return tuple(name for name in dir(suite) if name.startswith("test_"))


def taken_back(suite: type[Supplied], check: str) -> str | None:
    """The promise of the author's own that a check is about and that he has taken back."""
    return next((name for name in promises_of(suite, check) if not getattr(suite, name)), None)


def run_suite(suite: type[Supplied], *, only: Iterable[str] | None = None) -> Report:
    """Run all checks of a suite, or only some of them, and say what became of each.

    The class has to do without pytest's fixtures.

    Raises InvalidValueError for a check that there is not.
    """
    known = checks_of(suite)
    wanted = known if only is None else tuple(only)
    unknown = set(wanted) - set(known)
    if unknown:
        raise InvalidValueError(f"there is no check {min(unknown)!r:.100}")
    passed: list[str] = []
    failed: list[Failure] = []
    not_promised: dict[str, tuple[str, ...]] = {}
    for check in wanted:
        promise = taken_back(suite, check)
        if promise is not None:
            not_promised[promise] = (*not_promised.get(promise, ()), check)
            continue
        failure = _failure_of(suite, check)
        if failure is None:
            passed.append(check)
        else:
            failed.append(failure)
    return Report(
        suite=suite.__name__, passed=tuple(passed), failed=tuple(failed), not_promised=not_promised
    )


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
