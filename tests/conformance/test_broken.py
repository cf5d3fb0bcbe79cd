"""The suite is itself tested: it finds out every storage that is broken on purpose.

Most of them are mistakes that were read in other people's systems.
"""

import pytest
from tests.conformance.broken.around import Around
from tests.conformance.broken.guards import (
    LastWriteWins,
    RetryWithoutReload,
    SwallowedConflict,
    VersionComparedAsText,
    VersionNotBumped,
)
from tests.conformance.broken.keys import (
    KeyAfterCommit,
    KeyBeforeEffect,
    KeyNotScoped,
    KeyWithoutInputHash,
)
from tests.conformance.broken.limits import (
    CachedBalance,
    CounterReadOutside,
    NaiveCounter,
    UnsortedLocks,
)
from tests.conformance.broken.outboxes import (
    CursorOutbox,
    EndlessLease,
    LateSettleAccepted,
    OutboxAfterCommit,
)
from tests.conformance.broken.transactions import AutocommitPerStatement, PartialBatch
from tests.conformance.broken.values import FloatsForMoney, LocalTimeStamps, TextCutAt255
from tests.conformance.memory_suite import suite_of

from privlib.testing.conformance import run_suite

BROKEN = {
    NaiveCounter: "test_1000_callers_after_a_limit_of_100_get_exactly_100",
    CounterReadOutside: "test_1000_callers_after_a_limit_of_100_get_exactly_100",
    LastWriteWins: "test_a_stale_decision_is_refused_and_writes_nothing",
    VersionNotBumped: "test_two_that_create_the_same_cannot_both_be_saved",
    VersionComparedAsText: "test_a_stale_decision_is_refused_at_every_version",
    AutocommitPerStatement: "test_who_sees_a_part_of_a_save_sees_all_of_it",
    PartialBatch: "test_a_batch_whose_last_is_stale_writes_none",
    KeyBeforeEffect: "test_a_stale_decision_is_refused_and_writes_nothing",
    KeyAfterCommit: "test_32_callers_of_one_key_save_it_once",
    KeyWithoutInputHash: "test_other_content_under_a_key_is_a_conflict",
    KeyNotScoped: "test_keys_of_different_verbs_about_one_id_are_different_keys",
    CursorOutbox: "test_every_message_of_many_writers_is_relayed_once",
    OutboxAfterCommit: "test_who_sees_a_part_of_a_save_sees_all_of_it",
    EndlessLease: "test_a_lease_that_ran_out_hands_the_request_on",
    LateSettleAccepted: "test_a_late_settlement_is_refused",
    UnsortedLocks: "test_two_limits_taken_in_either_order_do_not_block_each_other",
    SwallowedConflict: "test_two_that_create_the_same_cannot_both_be_saved",
    RetryWithoutReload: "test_no_update_is_lost",
    CachedBalance: "test_a_batch_whose_last_finds_no_room_writes_none",
    FloatsForMoney: "test_any_amount_comes_back_to_the_fen",
    LocalTimeStamps: "test_any_moment_comes_back_to_the_microsecond",
    TextCutAt255: "test_any_text_comes_back_as_it_was",
}


@pytest.mark.parametrize(
    ("broken", "check"), BROKEN.items(), ids=[broken.__name__ for broken in BROKEN]
)
def test_a_broken_storage_fails_the_check_that_is_named_for_it(broken, check):
    report = run_suite(suite_of(broken), only=[check])
    assert [failure.check for failure in report.failed] == [check]
    assert not report.holds


def test_the_sound_storage_that_they_are_variations_of_passes_all_checks():
    report = run_suite(suite_of(Around))
    assert report.holds, str(report)
    assert set(BROKEN.values()) <= set(report.passed)
