"""Cases in the words that other engines' tests were written down in, run through ours."""

import json
import os
from copy import deepcopy
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner
from hypothesis import given, strategies as st
from tests.peers.__main__ import peers
from tests.peers.cases import cases_in
from tests.peers.profiles import PROFILES
from tests.peers.running import outcome_of, outcomes_in, report_of

OWN = Path(__file__).parent / "cases"
CASES = [case for path in sorted(OWN.glob("*.json")) for case in cases_in(path)]
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "peers.md"
GIVEN = os.environ.get("PRIVLIB_VECTORS")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_we_agree_with_a_case_of_our_own(case):
    outcome = outcome_of(case)
    assert outcome.agrees, outcome.differs or outcome.beyond or outcome.error


def test_every_profile_but_those_without_a_case_is_told_by_a_file():
    told = {case.profile.name for case in CASES}
    untold = {profile.name for profile in PROFILES} - told
    assert untold == {
        "buy and get first, then one after another",
        "special price first",
        "best line promotion, then the order",
    }


def test_a_case_that_expects_something_else_differs():
    case = next(case for case in CASES if case.id == "own-in-turn-01")
    wrong = evolve(case, expect={**case.expect, "totals": {"total": "0.01"}})
    (found,) = outcome_of(wrong).differs
    assert (found.what, found.expected, found.got) == ("totals.total", "0.01", "115.00")


def test_what_nobody_knows_is_out_of_scope():
    case = evolve(CASES[0], expect={"moon_phase": "full"})
    assert outcome_of(case).beyond == "the expectation moon_phase"


def test_the_command_says_it_all_and_writes_it_down(tmp_path):
    out = tmp_path / "out.json"
    run = CliRunner().invoke(peers, [str(OWN), "--json", str(out)])
    assert run.exit_code == 0
    assert (
        "lanes.json (lanes, the best of each line)\n  agree 2, differ 0, out of scope 0"
        in run.output
    )
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report == report_of(outcomes_in(OWN))
    assert set(report["lanes.json"]) == {"agree", "differ", "out_of_scope"}
    assert report["lanes.json"]["agree"] == ["own-lanes-01", "own-lanes-02"]


def test_what_differs_is_written_down_with_both_results(tmp_path):
    file = {
        "cases": [{"id": "x", "given": CASES[0].given, "expect": {"totals": {"total": "1.00"}}}]
    }
    (tmp_path / "x.json").write_text(json.dumps(file), encoding="utf-8")
    (written,) = report_of(outcomes_in(tmp_path))["x.json"]["differ"]
    assert written["id"] == "x"
    assert written["expected"] == {"totals.total": "1.00"}
    assert written["reason"] == "totals.total"


def places(value, path=()):
    """Every place in nested data."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def without(value, path, instead):
    """The data with something else at a place."""
    made = deepcopy(value)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = instead
    return made


@given(st.sampled_from(CASES), st.data())
def test_no_case_of_any_shape_stops_the_run(case, data):
    path = data.draw(st.sampled_from(list(places(case.given))))
    instead = data.draw(
        st.sampled_from([None, [], {}, "", "x", "-1", 0, "1e400", [None], {"x": 1}])
    )
    outcome = outcome_of(evolve(case, given=without(case.given, path, instead)))
    ways = [outcome.agrees, outcome.differs, outcome.beyond, outcome.error]
    assert sum(map(bool, ways)) == 1


@pytest.mark.skipif(GIVEN is None, reason="PRIVLIB_VECTORS names no folder of cases")
def test_every_case_of_a_given_folder_is_in_one_list_and_the_page_is_true():
    outcomes = outcomes_in(Path(GIVEN))
    report, page = report_of(outcomes), PAGE.read_text(encoding="utf-8")
    for name, each in outcomes.items():
        rows = report[name]
        ids = [*rows["agree"], *(row["id"] for row in rows["differ"] + rows["out_of_scope"])]
        assert sorted(ids) == sorted(outcome.case.id for outcome in each)
        for id in rows["agree"]:
            assert f"`{id}`" not in page, f"{id} agrees, and the page says that it differs"


def test_the_page_names_every_profile():
    page = PAGE.read_text(encoding="utf-8")
    for profile in PROFILES:
        assert f"| {profile.name} |" in page


@pytest.mark.skipif(GIVEN is None, reason="PRIVLIB_VECTORS names no folder of cases")
def test_nothing_fails_but_what_we_cannot_say():
    """Errors of ours are differences, and are looked at; none may be a fault of the mapping."""
    faults = [
        (outcome.case.id, outcome.error)
        for each in outcomes_in(Path(GIVEN)).values()
        for outcome in each
        if outcome.error and ":" in outcome.error
    ]
    assert [id for id, error in faults if not error.startswith("InvalidValueError: ")] == []
