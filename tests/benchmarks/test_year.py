"""The year told plainly, floor of the benchmark, fills the tables as the demo does."""

from itertools import islice

import pytest
from tests.benchmarks.plain_storage import assert_same_tables
from tests.benchmarks.year import told, told_plainly

from privlib.cli.grocery_year import grocery_year


@pytest.mark.target("R2")
def test_the_first_days_of_the_year_are_the_same_rows(tmp_path):
    total, orders = grocery_year()
    assert total == 155_848
    first = list(islice(orders, 2_500))
    ours, floor = (f"sqlite:///{tmp_path / name}.db" for name in ("ours", "floor"))
    told(first, ours)
    told_plainly(first, floor)
    assert_same_tables(ours, floor)
