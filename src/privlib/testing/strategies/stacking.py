"""Strategies for what promotions may meet: groups, partners and opponents that do not clash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from privlib.program.pricing import Group, Pricing
from privlib.program.promotion import Promotion, Stacking
from privlib.program.stacking_checks import comes_too_late
from privlib.values.ids import PromotionName

__all__ = ["group_limits", "settings_of_groups", "stacked", "stackings"]

_GROUPS: Final = ("a", "b")
_SELDOM: Final = st.integers(0, 7).map(lambda number: number == 1)
_OF_GROUPS: Final = st.lists(st.sampled_from(_GROUPS), max_size=2, unique=True)


@st.composite
def stackings(draw: st.DrawFn) -> Stacking:
    """What a promotion may meet, without naming others."""
    return Stacking(groups=draw(st.just([]) | _OF_GROUPS), alone=draw(_SELDOM))


def group_limits() -> st.SearchStrategy[Mapping[str, int]]:
    """How many of each group apply at most, for the groups that `stackings` knows."""
    limits = st.sampled_from([1, 1, 2, 3])
    return st.fixed_dictionaries(dict.fromkeys(_GROUPS, limits))


def settings_of_groups(
    promotions: Sequence[Promotion], limits: Mapping[str, int]
) -> tuple[Group, ...]:
    """The settings of those groups that promotions are in."""
    used = {group for promotion in promotions for group in promotion.stacking.groups}
    return tuple(Group(name=name, at_most=limits[name]) for name in sorted(used))


@st.composite
def stacked(
    draw: st.DrawFn,
    promotions: Sequence[Promotion],
    *,
    limits: Mapping[str, int],
    pricing: Pricing,
) -> list[Promotion]:
    """The same promotions, some of them only with others, or never with others.

    What could never apply is not drawn.
    """
    names = [promotion.name for promotion in promotions]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names))
    apart = {pair for pair in draw(st.lists(pairs, max_size=2)) if pair[0] != pair[1]}
    together = [] if pricing.at_most == 1 else draw(st.just([]) | st.lists(pairs, max_size=2))
    by_name = {promotion.name: promotion for promotion in promotions}
    partners = [
        (one, other)
        for one, other in together
        if not {(one, other), (other, one)} & apart
        and _can_meet(by_name[one], by_name[other], limits)
        and not comes_too_late(by_name[other], by_name[one], pricing)
    ]
    return [_bound(promotion, only=partners, never=apart) for promotion in promotions]


def _can_meet(one: Promotion, other: Promotion, limits: Mapping[str, int]) -> bool:
    shared = set(one.stacking.groups) & set(other.stacking.groups)
    is_alone = one.stacking.alone or other.stacking.alone
    return one is not other and not is_alone and all(limits[group] > 1 for group in shared)


def _bound(
    promotion: Promotion,
    *,
    only: Sequence[tuple[PromotionName, PromotionName]],
    never: set[tuple[PromotionName, PromotionName]],
) -> Promotion:
    stacking = evolve(
        promotion.stacking,
        only_with=[other for one, other in only if one == promotion.name],
        never_with=[other for one, other in never if one == promotion.name],
    )
    return evolve(promotion, stacking=stacking)
