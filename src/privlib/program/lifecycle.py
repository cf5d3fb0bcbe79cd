"""The lifecycle: the stages through which a tie to a customer goes, and where it begins."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen
from attrs.converters import optional

from privlib.errors import Problem, ProgramError
from privlib.program.lifecycle_checks import stage_problems, way_problems
from privlib.program.lifecycle_cycles import chasing_problems
from privlib.program.stage import Stage
from privlib.values.choice import as_tuple, each_of
from privlib.values.ids import plain_id

__all__ = ["Lifecycle"]


@frozen(kw_only=True)
class Lifecycle:
    """The graph of stages; everybody starts in the first.

    `on_return` is where somebody starts who comes back after he was lost, `on_loss` where a tie
    goes when it is deleted.

    >>> from privlib.program.stage import Stage
    >>> stages = [Stage(name="new", leads_to=["gone"]), Stage(name="gone", role="terminal")]
    >>> Lifecycle(name="customer", stages=stages).first.name
    'new'

    Raises ProgramError with every fault: a stage that leads to an unknown one or cannot be
    reached, a trap, an end that is none, moves that chase each other for ever.
    """

    name: str = field(converter=plain_id)
    stages: tuple[Stage, ...] = field(converter=as_tuple, validator=each_of(Stage))
    on_return: str | None = field(default=None, converter=optional(plain_id))
    on_loss: str | None = field(default=None, converter=optional(plain_id))

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if not self.stages:
            yield Problem("stages", "there must be at least one stage, the one to start in")
            return
        stages = dict(enumerate(self.stages))
        starts = {"on_return": self.on_return, "on_loss": self.on_loss}
        found = list(stage_problems(stages, self.names, **starts))
        if len(set(self.names)) == len(stages):
            found += way_problems(self.stages, **starts)
        yield from found
        if not found:
            yield from chasing_problems(self.stages)

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
