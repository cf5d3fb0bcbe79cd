"""In turn: a layer gone through in declared order, where each that can applies in its turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import define, field

from privlib.policies.pricing.applying import Candidate, Cuts, Standing, cut_of_taker, cut_off
from privlib.policies.pricing.found import Path, Step, is_affordable
from privlib.policies.pricing.giving_out import Taking, Use, given_out
from privlib.policies.pricing.likely_taking import likely_taking
from privlib.policies.pricing.packing import packed
from privlib.policies.pricing.splitting import split, uneven
from privlib.policies.pricing.table import Table, pattern_of_taker
from privlib.program.offers import Favour

__all__ = ["InTurn", "in_turn"]

_LEAST: Final = 64
"""So many steps are taken for the sets of an offer, however few are left."""


def in_turn(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates of one layer in the order in which they apply."""
    return sorted(candidates, key=_turn)


def _turn(candidate: Candidate) -> tuple[int, str, str]:
    return candidate.turn


@define(eq=False)
class InTurn:
    """Where a layer stands while its candidates apply in their turns, and what applies by then.

    `busy` are the cells that are used up, `limit` how long to look for the sets that save the most.
    """

    standing: Standing
    path: list[Step]
    mask: int
    limit: int
    is_known: bool = True
    """Whether the sets that save the most were found wherever any were looked for."""
    steps: int = 0
    """How many steps were taken to look for them."""
    busy: list[bool] = field(init=False)

    @classmethod
    def after(cls, standing: Standing, path: Path, mask: int, *, limit: int) -> InTurn:
        """At the start of a layer, after all that applies in those before it."""
        own = Standing(standing.cells, list(standing.left), standing.payable, standing.after)
        return cls(own, list(path), mask, limit)

    def __attrs_post_init__(self) -> None:
        self.busy = [False] * len(self.standing.left)

    def take(self, candidate: Candidate) -> None:
        """Lets a candidate apply, if it can."""
        if candidate.pattern is not None:
            self._make_sets(candidate)
        else:
            self._cut(candidate)

    def _cut(self, candidate: Candidate) -> None:
        found, standing = self._cut_off(candidate), self.standing
        if found is None or not is_affordable(candidate, found.amount, self.path):
            return
        standing.payable -= found.amount
        left, busy, takes_units = standing.left, self.busy, candidate.rule.takes_units
        for place, cut in zip(found.places, found.cuts, strict=True):
            left[place] -= cut
            busy[place] = busy[place] or takes_units
        self._apply(Step(candidate, 1, found, standing.cells))

    def _cut_off(self, candidate: Candidate) -> Cuts | None:
        """What a cut takes off, of what is not used up if it uses up pieces itself."""
        if not candidate.rule.takes_units:
            return cut_off(candidate, self.standing)
        cells = self.standing.cells.of(candidate.lines)
        places = [cell for cell in cells if not self.busy[cell]]
        return cut_of_taker(candidate, self.standing, places) if places else None

    def _make_sets(self, candidate: Candidate) -> None:
        self._level()
        use = self._use_of_sets(candidate)
        if use is None or not is_affordable(candidate, use.amount, self.path):
            return
        given = given_out(self.standing, Taking((use,), use.amount))
        ((_, taken),) = given.taken
        self.standing = given.standing
        self._follow(given.parts)
        for place in taken.places:
            self.busy[place] = True
        self._apply(Step(candidate, use.times, taken, self.standing.cells))

    def _level(self) -> None:
        """Splits cells whose pieces have more than one price."""
        parts = uneven(self.standing)
        if parts:
            self.standing, places = split(self.standing, parts)
            self._follow(places)

    def _follow(self, parts: Sequence[tuple[int, ...]]) -> None:
        """What is used up, where cells were split into parts."""
        self.busy = [used for used, own in zip(self.busy, parts, strict=True) for _ in own]

    def _use_of_sets(self, candidate: Candidate) -> Use | None:
        """What an offer on sets does with all that is not used up."""
        pieces = self.standing.cells.pieces
        free = [0 if is_used else count for is_used, count in zip(self.busy, pieces, strict=True)]
        table = Table(self.standing, [candidate], [], max(self.limit - self.steps, _LEAST))
        taking = likely_taking(table, free)
        is_shops = pattern_of_taker(candidate).favour is Favour.SHOP
        if taking.is_best or is_shops or not table.meets(candidate, free):
            return next(iter(taking.uses), None)
        uses = packed(table, free)
        self.steps += table.steps
        self.is_known = self.is_known and uses is not None
        use = next(iter(taking.uses if uses is None else uses), None)
        return use if use is not None and use.is_worth_it else None

    def _apply(self, step: Step) -> None:
        self.path.append(step)
        self.mask |= step.candidate.bit
