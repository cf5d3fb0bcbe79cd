"""Threshold discounts: so much off from so much (满减), in steps, once or for every full step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from attrs import field, frozen
from attrs.converters import optional

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.offers.checks import (
    as_percent,
    check_optional_count,
    check_part,
    check_price,
)
from privlib.values.choice import as_tuple, each_of, kind_of
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["Step", "ThresholdOff"]


@frozen(kw_only=True)
class Step:
    """From so much money, or from so many pieces: so much off, or so many percent."""

    amount: Money | None = field(default=None, validator=check_price)
    pieces: int | None = field(default=None, validator=check_optional_count)
    off: Money | None = field(default=None, validator=check_price)
    percent: Rate | None = field(default=None, converter=optional(as_percent), validator=check_part)

    def __attrs_post_init__(self) -> None:
        if (self.amount is None) == (self.pieces is None):
            raise InvalidValueError("a step starts at an amount or at a number of pieces: give one")
        if (self.off is None) == (self.percent is None):
            raise InvalidValueError("a step takes an amount off or a percentage: give one")

    @property
    def start(self) -> int:
        """Where it starts, in minor units or pieces."""
        return self.amount.minor if self.amount is not None else self.pieces or 0


@frozen(kw_only=True)
class ThresholdOff:
    """So much off from so much (满减, 满折): the highest step that is reached counts.

    With `repeat`, the one step counts as often as it is full (每满减), at most so many times.
    What it takes is shared over all that it touches.

    Raises ProgramError with every fault among the steps.
    """

    tag: ClassVar[str] = "threshold_off"

    steps: tuple[Step, ...] = field(converter=as_tuple, validator=each_of(Step))
    repeat: bool = field(default=False, validator=kind_of(bool))
    at_most: int | None = field(default=None, validator=check_optional_count)
    ceiling: Money | None = field(default=None, validator=check_price)

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if not self.steps:
            yield Problem("steps", "a threshold has at least one step")
            return
        by_pieces = self.steps[0].amount is None
        for at, step in enumerate(self.steps):
            if (step.amount is None) is not by_pieces:
                yield Problem(f"steps[{at}]", "steps go by money or by pieces, not by both")
        for at, (lower, upper) in enumerate(pairwise(self.steps), start=1):
            if upper.start <= lower.start:
                yield Problem(f"steps[{at}]", "steps go upward")
        if self.repeat and (len(self.steps) > 1 or self.steps[0].off is None):
            yield Problem("repeat", "one step with an amount off can be repeated, and nothing else")
        if self.at_most is not None and not self.repeat:
            yield Problem("at_most", "only what is repeated can be bounded")
