"""Refusals: what a condition asks for and is not so, with what is missing."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, TypeAlias

import attrs

from privlib.values.choice import as_tuple, choice_field
from privlib.values.comparison import Comparison, Operand, Scalar, operand, values_in
from privlib.values.frozen import frozen
from privlib.values.goods import Goods

__all__ = ["AlternativesUnmet", "ConditionUnmet", "MetByNobody", "NotOpenYet", "Unmet"]


@frozen(kw_only=True)
class ConditionUnmet:
    """Something would have to be so, and is not.

    `field` is what is compared, `called` how a sentence names it. `has` is what is so; None where
    nothing is known. `missing` is what would have to be added, where that can be said. Where goods
    are measured they are named, and `base` says of which price an amount is.
    """

    tag: ClassVar = "condition_unmet"
    field: str
    called: str
    comparison: Comparison = choice_field(Comparison)
    needs: Operand = attrs.field(default=(), converter=operand)
    has: Operand | None = None
    missing: Operand | None = None
    goods: Goods | None = None
    base: str | None = None

    @property
    def low(self) -> Scalar:
        """Where what is needed begins, if it lies between two."""
        return values_in(self.needs)[0]

    @property
    def high(self) -> Scalar:
        """Where it ends, and is no longer in it."""
        return values_in(self.needs)[-1]


@frozen(kw_only=True)
class NotOpenYet:
    """It is too early: for this person it opens on the day given."""

    tag: ClassVar = "not_open_yet"
    opens: date
    today: date


@frozen(kw_only=True)
class MetByNobody:
    """What is asked for is never so."""

    tag: ClassVar = "met_by_nobody"


@frozen(kw_only=True)
class AlternativesUnmet:
    """One of several alternatives would be enough, and none is met: what each of them misses."""

    tag: ClassVar = "alternatives_unmet"
    alternatives: tuple[tuple[Unmet, ...], ...] = attrs.field(converter=as_tuple)


Unmet: TypeAlias = ConditionUnmet | NotOpenYet | MetByNobody | AlternativesUnmet
