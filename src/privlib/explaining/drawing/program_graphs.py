"""The graphs of a program: its ladder, its lifecycle, its welcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from privlib.explaining.drawing.graph import Graph, Node, Way
from privlib.explaining.wording import grouped
from privlib.program.ladder import Ladder, Tier, TierAfterRefund
from privlib.program.program import Program
from privlib.program.stages import Stage
from privlib.values.money import Money

__all__ = ["GRAPHS", "program_graphs"]


def program_graphs(program: Program, of: Iterable[str] | None = None) -> tuple[Graph, ...]:
    """What is drawn of a program: the graphs named, all of them where none are."""
    names = tuple(GRAPHS) if of is None else tuple(of)
    return tuple(graph for name in names for graph in GRAPHS[name](program))


def _ladder(program: Program) -> Iterator[Graph]:
    """Each tier with its gift; the ways up, and, where a refund takes a tier away, down."""
    tiers = program.ladder.tiers
    nodes = [Node(name="no tier", is_start=True), *map(_rung, tiers)]
    yield Graph(name="ladder", nodes=nodes, ways=[*_steps(program.ladder)])


def _rung(tier: Tier) -> Node:
    gift = tier.gift
    return Node(name=tier.name, said=[f"gift: {gift.id}, {_said(gift.value)}"] if gift else [])


def _steps(ladder: Ladder) -> Iterator[Way]:
    falls = ladder.tier_after_refund is TierAfterRefund.RECOMPUTE
    for rung, tier in enumerate(ladder.tiers, 1):
        threshold = _said(tier.threshold)
        yield Way(source=rung - 1, target=rung, said=f"from {threshold} on")
        if falls:
            below = f"refunded below {threshold}"
            yield Way(source=rung, target=rung - 1, said=below, is_back=True)


def _said(money: Money) -> str:
    return f"{grouped(money)} {money.currency}"


def _lifecycle(program: Program) -> Iterator[Graph]:
    """Each stage with its follow-up, and every way that leads from it."""
    stages = program.stages.stages
    places = {stage.name: place for place, stage in enumerate(stages)}
    ways = [
        Way(source=place, target=places[name])
        for place, stage in enumerate(stages)
        for name in dict.fromkeys(stage.leads_to)
    ]
    yield Graph(name="lifecycle", nodes=map(_stood_in, stages, places.values()), ways=ways)


def _stood_in(stage: Stage, place: int) -> Node:
    days = stage.follow_up_days
    said = [f"follow-up after {days} days"] if days else []
    return Node(name=stage.name, said=said, is_start=place == 0)


def _welcome(program: Program) -> Iterator[Graph]:
    """Who comes in, and what is said to him by when."""
    welcome = program.welcome
    within = f"within {welcome.deadline_seconds} seconds"
    nodes = [Node(name="somebody new", is_start=True), Node(name=welcome.text)]
    yield Graph(name="welcome", nodes=nodes, ways=[Way(source=0, target=1, said=within)])


GRAPHS: Final[Mapping[str, Callable[[Program], Iterator[Graph]]]] = {
    "ladder": _ladder,
    "lifecycle": _lifecycle,
    "welcome": _welcome,
}
