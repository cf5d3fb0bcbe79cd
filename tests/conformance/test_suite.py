"""What the suite says: of each check, of what is not promised, of what an author left out."""

import os
import subprocess
import sys
from inspect import getdoc
from pathlib import Path
from textwrap import dedent

import pytest
from tests.conformance.memory_suite import suite_of

from privlib import InMemory, InvalidValueError
from privlib.testing.conformance import Failure, Promised, Report, StorageSuite, run_suite
from privlib.testing.conformance.promises import PROMISES, promises_of
from privlib.testing.conformance.running import checks_of

# What the suite's own docstring shows, and a class that only inherits.
_, _, SHOWN = getdoc(StorageSuite).partition("::\n\n")
EXAMPLE = dedent(SHOWN.partition("\n\nThe ")[0])
AUTHORS = f"""
from privlib import InMemory as Shelf
from privlib.testing.conformance import StorageSuite

{EXAMPLE}

class TestNothing(StorageSuite):
    joins_a_host = False
"""


def test_every_check_of_a_report_is_passed_failed_or_not_promised():
    class Forgetful(suite_of(InMemory)):
        def test_a_check_of_its_own(self):
            assert self.new().get([]) == ["something"], "there is\nnothing"

        def test_one_that_raises(self):
            self.new().no_such_method()

        @Promised("shared_by_threads", "joins_a_host")
        def test_what_is_not_promised(self):
            raise AssertionError

    wanted = [
        "test_a_check_of_its_own",
        "test_one_that_raises",
        "test_what_is_not_promised",
        "test_a_cancelled_timer_is_gone",
    ]
    report = run_suite(Forgetful, only=wanted)
    assert report == Report(
        suite="Forgetful",
        passed=("test_a_cancelled_timer_is_gone",),
        failed=(
            Failure("test_a_check_of_its_own", "AssertionError: there is"),
            Failure(
                "test_one_that_raises",
                "AttributeError: 'InMemory' object has no attribute 'no_such_method'",
            ),
        ),
        not_promised={"joins_a_host": ("test_what_is_not_promised",)},
    )
    assert str(report).splitlines()[0] == "Forgetful: 1 passed, 2 failed"
    assert str(report).splitlines()[-1].startswith("not promised by Forgetful: joins_a_host")


def test_a_check_that_there_is_not_is_not_run():
    with pytest.raises(InvalidValueError, match="there is no check 'test_nothing'"):
        run_suite(suite_of(InMemory), only=["test_nothing"])


@pytest.mark.parametrize("check", checks_of(StorageSuite))
def test_every_check_says_which_law_it_is_about(check):
    assert len(getdoc(getattr(StorageSuite, check)).split()) >= 4
    assert set(promises_of(StorageSuite, check)) <= set(PROMISES)


@pytest.mark.parametrize("promise", PROMISES)
def test_every_promise_is_made_until_it_is_taken_back_and_is_checked(promise):
    assert getattr(StorageSuite, promise) is True
    assert any(promise in promises_of(StorageSuite, check) for check in checks_of(StorageSuite))


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        ("test_a_cancelled_timer_is_gone", "say in make() how an empty storage is made"),
        ("test_reopening_keeps_all", "survives_reopening = shared_by_processes = False"),
        ("test_what_a_host_rolls_back_never_was", "joins_a_host = False"),
        ("test_a_full_disk_is_a_clean_error", "tells_a_full_disk = False"),
        ("test_a_lost_connection_is_a_clean_error", "tells_a_lost_connection = False"),
        ("test_a_read_only_place_is_a_clean_error", "tells_a_read_only_place = False"),
        ("test_a_timeout_is_a_clean_error", "tells_a_timeout = False"),
    ],
)
def test_what_an_author_left_out_is_asked_for_in_a_sentence(check, sentence):
    class Unfinished(StorageSuite):
        def make(self):
            return InMemory() if "make()" not in sentence else super().make()

    (failure,) = run_suite(Unfinished, only=[check]).failed
    assert failure.reason.startswith("NotImplementedError")
    assert sentence in failure.reason


def pytest_says(folder, *options):
    """The lines that an author reads who runs his tests."""
    (folder / "test_shelf.py").write_text(AUTHORS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", "/dev/null"]
    ran = subprocess.run(
        [*command, "--rootdir", str(folder), *options, "test_shelf.py"],
        cwd=folder,
        env={**os.environ, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return ran.stdout.splitlines()


def test_pytest_runs_the_checks_in_the_order_of_the_suite(tmp_path):
    """The simplest first: with `-x`, an author meets what stands in the way of all the rest."""
    listed = pytest_says(tmp_path, "--collect-only", "-q", "-k", "TestShelf")
    checks = [line.rpartition("::")[2] for line in listed if "::" in line]
    assert checks == list(checks_of(StorageSuite))
    assert checks[0] == "test_what_is_saved_is_read_back"
    assert checks[-1] == "test_a_timeout_is_a_clean_error"


def test_an_author_who_only_inherits_is_told_what_he_did_not_promise(tmp_path):
    said = pytest_says(tmp_path, "-k", "TestShelf or host")
    told = [line for line in said if line.startswith("not promised by ")]
    assert [line.partition(",")[0].removeprefix("not promised by ") for line in told] == [
        "TestNothing: joins_a_host",
        "TestShelf: joins_a_host",
        "TestShelf: shared_by_processes",
        "TestShelf: survives_reopening",
        "TestShelf: tells_a_full_disk",
        "TestShelf: tells_a_lost_connection",
        "TestShelf: tells_a_read_only_place",
        "TestShelf: tells_a_timeout",
    ]
    assert "test_reopening_keeps_all" in told[3]
    assert f"{len(run_suite(suite_of(InMemory)).passed)} passed" in said[-1]


def test_the_example_of_a_plugin_adopts_the_suite_in_at_most_15_lines():
    example = Path(__file__).parents[2] / "examples" / "plugins" / "test_journal_storage.py"
    assert len(example.read_text(encoding="utf-8").splitlines()) <= 15
