"""Asking: conditions as Python writes them, such as `field("tier").equals("gold")`."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import frozen

from privlib.conditions.tree import Compared, Measure, Measured
from privlib.values.comparison import Comparison, Operand, Scalar
from privlib.values.goods import Goods

__all__ = ["FieldAsked", "GoodsAsked", "amount", "distinct", "field", "pieces"]

Leaf = TypeVar("Leaf", Compared, Measured)


class _Ordered(Generic[Leaf]):
    """What can be asked of anything that is counted or measured."""

    __slots__ = ()

    def _leaf(self, comparison: Comparison, value: Operand) -> Leaf:
        raise NotImplementedError

    def equals(self, value: Scalar) -> Leaf:
        """It is just this."""
        return self._leaf(Comparison.EQUAL, value)

    def differs_from(self, value: Scalar) -> Leaf:
        """It is anything but this."""
        return self._leaf(Comparison.NOT_EQUAL, value)

    def at_least(self, value: Scalar) -> Leaf:
        """It is this or more."""
        return self._leaf(Comparison.AT_LEAST, value)

    def more_than(self, value: Scalar) -> Leaf:
        """It is more than this."""
        return self._leaf(Comparison.MORE_THAN, value)

    def at_most(self, value: Scalar) -> Leaf:
        """It is this or less."""
        return self._leaf(Comparison.AT_MOST, value)

    def less_than(self, value: Scalar) -> Leaf:
        """It is less than this."""
        return self._leaf(Comparison.LESS_THAN, value)

    def between(self, first: Scalar, until: Scalar) -> Leaf:
        """It is the first or more, and less than the second; of the day's times, also overnight."""
        return self._leaf(Comparison.BETWEEN, (first, until))

    def outside(self, first: Scalar, until: Scalar) -> Leaf:
        """It is known, and not between these."""
        return self._leaf(Comparison.OUTSIDE, (first, until))


@frozen
class FieldAsked(_Ordered[Compared]):
    """A field, of which something is asked next."""

    name: str

    def _leaf(self, comparison: Comparison, value: Operand = ()) -> Compared:
        return Compared(field=self.name, comparison=comparison, value=value)

    def one_of(self, *values: Scalar) -> Compared:
        """It is one of these."""
        return self._leaf(Comparison.ONE_OF, values)

    def none_of(self, *values: Scalar) -> Compared:
        """It is none of these, or not known."""
        return self._leaf(Comparison.NONE_OF, values)

    def contains_any(self, *values: Scalar) -> Compared:
        """One of these is in it, or more."""
        return self._leaf(Comparison.CONTAINS_ANY, values)

    def contains_all(self, *values: Scalar) -> Compared:
        """All of these are in it."""
        return self._leaf(Comparison.CONTAINS_ALL, values)

    def contains_none(self, *values: Scalar) -> Compared:
        """None of these is in it."""
        return self._leaf(Comparison.CONTAINS_NONE, values)

    def lacks_any(self, *values: Scalar) -> Compared:
        """One of these is not in it, or more."""
        return self._leaf(Comparison.LACKS_ANY, values)

    def is_known(self) -> Compared:
        """Something is known of it."""
        return self._leaf(Comparison.KNOWN)

    def is_unknown(self) -> Compared:
        """Nothing is known of it."""
        return self._leaf(Comparison.UNKNOWN)


@frozen(kw_only=True)
class GoodsAsked(_Ordered[Measured]):
    """Goods that are measured, of which something is asked next."""

    measure: Measure
    of: Goods
    base: str = "list"

    def _leaf(self, comparison: Comparison, value: Operand) -> Measured:
        return Measured(
            measure=self.measure, of=self.of, base=self.base, comparison=comparison, value=value
        )


def field(name: str) -> FieldAsked:
    """A field, to ask something of it.

    >>> gold = field("tier").one_of("gold", "platinum")
    >>> new = field("nth_order").equals(1)
    >>> condition = gold | new & ~field("channel").equals("douyin")
    """
    return FieldAsked(name)


def amount(of: Goods = Goods(), *, base: str = "list") -> GoodsAsked:  # noqa: B008 - it is frozen
    """What goods cost, all of them unless some are named.

    >>> from privlib.values.money import yuan
    >>> amount(Goods(categories=["tea"]), base="member").at_least(yuan(200)).value
    Money(minor=20000, currency='CNY')
    """
    return GoodsAsked(measure=Measure.AMOUNT, of=of, base=base)


def pieces(of: Goods = Goods()) -> GoodsAsked:  # noqa: B008 - it is frozen
    """How many pieces of goods there are, of all of them unless some are named."""
    return GoodsAsked(measure=Measure.PIECES, of=of)


def distinct(of: Goods = Goods()) -> GoodsAsked:  # noqa: B008 - it is frozen
    """How many different products there are among goods."""
    return GoodsAsked(measure=Measure.DISTINCT, of=of)
