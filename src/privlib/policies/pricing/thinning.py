"""Thinning: what saves nothing beside the others is left out of what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from attrs import define, evolve

from privlib.policies.pricing.applying import Standing, cut_off
from privlib.policies.pricing.found import Found, Step, after_cuts, closed, is_affordable
from privlib.program.offers import AmountOff, PercentOff, Spread

__all__ = ["thinned"]


def thinned(found: Found, *, kept: int, first_layer: int) -> Found:
    """The same price without what saves nothing: coupons first, and what applies last before all.

    `kept` are the bits of those that stay, `first_layer` is the first of the layers in which
    something may be left out. What comes before pieces are given out stays, since these were chosen
    for what it leaves.
    """
    steps = _steps_again(found, first_layer)
    doubtful = [step for step in _doubtful(steps) if not step.candidate.bit & kept]
    if not doubtful:
        return found
    tail = _tail(found, steps)
    for step in sorted(doubtful, key=_is_no_coupon):
        fewer = evolve(tail, steps=[each for each in tail.steps if each is not step])
        other = fewer.applied(found)
        if other is not None and other.payable <= found.payable:
            tail, found = fewer, other
    return found


def _doubtful(steps: Sequence[Step]) -> Iterator[Step]:
    """Those that may save nothing, the last ones first.

    Where later steps take fixed amounts in full, all of it stays saved; a later percentage takes
    its part of it back: `kept / whole` of it stays, but for a unit that it rounds on each row.
    """
    greedy: list[Step] = []
    kept, whole, parts = 1, 1, 0
    for step in reversed(steps):
        is_whole = step.taken.amount * kept // whole > parts
        if not is_whole or any(_share_rows(step, each) for each in greedy):
            yield step
        match step.candidate.rule.promotion.offer:
            case AmountOff(spread=Spread.ONCE, amount=amount) if amount.minor == step.taken.amount:
                pass
            case PercentOff(percent=rate) if rate.numerator < rate.denominator:
                kept, whole = kept * (rate.denominator - rate.numerator), whole * rate.denominator
                parts += max(len(step.taken.places), 1)
            case _:
                greedy.append(step)


def _share_rows(one: Step, other: Step) -> bool:
    return not set(one.candidate.targets).isdisjoint(other.candidate.targets)


def _is_no_coupon(step: Step) -> bool:
    return step.candidate.coupon is None


@define(eq=False)
class _Tail:
    """The steps that can be gone through again, and where things stand before the first of them."""

    head: Sequence[Step]
    steps: Sequence[Step]
    standing: Standing
    layer: int

    def applied(self, found: Found) -> Found | None:
        """What it comes to with these steps; None where one of them no longer applies."""
        standing, path = self.standing, list(self.head)
        mask = sum([step.candidate.bit for step in (*self.head, *self.steps)])
        if not all(step.candidate.has_partner(mask) for step in (*self.head, *self.steps)):
            return None
        for layer in range(self.layer, len(found.standing.after)):
            for step in self.steps:
                if step.candidate.rule.layer == layer:
                    taken = cut_off(step.candidate, standing)
                    if taken is None or not is_affordable(step.candidate, taken.amount, path):
                        return None
                    standing = after_cuts(standing, taken)
                    path.append(Step(step.candidate, 1, taken, standing.cells))
            standing = closed(standing)
        return Found(tuple(path), standing.payable, standing, standing.payable)


def _steps_again(found: Found, first_layer: int) -> Sequence[Step]:
    """The last steps of what was found, back to where pieces were given out."""
    final = found.standing

    def can_go_again(step: Step) -> bool:
        rule = step.candidate.rule
        is_open = not (rule.takes_units or rule.holds_by_layer or rule.in_order)
        return is_open and rule.layer >= first_layer and step.cells is final.cells

    count = len(list(takewhile(can_go_again, reversed(found.path))))
    return found.path[len(found.path) - count :]


def _tail(found: Found, steps: Sequence[Step]) -> _Tail:
    """These last steps, and where things stood before them."""
    final = found.standing
    left, payable = list(final.left), final.payable
    for step in steps:
        payable += step.taken.amount
        for place, cut in zip(step.taken.places, step.taken.cuts, strict=True):
            left[place] += cut
    layer = steps[0].candidate.rule.layer if steps else len(final.after)
    before = Standing(final.cells, left, payable, final.after[:layer])
    return _Tail(found.path[: len(found.path) - len(steps)], steps, before, layer)
