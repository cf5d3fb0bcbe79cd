"""The year told plainly, floor of the benchmark, fills the tables as the demo does."""

import pytest
from tests.benchmarks.plain_storage import assert_same_tables
from tests.benchmarks.year import told, told_plainly


@pytest.mark.target("R2")
def test_the_first_weeks_of_the_year_are_the_same_rows(tmp_path):
    ours, floor = (f"sqlite:///{tmp_path / name}.db" for name in ("ours", "floor"))
    told(ours, 2_500)
    told_plainly(floor, 2_500)
    assert_same_tables(ours, floor)
