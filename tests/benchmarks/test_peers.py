"""The peers of pricing compute what is said of them, and those that are not there are named."""

import pytest
from tests.benchmarks import peers
from tests.benchmarks.measuring import Effort
from tests.benchmarks.priced.floor import scanned
from tests.benchmarks.priced.ours import Floor
from tests.benchmarks.priced.workload import cell

pytestmark = pytest.mark.filterwarnings("default")  # what peers warn of is their business

ONE_ROUND = Effort(rounds=1)


@pytest.mark.parametrize(("lines", "count"), [(1, 10), (5, 100), (20, 100), (100, 100)])
def test_oscar_asks_what_a_scan_finds_in_all_of_its_ways(lines, count):
    pytest.importorskip("oscar")
    from tests.benchmarks.priced.oscar import Shop, to_pay

    work = cell(lines, count)
    shop = Shop(work)
    expected = scanned(work.basket, work.promotions, stops_at_used_up=True)[0]
    assert [to_pay(way()) for way in (shop.stock, shop.tuned, shop.patched)] == [expected] * 3


def test_flexcommerce_takes_the_best_single_coupon_and_shares_it():
    pytest.importorskip("flexcommerce_discounts")
    from tests.benchmarks.priced.flexcommerce import pricing

    best = pricing(cell(20, 100))()
    assert best.amount > 0
    assert sum(best.allocations.values()) == best.amount


def test_bg4h_takes_a_promotion_for_each_line_that_meets_one():
    pytest.importorskip("bg4h_discount_api")
    from tests.benchmarks.priced.bg4h import pricing

    work = cell(20, 100)
    results = pricing(work)()
    assert [result.reference for result in results] == [line.sku for line in work.basket]
    taken = [result for result in results if result.promotion_code]
    assert taken
    for result in taken:
        assert result.final_unit_price < result.original_price


def test_a_peer_that_is_not_installed_has_a_row_that_says_so():
    rows = list(peers.rows(ONE_ROUND, product=Floor))
    assert [row.target.id for row in rows] == ["P3", "P3", "P3", "P4", "P4"]
    for row in rows:
        assert (row.value is None) == ("is not installed" in row.note)
