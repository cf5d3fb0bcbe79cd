"""Found: a combination of candidates, and the layers that it is looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TypeAlias

from attrs import define

from privlib.policies.pricing.applying import Candidate, Cuts, Standing
from privlib.policies.pricing.cells import Cells

__all__ = ["Found", "LayerOf", "Path", "Step", "after_cuts", "closed", "is_affordable", "spent_of"]


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
    def key(self) -> tuple[int, int, tuple[str, ...]]:
        """What is less is better: by rank, then by number, then by name."""
        names = sorted([step.candidate.source for step in self.path])
        return self.rank, len(names), tuple(names)

    @property
    def mask(self) -> int:
        return reduce(or_, (step.candidate.bit for step in self.path), 0)


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
