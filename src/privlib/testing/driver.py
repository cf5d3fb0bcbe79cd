"""The driver: a PrivateDomain driven by dice, for volume; a failure is replayed from its seed.

Hypothesis shrinks what it finds (see `machine`); the driver is many times as fast.
"""

from __future__ import annotations

from typing import Final

from attrs import define, evolve, frozen

from privlib.errors import InvalidValueError, LawBrokenError
from privlib.program.loading import default_program
from privlib.program.program import Program
from privlib.testing.deck import Deck
from privlib.testing.dice import Dice
from privlib.testing.storages import MakeStorage, in_memory
from privlib.testing.walk import Walk
from privlib.testing.watched_shop import WatchedShop

__all__ = ["Place", "Report", "drive"]

_STEPS_A_SHOP: Final = 2_000
_CHECKED_EVERY: Final = 500
_CUSTOMERS: Final = 40


@frozen(kw_only=True)
class Report:
    """What came of a drive: how many steps in how many shops, and what was decided in them."""

    seed: int
    steps: int
    shops: int = 0
    decisions: int = 0
    refused: int = 0
    events: int = 0
    requests: int = 0


@frozen(kw_only=True)
class Place:
    """Where a drive broke a law: `drive(seed=seed, steps=step)` comes there again."""

    seed: int
    step: int
    example: object


def drive(
    *,
    seed: int,
    steps: int,
    program: Program | None = None,
    make_storage: MakeStorage = in_memory,
) -> Report:
    """Take so many steps, drawn from the seed, and hold each of them against the laws.

    Every 2,000 steps a new shop is opened, over a storage that is made for it. Without a program
    it is the default one.

    >>> drive(seed=1, steps=50).shops
    1

    Raises LawBrokenError, whose example is the place of the failure: its seed and step.
    """
    if steps < 0:
        raise InvalidValueError(f"a drive takes 0 steps or more; got {steps}")
    deck = Deck(
        default_program() if program is None else program, customers=_CUSTOMERS, with_names=True
    )
    driven = _Drive(deck, make_storage, Dice(seed), Report(seed=seed, steps=steps))
    try:
        driven.run()
    except LawBrokenError as fault:
        place = Place(seed=seed, step=driven.step, example=fault.example)
        raise LawBrokenError(fault.law, fault.breach, place) from fault
    except Exception as fault:
        fault.add_note(f"in step {driven.step} of drive(seed={seed}, steps={steps})")
        raise
    return driven.report


@define(eq=False)
class _Drive:
    """A drive on its way: one shop after the other."""

    deck: Deck
    make_storage: MakeStorage
    dice: Dice
    report: Report
    step: int = 0

    def run(self) -> None:
        while self.step < self.report.steps:
            shop = WatchedShop(self.deck.program, self.make_storage)
            self._walk_through(shop)
            shop.close()
            self._count(shop)

    def _walk_through(self, shop: WatchedShop) -> None:
        walk = Walk(self.deck, self.dice, shop)
        for _ in range(min(_STEPS_A_SHOP, self.report.steps - self.step)):
            self.step += 1
            walk.one_step()
            if self.step % _CHECKED_EVERY == 0:
                shop.check()

    def _count(self, shop: WatchedShop) -> None:
        decisions = [decision for _, decision in shop.told.values()]
        self.report = evolve(
            self.report,
            shops=self.report.shops + 1,
            decisions=self.report.decisions + len(decisions),
            refused=self.report.refused + sum(bool(each.refusals) for each in decisions),
            events=self.report.events + sum(len(each.events) for each in decisions),
            requests=self.report.requests + len(shop.witness.requests),
        )
