"""Stages: where a relation can stand, and the ways between."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from attrs import field, frozen

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.naming import duplicate_names, no_such
from privlib.values.choice import as_tuple, each_of
from privlib.values.ids import plain_id

__all__ = ["Stage", "Stages", "stage_problems"]


@frozen(kw_only=True)
class Stage:
    """One stage: where it leads, and after how many days in it an employee should follow up."""

    name: str = field(converter=plain_id)
    leads_to: tuple[str, ...] = field(default=(), converter=as_tuple)
    follow_up_days: int | None = field(default=None)

    @follow_up_days.validator
    def _some_days(self, _attribute: object, days: int | None) -> None:
        if days is not None and (type(days) is not int or not 1 <= days <= 3650):
            raise InvalidValueError(f"follow_up_days is 1 to 3650; got {days!r:.40}")


@frozen(kw_only=True)
class Stages:
    """The graph of stages; everybody starts in the first.

    Raises ProgramError where a stage leads to an unknown one or cannot be reached.
    """

    stages: tuple[Stage, ...] = field(converter=as_tuple, validator=each_of(Stage))

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if not self.stages:
            yield Problem("", "there must be at least one stage, the one to start in")
            return
        yield from stage_problems(dict(enumerate(self.stages)), self.names)
        reachable = self._reachable()
        for index, stage in enumerate(self.stages):
            if stage.name not in reachable:
                yield Problem(
                    f"[{index}]", f'no way leads from "{self.first.name}" to "{stage.name}"'
                )

    def _reachable(self) -> frozenset[str]:
        seen: set[str] = set()
        frontier = [self.first.name]
        while frontier:
            name = frontier.pop()
            stage = self.get(name)
            if name not in seen and stage is not None:
                seen.add(name)
                frontier.extend(stage.leads_to)
        return frozenset(seen)

    @property
    def first(self) -> Stage:
        """The stage in which everybody starts."""
        return self.stages[0]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(stage.name for stage in self.stages)

    def get(self, name: str | None) -> Stage | None:
        """The stage of this name, if there is one."""
        return next((stage for stage in self.stages if stage.name == name), None)


def stage_problems(stages: Mapping[int, Stage], names: Collection[str]) -> Iterator[Problem]:
    """What is wrong between stages, each at its position; `names` are those of all there are."""
    yield from duplicate_names({at: stage.name for at, stage in stages.items()}, "[{}].name")
    for at, stage in stages.items():
        for step, target in enumerate(stage.leads_to):
            if target not in names:
                yield Problem(f"[{at}].leads_to[{step}]", no_such("stage", target, names))
