"""Strategies for lifecycles: stages, and what moves ties by themselves."""

from __future__ import annotations

from functools import cache
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from privlib.conditions import Always, Condition, field
from privlib.errors import ProgramError
from privlib.program.lifecycle import Lifecycle
from privlib.program.remapping import StageMap
from privlib.program.stage import AutomaticMove, Stage, StageRole
from privlib.testing.strategies.ids import plain_ids
from privlib.values.money import Money

__all__ = ["automatic_moves", "lifecycles", "stage_maps", "stages"]

_FOLLOW_UPS: Final = st.none() | st.integers(1, 365)
_DAYS: Final = st.integers(1, 120)
_NAMES: Final = st.lists(plain_ids(), min_size=1, max_size=4, unique=True)
_WAYS: Final = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3)
_MAYBE: Final = st.integers(0, 2)


@cache
def _asked(currency: str) -> st.SearchStrategy[Condition]:
    """What lifecycles ask for, mostly of days and orders."""
    return st.one_of(
        st.builds(lambda days: field("days_in_stage").at_least(days), _DAYS),
        st.builds(lambda days: field("days_since_last_order").at_least(days), _DAYS),
        st.builds(lambda days: field("days_since_last_order").less_than(days), _DAYS),
        st.builds(lambda days: field("days_since_added").more_than(days), _DAYS),
        st.builds(lambda count: field("orders").at_least(count), st.integers(0, 4)),
        st.builds(lambda count: field("orders").less_than(count), st.integers(1, 4)),
        st.builds(
            lambda minor: field("spent").at_least(Money(minor, currency)), st.integers(0, 20_000)
        ),
        st.builds(lambda answer: field("is_member").equals(answer), st.booleans()),
    )


def automatic_moves(*, currency: str = "CNY") -> st.SearchStrategy[AutomaticMove]:
    """Ways that are gone by themselves, to any stage."""
    return st.builds(AutomaticMove, to=plain_ids(), when=_asked(currency))


@st.composite
def stages(draw: st.DrawFn, *, currency: str = "CNY") -> Stage:
    """Stages by themselves, which lead to any others."""
    return Stage(
        name=draw(plain_ids()),
        role=draw(st.sampled_from(StageRole)),
        leads_to=draw(st.lists(plain_ids(), max_size=2, unique=True)),
        moves=draw(st.lists(automatic_moves(currency=currency), max_size=2)),
        follow_up_days=draw(_FOLLOW_UPS),
    )


@st.composite
def lifecycles(draw: st.DrawFn, *, currency: str = "CNY") -> Lifecycle:
    """Lifecycles of one to four stages, of which each but the first is led to by an earlier one.

    Automatic moves that would chase each other for ever are left out.
    """
    names = draw(_NAMES)
    count = len(names)
    ways = [(source % count, target % count) for source, target in draw(_WAYS)]
    ways += [(draw(st.integers(0, place - 1)), place) for place in range(1, count)]
    built = [
        Stage(
            name=name,
            role=_role([target for source, target in ways if source == place], place),
            leads_to=dict.fromkeys(names[target] for source, target in ways if source == place),
            enters_when=draw(_guards(currency)),
            leaves_when=draw(_guards(currency)),
            follow_up_days=draw(_FOLLOW_UPS),
        )
        for place, name in enumerate(names)
    ]
    life = Lifecycle(name=draw(plain_ids()), stages=_without_ends(built))
    for _ in range(draw(st.integers(0, 4)) if count > 1 else 0):
        life = _with_move(life, draw(st.sampled_from(names)), draw(_move_to(names, currency)))
    return life


def _role(targets: list[int], place: int) -> StageRole:
    return StageRole.OPEN if any(each != place for each in targets) else StageRole.TERMINAL


def _without_ends(built: list[Stage]) -> list[Stage]:
    """Stages of which those that are terminal do not lead even to themselves."""
    return [
        evolve(each, leads_to=()) if each.role is StageRole.TERMINAL else each for each in built
    ]


def _guards(currency: str) -> st.SearchStrategy[Condition]:
    return _MAYBE.flatmap(lambda some: _asked(currency) if some == 0 else st.just(Always()))


def _move_to(names: list[str], currency: str) -> st.SearchStrategy[AutomaticMove]:
    return st.builds(AutomaticMove, to=st.sampled_from(names), when=_asked(currency))


def _with_move(life: Lifecycle, source: str, move: AutomaticMove) -> Lifecycle:
    """The lifecycle with one more move, if it may have that."""
    stages = [
        evolve(each, moves=(*each.moves, move)) if each.name == source else each
        for each in life.stages
    ]
    try:
        return evolve(life, stages=stages)
    except ProgramError:
        return life


def stage_maps() -> st.SearchStrategy[StageMap]:
    """Maps of old stages to new ones."""
    return st.builds(
        StageMap, plain_ids(), st.dictionaries(plain_ids(), plain_ids(), min_size=1, max_size=3)
    )
