"""Strategies for pricing settings, and for sets of promotions with the settings they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from privlib.program.offers import Offer
from privlib.program.paying import PointsAsMoney
from privlib.program.pricing import Choice, Crossing, Group, Layer, Objective, Pricing
from privlib.program.promotion import Promotion
from privlib.testing.strategies.goods import prices
from privlib.testing.strategies.ids import plain_ids
from privlib.testing.strategies.promotion import LAYERS, promotions
from privlib.testing.strategies.stacking import group_limits, settings_of_groups, stacked
from privlib.values.allocation import Overflow
from privlib.values.ids import promotion_name
from privlib.values.rate import Rate, Rounding
from privlib.values.remainder import Remainder

__all__ = ["groups", "layers", "points_as_money", "pricing_settings", "promotion_sets"]

_CHOICES: Final = st.sampled_from([Choice.BEST, Choice.BEST, Choice.IN_ORDER])
_AT_MOST: Final = st.sampled_from([None, None, None, 1, 2, 3])
_FEW: Final = st.integers(1, 100)


def layers(*, name: str | None = None) -> st.SearchStrategy[Layer]:
    """Layers by themselves, of this name or any, under either way of choosing."""
    names = plain_ids() if name is None else st.just(name)
    return st.builds(Layer, name=names, choice=_CHOICES)


def groups() -> st.SearchStrategy[Group]:
    """Groups by themselves, of which few apply."""
    return st.builds(Group, name=plain_ids(), at_most=st.integers(1, 3))


@cache
def points_as_money(*, currency: str = "CNY") -> st.SearchStrategy[PointsAsMoney]:
    """What points are worth, with and without bounds."""
    some = st.none() | prices(currency=currency)
    return st.builds(
        PointsAsMoney,
        points=_FEW,
        worth=prices(currency=currency),
        step=_FEW,
        minimum=some,
        ceiling=some,
        at_most=st.none() | _FEW.map(lambda percent: Rate(percent, 100)),
        pays_shipping=st.booleans(),
    )


@cache
def pricing_settings(*, currency: str = "CNY") -> st.SearchStrategy[Pricing]:
    """Pricing settings of four layers, without groups."""
    return st.builds(
        Pricing,
        layers=st.tuples(*(layers(name=name) for name in LAYERS)),
        at_most=_AT_MOST,
        objective=st.sampled_from([Objective.CUSTOMER, *Objective]),
        crossing=st.sampled_from([Crossing.CROSSED, *Crossing]),
        rounding=st.sampled_from(Rounding),
        remainder=st.sampled_from(Remainder),
        overflow=st.sampled_from(Overflow),
        points_as_money=st.none() | points_as_money(currency=currency),
    )


@st.composite
def promotion_sets(
    draw: st.DrawFn,
    *,
    max_promotions: int = 6,
    pricing: st.SearchStrategy[Pricing] | None = None,
    currency: str = "CNY",
    kinds: Iterable[type[Offer]] | None = None,
    tiers: Iterable[str] = (),
    holidays: Iterable[str] = (),
    next_coupons: Iterable[tuple[str, str]] = (),
) -> tuple[tuple[Promotion, ...], Pricing]:
    """Promotions that may stand in one program, and the pricing settings they belong to.

    The settings are drawn with any layers, choices and bounds unless `pricing` draws them; groups
    are added to them.
    """
    base = draw(pricing_settings(currency=currency) if pricing is None else pricing)
    single = promotions(
        currency=currency,
        kinds=kinds,
        layers=[layer.name for layer in base.layers],
        tiers=tiers,
        holidays=holidays,
        next_coupons=next_coupons,
    )
    drawn = draw(st.lists(single, max_size=max_promotions))
    limits = draw(group_limits())
    named = [_numbered(promotion, number) for number, promotion in enumerate(drawn, start=1)]
    if len(named) > 1:
        named = draw(stacked(named, limits=limits, pricing=base))
    return tuple(named), evolve(base, groups=settings_of_groups(named, limits))


def _numbered(promotion: Promotion, number: int) -> Promotion:
    """A promotion whose name and codes no other has."""
    codes = [f"{code} {number}" for code in promotion.codes]
    name = promotion_name(f"{promotion.name[:100].strip()} {number}")
    return evolve(promotion, name=name, codes=codes)
