"""Strategies for lines of a quote: their pieces sum to them, and what is taken off to the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Final

from hypothesis import strategies as st

from privlib.quotes import Adjustment, PieceGroup, QuotedLine, QuotedShipping, ShelfPrice
from privlib.testing.strategies.goods import CATALOGUE, prices

__all__ = ["adjustments", "piece_groups", "quoted_lines", "quoted_ways", "shelf_prices"]

TAKEN_OFF: Final = (
    ("gold price", "shelf"),
    ("second half", "line"),
    ("spring", "order"),
    ("c-1", "coupon"),
)
OFF_SHIPPING: Final = (("free post", "shipping"),)
"""What takes something off, each in its layer, in the order of the layers."""

_SKUS: Final = st.sampled_from(sorted(CATALOGUE))
_RULES: Final = st.sampled_from(["gold price", "june", "plan"])
_AMOUNTS: Final = st.integers(0, 200_00)
_METHODS: Final = st.sampled_from(["standard", "courier"])


def adjustments(*, currency: str = "CNY") -> st.SearchStrategy[Adjustment]:
    """What one rule takes off, by itself: at most what it is reckoned on."""
    return st.builds(_adjustment, st.sampled_from(TAKEN_OFF), _AMOUNTS, _AMOUNTS, st.just(currency))


def _adjustment(rule: tuple[str, str], amount: int, rest: int, currency: str) -> Adjustment:
    source, layer = rule
    return Adjustment(
        source=source,
        layer=layer,
        base_minor=amount + rest,
        amount_minor=amount,
        currency=currency,
    )


@st.composite
def piece_groups(
    draw: st.DrawFn, *, price: int | None = None, pieces: int | None = None, currency: str = "CNY"
) -> PieceGroup:
    """Pieces of one list price, in minor units, that went the same way, down to nothing."""
    each = draw(prices()).minor if price is None else price
    count = draw(st.integers(1, 3)) if pieces is None else pieces
    taken = _taken_off(draw, each * count, TAKEN_OFF, currency)
    return PieceGroup(
        pieces=count,
        list_minor=each * count,
        payable_minor=each * count - _sum_of(taken),
        adjustments=taken,
        currency=currency,
    )


def _taken_off(
    draw: st.DrawFn, whole: int, rules: Iterable[tuple[str, str]], currency: str
) -> tuple[Adjustment, ...]:
    """What some of these rules take off an amount, one after the other."""
    made = []
    for rule in rules:
        amount = draw(st.just(0) | st.integers(0, whole))
        if amount:
            made.append(_adjustment(rule, amount, whole - amount, currency))
        whole -= amount
    return tuple(made)


def _sum_of(taken: Iterable[Adjustment]) -> int:
    return sum(each.amount_minor for each in taken)


@st.composite
def shelf_prices(draw: st.DrawFn) -> ShelfPrice:
    """Shelf prices of a rule or of the list, with the prices that did not count."""
    rule = draw(st.none() | _RULES)
    others = draw(st.lists(_RULES.filter(lambda name: name != rule), max_size=2, unique=True))
    replaced = [(name, draw(prices()).minor) for name in others]
    return ShelfPrice(rule=rule, price_minor=draw(prices()).minor, replaced=replaced)


@st.composite
def quoted_lines(
    draw: st.DrawFn, *, id: str | None = None, max_quantity: int = 3, currency: str = "CNY"
) -> QuotedLine:
    """Lines as priced, of up to `max_quantity` pieces, which may have gone different ways."""
    sku, price = draw(_SKUS), draw(prices()).minor
    quantity = draw(st.integers(1, max_quantity))
    groups = [
        draw(piece_groups(price=price, pieces=pieces, currency=currency))
        for pieces in _parts(draw, quantity)
    ]
    return QuotedLine(
        id=sku if id is None else id,
        sku=sku,
        quantity=quantity,
        list_minor=price * quantity,
        payable_minor=sum(group.payable_minor for group in groups),
        adjustments=_together(groups, currency),
        split=groups if len(groups) > 1 else (),
        shelf=draw(st.none() | shelf_prices()),
        currency=currency,
    )


def _parts(draw: st.DrawFn, whole: int) -> list[int]:
    """A number of pieces in parts, none of them empty."""
    places = draw(st.sets(st.integers(1, whole - 1))) if whole > 1 else set[int]()
    return [upper - lower for lower, upper in pairwise([0, *sorted(places), whole])]


def _together(groups: Sequence[PieceGroup], currency: str) -> tuple[Adjustment, ...]:
    """What each rule takes off all the pieces together, in the order of the layers."""
    order = [source for source, _ in TAKEN_OFF]
    taken = [each for group in groups for each in group.adjustments]
    taken.sort(key=lambda each: order.index(each.source))
    made = []
    for (source, layer), some in groupby(taken, key=lambda each: (each.source, each.layer)):
        parts = [*some]
        amount, base = _sum_of(parts), sum(each.base_minor for each in parts)
        made.append(_adjustment((source, layer), amount, base - amount, currency))
    return tuple(made)


@st.composite
def quoted_ways(
    draw: st.DrawFn, *, method: str | None = None, currency: str = "CNY"
) -> QuotedShipping:
    """Ways of shipping as priced, for nothing too."""
    price = draw(st.just(0) | _AMOUNTS)
    taken = _taken_off(draw, price, OFF_SHIPPING, currency)
    name = draw(_METHODS) if method is None else method
    return QuotedShipping(
        id=name,
        method=name,
        list_minor=price,
        payable_minor=price - _sum_of(taken),
        adjustments=taken,
        currency=currency,
    )
