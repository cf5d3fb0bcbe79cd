"""Comparing: the row of two sides, each of which is told how many times to do its work."""

from tests.benchmarks.measuring import median_ratio, medians, repeated
from tests.benchmarks.targets import Row

__all__ = ["compared"]


def compared(target, effort, *, ours, other):
    """How many times as long we take; or, of a target that is to be great, the other side."""
    spent = repeated({"ours": ours, "other": other}, rounds=effort.rounds)
    above, below = ("other", "ours") if target.at_least else ("ours", "other")
    middle = medians(spent)
    return Row(
        target=target,
        value=median_ratio(spent[above], spent[below]),
        note=f"{middle['ours'] * 1e6:.3g} us, against {middle['other'] * 1e6:.3g} us",
    )
