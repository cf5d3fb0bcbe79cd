"""The runner: rounds in turns, ratios of rounds, bounds that hold at the bound."""

from time import process_time

import pytest
from click.testing import CliRunner
from tests.benchmarks.__main__ import FAMILIES, benchmarks, cells
from tests.benchmarks.measuring import Spent, interleaved, median_ratio, paced
from tests.benchmarks.targets import Row, at_least, at_most


def test_every_side_does_every_work_and_who_begins_takes_turns():
    done = []

    def measure(side, work):
        done.append((side, work))
        return Spent(side * work, 0)

    spent = interleaved({"one": 1, "ten": 10}, [1, 2, 3], spent_on=measure)
    assert done == [(1, 1), (10, 1), (10, 2), (1, 2), (1, 3), (10, 3)]
    assert spent == {
        "one": [Spent(1, 0), Spent(2, 0), Spent(3, 0)],
        "ten": [Spent(10, 0), Spent(20, 0), Spent(30, 0)],
    }


def test_of_sides_far_apart_each_repeats_as_often_as_it_needs_to_be_measured():
    told = {"fast": [], "slow": []}

    def busy(name, seconds, times):
        told[name].append(times)
        until = process_time() + times * seconds
        while process_time() < until:
            pass

    spent = paced(
        {
            "fast": lambda times: busy("fast", 0.002, times),
            "slow": lambda times: busy("slow", 0.05, times),
        },
        rounds=3,
    )
    assert told["slow"] == [1] * 4
    assert told["fast"][-3:] == [16] * 3
    assert 15 < median_ratio(spent["slow"], spent["fast"]) < 35


def test_a_ratio_is_the_median_of_the_rounds_so_that_one_bad_round_does_not_count():
    ours = [Spent(2, 9), Spent(2, 9), Spent(90, 9)]
    floor = [Spent(1, 9), Spent(4, 9), Spent(1, 9)]
    assert median_ratio(ours, floor) == 2


@pytest.mark.parametrize(
    ("target", "value", "holds", "reaches"),
    [
        (at_most("M1", "", gate=3, goal=2, unit="x"), 3.01, False, False),
        (at_most("M1", "", gate=3, goal=2, unit="x"), 3, True, False),
        (at_most("M1", "", gate=3, goal=2, unit="x"), 2, True, True),
        (at_least("A1", "", gate=0.7, goal=0.9, unit="x"), 0.69, False, False),
        (at_least("A1", "", gate=0.7, goal=0.9, unit="x"), 0.7, True, False),
        (at_least("A1", "", gate=0.7, goal=0.9, unit="x"), 0.9, True, True),
    ],
)
def test_a_bound_holds_at_the_bound(target, value, holds, reaches):
    row = Row(target=target, value=value)
    assert (row.holds, row.reaches_its_goal) == (holds, reaches)
    assert row.as_json() == {
        "target": target.id,
        "case": "",
        "value": value,
        "gate": target.gate,
        "goal": target.goal,
        "unit": "x",
        "holds": holds,
        "note": "",
    }


def test_a_peer_that_is_not_there_misses_nothing_and_holds_nothing():
    row = Row(target=at_least("P3", "", gate=3, goal=9, unit="x"), value=None, note="not there")
    assert (row.is_missed, row.holds, row.reaches_its_goal) == (False, False, False)
    assert cells(row)[2:] == ("-", ">= 3", "9", "x", "absent", "not there")
    assert row.as_json()["value"] is None


def test_the_command_lists_its_families_and_refuses_another():
    listed = CliRunner().invoke(benchmarks, ["--list"])
    assert [line.split()[0] for line in listed.output.splitlines()] == list(FAMILIES)
    assert CliRunner().invoke(benchmarks, ["no-such-family"]).exit_code == 2
