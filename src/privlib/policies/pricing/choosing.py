"""Choosing: the combination that a basket is priced with, by the settings of the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define

from privlib.policies.pricing.applying import (
    Candidate,
    Standing,
    column,
    cut_before_budget,
    cut_on,
    measured,
)
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.candidates import candidates_of
from privlib.policies.pricing.facts import BasketFacts
from privlib.policies.pricing.found import Found, LayerOf
from privlib.policies.pricing.in_turn import in_turn
from privlib.policies.pricing.patterns import Pattern, Stock
from privlib.policies.pricing.search import Search
from privlib.policies.pricing.sets import best_sets
from privlib.policies.pricing.stacking import bind, keep_alone
from privlib.program.offers import Favour
from privlib.program.pricing import Choice, Crossing, Objective, Pricing
from privlib.values.allocation import Overflow

__all__ = ["Chosen", "Combination", "choose", "combination_of"]


@define(eq=False)
class Chosen:
    """What was chosen, the next best that was come across, and whether nothing can be better."""

    found: Found
    second: Found | None
    proven: bool


@define(eq=False)
class Combination:
    """Whatever could apply to a basket by itself, and what was chosen of it."""

    candidates: Sequence[Candidate]
    chosen: Chosen


def combination_of(asked: Asked, pricing: Pricing) -> Combination:
    """The best combination of all that could apply."""
    candidates = candidates_of(asked)
    bind(candidates, pricing)
    priced = [candidate for candidate in candidates if candidate.rule.has_money]
    chosen = choose(priced, asked.standing, pricing, facts=asked.facts)
    if chosen is None:
        raise RuntimeError("nothing at all is always one way to price a basket")
    return Combination(candidates, chosen)


def choose(
    candidates: Sequence[Candidate],
    standing: Standing,
    pricing: Pricing,
    *,
    facts: BasketFacts,
    needed: int = 0,
) -> Chosen | None:
    """The best combination of candidates; None where none holds what is needed.

    One that applies alone is tried by itself, and the others with each other, unless layers come
    one after the other, where it has to come first to be alone, or it is asked what could be added.
    """
    fresh = Standing(
        standing.cells, standing.left, standing.payable, (standing.left,) * len(pricing.layers)
    )
    social: list[Candidate] = []
    loners: list[Candidate] = []
    is_choice = any(not candidate.rule.in_order for candidate in candidates)
    for candidate in candidates:
        if is_choice:
            candidate.highest = _highest(candidate, fresh)
            candidate.best = _most(candidate, fresh, pricing)
        if candidate.best:
            is_loner = candidate.rule.promotion.stacking.alone
            (loners if is_loner else social).append(candidate)
    by_turn = any(candidate.rule.in_order for candidate in candidates)
    is_shops = pricing.objective is Objective.SHOP
    if loners and (by_turn or is_shops or pricing.crossing is Crossing.BY_LAYER):
        keep_alone(loners, social)
        social, loners = [*social, *loners], []
    settings = Settings(pricing, facts, needed)
    chosen = _searched(social, standing, settings)
    for loner in loners:
        chosen = _better(chosen, _searched([loner], standing, settings))
    return chosen


def _better(one: Chosen | None, other: Chosen | None) -> Chosen | None:
    if one is None or other is None:
        return one or other
    best, worse = sorted((one, other), key=lambda chosen: chosen.found.key)
    if best.found.mask == worse.found.mask:
        return best
    passed = [found for found in (best.second, worse.found) if found is not None]
    second = min(passed, key=lambda found: found.key)
    return Chosen(best.found, second, best.proven and worse.proven)


@define(eq=False)
class Settings:
    """How to search: the pricing settings, what conditions ask, and what has to apply."""

    pricing: Pricing
    facts: BasketFacts
    needed: int

    def search(self, layers: Sequence[LayerOf], needed: int) -> Search:
        """A search over some layers, with steps enough to come once to the end of them."""
        pricing = self.pricing
        for_shop = pricing.objective is Objective.SHOP
        limit = max(pricing.node_budget, sum([len(layer.all) + 1 for layer in layers]))
        return Search(layers, limit, self.facts, pricing.at_most, needed, for_shop)


def _searched(
    candidates: Sequence[Candidate], standing: Standing, settings: Settings
) -> Chosen | None:
    layers = _layers(candidates, settings.pricing)
    if settings.pricing.crossing is Crossing.CROSSED:
        return _chosen(settings.search(layers, settings.needed), standing)
    return _layer_by_layer(layers, standing, settings)


def _layer_by_layer(
    layers: Iterable[LayerOf], standing: Standing, settings: Settings
) -> Chosen | None:
    """The best of the first layer, then the best of the second after that, and so on."""
    chosen: Chosen | None = None
    for layer in layers:
        needed = settings.needed & sum([candidate.bit for candidate in layer.all])
        before, search = chosen, settings.search([layer], needed)
        chosen = _chosen(search, standing, before)
        if chosen is None:
            return None
        if before is not None and not before.proven:
            chosen = Chosen(chosen.found, chosen.second, proven=False)
        standing = chosen.found.standing
    return chosen


def _chosen(search: Search, standing: Standing, before: Chosen | None = None) -> Chosen | None:
    path = () if before is None else before.found.path
    mask = 0 if before is None else before.found.mask
    found = search.run(standing, path, mask)
    if found is None and not search.needed:
        found = search.nothing(standing, path)
    return None if found is None else Chosen(found, search.finds.second, search.is_proven)


def _layers(candidates: Sequence[Candidate], pricing: Pricing) -> list[LayerOf]:
    """The candidates by their layers, in the order in which they apply."""
    rows: list[list[Candidate]] = [[] for _ in pricing.layers]
    for candidate in candidates:
        rows[candidate.rule.layer].append(candidate)
    made = []
    for unsorted, layer in zip(rows, pricing.layers, strict=True):
        row = in_turn(unsorted)
        sets = [each for each in row if each.pattern is not None]
        cutters = [each for each in row if each.pattern is None and each.rule.takes_units]
        rest = [each for each in row if not each.rule.takes_units]
        asks = any(each.rule.holds_by_layer for each in row)
        is_in_order = layer.choice is Choice.IN_ORDER
        made.append(LayerOf(is_in_order, tuple(sets), tuple(cutters), tuple(rest), asks))
    return made


def _most(candidate: Candidate, standing: Standing, pricing: Pricing) -> int:
    """The most that a candidate can take off, whatever the others do."""
    rule, cells = candidate.rule, standing.cells
    if candidate.pattern is not None:
        return _most_of_sets(candidate, candidate.pattern, standing)
    if rule.holds_by_layer or pricing.overflow is Overflow.LOST or cells.has_floors:
        return sum([standing.left[place] for place in cells.of(candidate.targets)])
    taken = cut_before_budget(candidate, standing)
    most = 0 if taken is None else taken.amount
    if candidate.highest > 1 and taken is not None:
        most = max(most, _most_of_steps(candidate, standing))
    return most if candidate.budget is None else min(most, candidate.budget)


def _highest(candidate: Candidate, standing: Standing) -> int:
    """The highest step by money that it can reach."""
    steps = candidate.rule.steps
    if steps is None or not candidate.rule.steps_by_money:
        return 0
    return steps.reached(measured(candidate, standing))


def _most_of_steps(candidate: Candidate, standing: Standing) -> int:
    """The most that any of its steps takes off: others may bring it to a lower one."""
    rule, places = candidate.rule, standing.cells.of(candidate.lines)
    cuts = [rule.steps.cut_at(step) for step in range(1, candidate.highest)] if rule.steps else []
    return max([cut_on(rule, cut, standing, places).amount for cut in cuts], default=0)


def _most_of_sets(candidate: Candidate, pattern: Pattern, standing: Standing) -> int:
    cells = standing.cells
    whole = column(standing, candidate.rule.base, range(len(cells.lines)))
    prices = [-(-amount // count) for amount, count in zip(whole, cells.pieces, strict=True)]
    pools = [cells.of(pool) for pool in candidate.pools]
    stock = Stock(prices, prices, cells.pieces, cells.kinds(candidate.products))
    _, taken, is_most = best_sets(pattern, pools, stock)
    if is_most and pattern.favour is Favour.CUSTOMER:
        return sum([cut for _, cut in taken])
    return sum([whole[place] for place in cells.of(candidate.lines)])
