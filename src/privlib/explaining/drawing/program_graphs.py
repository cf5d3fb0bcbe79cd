"""The graphs of a program: its ladder, its lifecycles, its welcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from privlib.conditions import condition_to_plain
from privlib.explaining.drawing.graph import Graph, Node, Way
from privlib.explaining.wording import grouped
from privlib.program.ladder import Ladder, Tier, TierAfterRefund
from privlib.program.lifecycle import Lifecycle
from privlib.program.program import Program
from privlib.program.stage import Stage, StageRole
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


def _lifecycles(program: Program) -> Iterator[Graph]:
    """Of each lifecycle, its stages, and every way that leads from one to another."""
    several = len(program.lifecycles) > 1
    for lifecycle in program.lifecycles:
        places = {stage.name: place for place, stage in enumerate(lifecycle.stages)}
        name = f"lifecycle {lifecycle.name}" if several else "lifecycle"
        nodes = [_stood_in(stage, lifecycle) for stage in lifecycle.stages]
        yield Graph(name=name, nodes=nodes, ways=[*_ways(lifecycle, places)])


def _stood_in(stage: Stage, lifecycle: Lifecycle) -> Node:
    said = [] if stage.role is StageRole.OPEN else [stage.role.value]
    if stage.follow_up_days:
        said.append(f"follow-up after {stage.follow_up_days} days")
    said += ["whoever is lost"] if stage.name == lifecycle.on_loss else []
    said += ["whoever comes back"] if stage.name == lifecycle.on_return else []
    return Node(name=stage.name, said=said, is_start=stage is lifecycle.first)


def _ways(lifecycle: Lifecycle, places: Mapping[str, int]) -> Iterator[Way]:
    """The ways by hand, and those that are gone by themselves, with what must hold."""
    for place, stage in enumerate(lifecycle.stages):
        for name in dict.fromkeys(stage.leads_to):
            yield Way(source=place, target=places[name])
        for move in stage.moves:
            asked = _asked(condition_to_plain(move.when))
            yield Way(source=place, target=places[move.to], said=f"by itself: {asked}")


def _asked(plain: object) -> str:
    """What must hold, in the words in which a program writes it."""
    match plain:
        case dict():
            return ", ".join(f"{word} {_asked(value)}" for word, value in plain.items())
        case list():
            return f"({'; '.join(map(_asked, plain))})"
        case bool():
            return str(plain).lower()
        case _:
            return str(plain)


def _welcome(program: Program) -> Iterator[Graph]:
    """Who comes in, and what is said to him by when."""
    welcome = program.welcome
    within = f"within {welcome.deadline_seconds} seconds"
    nodes = [Node(name="somebody new", is_start=True), Node(name=welcome.text)]
    yield Graph(name="welcome", nodes=nodes, ways=[Way(source=0, target=1, said=within)])


GRAPHS: Final[Mapping[str, Callable[[Program], Iterator[Graph]]]] = {
    "ladder": _ladder,
    "lifecycle": _lifecycles,
    "welcome": _welcome,
}
