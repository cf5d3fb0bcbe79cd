"""Re-mapping: what a map of stages would move, seen before it is applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from privlib.entities.relation import Relation
from privlib.errors import Problem
from privlib.program.naming import no_such
from privlib.program.program import Program
from privlib.program.remapping import StageMap

__all__ = ["RemapPreview", "remap_preview", "remap_problems"]


@frozen(kw_only=True)
class RemapPreview:
    """How many ties a map would move, by their stages, and how many it leaves without a stage.

    `uncovered` are those in stages that the program has not and the map does not name.
    """

    moving: Mapping[str, int]
    uncovered: Mapping[str, int]


def remap_problems(mapping: StageMap, program: Program) -> Iterator[Problem]:
    """What is wrong with a map under the program that it leads to."""
    lifecycle = program.lifecycle(mapping.lifecycle)
    if lifecycle is None:
        known = [each.name for each in program.lifecycles]
        yield Problem("lifecycle", no_such("lifecycle", mapping.lifecycle, known))
        return
    for old, new in mapping.stages:
        if new not in lifecycle.names:
            yield Problem(old, no_such("stage", new, lifecycle.names))
        elif mapping.to(new) is not None:
            yield Problem(old, f'"{new}" is itself mapped to "{mapping.to(new)}"')


def remap_preview(
    relations: Iterable[Relation], mapping: StageMap, program: Program
) -> RemapPreview:
    """What a map would do to these ties. Nothing is changed."""
    lifecycle = program.lifecycle(mapping.lifecycle)
    known = () if lifecycle is None else lifecycle.names
    moving: Counter[str] = Counter()
    uncovered: Counter[str] = Counter()
    for relation in relations:
        standing = relation.standing(mapping.lifecycle)
        if standing is None:
            continue
        if mapping.to(standing.stage) is not None:
            moving[standing.stage] += 1
        elif standing.stage not in known:
            uncovered[standing.stage] += 1
    return RemapPreview(moving=dict(moving), uncovered=dict(uncovered))
