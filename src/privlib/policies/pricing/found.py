"""Found: a combination of candidates, and the layers that it is looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TypeAlias

from attrs import define, field

from privlib.policies.pricing.applying import Candidate, Cuts, Standing
from privlib.policies.pricing.cells import Cells

__all__ = [
    "Finds",
    "Found",
    "LayerOf",
    "Path",
    "Step",
    "after_cuts",
    "closed",
    "is_affordable",
    "spent_of",
]


@define(eq=False)
class Step:
    """One candidate that applies: where it takes what off."""

    candidate: Candidate
    times: int
    taken: Cuts
    cells: Cells


@define(eq=False)
class LayerOf:
    """The candidates of one layer in the order in which they apply."""

    in_order: bool
    sets: tuple[Candidate, ...]
    cutters: tuple[Candidate, ...]
    rest: tuple[Candidate, ...]
    asks: bool = False
    """Whether a condition in it hangs on what the layers before have left."""

    @property
    def all(self) -> tuple[Candidate, ...]:
        return (*self.sets, *self.cutters, *self.rest)


Path: TypeAlias = tuple[Step, ...]


def is_affordable(candidate: Candidate, amount: int, path: Sequence[Step]) -> bool:
    """Whether those that apply leave so much of the budget that they share with a candidate."""
    budget = candidate.budget
    if not candidate.purse or budget is None:
        return True
    return amount + spent_of(candidate, path) <= budget


def spent_of(candidate: Candidate, path: Sequence[Step]) -> int:
    """What those that share a candidate's budget take off."""
    return sum([step.taken.amount for step in path if step.candidate.bit & candidate.purse])


@define(eq=False)
class Found:
    """A combination: what applies, in order, and what is to be paid."""

    path: Path
    payable: int
    standing: Standing
    rank: int

    @property
    def key(self) -> tuple[int, int, int, tuple[str, ...]]:
        """What is less is better: by rank, by number, by that of coupons, then by name."""
        names = sorted([step.candidate.source for step in self.path])
        coupons = [step for step in self.path if step.candidate.coupon is not None]
        return self.rank, len(names), len(coupons), tuple(names)

    @property
    def mask(self) -> int:
        return reduce(or_, (step.candidate.bit for step in self.path), 0)


@define(eq=False)
class Finds:
    """The best combination that was come to, and the next best.

    For the shop, what is best for the customer of each combination is kept until all are known.
    """

    best: Found | None = None
    second: Found | None = None
    for_shop: bool = False
    _ends: dict[int, Found] = field(init=False, factory=dict)

    def come_to(self, found: Found, mask: int) -> None:
        """Keeps what was come to, of the candidates with these bits, if it is good enough."""
        if not self.for_shop:
            self._keep(found)
        elif mask not in self._ends or found.payable < self._ends[mask].payable:
            self._ends[mask] = found

    def choose_full(self) -> None:
        """Keeps those combinations to which nothing could be added, the best ones of them."""
        full: list[int] = []
        for mask in sorted(self._ends, key=int.bit_count, reverse=True):
            if not any(not mask & ~one for one in full):
                full.append(mask)
                self._keep(self._ends[mask])

    def replace(self, best: Found) -> None:
        """Puts another in the place of the best."""
        self.best = best
        if self.second is not None and self.second.mask == best.mask:
            self.second = None

    def are_better(self, payable: int) -> bool:
        """Whether two combinations are known that are better."""
        return self.second is not None and payable > self.second.payable

    def _keep(self, found: Found) -> None:
        best, second = self.best, self.second
        if best is None or found.key < best.key:
            if best is not None and best.mask != found.mask:
                self.second = best
            self.best = found
        elif best.mask != found.mask and (second is None or found.key < second.key):
            self.second = found


def closed(standing: Standing) -> Standing:
    """Where things stand when a layer is done."""
    return Standing(
        standing.cells, standing.left, standing.payable, (*standing.after, standing.left)
    )


def after_cuts(standing: Standing, taken: Cuts) -> Standing:
    """Where things stand when something was taken off."""
    left = list(standing.left)
    for place, cut in zip(taken.places, taken.cuts, strict=True):
        left[place] -= cut
    return Standing(standing.cells, left, standing.payable - taken.amount, standing.after)
