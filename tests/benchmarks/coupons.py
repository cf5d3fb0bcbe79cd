"""Coupons: the best set of those in hand, beside looking at every set, and within a budget."""

from functools import partial
from statistics import median, quantiles

from tests.benchmarks.comparing import calling, compared
from tests.benchmarks.measuring import paced
from tests.benchmarks.priced.coupons import all_percents, best_of_all, best_pruned, hand
from tests.benchmarks.priced.ours import chooser as library
from tests.benchmarks.targets import Row, at_least, at_most

SETS = at_least("C1", "20 coupons, in groups", gate=500, goal=3_000, unit="x faster than 2^n")
NINETY_FIVE = at_most("C2", "25 coupons, 95 of 100", gate=3, goal=1, unit="ms")
TOGETHER = at_most("C2", "25 that all go together", gate=40, goal=25, unit="ms")
ANY = at_most("C2", "25, of which 12 at most", gate=40, goal=25, unit="ms")

HANDS = 40


def rows(effort, *, chooser=library):
    yield beside_all_sets(effort, chooser)
    yield of_many_hands(effort, chooser)
    yield of_percents(TOGETHER, effort, chooser(all_percents(25)))
    yield of_percents(ANY, effort, chooser(all_percents(25), at_most=12))


def beside_all_sets(effort, chooser):
    held = hand(20)
    ours = chooser(held)
    saved, best = ours.plain(ours.choose())[0], best_of_all(held)[0]
    if saved != best:
        raise AssertionError(f"the best set takes {best} fen off, the chosen one {saved}")
    return compared(
        SETS,
        effort,
        ours=calling(ours.choose),
        other=calling(partial(best_of_all, held)),
        measured=paced,
    )


def of_many_hands(effort, chooser):
    """The hand of which 95 in a hundred are chosen faster, each in its median round."""
    held = [hand(25, seed=seed) for seed in range(HANDS)]
    ours = millis(effort, [chooser(each).choose for each in held])
    plain = millis(effort, [partial(best_pruned, each) for each in held])
    return Row(
        target=NINETY_FIVE,
        value=highest_of_95(ours),
        note=f"median {median(ours):.3g} ms, most {max(ours):.3g}; "
        f"by hand {highest_of_95(plain):.3g}, {median(plain):.3g}, {max(plain):.3g}",
    )


def of_percents(target, effort, ours):
    """Percentages of everything: no set is soon seen to be worse than another."""
    proven = "proven" if ours.is_proven(ours.choose()) else "not proven"
    return Row(target=target, value=millis(effort, [ours.choose])[0], note=proven)


def millis(effort, calls):
    """The median milliseconds of each call."""
    sides = {str(number): calling(call) for number, call in enumerate(calls)}
    spent = paced(sides, rounds=effort.rounds)
    return [1e3 * median(each.cpu for each in stretches) for stretches in spent.values()]


def highest_of_95(times):
    return quantiles(times, n=20)[-1]
