"""The floor of pricing gives what a scan of all promotions gives, whatever way it looks them up."""

import pytest
from hypothesis import given, strategies as st
from tests.benchmarks.priced.floor import added, indexed, merged, priced, scanned
from tests.benchmarks.priced.workload import Line, Promotion, cell, overlapping, scoped

CELLS = [(lines, count) for lines in (1, 5, 20, 100) for count in (1, 10, 100, 1_000)]

skus = st.integers(0, 7).map("sku-{}".format)
categories = st.sampled_from(["tea", "cups"])
baskets = st.lists(
    st.builds(
        Line,
        sku=skus,
        category=categories,
        price=st.integers(1, 9).map(lambda yuan: 100 * yuan),
        quantity=st.integers(1, 3),
    ),
    max_size=8,
    unique_by=lambda line: line.sku,
).map(tuple)
promotions = st.lists(
    st.builds(
        lambda scope, needs, gives: Promotion("", *scope, *needs, *gives),
        scope=st.tuples(st.lists(skus, max_size=5, unique=True).map(tuple), st.none())
        | st.tuples(st.just(()), categories),
        needs=st.tuples(st.just("pieces"), st.integers(1, 6))
        | st.tuples(st.just("fen"), st.integers(1, 4_000)),
        gives=st.tuples(st.just("percent"), st.integers(1, 100))
        | st.tuples(st.just("fen"), st.integers(1, 4_000)),
    ),
    max_size=12,
).map(lambda drawn: [each._replace(id=f"promotion-{n}") for n, each in enumerate(drawn)])


@pytest.mark.target("P1")
@given(lines=baskets, promotions=promotions)
def test_whatever_way_promotions_are_looked_up_the_result_is_that_of_a_scan(lines, promotions):
    total, reasons = scanned(lines, promotions)
    index = indexed(promotions)
    assert priced(lines, index) == (total, reasons)
    assert merged(lines, index) == (total, reasons)


@pytest.mark.target("P7")
@given(promotions=promotions.filter(bool))
def test_one_more_promotion_is_as_if_it_had_been_there(promotions):
    *others, last = promotions
    before = indexed(others)
    assert added(before, last) == indexed(promotions)
    assert before == indexed(others)


@given(lines=baskets, promotions=promotions)
def test_no_unit_is_used_twice_and_no_line_costs_less_than_nothing(lines, promotions):
    total, reasons = scanned(lines, promotions)
    used = [number for _, number, _, _ in reasons]
    assert len(used) == len(set(used))
    for _, number, quantity, amount in reasons:
        assert quantity == lines[number].quantity
        assert 0 <= amount <= lines[number].price * quantity
    listed = sum(line.price * line.quantity for line in lines)
    assert total == listed - sum(amount for *_, amount in reasons)


@pytest.mark.target("P1")
@pytest.mark.parametrize(("lines", "count"), CELLS)
def test_each_cell_of_the_workload_is_priced_as_by_a_scan(lines, count):
    work = cell(lines, count)
    assert (len(work.basket), len(work.promotions)) == (lines, count)
    assert priced(work.basket, indexed(work.promotions)) == scanned(work.basket, work.promotions)


@pytest.mark.target("P5")
def test_promotions_of_a_growing_catalogue_meet_a_basket_as_often():
    per_basket = [reasons_a_basket(scoped(count)) for count in (1_000, 10_000)]
    assert 0.7 < per_basket[0] / per_basket[1] < 1.4


@pytest.mark.target("P6")
def test_overlapping_promotions_are_merged_as_scanned():
    work = overlapping(400, baskets=8)
    index = indexed(work.promotions)
    for basket in work.baskets:
        assert merged(basket, index) == priced(basket, index) == scanned(basket, work.promotions)


def reasons_a_basket(work):
    index = indexed(work.promotions)
    return sum(len(priced(basket, index)[1]) for basket in work.baskets) / len(work.baskets)


def test_a_threshold_is_met_at_the_threshold():
    line = Line(sku="tea", category="drinks", price=10_000, quantity=2)
    for needs, threshold, to_pay in [
        ("fen", 19_999, 19_000),
        ("fen", 20_000, 19_000),
        ("fen", 20_001, 20_000),
        ("pieces", 2, 19_000),
        ("pieces", 3, 20_000),
    ]:
        ten_yuan = Promotion("ten", ("tea",), None, needs, threshold, "fen", 1_000)
        assert priced((line,), indexed([ten_yuan]))[0] == to_pay


def test_a_percentage_that_stops_leaves_dearer_lines_behind_a_used_up_one():
    cheap, dear = (
        Line(sku=sku, category="drinks", price=price, quantity=1)
        for sku, price in (("tea", 1_000), ("wine", 9_000))
    )
    first = Promotion("first", ("tea",), None, "pieces", 1, "fen", 100)
    half = Promotion("half", (), "drinks", "pieces", 1, "percent", 50)
    assert scanned((dear, cheap), [first, half])[0] == 900 + 4_500
    assert scanned((dear, cheap), [first, half], stops_at_used_up=True)[0] == 900 + 9_000
