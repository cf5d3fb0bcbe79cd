"""Slack: by how much what applies first can be in the way of what comes later, though it meets it.

Every cut leaves less to pay, and what finds less left leaves less, too. But an amount that is
shared over several lines is shared in whole minor units, by what is left of each: with less left
elsewhere, one line can come off a unit worse. That matters where something later looks at this line
by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.found import LayerOf
from privlib.policies.pricing.rules import REMAINING
from privlib.program.offers import AmountOff, PercentOff, Spread, ThresholdOff, UnitAmounts
from privlib.values.allocation import Overflow

__all__ = ["slacks"]


class _Look(NamedTuple):
    """The rows that a candidate looks at, as bits, and whether at what is left of all together."""

    rows: int
    at_the_whole: bool

    def tells_apart(self, rows: int) -> bool:
        """Whether it matters to it how an amount lies on some rows."""
        if not rows & self.rows:
            return False
        return not (self.at_the_whole and self.rows | rows == self.rows)


def slacks(layers: Sequence[LayerOf], *, has_floors: bool) -> list[list[int]]:
    """How much the candidates from each place in a layer on can be in each other's way at most."""
    made: list[list[int]] = []
    later: list[_Look] = []
    slack = 0
    for layer in reversed(layers):
        row = [slack]
        for candidate in reversed(layer.rest):
            slack += _slack(candidate, later)
            later.append(_look(candidate, has_floors=has_floors))
            row.append(slack)
        made.append(row[::-1])
        takers = [*layer.cutters, *layer.sets]
        looks = [_look(taker, has_floors=has_floors) for taker in takers]
        for at, taker in enumerate(takers):
            slack += _slack(taker, [*later, *looks[:at], *looks[at + 1 :]])
        later += looks
    return made[::-1]


def _slack(candidate: Candidate, later: Iterable[_Look]) -> int:
    """How much worse lines can come off, as far as anything later looks at that."""
    most = _most(candidate)
    if not most or candidate.rule.share.loses_odd_units:
        return most
    rows = _rows(candidate)
    return most if any(look.tells_apart(rows) for look in later) else 0


def _most(candidate: Candidate) -> int:
    """How much worse lines can come off for what is left of others."""
    if candidate.pattern is not None or _wastes_lines(candidate):
        return candidate.best
    several = len(candidate.targets) if len(candidate.targets) > 1 else 0
    match candidate.rule.promotion.offer:
        case UnitAmounts(spread=Spread.ONCE):
            return candidate.best
        case PercentOff(ceiling=None, rounded=Spread.UNIT | Spread.LINE):
            return 0
        case PercentOff() | ThresholdOff() | AmountOff(spread=Spread.ONCE):
            return several
        case _:
            return 0


def _wastes_lines(candidate: Candidate) -> bool:
    """Whether it loses what it shares with a line that has nothing left, and nobody else takes."""
    rule = candidate.rule
    loses = rule.base != REMAINING and rule.share.overflow is Overflow.LOST
    return rule.takes_units and loses and len(candidate.targets) > 1


def _look(candidate: Candidate, *, has_floors: bool) -> _Look:
    rule = candidate.rule
    match rule.promotion.offer:
        case PercentOff(rounded=Spread.ONCE) | AmountOff(spread=Spread.ONCE) | ThresholdOff():
            is_shared = True
        case _:
            is_shared = False
    loses = rule.base != REMAINING and rule.share.overflow is Overflow.LOST
    is_open = not (loses or rule.share.loses_odd_units)
    is_whole = is_shared and is_open and not rule.takes_units and not has_floors
    return _Look(_rows(candidate), is_whole)


def _rows(candidate: Candidate) -> int:
    return sum([1 << row for row in candidate.targets])
