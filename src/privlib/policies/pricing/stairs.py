"""Stairs: what a threshold discount takes off, by the step that its goods reach."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from attrs import define

from privlib.policies.pricing.cutting import amount_once, bounded, percent_once
from privlib.policies.pricing.sharing import Cut, Sharing, rounder
from privlib.program.offers import Step, ThresholdOff
from privlib.program.pricing import Pricing
from privlib.values.money import Money

__all__ = ["Stairs", "stairs_of"]


@define(eq=False, frozen=True)
class Stairs:
    """Where steps start, in money or pieces, and what is taken off at each.

    One step may be repeated as often as it is full, up to `most` times.
    """

    starts: Sequence[int]
    cut_at: Callable[[int], Cut]
    repeats: bool
    most: int | None

    def reached(self, measure: int) -> int:
        """The number of the step that is reached, or how often the one step is full; 0 for none."""
        if not self.repeats:
            return bisect_right(self.starts, measure)
        times = measure // self.starts[0]
        return times if self.most is None else min(times, self.most)

    def cut(self, measure: int) -> Cut | None:
        """What is taken off; None where no step is reached."""
        reached = self.reached(measure)
        return self.cut_at(reached) if reached else None


def stairs_of(offer: ThresholdOff, pricing: Pricing) -> Stairs:
    """The stairs of a threshold discount."""
    share = Sharing(pricing.remainder, pricing.overflow)
    starts = [step.start for step in offer.steps]
    if offer.repeat:
        cut_at = _repeated(offer, share)
    else:
        cuts = [_step_cut(step, offer, pricing, share) for step in offer.steps]
        cut_at = _each_of(cuts)
    return Stairs(starts, cut_at, offer.repeat, offer.at_most)


def _each_of(cuts: Sequence[Cut]) -> Callable[[int], Cut]:
    return lambda step: cuts[step - 1]


def _repeated(offer: ThresholdOff, share: Sharing) -> Callable[[int], Cut]:
    once = (offer.steps[0].off or Money(0)).minor
    ceiling = None if offer.ceiling is None else offer.ceiling.minor

    def cut_at(times: int) -> Cut:
        amount = times * once
        return amount_once(amount if ceiling is None else min(amount, ceiling), share)

    return cut_at


def _step_cut(step: Step, offer: ThresholdOff, pricing: Pricing, share: Sharing) -> Cut:
    ceiling = None if offer.ceiling is None else offer.ceiling.minor
    if step.percent is not None:
        whole = percent_once(rounder(step.percent, pricing.rounding), share)
    else:
        whole = amount_once((step.off or Money(0)).minor, share)
    return whole if ceiling is None else bounded(whole, ceiling, share)
