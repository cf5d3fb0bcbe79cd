"""Comparing: the row of two sides, each of which is told how many times to do its work."""

from itertools import repeat

from tests.benchmarks.measuring import median_ratio, medians, repeated
from tests.benchmarks.targets import Row

__all__ = ["calling", "calling_on_each", "compared"]


def compared(target, effort, *, ours, other, measured=repeated, items=1):
    """How many times as long we take; or, of a target that is to be great, the other side.

    The note tells the time for one of the items that a repetition goes through.
    """
    spent = measured({"ours": ours, "other": other}, rounds=effort.rounds)
    above, below = ("other", "ours") if target.at_least else ("ours", "other")
    middle = {name: seconds / items * 1e6 for name, seconds in medians(spent).items()}
    return Row(
        target=target,
        value=median_ratio(spent[above], spent[below]),
        note=f"{micros(middle['ours'])} us, against {micros(middle['other'])} us",
    )


def calling(call):
    """A side that makes one call as its work."""

    def call_so_often(times):
        for _ in repeat(None, times):
            call()

    return call_so_often


def calling_on_each(call, items):
    """A side that makes one call on each of the items as its work."""

    def call_so_often(times):
        for _ in repeat(None, times):
            for item in items:
                call(item)

    return call_so_often


def micros(value):
    """Microseconds with as many digits as say something."""
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.3g}"
