"""In turn: what a candidate takes where each that can applies in its turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from privlib.policies.pricing.applying import Candidate, Cuts, Standing, cut_of_taker, cut_off
from privlib.policies.pricing.cells import Cells
from privlib.policies.pricing.likely_taking import likely_taking
from privlib.policies.pricing.packing import packed
from privlib.policies.pricing.table import Table, Use, pattern_of_taker
from privlib.program.offers import Favour

__all__ = ["busy_after", "cut_in_turn", "in_turn", "sets_in_turn"]


def in_turn(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates of one layer in the order in which they apply."""
    return sorted(candidates, key=_turn)


def _turn(candidate: Candidate) -> tuple[int, str, str]:
    return candidate.turn


def cut_in_turn(candidate: Candidate, standing: Standing, busy: list[bool]) -> Cuts | None:
    """What a cut takes off when its turn comes; pieces that it takes are used up."""
    if not candidate.rule.takes_units:
        return cut_off(candidate, standing)
    places = [cell for cell in standing.cells.of(candidate.lines) if not busy[cell]]
    taken = cut_of_taker(candidate, standing, places) if places else None
    if taken is not None:
        for place in places:
            busy[place] = True
    return taken


def sets_in_turn(
    candidate: Candidate, standing: Standing, busy: Sequence[bool], limit: int
) -> Use | None:
    """What an offer on sets does with all pieces that are free when its turn comes."""
    pieces = standing.cells.pieces
    free = [0 if used else count for used, count in zip(busy, pieces, strict=True)]
    table = Table(standing, [candidate], [], limit)
    taking = likely_taking(table, free)
    is_shops = pattern_of_taker(candidate).favour is Favour.SHOP
    if taking.is_best or is_shops or not table.meets(candidate, free):
        return taking.uses[0] if taking.uses else None
    uses = packed(table, free)
    uses = taking.uses if uses is None or candidate.budget is not None else uses
    return uses[0] if uses else None


def busy_after(busy: Sequence[bool], use: Use, before: Cells, after: Cells) -> list[bool]:
    """Which cells are used up after a use, which may have split some."""
    runs: dict[int, list[int]] = {}
    for cell, count, _ in use.pieces:
        runs.setdefault(cell, []).append(count)
    if after is before:
        return [used or cell in runs for cell, used in enumerate(busy)]
    made: list[bool] = []
    for cell, used in enumerate(busy):
        taken = runs.get(cell, [])
        made += [True] * len(taken)
        if sum(taken) < before.pieces[cell]:
            made.append(used)
    return made
