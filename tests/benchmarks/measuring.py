"""Measuring: what several sides spend on the same work, round by round in turns."""

import gc
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import count
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

from attrs import frozen

__all__ = ["Effort", "Spent", "interleaved", "median_ratio", "medians", "paced", "repeated"]

Side = Callable[[Any], object]

_SHORTEST = 0.02  # seconds: shorter stretches are noise


class Spent(NamedTuple):
    """Seconds of one stretch: of this process, and on the wall."""

    cpu: float
    wall: float


@frozen(kw_only=True)
class Effort:
    """How much is measured: rounds of a comparison, and orders that are saved in bulk."""

    rounds: int = 9
    bulk: int = 100_000


def interleaved(
    sides: Mapping[str, Side],
    works: Iterable[object],
    *,
    spent_on: Callable[[Side, object], Spent] | None = None,
) -> dict[str, list[Spent]]:
    """What each side spends on each of the works; who begins a round takes turns."""
    measure = spent_on or _spent_here
    spent: dict[str, list[Spent]] = {name: [] for name in sides}
    turns = list(sides)
    for work in works:
        for name in turns:
            spent[name].append(measure(sides[name], work))
        turns = [*turns[1:], turns[0]]
    return spent


def _spent_here(side: Side, work: object, *, warm_up: bool = False) -> Spent:
    """The seconds of one stretch, in which a side pays for its own garbage and for nobody else's.

    The collector stays on; what was there before is set aside for it, whoever made it.
    """
    gc.collect()
    gc.freeze()
    try:
        if warm_up:
            side(work)
        cpu, wall = process_time(), perf_counter()
        result = side(work)
        spent = Spent(process_time() - cpu, perf_counter() - wall)
        del result  # not before the clock has stopped
    finally:
        gc.unfreeze()
    return spent


def _spent_when_warm(side: Side, work: object) -> Spent:
    """The same of what is done over and over, where the first time does not count.

    The collector has just been through all that there is, and driven out of the caches what the
    side works on.
    """
    return _spent_here(side, work, warm_up=True)


def repeated(
    sides: Mapping[str, Callable[[int], object]], *, rounds: int
) -> dict[str, list[Spent]]:
    """What each side spends on so many repetitions, of which it takes the number.

    The number is such that the fastest side's stretch is long enough to be measured.
    """
    times = max(_long_enough(side) for side in sides.values())
    several = dict.fromkeys(sides, times)
    return _each_time(sides, several, rounds=rounds, spent_on=_spent_when_warm)


def paced(sides: Mapping[str, Callable[[int], object]], *, rounds: int) -> dict[str, list[Spent]]:
    """The same of sides that are far apart: each repeats as often as it takes to be measured."""
    times = {name: _long_enough(side) for name, side in sides.items()}
    return _each_time(sides, times, rounds=rounds)


def _long_enough(side: Callable[[int], object]) -> int:
    return next(2**power for power in count() if _spent_here(side, 2**power).cpu >= _SHORTEST)


def _each_time(
    sides: Mapping[str, Callable[[int], object]],
    times: Mapping[str, int],
    *,
    rounds: int,
    spent_on: Callable[[Side, object], Spent] | None = None,
) -> dict[str, list[Spent]]:
    stretches = interleaved(
        {name: partial(_without_work, side, times[name]) for name, side in sides.items()},
        range(rounds),
        spent_on=spent_on,
    )
    return {
        name: [Spent(each.cpu / times[name], each.wall / times[name]) for each in spent]
        for name, spent in stretches.items()
    }


def _without_work(side: Callable[[int], object], times: int, _: object) -> object:
    return side(times)


def median_ratio(one: Iterable[Spent], other: Iterable[Spent]) -> float:
    """How much more one side spends than another: the median of the ratios of each round."""
    return median(above.cpu / below.cpu for above, below in zip(one, other, strict=True))


def medians(spent: Mapping[str, list[Spent]]) -> dict[str, float]:
    """What each side spends in the middle, in seconds of the process."""
    return {name: median(each.cpu for each in stretches) for name, stretches in spent.items()}
