"""Strategies for promotions by themselves, over the small catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Final

from hypothesis import strategies as st

from privlib.conditions import (
    SHOPPING,
    Always,
    Condition,
    Measured,
    Vocabulary,
    field,
    leaves,
)
from privlib.program.offers import Bundle, Offer
from privlib.program.offers.gives import OffNoGoods
from privlib.program.promotion import Promotion, Threshold, Trigger, UseLimits, base_layer
from privlib.testing.strategies.condition import conditions
from privlib.testing.strategies.goods import goods, prices
from privlib.testing.strategies.ids import promotion_names
from privlib.testing.strategies.offer import offers
from privlib.testing.strategies.period import FEW_DAYS, FIRST_DAY
from privlib.testing.strategies.stacking import stackings
from privlib.values.goods import Goods

__all__ = ["LAYERS", "promotions", "thresholds", "use_limits"]

LAYERS: Final = ("line", "order", "coupon", "shipping")
_DAYS_AFTER: Final = st.integers(1, 4).map(lambda days: timedelta(days=days))
_ALWAYS: Final = st.just(Always())
_HOLIDAY: Final[st.SearchStrategy[Condition]] = st.sampled_from(
    [field("holiday").is_known(), field("holiday").is_unknown()]
)
_CODES: Final = st.lists(st.sampled_from(["SPRING", "tea", "私域"]), min_size=1, max_size=2)
_FEW: Final = st.integers(1, 4)
_OF_PROGRAMS: Final = frozenset({"tier", "stage", "holiday"})
"""Fields that hold what a program says."""
_PRIORITIES: Final = st.just(0) | st.integers(-2, 2)


@cache
def _words(currency: str) -> Vocabulary:
    """What can be asked under any program; amounts are drawn in CNY only."""
    fields = [word for word in SHOPPING.fields if word.name not in _OF_PROGRAMS]
    measures = SHOPPING.measures if currency == "CNY" else ()
    return Vocabulary(fields=fields, measures=measures)


def thresholds(
    *, currency: str = "CNY", layers: Iterable[str] = LAYERS
) -> st.SearchStrategy[Threshold]:
    """Thresholds of amounts, pieces and products; `layers` are those that come before."""
    return _thresholds(currency, tuple(layers))


@cache
def _thresholds(currency: str, layers: tuple[str, ...]) -> st.SearchStrategy[Threshold]:
    bases = st.sampled_from(_bases(layers))
    amount = prices(currency=currency)
    return st.one_of(
        st.builds(Threshold, amount=amount, base=bases),
        st.builds(Threshold, pieces=_FEW, base=bases),
        st.builds(Threshold, distinct=st.integers(1, 3), base=bases),
        st.builds(Threshold, amount=amount, pieces=_FEW, distinct=st.none() | _FEW, base=bases),
    )


def _bases(layers: Sequence[str]) -> list[str]:
    return ["remaining", "list", "member", *(f"after:{layer}" for layer in layers)]


@cache
def use_limits(*, currency: str = "CNY") -> st.SearchStrategy[UseLimits]:
    """Limits of uses and budgets, often none."""
    some = st.none() | _FEW
    return st.just(UseLimits()) | st.builds(
        UseLimits, uses=some, per_customer=some, budget=st.none() | prices(currency=currency)
    )


def promotions(
    *,
    currency: str = "CNY",
    kinds: Iterable[type[Offer]] | None = None,
    layers: Iterable[str] = LAYERS,
    tiers: Iterable[str] = (),
    holidays: Iterable[str] = (),
    next_coupons: Iterable[tuple[str, str]] = (("june", "tea"),),
) -> st.SearchStrategy[Promotion]:
    """Promotions by themselves, which name no others, with offers of all kinds or of those named.

    `layers` are those of the shop, in their order; `tiers` and `holidays` those that conditions
    may name.
    """
    return _promotions(
        currency,
        offers(currency=currency, kinds=kinds, next_coupons=next_coupons),
        layers=tuple(layers),
        named={"tier": tuple(tiers), "holiday": tuple(holidays)},
    )


@st.composite
def _promotions(
    draw: st.DrawFn,
    currency: str,
    offered: st.SearchStrategy[Offer],
    *,
    layers: tuple[str, ...],
    named: Mapping[str, tuple[str, ...]],
) -> Promotion:
    offer = draw(offered)
    place = draw(st.integers(0, len(layers) - 1))
    earlier = layers[:place]
    trigger = draw(st.sampled_from([Trigger.AUTOMATIC, Trigger.AUTOMATIC, *Trigger]))
    starts = draw(st.none() | FEW_DAYS)
    return Promotion(
        name=draw(promotion_names()),
        layer=layers[place],
        offer=offer,
        goods=Goods() if isinstance(offer, Bundle) else draw(goods(currency=currency)),
        when=draw(_whens(currency, earlier, named)),
        needs=draw(st.none() | _thresholds(currency, earlier)),
        base=draw(st.sampled_from(_bases(earlier))),
        trigger=trigger,
        codes=draw(_CODES) if trigger is Trigger.CODE else (),
        priority=draw(_PRIORITIES),
        uses_units=not isinstance(offer, OffNoGoods) and draw(st.booleans()),
        stacking=draw(stackings()),
        limits=draw(use_limits(currency=currency)),
        starts=starts,
        ends=draw(st.none() | _DAYS_AFTER.map((starts or FIRST_DAY).__add__)),
    )


def _whens(
    currency: str, earlier: tuple[str, ...], named: Mapping[str, tuple[str, ...]]
) -> st.SearchStrategy[Condition]:
    """What else must hold: often nothing."""
    choices = [_conditions(currency, earlier), _HOLIDAY]
    choices += [_one_of(word, names) for word, names in named.items() if names]
    asked = st.one_of(choices)
    return st.integers(0, 2).flatmap(lambda number: asked if number == 1 else _ALWAYS)


def _one_of(word: str, names: Sequence[str]) -> st.SearchStrategy[Condition]:
    some = st.lists(st.sampled_from(names), min_size=1, max_size=2)
    return some.map(lambda asked: field(word).one_of(*asked))


@cache
def _conditions(currency: str, earlier: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    """Conditions on amounts that are known when a layer begins; none in place of any others."""
    return conditions(vocabulary=_words(currency)).map(
        lambda condition: condition if _is_known(condition, earlier) else Always()
    )


def _is_known(condition: Condition, earlier: tuple[str, ...]) -> bool:
    bases = [leaf.base for leaf in leaves(condition) if isinstance(leaf, Measured)]
    layers = [base_layer(base) for base in bases]
    return all(layer is None or layer in earlier for layer in layers)
