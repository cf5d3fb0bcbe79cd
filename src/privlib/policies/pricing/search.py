"""The search: which promotions apply together, so that nothing better can be had.

It goes through the layers in order and through what each could choose, best things first, and
turns back where even everything that is left could not beat the best combination so far. It counts
its steps and ends at a limit, so that it takes as long on every machine; what it has then is not
proven to be the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from attrs import define, field

from privlib.policies.pricing.all_takings import all_takings
from privlib.policies.pricing.applying import (
    Candidate,
    Cuts,
    Standing,
    cut_of_amount,
    cut_off,
    quick_amount,
)
from privlib.policies.pricing.facts import BasketFacts
from privlib.policies.pricing.found import (
    Finds,
    Found,
    LayerOf,
    Path,
    Step,
    after_cuts,
    closed,
    is_affordable,
)
from privlib.policies.pricing.giving_out import Taking, given_out
from privlib.policies.pricing.in_turn import InTurn, in_turn
from privlib.policies.pricing.likely_taking import likely_taking
from privlib.policies.pricing.potentials import most_of, potentials
from privlib.policies.pricing.slack import slacks
from privlib.policies.pricing.splitting import leveled
from privlib.policies.pricing.table import Table
from privlib.policies.pricing.takings import (
    cares,
    is_paid_for,
    likely_ones,
    next_bests,
    packed_taking,
)
from privlib.policies.pricing.thinning import thinned

__all__ = ["Search"]


@define(eq=False)
class Search:
    """A search over layers of candidates, with a limit of steps.

    `needed` are bits of candidates that must apply. `for_shop` looks for the dearest combination of
    those to which nothing could be added.
    """

    layers: Sequence[LayerOf]
    limit: int
    facts: BasketFacts
    most: int | None = None
    needed: int = 0
    for_shop: bool = False
    steps: int = 0
    doubts: int = 0
    """How often what others take off may have kept a candidate from applying, or from more."""
    finds: Finds = field(init=False)
    is_cut_short: bool = False
    is_unsure: bool = False
    """Whether an offer on sets had more ways to be used in its turn than could be looked at."""
    _potentials: list[list[int]] = field(init=False, factory=list)
    _beside: list[list[int]] = field(init=False, factory=list)
    _slacks: list[list[int]] | None = field(init=False, default=None)
    _shut: int = 0
    """The candidates of a layer whose conditions do not hold as the layer finds things."""

    def __attrs_post_init__(self) -> None:
        self.finds = Finds(for_shop=self.for_shop)

    def run(self, standing: Standing, path: Path = (), mask: int = 0) -> Found | None:
        """The best combination after what applies already, if any holds all that is needed."""
        self._potentials, self._beside = potentials(self.layers)
        self._layer(0, standing, path, mask)
        if self.for_shop:
            self.finds.choose_full()
        elif self.finds.best is not None:
            kept = self.needed | mask
            self.finds.replace(thinned(self.finds.best, kept=kept, first_layer=self._first_open))
        return self.finds.best

    @property
    def _first_open(self) -> int:
        """The layer from which on nothing applies by its turn alone."""
        in_order = [
            each.rule.layer for layer in self.layers if layer.in_order for each in layer.all
        ]
        return max(in_order, default=-1) + 1

    @property
    def is_proven(self) -> bool:
        """Whether nothing can be better."""
        return not (self.is_cut_short or self.is_unsure)

    def nothing(self, standing: Standing, path: Path = ()) -> Found:
        """What it comes to where nothing more applies: all that is left of a search cut short."""
        for _ in self.layers:
            standing = closed(standing)
        return self._found(path, standing)

    def _layer(self, at: int, standing: Standing, path: Path, mask: int) -> None:
        """Goes on with a layer, from how the one before it has left things."""
        if at == len(self.layers):
            self._leaf(standing, path, mask)
            return
        layer = self.layers[at]
        if layer.asks:
            self._ask(layer, standing)
        if layer.in_order:
            self.doubts += any(
                self.for_shop or candidate.is_fickle or candidate.pattern is not None
                for candidate in layer.all
            )
            standing, path, mask = self._in_order(layer, standing, path, mask)
            self._rest(at, len(layer.rest), standing, path, mask)
        elif layer.sets or layer.cutters:
            self._takers(at, standing, path, mask)
        else:
            self._rest(at, 0, standing, path, mask)

    def _ask(self, layer: LayerOf, standing: Standing) -> None:
        """Notes whose conditions do not hold of what is left when a layer begins."""
        self.facts.standing = standing
        for candidate in layer.all:
            rule = candidate.rule
            if rule.holds_by_layer:
                self._shut &= ~candidate.bit
                if rule.holds is not None and not rule.holds(self.facts):
                    self._shut |= candidate.bit

    def _takers(self, at: int, standing: Standing, path: Path, mask: int) -> None:
        layer = self.layers[at]
        takers = (*layer.sets, *layer.cutters)
        self.doubts += any(self.for_shop or taker.is_fickle for taker in takers)
        ground = leveled(standing) if layer.sets else standing
        later = [each for layer in self.layers[at + 1 :] for each in layer.all] + list(layer.rest)
        for taking in self._takings(at, ground, mask, later):
            if self._is_hopeless(standing.payable - taking.saving, self._potentials[at][0]):
                continue
            given = given_out(ground, taking)
            after = given.standing
            steps = tuple(
                [Step(use.candidate, use.times, taken, after.cells) for use, taken in given.taken]
            )
            self._rest(at, 0, after, path + steps, mask | taking.mask)

    def _takings(
        self, at: int, ground: Standing, mask: int, later: Sequence[Candidate]
    ) -> Iterator[Taking]:
        """The ways to give the pieces out that are worth a look, the most saving ones first."""
        layer = self.layers[at]
        sets, cutters = self._open(layer.sets), self._open(layer.cutters)
        table = Table(ground, sets, cutters, max(self.limit // 4, 64))
        takers = [*sets, *cutters]
        likely = likely_taking(table)
        is_free = not any(taker.is_bound for taker in takers)
        wanted = self.needed & reduce(or_, (taker.bit for taker in takers), 0)
        is_free = is_free and not wanted & ~likely.mask
        if is_free and not self.for_shop and not (sets and cares(later, takers)):
            best = likely if likely.is_best else packed_taking(table)
            self.steps, table.steps = self.steps + table.steps, 0
            if best is not None:
                before = self.doubts
                yield best
                if self.doubts == before and self._is_settled_for(best, at, table):
                    return
        seen = [taking for taking in all_takings(table) if self._may(taking, mask)]
        self.steps += table.steps
        if table.steps > table.limit:
            self.is_cut_short = True
            seen += [one for one in likely_ones(table, self.needed) if self._may(one, mask)]
        yield from sorted(seen, key=lambda taking: -taking.saving)

    def _open(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """Those whose conditions hold as the layer finds things."""
        if not self._shut:
            return candidates
        held = [candidate for candidate in candidates if not candidate.bit & self._shut]
        self.doubts += len(candidates) - len(held)
        return held

    def _may(self, taking: Taking, mask: int) -> bool:
        """Whether the candidates of a taking may meet each other and what applies already."""
        for use in taking.uses:
            if not self._is_allowed(use.candidate, mask):
                return False
            mask |= use.candidate.bit
        return is_paid_for(taking)

    def _is_allowed(self, candidate: Candidate, mask: int) -> bool:
        if candidate.apart & mask:
            return False
        if candidate.bit & self._shut:
            self.doubts += 1
            return False
        is_free = self.most is None and not candidate.crowds
        return is_free or candidate.has_place(mask, self.most)

    def _rest(self, at: int, place: int, standing: Standing, path: Path, mask: int) -> None:
        """Goes on with those of a layer that share their pieces, from one of them on."""
        rest, most = self.layers[at].rest, self._potentials[at]
        while place < len(rest):
            if self._is_hopeless(standing.payable, most[place]):
                return
            if self._is_allowed(rest[place], mask):
                is_settled = self._with(at, place, standing, path, mask)
                if is_settled or self.is_cut_short:
                    return
            place += 1
        self._layer(at + 1, closed(standing), path, mask)

    def _with(self, at: int, place: int, standing: Standing, path: Path, mask: int) -> bool:
        """Goes on with the candidate in a place; whether nothing is left to try without it."""
        candidate, before = self.layers[at].rest[place], self.doubts
        amount = quick_amount(candidate, standing)
        if amount and self._is_hopeless(standing.payable - amount, self._beside[at][place]):
            return not candidate.is_bound
        if amount:
            taken: Cuts | None = cut_of_amount(candidate, standing, amount)
        else:
            taken = cut_off(candidate, standing) if amount is None else None
        if taken is None or not is_affordable(candidate, taken.amount, path):
            self.doubts += candidate.is_fickle or self.for_shop
            return False
        self.doubts += candidate.is_lowered(standing)
        step = Step(candidate, 1, taken, standing.cells)
        self._rest(at, place + 1, after_cuts(standing, taken), (*path, step), mask | candidate.bit)
        is_free = not candidate.is_bound and self.doubts == before
        return is_free and self._is_settled(at, place + 1, standing)

    def _is_settled(self, at: int, place: int, standing: Standing) -> bool:
        """Whether leaving out what meets everything cannot be better, be it by a minor unit."""
        slack = self._slack(at, place, standing)
        if self.for_shop or not slack:
            return True
        least, best = self._least(at, place, standing), self.finds.best
        return least is not None and best is not None and least - slack >= best.payable

    def _is_settled_for(self, taking: Taking, at: int, table: Table) -> bool:
        """Whether no other way to give lines to cut takers can be better, be it by a minor unit."""
        if table.sets or not self._slack(at, 0, table.standing):
            return True
        return all(self._is_settled(at, 0, other) for other in next_bests(taking, table))

    def _slack(self, at: int, place: int, standing: Standing) -> int:
        if self._slacks is None:
            self._slacks = slacks(self.layers, has_floors=standing.cells.has_floors)
        return self._slacks[at][place]

    def _least(self, at: int, place: int, standing: Standing) -> int | None:
        """What all from a place on leave at least, but for slack; None where that is not known."""
        bound = [each for layer in self.layers[at + 1 :] for each in (*layer.sets, *layer.cutters)]
        for layer in self.layers[at:]:
            free, place = layer.rest[place:], 0
            for candidate in free:
                if candidate.is_bound or layer.in_order:
                    bound.append(candidate)
                    continue
                self.steps += 1
                taken = cut_off(candidate, standing)
                if candidate.rule.holds_by_layer or candidate.is_lowered(standing):
                    return None
                if taken is not None:
                    standing = after_cuts(standing, taken)
                elif candidate.is_fickle:
                    return None
            standing = closed(standing)
        return standing.payable - most_of(bound)

    def _is_hopeless(self, payable: int, potential: int) -> bool:
        """Whether nothing better can come of it; counts a step."""
        self.steps += 1
        best = self.finds.best
        if self.steps > self.limit and (best is not None or self.steps > 2 * self.limit):
            self.is_cut_short = True
            return True
        if self.for_shop:
            return False
        return best is not None and payable - potential > best.payable

    def _leaf(self, standing: Standing, path: Path, mask: int) -> None:
        is_beaten = not self.for_shop and self.finds.are_better(standing.payable)
        if self.needed & ~mask or is_beaten:
            return
        if not all(step.candidate.has_partner(mask) for step in path):
            return
        self.finds.come_to(self._found(path, standing), mask)

    def _found(self, path: Path, standing: Standing) -> Found:
        payable = standing.payable
        return Found(path, payable, standing, -payable if self.for_shop else payable)

    def _in_order(
        self, layer: LayerOf, standing: Standing, path: Path, mask: int
    ) -> tuple[Standing, Path, int]:
        """What applies where each that can applies in its turn."""
        after = InTurn.after(standing, path, mask, limit=max(self.limit - self.steps, 0))
        for candidate in in_turn(layer.all):
            asks = candidate.is_bound or self._shut
            is_open = not asks or self._is_allowed(candidate, after.mask)
            if is_open and candidate.has_partner(after.mask):
                after.take(candidate)
        self.is_unsure = self.is_unsure or not after.is_known
        self.steps += after.steps
        return after.standing, tuple(after.path), after.mask
