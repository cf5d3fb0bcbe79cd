"""Pricing: a basket and many promotions, with every reason, beside plain integers and peers."""

from attrs import evolve
from tests.benchmarks.comparing import calling_on_each, compared
from tests.benchmarks.measuring import interleaved, median_ratio, medians
from tests.benchmarks.priced.floor import merged, priced
from tests.benchmarks.priced.ours import Floor, product as library
from tests.benchmarks.priced.workload import cell, overlapping, scoped
from tests.benchmarks.targets import Row, at_most

EXPLAINED = at_most("P1", "20 lines x 100, reasons", gate=4, goal=2.5, unit="x floor")
TOTAL = at_most("P2", "20 lines x 100, total", gate=2, goal=1.3, unit="x floor")
SCOPED = at_most("P5", "1,000 to 100,000 scoped", gate=1.5, goal=1.2, unit="x time")
OVERLAPPING = at_most("P6", "100 to 10,000 exclusive", gate=4, goal=2, unit="x time")
COMPILE = at_most("P7", "compile 10,000", gate=10, goal=4, unit="us a promotion")
ADD = at_most("P7", "add 1 to 10,000", gate=1, goal=0.1, unit="% of compiling")
LINES = at_most("P8", "20 to 100 lines", gate=6, goal=5, unit="x time")

BASKETS = 32


def rows(effort, *, product=library):
    work = cell(20, 100, baskets=BASKETS)
    ours, floor = product(work), Floor(work)
    yield beside_floor(EXPLAINED, effort, floor, ours=ours, quote=ours.explained)
    yield beside_floor(TOTAL, effort, floor, ours=ours, quote=ours.total)
    yield growth(SCOPED, effort, product, scoped(1_000), scoped(100_000))
    yield growth(OVERLAPPING, effort, product, overlapping(100), overlapping(10_000), price=merged)
    yield from compiling(effort, product(scoped(10_000, baskets=1)))
    yield growth(LINES, effort, product, work, cell(100, 100, baskets=BASKETS))


def beside_floor(target, effort, floor, *, ours, quote):
    return compared(
        target,
        effort,
        ours=calling_on_each(quote, ours.baskets),
        other=calling_on_each(floor.explained, floor.baskets),
        items=BASKETS,
    )


def growth(target, effort, product, small, large, *, price=priced):
    """How many times as long the large workload takes as the small, and what the floor says."""
    row = grown(target, effort, product(small), product(large))
    floor = grown(target, effort, Floor(small, price=price), Floor(large, price=price))
    return evolve(row, note=f"{row.note}; floor {floor.value:.3g} x")


def grown(target, effort, small, large):
    return compared(
        target,
        effort,
        ours=calling_on_each(large.explained, large.baskets),
        other=calling_on_each(small.explained, small.baskets),
        items=BASKETS,
    )


def compiling(effort, ours):
    """What it takes to make 10,000 promotions ready, and one more of them."""
    sides = {"compile": lambda _: ours.compile(), "add": lambda _: ours.add()}
    spent = interleaved(sides, range(effort.rounds))
    middle = medians(spent)
    yield Row(
        target=COMPILE,
        value=middle["compile"] / 10_000 * 1e6,
        note=f"{middle['compile'] * 1e3:.3g} ms in all",
    )
    yield Row(
        target=ADD,
        value=100 * median_ratio(spent["add"], spent["compile"]),
        note=f"{middle['add'] * 1e6:.3g} us",
    )
