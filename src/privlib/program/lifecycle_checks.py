"""Lifecycle checks: what is wrong between stages, each fault with its path."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from privlib.conditions import RELATION, condition_problems
from privlib.errors import Problem
from privlib.program.naming import duplicate_names, no_such
from privlib.program.stage import Stage, StageRole

__all__ = ["stage_problems", "way_problems"]


def stage_problems(
    stages: Mapping[int, Stage],
    names: Collection[str],
    *,
    on_return: str | None = None,
    on_loss: str | None = None,
) -> Iterator[Problem]:
    """What is wrong with stages one by one, at their positions; `names` are all there are."""
    yield from duplicate_names({at: stage.name for at, stage in stages.items()}, "stages[{}].name")
    for at, stage in stages.items():
        for problem in (*_targets(stage, names), *_conditions(stage)):
            yield problem.under(f"stages[{at}]")
    for path, target in (("on_return", on_return), ("on_loss", on_loss)):
        if target is not None and target not in names:
            yield Problem(path, no_such("stage", target, names))


def _targets(stage: Stage, names: Collection[str]) -> Iterator[Problem]:
    for step, target in enumerate(stage.leads_to):
        if target not in names:
            yield Problem(f"leads_to[{step}]", no_such("stage", target, names))
    for step, move in enumerate(stage.moves):
        if move.to not in names:
            yield Problem(f"moves[{step}].to", no_such("stage", move.to, names))
        elif move.to == stage.name:
            yield Problem(f"moves[{step}].to", "a stage is not left for itself")


def _conditions(stage: Stage) -> Iterator[Problem]:
    asked = {f"moves[{step}].when": move.when for step, move in enumerate(stage.moves)}
    asked |= {"enters_when": stage.enters_when, "leaves_when": stage.leaves_when}
    for path, condition in asked.items():
        for problem in condition_problems(condition, RELATION):
            yield problem.under(path)


def way_problems(
    stages: Sequence[Stage], *, on_return: str | None, on_loss: str | None
) -> Iterator[Problem]:
    """Stages that nobody reaches, traps that nobody leaves, and ends that are left."""
    by_name = {stage.name: stage for stage in stages}
    is_only = len(stages) == 1
    reached = _reachable(by_name, [stages[0].name, on_return, on_loss])
    for at, stage in enumerate(stages):
        ways = [way for way in stage.ways if way != stage.name]
        comes_back = stage.name == on_loss and on_return not in {None, stage.name}
        if stage.name not in reached:
            said = f'no way leads from "{stages[0].name}" to "{stage.name}"'
            yield Problem(f"stages[{at}]", said)
        if stage.role is StageRole.TERMINAL and stage.ways:
            said = f'"{stage.name}" is terminal, and yet leads to "{stage.ways[0]}"'
            yield Problem(f"stages[{at}].role", said)
        if stage.role is not StageRole.TERMINAL and not (ways or comes_back or is_only):
            said = f'no way leads out of "{stage.name}": give it one, or role = "terminal"'
            yield Problem(f"stages[{at}]", said)


def _reachable(by_name: Mapping[str, Stage], starts: Collection[str | None]) -> frozenset[str]:
    seen: set[str] = set()
    frontier = list(starts)
    while frontier:
        name = frontier.pop()
        if name is not None and name in by_name and name not in seen:
            seen.add(name)
            frontier.extend(by_name[name].ways)
    return frozenset(seen)
