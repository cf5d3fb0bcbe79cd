"""Killed with -9 at any write point, and told everything again: nothing is lost, nothing doubled.

There are two kinds of write points: before and after each call of the storage that writes; and,
inside of it, before and after each statement that writes and each COMMIT, those that lay out the
tables included. In `ci` a spread of them is tried, in `full` every one.
"""

from tests.crashes.attempts import assert_nothing_is_lost_or_doubled
from tests.crashes.holdings import rows, sent
from tests.profiles import KILLS, spread

from privlib.adapters.sql.tables import METADATA
from privlib.testing.faults import WRITING_CALLS


def test_the_workload_writes_in_every_way_there_is(unbroken):
    written = {point.split()[-1] for point in unbroken.points}
    assert {table.name for table in METADATA.sorted_tables} <= written
    assert set(unbroken.calls) >= WRITING_CALLS
    assert unbroken.points.count("save: after COMMIT") == unbroken.calls.count("save")
    for table in ("decisions", "entities", "events", "outbox", "timers", "limits", "personal"):
        assert any(f"before INSERT INTO privlib_{table}" in point for point in unbroken.points)
    assert len(unbroken.sent) == len(set(unbroken.sent)) == 15


def test_told_twice_without_a_crash_nothing_changes(unbroken, new_attempt):
    attempt = new_attempt()
    assert attempt.told() == 0
    attempt.told_again()
    attempt.told_again()
    assert rows(attempt.url) == unbroken.rows
    assert sent(attempt.log) == unbroken.sent


def test_killed_before_or_after_any_call_that_writes(unbroken, new_attempt):
    points = [
        (number, name, mishap)
        for number, name in enumerate(unbroken.calls, start=1)
        if name in WRITING_CALLS
        for mishap in ("kill before", "kill after")
    ]
    for number, name, mishap in spread(points, KILLS):
        assert_nothing_is_lost_or_doubled(
            unbroken,
            new_attempt(),
            unsettled=(name, mishap) == ("settle", "kill before"),
            call=number,
            mishap=mishap,
        )


def test_killed_before_or_after_any_statement_that_writes(unbroken, new_attempt):
    points = enumerate(unbroken.points, start=1)
    for number, what in spread(sorted(points, key=lambda point: point[1]), KILLS):
        assert_nothing_is_lost_or_doubled(
            unbroken,
            new_attempt(),
            unsettled=what.startswith("settle") and what != "settle: after COMMIT",
            kill_at=number,
        )
