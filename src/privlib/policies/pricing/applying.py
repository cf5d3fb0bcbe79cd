"""Applying: what one promotion takes off the cells it touches, where things stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define

from privlib.policies.pricing.cells import Cells
from privlib.policies.pricing.in_cells import Columns
from privlib.policies.pricing.patterns import Pattern
from privlib.policies.pricing.rules import LIST, MEMBER, REMAINING, Rule
from privlib.policies.pricing.sharing import Cut

__all__ = [
    "Candidate",
    "Cuts",
    "Standing",
    "asked_for",
    "column",
    "cut_before_budget",
    "cut_by_rule",
    "cut_of_amount",
    "cut_of_taker",
    "cut_off",
    "cut_on",
    "measured",
    "quick_amount",
]


_ROOM: Final = 1 << 64
"""More than any piece costs."""


@define(eq=False)
class Candidate:
    """A rule that speaks for a basket: by itself, or by a code or coupon.

    `lines` are those of its goods that it may touch, `targets` those it takes money off, which are
    ways of shipping for some. `best` is the most that it can take off in any combination, `highest`
    how far up its steps it comes where nothing else applies, `turn` its place in its layer.

    The masks have a bit for each candidate: those that it cannot meet, and those of which it needs
    one. `apart` are also those of its groups of which one applies, `crowds` its other groups;
    `purse` are all that share its budget, itself among them, if any do.
    """

    rule: Rule
    source: str
    lines: tuple[int, ...]
    targets: tuple[int, ...]
    coupon: str | None = None
    code: str | None = None
    budget: int | None = None
    uses_left: int | None = None
    bit: int = 0
    conflicts: int = 0
    partners: int | None = None
    groups: tuple[tuple[int, int], ...] = ()
    apart: int = 0
    crowds: tuple[tuple[int, int], ...] = ()
    purse: int = 0
    products: Sequence[str] = ()
    pattern: Pattern | None = None
    pools: tuple[tuple[int, ...], ...] = ()
    needed: tuple[int, ...] = ()
    is_bound: bool = False
    best: int = 1
    highest: int = 0
    turn: tuple[int, str, str] = (0, "", "")

    def has_partner(self, mask: int) -> bool:
        """Whether any of those that it applies only with is among those that apply."""
        return self.partners is None or bool(self.partners & mask)

    def has_place(self, mask: int, most: int | None) -> bool:
        """Whether those that apply leave it a place: in its groups, and of the most there are."""
        if most is not None and mask.bit_count() >= most:
            return False
        return all((mask & members).bit_count() < limit for members, limit in self.crowds)

    @property
    def has_needs(self) -> bool:
        """Whether its goods must come to something."""
        rule = self.rule
        return bool(rule.needs_amount or rule.needs_pieces or rule.needs_distinct)

    def is_lowered(self, standing: Standing) -> bool:
        """Whether others have brought it to a lower step than it could reach."""
        steps = self.rule.steps
        if steps is None or not self.rule.is_dynamic or not self.rule.steps_by_money:
            return False
        return self.highest > steps.reached(measured(self, standing))

    @property
    def is_fickle(self) -> bool:
        """Whether what others take off can keep it from applying."""
        return self.rule.is_dynamic or self.budget is not None


@define(eq=False)
class Standing:
    """Where prices stand: the cells, what is left of each, and what each layer before has left."""

    cells: Cells
    left: list[int]
    payable: int
    after: tuple[list[int], ...] = ()


@define(eq=False)
class Cuts:
    """What is taken off some cells: on what each was reckoned, how much, and how much in all.

    `by` is the cut that was used, where single pieces were looked at or lines.
    """

    places: Sequence[int]
    bases: Sequence[int]
    cuts: Sequence[int]
    amount: int
    by: Cut | None = None

    @property
    def rows(self) -> Iterator[tuple[int, int, int]]:
        """(cell, what it was reckoned on, what is taken off)."""
        return zip(self.places, self.bases, self.cuts, strict=True)


def column(standing: Standing, base: int, places: Sequence[int]) -> list[int]:
    """The amounts of some cells on a base."""
    cells = standing.cells
    if base == REMAINING:
        whole = standing.left
    elif base == MEMBER:
        whole = cells.members
    elif base == LIST:
        whole = cells.lists
    else:
        whole = standing.after[base]
    return [whole[place] for place in places]


def measured(candidate: Candidate, standing: Standing) -> int:
    """What its lines come to, on the base of a candidate's threshold."""
    places = standing.cells.of(candidate.lines)
    return sum(column(standing, candidate.rule.needs_base, places))


def cut_off(candidate: Candidate, standing: Standing) -> Cuts | None:
    """What it takes off the cells that it touches; None where it cannot apply.

    It cannot where its threshold is not reached, its budget does not suffice, or nothing is left.
    """
    taken = cut_before_budget(candidate, standing)
    return None if taken is None else _affordable(candidate, taken)


def cut_before_budget(candidate: Candidate, standing: Standing) -> Cuts | None:
    """What it would take off, were there no budget; None where its threshold is not reached."""
    rule, cells = candidate.rule, standing.cells
    places = cells.of(candidate.lines)
    cut = _fitting_cut(rule, standing, places)
    if cut is None:
        return None
    if rule.on_shipping:
        places = cells.of(candidate.targets)
    return cut_on(rule, cut, standing, places)


def cut_of_taker(candidate: Candidate, standing: Standing, places: Sequence[int]) -> Cuts | None:
    """What it takes off the cells that it was given; None where it cannot apply to them."""
    taken = cut_by_rule(candidate.rule, standing, places, candidate.products)
    return None if taken is None else _affordable(candidate, taken)


def quick_amount(candidate: Candidate, standing: Standing) -> int | None:
    """What it takes off in all, where that is quickly known; 0 where it cannot apply."""
    rule, cells = candidate.rule, standing.cells
    if rule.whole is None or candidate.budget is not None or cells.has_floors:
        return None
    left = standing.left
    there = sum([left[place] for place in cells.of(candidate.lines)])
    return rule.whole(there) if there >= rule.needs_amount else 0


def cut_of_amount(candidate: Candidate, standing: Standing, amount: int) -> Cuts:
    """How an amount that was quickly known lies on the cells that it touches."""
    rule, cells = candidate.rule, standing.cells
    places = cells.of(candidate.lines)
    base = column(standing, REMAINING, places)
    if cells.is_split and rule.cut is not None:
        return cut_on(rule, rule.cut, standing, places)
    return Cuts(places, base, rule.share(amount, base, base), amount, rule.cut)


def cut_by_rule(
    rule: Rule, standing: Standing, places: Sequence[int], products: Sequence[str]
) -> Cuts | None:
    """What a rule takes off some cells, be it nothing; None where its threshold is not reached."""
    cells = standing.cells
    if rule.needs_pieces and sum([cells.pieces[at] for at in places]) < rule.needs_pieces:
        return None
    needs = rule.needs_distinct
    if needs and len({products[cells.lines[at]] for at in places}) < needs:
        return None
    cut = _fitting_cut(rule, standing, places)
    return None if cut is None else cut_on(rule, cut, standing, places)


def _affordable(candidate: Candidate, taken: Cuts) -> Cuts | None:
    """What is taken, where it is anything and the budget suffices."""
    amount = taken.amount
    if not amount or (candidate.budget is not None and amount > candidate.budget):
        return None
    return taken


def _fitting_cut(rule: Rule, standing: Standing, places: Sequence[int]) -> Cut | None:
    """The cut that counts where things stand; None where the threshold is not reached."""
    if not rule.needs_amount and rule.steps is None:
        return rule.cut
    if rule.needs_amount or rule.steps_by_money:
        measure = sum(column(standing, rule.needs_base, places))
        if measure < rule.needs_amount:
            return None
        if rule.steps_by_money and rule.steps is not None:
            return rule.steps.cut(measure)
    if rule.steps is None:
        return rule.cut
    pieces = standing.cells.pieces
    return rule.steps.cut(sum([pieces[place] for place in places]))


def cut_on(rule: Rule, cut: Cut, standing: Standing, places: Sequence[int]) -> Cuts:
    """What a cut takes off each of some cells."""
    cells, left = standing.cells, standing.left
    base = column(standing, rule.base, places)
    room = base if rule.base == REMAINING else [left[place] for place in places]
    if cells.has_floors:
        floors = cells.floors
        room = [max(left[place] - floors[place], 0) for place in places]
    pieces = [cells.pieces[place] for place in places]
    cuts = _cut_in(rule, cut, (base, room, pieces), cells=cells, places=places)
    return Cuts(places, base, cuts, sum(cuts), cut)


def asked_for(rule: Rule, taken: Cuts, cells: Cells) -> int:
    """What it would have taken off, had there been room for all of it."""
    if taken.by is None or rule.is_all_off:
        return taken.amount
    pieces = [cells.pieces[place] for place in taken.places]
    columns = (taken.bases, [_ROOM * count for count in pieces], pieces)
    return sum(_cut_in(rule, taken.by, columns, cells=cells, places=taken.places))


def _cut_in(
    rule: Rule, cut: Cut, columns: Columns, *, cells: Cells, places: Sequence[int]
) -> list[int]:
    if not cells.is_split:
        return cut(*columns)
    return rule.in_cells(cut, columns, [cells.lines[place] for place in places])
