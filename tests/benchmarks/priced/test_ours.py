"""The library gives what the floors give."""

import pytest
from tests.benchmarks.priced.coupons import all_percents, best_of_all, hand
from tests.benchmarks.priced.floor import scanned
from tests.benchmarks.priced.member import member_work, scanned as scanned_for_member
from tests.benchmarks.priced.ours import chooser, member_product, product
from tests.benchmarks.priced.workload import cell, overlapping, scoped

CELLS = [(lines, count) for lines in (1, 5, 20, 100) for count in (1, 10, 100, 1_000)]


@pytest.mark.target("P1")
@pytest.mark.target("P2")
@pytest.mark.target("P8")
@pytest.mark.parametrize(("lines", "count"), CELLS)
def test_each_cell_is_quoted_as_a_scan_prices_it_with_the_same_reasons(lines, count):
    assert_as_scanned(cell(lines, count, baskets=4))


@pytest.mark.target("P5")
def test_promotions_of_a_growing_catalogue_are_quoted_as_scanned():
    assert_as_scanned(scoped(2_000, baskets=4))


@pytest.mark.target("P6")
def test_overlapping_promotions_are_quoted_as_scanned():
    assert_as_scanned(overlapping(1_000, baskets=4))


@pytest.mark.target("C1")
@pytest.mark.parametrize("count", range(2, 13))
def test_the_coupons_chosen_take_off_as_much_as_the_best_of_all_sets(count):
    held = hand(count)
    ours = chooser(held)
    choice = ours.choose()
    assert ours.plain(choice)[0] == best_of_all(held)[0]
    assert ours.is_proven(choice)


@pytest.mark.target("C2")
def test_percentages_that_all_go_together_are_known_to_be_all_used():
    ours = chooser(all_percents(12))
    choice = ours.choose()
    assert ours.plain(choice)[0] == best_of_all(all_percents(12))[0]
    assert ours.is_proven(choice)


@pytest.mark.target("C2")
def test_what_the_budget_leaves_open_is_said_to_be_not_proven():
    ours = chooser(all_percents(25), at_most=12)
    assert not ours.is_proven(ours.choose())


@pytest.mark.target("R6")
@pytest.mark.parametrize("coupons", [0, 1, 8])
def test_a_member_is_quoted_what_a_scan_finds(coupons):
    work = member_work(coupons=coupons)
    ours = member_product(work)
    assert ours.plain(ours.explained())[0] == scanned_for_member(work)[0]


def assert_as_scanned(work):
    ours = product(work)
    for mine, basket in zip(ours.baskets, work.baskets, strict=True):
        total, reasons = ours.plain(ours.explained(mine))
        expected, expected_reasons = scanned(basket, work.promotions)
        assert total == expected
        assert sorted(reasons) == sorted(expected_reasons)
