"""The suite is itself tested: it finds out every storage that is broken on purpose."""

import pytest
from tests.conformance.broken import BROKEN, Around

from privlib.testing.conformance import StorageSuite, run_suite


def suite_of(storage):
    """The suite of a storage in memory."""

    class Suite(StorageSuite):
        survives_reopening = shared_by_processes = joins_a_host = False
        tells_a_lost_connection = tells_a_full_disk = False
        tells_a_read_only_place = tells_a_timeout = False

        def make(self):
            return storage()

    return Suite


@pytest.mark.parametrize(
    ("broken", "check"), BROKEN.items(), ids=[broken.__name__ for broken in BROKEN]
)
def test_a_broken_storage_fails_the_check_that_is_named_for_it(broken, check):
    report = run_suite(suite_of(broken), only=[check])
    assert [failure.check for failure in report.failed] == [check]


def test_the_sound_storage_that_they_are_variations_of_passes_all_checks():
    report = run_suite(suite_of(Around))
    assert report.holds, str(report)
    assert set(BROKEN.values()) <= set(report.passed)
