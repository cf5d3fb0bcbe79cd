"""The tree: conditions that hold or do not, put together of comparisons and of each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, TypeAlias

import attrs
from attrs import field, frozen
from attrs.converters import optional

from privlib.errors import InvalidValueError
from privlib.values.choice import as_tuple, choice_field, kind_of
from privlib.values.comparison import Comparison, Operand, check_operand, operand, typed
from privlib.values.goods import Goods
from privlib.values.ids import plain_id
from privlib.values.period import checked_day

__all__ = [
    "DEEPEST",
    "All",
    "Always",
    "AnyOf",
    "Compared",
    "Condition",
    "EarlyAccess",
    "Measure",
    "Measured",
    "Not",
    "all_of",
]

DEEPEST: Final = 32
"""How many conditions may lie within each other."""


class Measure(StrEnum):
    """What is measured of goods: what they cost, how many pieces, how many different products."""

    AMOUNT = "amount"
    PIECES = "pieces"
    DISTINCT = "distinct"


class _Joined:
    """What every condition can do: be joined with `&` and `|`, and be turned round with `~`."""

    __slots__ = ()

    def __and__(self, other: Condition) -> Condition:
        return all_of((*_parts(self, All), *_parts(other, All)))

    def __or__(self, other: Condition) -> Condition:
        return AnyOf((*_parts(self, AnyOf), *_parts(other, AnyOf)))

    def __invert__(self) -> Condition:
        return self.condition if isinstance(self, Not) else Not(_condition(self))

    def __bool__(self) -> bool:
        raise TypeError("a condition holds of facts; join two with & and |, not with and and or")


def _parts(condition: object, kind: type[All | AnyOf]) -> tuple[Condition, ...]:
    if isinstance(condition, kind):
        return condition.conditions
    if kind is All and isinstance(condition, Always):
        return ()
    return (_condition(condition),)


def _condition(value: object) -> Condition:
    if isinstance(value, Condition):
        return value
    raise InvalidValueError(f"a condition is expected; got {type(value).__name__}")


def _conditions(values: Iterable[object]) -> tuple[Condition, ...]:
    given = tuple(_condition(value) for value in as_tuple(values))
    if not given:
        raise InvalidValueError("at least one condition is expected; got none")
    return given


def _check_value(leaf: Compared | Measured, _attribute: object, value: Operand) -> None:
    check_operand(value, comparison=leaf.comparison)


@frozen(kw_only=True, cache_hash=True)
class Compared(_Joined):
    """A field that is compared with a value, or several.

    A field that is not known is equal to nothing, and above and below nothing: of the comparisons
    only `not_equal`, `none_of`, `contains_none`, `lacks_any` and `unknown` hold of it. Write it as
    `field("tier").one_of("gold", "platinum")`.
    """

    tag: ClassVar = "compared"
    field: str = attrs.field(converter=plain_id)
    comparison: Comparison = choice_field(Comparison)
    value: Operand = attrs.field(default=(), converter=operand, eq=typed, validator=_check_value)


@frozen(kw_only=True, cache_hash=True)
class Measured(_Joined):
    """Goods that are measured, and compared with an amount or a number.

    `base` says of which price an amount is: list, member, remaining, or after a layer. Write it as
    `amount(Goods(categories=["tea"])).at_least(yuan(200))`.
    """

    tag: ClassVar = "measured"
    measure: Measure = choice_field(Measure)
    of: Goods = field(default=Goods(), validator=kind_of(Goods))
    base: str = field(default="list", converter=plain_id)
    comparison: Comparison = choice_field(Comparison)
    value: Operand = field(converter=operand, eq=typed, validator=_check_value)


@frozen(cache_hash=True)
class Always(_Joined):
    """Holds of everything."""

    tag: ClassVar = "always"


def _set_depth(condition: All | AnyOf | Not | EarlyAccess, inner: Iterable[Condition]) -> None:
    depth = 1 + max(_depth(each) for each in inner)
    if depth > DEEPEST:
        raise InvalidValueError(f"at most {DEEPEST} conditions lie within each other")
    object.__setattr__(condition, "depth", depth)


def _depth(condition: Condition) -> int:
    return condition.depth if isinstance(condition, All | AnyOf | Not | EarlyAccess) else 1


@frozen(cache_hash=True)
class All(_Joined):
    """Holds where all of its conditions do: `one & other`."""

    tag: ClassVar = "all"
    conditions: tuple[Condition, ...] = field(converter=_conditions)
    depth: int = field(init=False, default=0, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        _set_depth(self, self.conditions)


@frozen(cache_hash=True)
class AnyOf(_Joined):
    """Holds where one of its conditions does, or more: `one | other`."""

    tag: ClassVar = "any"
    conditions: tuple[Condition, ...] = field(converter=_conditions)
    depth: int = field(init=False, default=0, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        _set_depth(self, self.conditions)


@frozen(cache_hash=True)
class Not(_Joined):
    """Holds where its condition does not: `~condition`."""

    tag: ClassVar = "not"
    condition: Condition = field(converter=_condition)
    depth: int = field(init=False, default=0, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        _set_depth(self, (self.condition,))


@frozen(kw_only=True, cache_hash=True)
class EarlyAccess(_Joined):
    """Holds from the day `opens` on; for those of whom `early` holds, from `early_opens` on.

    Without `early_opens` they are let in from the beginning. Both are local days of the shop.

    Raises InvalidValueError where early is not before.
    """

    tag: ClassVar = "early_access"
    opens: date = field(converter=checked_day)
    early: Condition = field(converter=_condition)
    early_opens: date | None = field(default=None, converter=optional(checked_day))
    depth: int = field(init=False, default=0, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.early_opens is not None and self.early_opens >= self.opens:
            raise InvalidValueError(
                f"{self.early_opens.isoformat()} is not earlier than {self.opens.isoformat()}"
            )
        _set_depth(self, (self._before,))

    @property
    def spelled_out(self) -> Condition:
        """The same in terms of dates."""
        return _from_day(self.opens) | self._before

    @property
    def _before(self) -> Condition:
        """What must hold before it opens for everybody."""
        return self.early if self.early_opens is None else _from_day(self.early_opens) & self.early


def _from_day(day: date) -> Compared:
    return Compared(field="date", comparison=Comparison.AT_LEAST, value=day)


Condition: TypeAlias = Compared | Measured | All | AnyOf | Not | Always | EarlyAccess


def all_of(conditions: Sequence[Condition]) -> Condition:
    """What holds where all of these do: one of them is itself, and none holds of everything."""
    return All(conditions) if len(conditions) > 1 else conditions[0] if conditions else Always()
