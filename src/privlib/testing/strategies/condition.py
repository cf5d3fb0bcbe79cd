"""Strategies for conditions, for the facts they are asked of, and for what they find missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st

from privlib.commands.baskets import BasketLine
from privlib.conditions import (
    SHOPPING,
    WEEKDAYS,
    All,
    Always,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Field,
    Kind,
    Measure,
    Measured,
    Not,
    Vocabulary,
    unmet,
)
from privlib.conditions.kinds import ALLOWED
from privlib.refusals import (
    AlternativesUnmet,
    ConditionUnmet,
    MetByNobody,
    NotOpenYet,
    Refusal,
)
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.period import FEW_DAYS, FIRST_DAY
from privlib.values.comparison import BETWEEN_TWO, OF_NOTHING, OF_SEVERAL, Comparison
from privlib.values.goods import Goods
from privlib.values.money import Money, total

__all__ = ["NAMES", "ToldFacts", "conditions", "facts", "of_conditions"]

NAMES: Final = ("gold", "silver", "vip", "tea lover", "wecom")
"""Few names that are asked for, so that they are met often."""

_CLOCKS: Final = ("00:00", "05:59", "06:00", "12:30", "22:00", "22:01", "24:00")
_MINUTES: Final = (0, 359, 360, 361, 750, 1_319, 1_320, 1_321, 1_439)
_COUNTS: Final = st.integers(0, 4)
_AMOUNTS: Final = money(max_value=Money(4_00)) | st.sampled_from([Money(1_00), Money(2_00)])
_GOODS: Final = st.sampled_from(
    [
        Goods(),
        Goods(categories=["tea"]),
        Goods(skus=["cup", "pot"]),
        Goods(without=Goods(categories=["tea/green"])),
        Goods(tags=["new"], price_from=Money(1_00)),
    ]
)
_VALUES: Final[dict[Kind, st.SearchStrategy[Any]]] = {
    Kind.TEXT: st.sampled_from(NAMES),
    Kind.NUMBER: _COUNTS,
    Kind.MONEY: _AMOUNTS,
    Kind.TEXTS: st.sampled_from(NAMES),
    Kind.YES_NO: st.booleans(),
    Kind.DATE: FEW_DAYS,
    Kind.TIME_OF_DAY: st.sampled_from(_CLOCKS),
    Kind.WEEKDAY: st.sampled_from(WEEKDAYS),
    Kind.MOMENT: moments(),
}


@frozen(kw_only=True)
class ToldFacts:
    """Facts of a customer with a basket, as conditions ask for them.

    On any base but `list` goods cost a tenth less, rounded up.
    """

    is_member: bool = False
    tier: str | None = None
    plans: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    stage: str | None = None
    tags: frozenset[str] = frozenset()
    points: int = 0
    orders: int = 0
    days_since_last_order: int | None = None
    date: date = FIRST_DAY
    holiday: str | None = None
    time_of_day: int = 0
    channel: str | None = None
    platform: str | None = None
    lines: tuple[BasketLine, ...] = ()

    @property
    def weekday(self) -> int:
        """Which day of the week it is, 0 for Monday."""
        return self.date.weekday()

    def amount(self, goods: Goods, base: str, /) -> int:
        """What goods cost, in minor units."""
        listed = total(line.amount for line in self._lines_of(goods)).minor
        return listed if base == "list" else listed - listed // 10

    def pieces(self, goods: Goods, /) -> int:
        """How many pieces of them there are."""
        return sum(line.quantity for line in self._lines_of(goods))

    def distinct(self, goods: Goods, /) -> int:
        """How many products there are among them."""
        return len({line.product for line in self._lines_of(goods)})

    def _lines_of(self, goods: Goods) -> list[BasketLine]:
        return [line for line in self.lines if goods.include(line)]


def facts() -> st.SearchStrategy[ToldFacts]:
    """Facts of customers with baskets; much is not known, and much is as it is asked for."""
    name, names = st.none() | st.sampled_from(NAMES), st.frozensets(st.sampled_from(NAMES))
    return st.builds(
        ToldFacts,
        is_member=st.booleans(),
        tier=name,
        plans=names,
        segments=names,
        stage=name,
        tags=names,
        points=_COUNTS,
        orders=_COUNTS,
        days_since_last_order=st.none() | _COUNTS,
        date=FEW_DAYS,
        holiday=name,
        time_of_day=st.sampled_from(_MINUTES) | st.integers(0, 1_439),
        channel=name,
        platform=name,
        lines=st.lists(st.sampled_from(_LINES), unique=True, max_size=4).map(tuple),
    )


_LINES: Final = tuple(
    BasketLine(sku=sku, product=product, price=Money(price), quantity=quantity, categories=[where])
    for sku, product, price, quantity, where in (
        ("longjing", "longjing", 1_00, 1, "tea/green"),
        ("longjing-box", "longjing", 2_00, 1, "tea/green"),
        ("puer", "puer", 50, 2, "tea/dark"),
        ("cup", "cup", 33, 3, "ware"),
    )
)


def conditions(
    *, vocabulary: Vocabulary = SHOPPING, kinds: Iterable[type[Condition]] | None = None
) -> st.SearchStrategy[Condition]:
    """Conditions that can be asked in a vocabulary, of all kinds or of the kinds named.

    Early access is drawn only where a field `date` can be asked for.
    """
    return of_kinds(_conditions(vocabulary), kinds)


@cache
def _conditions(vocabulary: Vocabulary) -> dict[type[Condition], st.SearchStrategy[Condition]]:
    compared = st.sampled_from(vocabulary.fields).flatmap(_compared)
    own: dict[type[Condition], st.SearchStrategy[Condition]] = {
        Compared: compared,
        Always: st.builds(Always),
    }
    if vocabulary.measures:
        own[Measured] = st.sampled_from(vocabulary.measures).flatmap(_measured)
    inner = st.recursive(st.one_of(*own.values()), _joined, max_leaves=6)
    some = st.lists(inner, min_size=1, max_size=4)
    own |= {All: st.builds(All, some), AnyOf: st.builds(AnyOf, some), Not: st.builds(Not, inner)}
    if vocabulary.get("date"):
        own[EarlyAccess] = _early(inner)
    return own


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(st.builds(All, some), st.builds(AnyOf, some), st.builds(Not, inner))


@st.composite
def _early(draw: st.DrawFn, inner: st.SearchStrategy[Condition]) -> EarlyAccess:
    opens, before = draw(FEW_DAYS), draw(st.none() | st.integers(1, 3))
    early_opens = None if before is None else opens - timedelta(days=before)
    return EarlyAccess(opens=opens, early=draw(inner), early_opens=early_opens)


def _compared(word: Field) -> st.SearchStrategy[Compared]:
    return st.sampled_from(sorted(ALLOWED[word.kind])).flatmap(
        lambda comparison: st.builds(
            Compared,
            field=st.just(word.name),
            comparison=st.just(comparison),
            value=_operands(word.kind, comparison),
        )
    )


def _measured(measure: Measure) -> st.SearchStrategy[Measured]:
    kind = Kind.MONEY if measure is Measure.AMOUNT else Kind.NUMBER
    return st.sampled_from(sorted(ALLOWED[kind] - OF_NOTHING)).flatmap(
        lambda comparison: st.builds(
            Measured,
            measure=st.just(measure),
            of=_GOODS,
            base=st.sampled_from(["list", "member", "after:coupon"]),
            comparison=st.just(comparison),
            value=_operands(kind, comparison),
        )
    )


def _operands(kind: Kind, comparison: Comparison) -> st.SearchStrategy[Any]:
    """What a field of this kind can be compared with, so."""
    one = _VALUES[kind]
    if comparison in OF_NOTHING:
        return st.just(())
    if comparison in OF_SEVERAL:
        return st.lists(one, min_size=1, max_size=3)
    if comparison not in BETWEEN_TWO:
        return one
    two = st.lists(one, min_size=2, max_size=2, unique=True)
    return two if kind is Kind.TIME_OF_DAY else two.map(sorted)


def of_conditions() -> dict[type[Refusal], st.SearchStrategy[Refusal]]:
    """What conditions find missing, each kind of it."""
    reason = st.builds(_reason, conditions(kinds=[Compared, Measured]), facts())
    ahead = st.builds(
        NotOpenYet, today=FEW_DAYS, opens=FEW_DAYS.map(lambda day: day + timedelta(days=5))
    )
    parts = st.lists(reason | ahead, min_size=1, max_size=2).map(tuple)
    return {
        ConditionUnmet: reason,
        NotOpenYet: ahead,
        MetByNobody: st.builds(MetByNobody),
        AlternativesUnmet: st.builds(
            AlternativesUnmet, alternatives=st.lists(parts, min_size=2, max_size=3)
        ),
    }


def _reason(leaf: Condition, told: ToldFacts) -> Refusal:
    """What speaks against a comparison, or else against its contrary."""
    (reason,) = unmet(leaf, told, SHOPPING) or unmet(~leaf, told, SHOPPING)
    return reason
