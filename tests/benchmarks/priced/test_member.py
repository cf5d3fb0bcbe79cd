"""The floor of a member's basket gives what a scan with all sets of coupons gives."""

import pytest
from tests.benchmarks.priced.coupons import Coupon
from tests.benchmarks.priced.member import (
    MemberWork,
    OrderPromotion,
    member_work,
    priced,
    ready,
    scanned,
)
from tests.benchmarks.priced.workload import Line, Promotion


@pytest.mark.target("R6")
@pytest.mark.parametrize(("lines", "promotions"), [(20, 100), (20, 1_000), (5, 10), (1, 100)])
def test_the_index_and_the_search_find_what_a_scan_finds(lines, promotions):
    work = member_work(lines=lines, promotions=promotions, coupons=8 if lines >= 5 else 0)
    total, reasons = priced(work.basket, ready(work), work.coupons)
    assert (total, reasons) == scanned(work)
    listed = sum(line.price * line.quantity for line in work.basket)
    assert total == listed - sum(off for *_, off in reasons)


@pytest.mark.target("R6")
def test_the_workload_has_all_layers():
    work = member_work()
    assert len(work.basket) == 20
    assert len(work.promotions) + len(work.of_order) == 100
    assert len(work.coupons) == 8
    _, reasons = priced(work.basket, ready(work), work.coupons)
    sources = {source.split("-")[0] for source, _, _ in reasons}
    assert sources == {"member", "promotion", "order", "coupon"}


def test_each_layer_sees_what_the_one_before_has_left():
    tea = Line(sku="tea", category="drinks", price=10_000, quantity=2)
    half = Promotion("half", ("tea",), None, "fen", 18_000, "percent", 50)
    work = MemberWork(
        basket=(tea,),
        rates={"drinks": 9_000},
        promotions=(half,),
        of_order=(OrderPromotion("ten", 9_000, 1_000), OrderPromotion("no", 9_001, 2_000)),
        coupons=(
            Coupon("tenth", 0, alone=False, lines=(0,), threshold=8_000, percent=10, fen=999),
        ),
    )
    assert priced(work.basket, ready(work), work.coupons) == (
        7_200,
        [("member", 0, 2_000), ("half", 0, 9_000), ("ten", 0, 1_000), ("tenth", 0, 800)],
    )
