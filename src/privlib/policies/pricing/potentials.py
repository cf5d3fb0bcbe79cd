"""Potentials: the most that what is not tried yet can still take off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field

from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.found import LayerOf

__all__ = ["most_of", "potentials"]


def potentials(layers: Sequence[LayerOf]) -> tuple[list[list[int]], list[list[int]]]:
    """How much all that comes from each place in a layer on can take off at most.

    And how much all that comes after it can, where what is in the place applies. Of those in a
    group, as many count as may apply together.
    """
    places: list[list[int]] = []
    beside: list[list[int]] = []
    pool = _Pool()
    for layer in reversed(layers):
        row, besides = [pool.most], list[int]()
        for candidate in reversed(layer.rest):
            besides.append(pool.most_beside(candidate))
            pool.add(candidate)
            row.append(pool.most)
        places.append(row[::-1])
        beside.append(besides[::-1])
        for candidate in (*layer.cutters, *layer.sets):
            pool.add(candidate)
    return places[::-1], beside[::-1]


def most_of(candidates: Iterable[Candidate]) -> int:
    """The most that some candidates can take off together."""
    pool = _Pool()
    for candidate in candidates:
        pool.add(candidate)
    return pool.most


@define(eq=False)
class _Pool:
    """The most that some candidates can take off together."""

    most: int = 0
    groups: dict[int, list[int]] = field(factory=dict)

    def add(self, candidate: Candidate) -> None:
        if not candidate.groups:
            self.most += candidate.best
            return
        members, limit = _tightest(candidate)
        bests = self.groups.setdefault(members, [])
        bests.append(candidate.best)
        bests.sort(reverse=True)
        self.most += candidate.best - sum(bests[limit:])
        del bests[limit:]

    def most_beside(self, candidate: Candidate) -> int:
        """The most beside a candidate, which has a place in its group."""
        if not candidate.groups:
            return self.most
        members, limit = _tightest(candidate)
        bests = self.groups.get(members, [])
        return self.most - (bests[-1] if len(bests) == limit else 0)


def _tightest(candidate: Candidate) -> tuple[int, int]:
    """Of its groups, the one of which the fewest may apply: its members, and how many may."""
    return min(candidate.groups, key=_limit)


def _limit(group: tuple[int, int]) -> int:
    return group[1]
