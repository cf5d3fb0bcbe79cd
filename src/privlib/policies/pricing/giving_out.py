"""Giving out: who uses which pieces of a layer, and how things stand after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import define

from privlib.policies.pricing.applying import Candidate, Cuts, Standing, column
from privlib.policies.pricing.patterns import PieceCuts
from privlib.policies.pricing.sharing import Cut
from privlib.policies.pricing.splitting import split

__all__ = ["GivenOut", "Run", "Taking", "Use", "given_out", "runs_of"]

Run: TypeAlias = tuple[int, int, int]
"""Pieces that went the same way: (cell, how many, what is taken off all of them)."""


@define(eq=False)
class Use:
    """What one candidate does with its pieces: how often, and what it takes off which of them.

    Its cells are those before. `pieces` are the first ones that are free in their cells, `last` the
    last ones, `by` the cut of what takes no sets.
    """

    candidate: Candidate
    times: int
    pieces: tuple[Run, ...]
    last: tuple[Run, ...] = ()
    by: Cut | None = None

    @property
    def amount(self) -> int:
        return sum([cut for _, _, cut in (*self.pieces, *self.last)])

    @property
    def is_worth_it(self) -> bool:
        """Whether it takes anything off, and its budget suffices."""
        budget, amount = self.candidate.budget, self.amount
        return amount > 0 and (budget is None or amount <= budget)

    def take_from(self, free: list[int]) -> None:
        """Uses up the free pieces of the cells."""
        for cell, count, _ in (*self.pieces, *self.last):
            free[cell] -= count


def runs_of(taken: PieceCuts) -> tuple[Run, ...]:
    """Single pieces as runs of those that lie in one cell and have the same taken off."""
    counts: dict[tuple[int, int], int] = {}
    for piece in taken:
        counts[piece] = counts.get(piece, 0) + 1
    return tuple([(cell, count, cut * count) for (cell, cut), count in counts.items()])


@define(eq=False)
class Taking:
    """One way to give out the pieces of a standing: the uses, and what they save."""

    uses: tuple[Use, ...]
    saving: int
    is_best: bool = True

    @property
    def mask(self) -> int:
        """The bits of the candidates that apply."""
        mask = 0
        for use in self.uses:
            mask |= use.candidate.bit
        return mask


@define(eq=False)
class GivenOut:
    """How things stand after a taking: in cells split for it, each cell with its parts.

    `taken` is what each use takes off which of these parts.
    """

    standing: Standing
    parts: Sequence[tuple[int, ...]]
    taken: Sequence[tuple[Use, Cuts]]


def given_out(standing: Standing, taking: Taking) -> GivenOut:
    """The standing after a taking."""
    counts = standing.cells.pieces
    lying = _lying(taking.uses, counts)
    split_into = {
        cell: [count for count, _, _ in runs] for cell, runs in lying.items() if len(runs) > 1
    }
    places: Sequence[tuple[int, ...]] = [(cell,) for cell in range(len(counts))]
    if split_into:
        standing, places = split(standing, split_into)
    left = list(standing.left)
    spread: list[tuple[list[int], list[int]]] = [([], []) for _ in taking.uses]
    for cell, runs in lying.items():
        for place, (_, cut, at) in zip(places[cell], runs, strict=True):
            if at is not None:
                left[place] -= cut
                spread[at][0].append(place)
                spread[at][1].append(cut)
    after = Standing(standing.cells, left, standing.payable - taking.saving, standing.after)
    taken = [
        (
            use,
            Cuts(spots, column(standing, use.candidate.rule.base, spots), cuts, use.amount, use.by),
        )
        for use, (spots, cuts) in zip(taking.uses, spread, strict=True)
    ]
    return GivenOut(after, places, taken)


def _lying(
    uses: Sequence[Use], counts: Sequence[int]
) -> dict[int, list[tuple[int, int, int | None]]]:
    """How the pieces of each cell lie: (how many, what is taken off them, by which use)."""
    lying: dict[int, list[tuple[int, int, int | None]]] = {}
    back: dict[int, list[tuple[int, int, int | None]]] = {}
    for at, use in enumerate(uses):
        for cell, count, cut in use.pieces:
            lying.setdefault(cell, []).append((count, cut, at))
    for at, use in reversed(list(enumerate(uses))):
        for cell, count, cut in use.last:
            back.setdefault(cell, []).append((count, cut, at))
    for cell in {*lying, *back}:
        runs = [*lying.get(cell, ()), *back.get(cell, ())]
        rest = counts[cell] - sum([count for count, _, _ in runs])
        if rest:
            runs.insert(len(lying.get(cell, ())), (rest, 0, None))
        lying[cell] = runs
    return lying
